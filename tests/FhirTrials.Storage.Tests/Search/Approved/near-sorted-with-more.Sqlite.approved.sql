-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x2."ResourceKey" AS "Key" FROM (WITH RECURSIVE q3("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x4."Z", x4."X", x4."Y" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p1 AND x4."Parameter" = @p2
  AND x4."Z" >= @p3
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x4."Z" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p4 AND x4."Parameter" = @p5
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p6)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1), (SELECT x4."X" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p7 AND x4."Parameter" = @p8
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p9)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1), (SELECT x4."Y" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p10 AND x4."Parameter" = @p11
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p12)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1)
  FROM q3 WHERE q3."Z" <= @p13
)
SELECT q3."Z" AS "Z", q3."X" AS "X", q3."Y" AS "Y" FROM q3 WHERE q3."Z" >= @p14 AND q3."Z" <= @p15 AND q3."X" >= @p16
AND q3."X" <= @p17 AND q3."Y" >= @p18 AND q3."Y" <= @p19
AND ((q3."X" - @p20) * (q3."X" - @p21) + (q3."Y" - @p22) * (q3."Y" - @p23)
  + (q3."Z" - @p24) * (q3."Z" - @p25)) <= @p26) AS p1
CROSS JOIN "PositionIndex" AS x2
WHERE x2."Type" = @p27 AND x2."Parameter" = @p28 AND x2."Z" = p1."Z"
AND x2."X" = p1."X" AND x2."Y" = p1."Y") AS k5 LIMIT @p29) AS e6
UNION ALL
SELECT @p30, COUNT(*), COALESCE(MAX(e9."Key"), 0) FROM (SELECT k8."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p31 AND x7."Parameter" = @p32 AND x7."Value"  >= @p33 AND x7."Value"  < @p34) AS k8 LIMIT @p35) AS e9
-- 0, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 1, 1, 2, ann, ano, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r13."Key", r13."Type", r13."Id", r13."Version", r13."LastUpdated", r13."Change", r13."Method", r13."Json", p12.v0 AS v0, p12.v1 AS v1
FROM (SELECT o11."Key" AS "Key", o11.v0 AS v0, o11.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM (WITH RECURSIVE q8("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x9."Z", x9."X", x9."Y" FROM "PositionIndex" AS x9 WHERE x9."Type" = @p8 AND x9."Parameter" = @p9
  AND x9."Z" >= @p10
ORDER BY x9."Z", x9."X", x9."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x9."Z" FROM "PositionIndex" AS x9 WHERE x9."Type" = @p11 AND x9."Parameter" = @p12
  AND (x9."Z", x9."X", x9."Y", x9."ResourceKey") > (+q8."Z", +q8."X", +q8."Y", @p13)
ORDER BY x9."Z", x9."X", x9."Y" LIMIT 1), (SELECT x9."X" FROM "PositionIndex" AS x9 WHERE x9."Type" = @p14 AND x9."Parameter" = @p15
  AND (x9."Z", x9."X", x9."Y", x9."ResourceKey") > (+q8."Z", +q8."X", +q8."Y", @p16)
ORDER BY x9."Z", x9."X", x9."Y" LIMIT 1), (SELECT x9."Y" FROM "PositionIndex" AS x9 WHERE x9."Type" = @p17 AND x9."Parameter" = @p18
  AND (x9."Z", x9."X", x9."Y", x9."ResourceKey") > (+q8."Z", +q8."X", +q8."Y", @p19)
ORDER BY x9."Z", x9."X", x9."Y" LIMIT 1)
  FROM q8 WHERE q8."Z" <= @p20
)
SELECT q8."Z" AS "Z", q8."X" AS "X", q8."Y" AS "Y" FROM q8 WHERE q8."Z" >= @p21 AND q8."Z" <= @p22 AND q8."X" >= @p23
AND q8."X" <= @p24 AND q8."Y" >= @p25 AND q8."Y" <= @p26
AND ((q8."X" - @p27) * (q8."X" - @p28) + (q8."Y" - @p29) * (q8."Y" - @p30)
  + (q8."Z" - @p31) * (q8."Z" - @p32)) <= @p33) AS p6
CROSS JOIN "PositionIndex" AS x7
WHERE x7."Type" = @p34 AND x7."Parameter" = @p35 AND x7."Z" = p6."Z"
AND x7."X" = p6."X" AND x7."Y" = p6."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p36 AND EXISTS (SELECT 1 FROM "StringIndex" AS x10
  WHERE x10."ResourceKey" = d2."Key" AND x10."Parameter" = @p37
    AND x10."Value"  >= @p38 AND x10."Value"  < @p39 LIMIT 1)) AS o11
