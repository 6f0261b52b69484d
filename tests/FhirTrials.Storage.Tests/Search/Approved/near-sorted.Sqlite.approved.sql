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
-- 0, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

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
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json", p8.v0 AS v0
FROM (SELECT o7."Key" AS "Key", o7.v0 AS v0 FROM (SELECT x4."ResourceKey" AS "Key", @p0 AS v0
FROM "PositionIndex" AS x4 CROSS JOIN "Resource" AS r6
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Z" = @p3 AND x4."X" = @p4
  AND x4."Y" = @p5
  AND r6."Key" = x4."ResourceKey" AND NOT EXISTS (SELECT 1 FROM "PositionIndex" AS y5 WHERE y5."ResourceKey" = x4."ResourceKey"
  AND y5."Parameter" = @p6
  AND (((y5."X" - @p7) * (y5."X" - @p8) + (y5."Y" - @p9) * (y5."Y" - @p10)
  + (y5."Z" - @p11) * (y5."Z" - @p12)) < @p13
    OR (((y5."X" - @p14) * (y5."X" - @p15) + (y5."Y" - @p16) * (y5."Y" - @p17)
  + (y5."Z" - @p18) * (y5."Z" - @p19)) = @p20 AND y5."Ordinal" < x4."Ordinal")) LIMIT 1)
  AND +r6."Change" <= @p21) AS o7
ORDER BY o7."Key"  LIMIT @p22) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 0.01, 1, 1, 0.8, 0, 0.6, 1, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 1000, 21

-- Within
SELECT r18."Key", r18."Type", r18."Id", r18."Version", r18."LastUpdated", r18."Change", r18."Method", r18."Json", p17.v0 AS v0
FROM (SELECT o16."Key" AS "Key", o16.v0 AS v0 FROM (SELECT d12."Key" AS "Key", d12.v0 AS v0
FROM (
  SELECT x11."ResourceKey" AS "Key", MIN(((p10."X" - @p0) * (p10."X" - @p1) + (p10."Y" - @p2) * (p10."Y" - @p3)
  + (p10."Z" - @p4) * (p10."Z" - @p5))) AS v0
  FROM (WITH RECURSIVE q14("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x15."Z", x15."X", x15."Y" FROM "PositionIndex" AS x15 WHERE x15."Type" = @p6 AND x15."Parameter" = @p7
  AND x15."Z" >= @p8
ORDER BY x15."Z", x15."X", x15."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x15."Z" FROM "PositionIndex" AS x15 WHERE x15."Type" = @p9 AND x15."Parameter" = @p10
  AND (x15."Z", x15."X", x15."Y", x15."ResourceKey") > (+q14."Z", +q14."X", +q14."Y", @p11)
ORDER BY x15."Z", x15."X", x15."Y" LIMIT 1), (SELECT x15."X" FROM "PositionIndex" AS x15 WHERE x15."Type" = @p12 AND x15."Parameter" = @p13
  AND (x15."Z", x15."X", x15."Y", x15."ResourceKey") > (+q14."Z", +q14."X", +q14."Y", @p14)
ORDER BY x15."Z", x15."X", x15."Y" LIMIT 1), (SELECT x15."Y" FROM "PositionIndex" AS x15 WHERE x15."Type" = @p15 AND x15."Parameter" = @p16
  AND (x15."Z", x15."X", x15."Y", x15."ResourceKey") > (+q14."Z", +q14."X", +q14."Y", @p17)
ORDER BY x15."Z", x15."X", x15."Y" LIMIT 1)
  FROM q14 WHERE q14."Z" <= @p18
)
SELECT q14."Z" AS "Z", q14."X" AS "X", q14."Y" AS "Y" FROM q14 WHERE q14."Z" >= @p19 AND q14."Z" <= @p20 AND q14."X" >= @p21
AND q14."X" <= @p22 AND q14."Y" >= @p23 AND q14."Y" <= @p24
AND ((q14."X" - @p25) * (q14."X" - @p26) + (q14."Y" - @p27) * (q14."Y" - @p28)
  + (q14."Z" - @p29) * (q14."Z" - @p30)) <= @p31) AS p10 CROSS JOIN "PositionIndex" AS x11
  WHERE x11."Type" = @p32 AND x11."Parameter" = @p33 AND x11."Z" = p10."Z"
AND x11."X" = p10."X" AND x11."Y" = p10."Y"
  GROUP BY x11."ResourceKey"
) AS d12 CROSS JOIN "Resource" AS r13
WHERE d12.v0 > @p34 AND r13."Key" = d12."Key"
  AND +r13."Change" <= @p35) AS o16
ORDER BY o16.v0, o16."Key"  LIMIT @p36) AS p17 CROSS JOIN "Resource" AS r18
WHERE r18."Key" = p17."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 0.01, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
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
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1