ORDER BY o11.v0, o11.v1 DESC, o11."Key"  DESC LIMIT @p40) AS p12 CROSS JOIN "Resource" AS r13
WHERE r13."Key" = p12."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 2, ann, ano, 21

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json", p9.v0 AS v0, p9.v1 AS v1
FROM (SELECT o8."Key" AS "Key", o8.v0 AS v0, o8.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "StringIndex" AS x6
WHERE x6."Type" = @p8 AND x6."Parameter" = @p9 AND x6."Value"  >= @p10 AND x6."Value"  < @p11) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p12 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x7
  WHERE x7."ResourceKey" = d2."Key" AND x7."Parameter" = @p13
    AND x7."Z" >= @p14 AND x7."Z" <= @p15 AND x7."X" >= @p16
AND x7."X" <= @p17 AND x7."Y" >= @p18 AND x7."Y" <= @p19
AND ((x7."X" - @p20) * (x7."X" - @p21) + (x7."Y" - @p22) * (x7."Y" - @p23)
  + (x7."Z" - @p24) * (x7."Z" - @p25)) <= @p26 LIMIT 1)) AS o8
ORDER BY o8.v0, o8.v1 DESC, o8."Key"  DESC LIMIT @p27) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 2, ann, ano, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- Places
SELECT p1."X", p1."Y", p1."Z", ((p1."X" - @p0) * (p1."X" - @p1) + (p1."Y" - @p2) * (p1."Y" - @p3)
  + (p1."Z" - @p4) * (p1."Z" - @p5)) AS v0
FROM (WITH RECURSIVE q2("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x3."Z", x3."X", x3."Y" FROM "PositionIndex" AS x3 WHERE x3."Type" = @p6 AND x3."Parameter" = @p7
  AND x3."Z" >= @p8
ORDER BY x3."Z", x3."X", x3."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x3."Z" FROM "PositionIndex" AS x3 WHERE x3."Type" = @p9 AND x3."Parameter" = @p10
  AND (x3."Z", x3."X", x3."Y", x3."ResourceKey") > (+q2."Z", +q2."X", +q2."Y", @p11)
ORDER BY x3."Z", x3."X", x3."Y" LIMIT 1), (SELECT x3."X" FROM "PositionIndex" AS x3 WHERE x3."Type" = @p12 AND x3."Parameter" = @p13
  AND (x3."Z", x3."X", x3."Y", x3."ResourceKey") > (+q2."Z", +q2."X", +q2."Y", @p14)
ORDER BY x3."Z", x3."X", x3."Y" LIMIT 1), (SELECT x3."Y" FROM "PositionIndex" AS x3 WHERE x3."Type" = @p15 AND x3."Parameter" = @p16
  AND (x3."Z", x3."X", x3."Y", x3."ResourceKey") > (+q2."Z", +q2."X", +q2."Y", @p17)
ORDER BY x3."Z", x3."X", x3."Y" LIMIT 1)
  FROM q2 WHERE q2."Z" <= @p18
)
SELECT q2."Z" AS "Z", q2."X" AS "X", q2."Y" AS "Y" FROM q2 WHERE q2."Z" >= @p19 AND q2."Z" <= @p20 AND q2."X" >= @p21
AND q2."X" <= @p22 AND q2."Y" >= @p23 AND q2."Y" <= @p24
AND ((q2."X" - @p25) * (q2."X" - @p26) + (q2."Y" - @p27) * (q2."Y" - @p28)
  + (q2."Z" - @p29) * (q2."Z" - @p30)) <= @p31) AS p1
WHERE ((p1."X" - @p32) * (p1."X" - @p33) + (p1."Y" - @p34) * (p1."Y" - @p35)
  + (p1."Z" - @p36) * (p1."Z" - @p37)) > @p38
ORDER BY v0 LIMIT @p39
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, -1, 33

-- AtPlace
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json", p10.v0 AS v0, p10.v1 AS v1
FROM (SELECT o9."Key" AS "Key", o9.v0 AS v0, o9.v1 AS v1 FROM (SELECT x4."ResourceKey" AS "Key", @p0 AS v0, r6."LastUpdated" AS v1
FROM "PositionIndex" AS x4 CROSS JOIN "Resource" AS r6
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Z" = @p3 AND x4."X" = @p4
  AND x4."Y" = @p5
  AND r6."Key" = x4."ResourceKey" AND NOT EXISTS (SELECT 1 FROM "PositionIndex" AS y5 WHERE y5."ResourceKey" = x4."ResourceKey"
  AND y5."Parameter" = @p6
  AND (((y5."X" - @p7) * (y5."X" - @p8) + (y5."Y" - @p9) * (y5."Y" - @p10)
  + (y5."Z" - @p11) * (y5."Z" - @p12)) < @p13
    OR (((y5."X" - @p14) * (y5."X" - @p15) + (y5."Y" - @p16) * (y5."Y" - @p17)
  + (y5."Z" - @p18) * (y5."Z" - @p19)) = @p20 AND y5."Ordinal" < x4."Ordinal")) LIMIT 1)
  AND +r6."Change" <= @p21 AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = x4."ResourceKey" AND x8."Parameter" = @p22
    AND x8."Value"  >= @p23 AND x8."Value"  < @p24 LIMIT 1)) AS o9
ORDER BY o9.v1 DESC, o9."Key"  DESC LIMIT @p25) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 0.01, 1, 1, 0.8, 0, 0.6, 1, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 1000, 2, ann, ano, 21

-- Within
SELECT r22."Key", r22."Type", r22."Id", r22."Version", r22."LastUpdated", r22."Change", r22."Method", r22."Json", p21.v0 AS v0, p21.v1 AS v1
FROM (SELECT o20."Key" AS "Key", o20.v0 AS v0, o20.v1 AS v1 FROM (SELECT d14."Key" AS "Key", d14.v0 AS v0, r15."LastUpdated" AS v1
FROM (
  SELECT x13."ResourceKey" AS "Key", MIN(((p12."X" - @p0) * (p12."X" - @p1) + (p12."Y" - @p2) * (p12."Y" - @p3)
  + (p12."Z" - @p4) * (p12."Z" - @p5))) AS v0
  FROM (WITH RECURSIVE q17("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x18."Z", x18."X", x18."Y" FROM "PositionIndex" AS x18 WHERE x18."Type" = @p6 AND x18."Parameter" = @p7
  AND x18."Z" >= @p8
ORDER BY x18."Z", x18."X", x18."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x18."Z" FROM "PositionIndex" AS x18 WHERE x18."Type" = @p9 AND x18."Parameter" = @p10
  AND (x18."Z", x18."X", x18."Y", x18."ResourceKey") > (+q17."Z", +q17."X", +q17."Y", @p11)
ORDER BY x18."Z", x18."X", x18."Y" LIMIT 1), (SELECT x18."X" FROM "PositionIndex" AS x18 WHERE x18."Type" = @p12 AND x18."Parameter" = @p13
  AND (x18."Z", x18."X", x18."Y", x18."ResourceKey") > (+q17."Z", +q17."X", +q17."Y", @p14)
ORDER BY x18."Z", x18."X", x18."Y" LIMIT 1), (SELECT x18."Y" FROM "PositionIndex" AS x18 WHERE x18."Type" = @p15 AND x18."Parameter" = @p16
  AND (x18."Z", x18."X", x18."Y", x18."ResourceKey") > (+q17."Z", +q17."X", +q17."Y", @p17)
ORDER BY x18."Z", x18."X", x18."Y" LIMIT 1)
  FROM q17 WHERE q17."Z" <= @p18
)
SELECT q17."Z" AS "Z", q17."X" AS "X", q17."Y" AS "Y" FROM q17 WHERE q17."Z" >= @p19 AND q17."Z" <= @p20 AND q17."X" >= @p21
AND q17."X" <= @p22 AND q17."Y" >= @p23 AND q17."Y" <= @p24
AND ((q17."X" - @p25) * (q17."X" - @p26) + (q17."Y" - @p27) * (q17."Y" - @p28)
  + (q17."Z" - @p29) * (q17."Z" - @p30)) <= @p31) AS p12 CROSS JOIN "PositionIndex" AS x13
  WHERE x13."Type" = @p32 AND x13."Parameter" = @p33 AND x13."Z" = p12."Z"
AND x13."X" = p12."X" AND x13."Y" = p12."Y"
  GROUP BY x13."ResourceKey"
) AS d14 CROSS JOIN "Resource" AS r15
WHERE d14.v0 > @p34 AND r15."Key" = d14."Key"
  AND +r15."Change" <= @p35 AND EXISTS (SELECT 1 FROM "StringIndex" AS x19
  WHERE x19."ResourceKey" = d14."Key" AND x19."Parameter" = @p36
    AND x19."Value"  >= @p37 AND x19."Value"  < @p38 LIMIT 1)) AS o20
ORDER BY o20.v0, o20.v1 DESC, o20."Key"  DESC LIMIT @p39) AS p21 CROSS JOIN "Resource" AS r22
WHERE r22."Key" = p21."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 0.01, 1000, 2, ann, ano, 21

-- total
SELECT COUNT(*) FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p0 AND x7."Parameter" = @p1
  AND x7."Z" >= @p2
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x7."Z" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p3 AND x7."Parameter" = @p4
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p5)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."X" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p6 AND x7."Parameter" = @p7
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p8)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p9 AND x7."Parameter" = @p10
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p11)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  FROM q6 WHERE q6."Z" <= @p12
)
SELECT q6."Z" AS "Z", q6."X" AS "X", q6."Y" AS "Y" FROM q6 WHERE q6."Z" >= @p13 AND q6."Z" <= @p14 AND q6."X" >= @p15
AND q6."X" <= @p16 AND q6."Y" >= @p17 AND q6."Y" <= @p18
AND ((q6."X" - @p19) * (q6."X" - @p20) + (q6."Y" - @p21) * (q6."Y" - @p22)
  + (q6."Z" - @p23) * (q6."Z" - @p24)) <= @p25) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p26 AND x5."Parameter" = @p27 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3 WHERE r3."Key" = d2."Key"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = d2."Key" AND x8."Parameter" = @p28
    AND x8."Value"  >= @p29 AND x8."Value"  < @p30 LIMIT 1)
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 2, ann, ano
