-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x2."ResourceKey" AS "Key" FROM (SELECT DISTINCT x4."Z", x4."X", x4."Y" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Z" >= @p3 AND x4."Z" <= @p4 AND x4."X" >= @p5
AND x4."X" <= @p6 AND x4."Y" >= @p7 AND x4."Y" <= @p8
AND ((x4."X" - @p9) * (x4."X" - @p10) + (x4."Y" - @p11) * (x4."Y" - @p12)
  + (x4."Z" - @p13) * (x4."Z" - @p14)) <= @p15) AS p1
CROSS JOIN "PositionIndex" AS x2
WHERE x2."Type" = @p16 AND x2."Parameter" = @p17 AND x2."Z" = p1."Z"
AND x2."X" = p1."X" AND x2."Y" = p1."Y") AS k5
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p18 ROWS ONLY) AS e6
UNION ALL
SELECT @p19, COUNT(*), COALESCE(MAX(e9."Key"), 0) FROM (SELECT k8."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p20 AND x7."Parameter" = @p21 AND x7."Value"  >= @p22 AND x7."Value"  < @p23) AS k8
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p24 ROWS ONLY) AS e9
-- 0, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 1, 1, 2, ann, ano, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r13."Key", r13."Type", r13."Id", r13."Version", r13."LastUpdated", r13."Change", r13."Method", r13."Json", p12.v0 AS v0, p12.v1 AS v1
FROM (SELECT o11."Key" AS "Key", o11.v0 AS v0, o11.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM (SELECT DISTINCT x9."Z", x9."X", x9."Y" FROM "PositionIndex" AS x9
WHERE x9."Type" = @p8 AND x9."Parameter" = @p9 AND x9."Z" >= @p10 AND x9."Z" <= @p11 AND x9."X" >= @p12
AND x9."X" <= @p13 AND x9."Y" >= @p14 AND x9."Y" <= @p15
AND ((x9."X" - @p16) * (x9."X" - @p17) + (x9."Y" - @p18) * (x9."Y" - @p19)
  + (x9."Z" - @p20) * (x9."Z" - @p21)) <= @p22) AS p6
CROSS JOIN "PositionIndex" AS x7
WHERE x7."Type" = @p23 AND x7."Parameter" = @p24 AND x7."Z" = p6."Z"
AND x7."X" = p6."X" AND x7."Y" = p6."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p25 AND EXISTS (SELECT 1 FROM "StringIndex" AS x10
  WHERE x10."ResourceKey" = d2."Key" AND x10."Parameter" = @p26
    AND x10."Value"  >= @p27 AND x10."Value"  < @p28)) AS o11
ORDER BY o11.v0, o11.v1 DESC, o11."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p29 ROWS ONLY) AS p12 CROSS JOIN "Resource" AS r13
WHERE r13."Key" = p12."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 2, ann, ano, 21

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json", p9.v0 AS v0, p9.v1 AS v1
FROM (SELECT o8."Key" AS "Key", o8.v0 AS v0, o8.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "StringIndex" AS x6
WHERE x6."Type" = @p8 AND x6."Parameter" = @p9 AND x6."Value"  >= @p10 AND x6."Value"  < @p11) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p12 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x7
  WHERE x7."ResourceKey" = d2."Key" AND x7."Parameter" = @p13
    AND x7."Z" >= @p14 AND x7."Z" <= @p15 AND x7."X" >= @p16
AND x7."X" <= @p17 AND x7."Y" >= @p18 AND x7."Y" <= @p19
AND ((x7."X" - @p20) * (x7."X" - @p21) + (x7."Y" - @p22) * (x7."Y" - @p23)
  + (x7."Z" - @p24) * (x7."Z" - @p25)) <= @p26)) AS o8
ORDER BY o8.v0, o8.v1 DESC, o8."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p27 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 2, ann, ano, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- Places
SELECT p1."X", p1."Y", p1."Z", ((p1."X" - @p0) * (p1."X" - @p1) + (p1."Y" - @p2) * (p1."Y" - @p3)
  + (p1."Z" - @p4) * (p1."Z" - @p5)) AS v0
FROM (SELECT DISTINCT x3."Z", x3."X", x3."Y" FROM "PositionIndex" AS x3
WHERE x3."Type" = @p6 AND x3."Parameter" = @p7 AND x3."Z" >= @p8 AND x3."Z" <= @p9 AND x3."X" >= @p10
AND x3."X" <= @p11 AND x3."Y" >= @p12 AND x3."Y" <= @p13
AND ((x3."X" - @p14) * (x3."X" - @p15) + (x3."Y" - @p16) * (x3."Y" - @p17)
  + (x3."Z" - @p18) * (x3."Z" - @p19)) <= @p20) AS p1
WHERE ((p1."X" - @p21) * (p1."X" - @p22) + (p1."Y" - @p23) * (p1."Y" - @p24)
  + (p1."Z" - @p25) * (p1."Z" - @p26)) > @p27
ORDER BY v0 OFFSET 0 ROWS FETCH NEXT @p28 ROWS ONLY
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, -1, 33

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
  + (y5."Z" - @p18) * (y5."Z" - @p19)) = @p20 AND y5."Ordinal" < x4."Ordinal")))
  AND r6."Change" <= @p21 AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = x4."ResourceKey" AND x8."Parameter" = @p22
    AND x8."Value"  >= @p23 AND x8."Value"  < @p24)) AS o9
ORDER BY o9.v1 DESC, o9."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p25 ROWS ONLY) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 0.01, 1, 1, 0.8, 0, 0.6, 1, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 1000, 2, ann, ano, 21

-- Within
SELECT r22."Key", r22."Type", r22."Id", r22."Version", r22."LastUpdated", r22."Change", r22."Method", r22."Json", p21.v0 AS v0, p21.v1 AS v1
FROM (SELECT o20."Key" AS "Key", o20.v0 AS v0, o20.v1 AS v1 FROM (SELECT d14."Key" AS "Key", d14.v0 AS v0, r15."LastUpdated" AS v1
FROM (
  SELECT x13."ResourceKey" AS "Key", MIN(((p12."X" - @p0) * (p12."X" - @p1) + (p12."Y" - @p2) * (p12."Y" - @p3)
  + (p12."Z" - @p4) * (p12."Z" - @p5))) AS v0
  FROM (SELECT DISTINCT x18."Z", x18."X", x18."Y" FROM "PositionIndex" AS x18
WHERE x18."Type" = @p6 AND x18."Parameter" = @p7 AND x18."Z" >= @p8 AND x18."Z" <= @p9 AND x18."X" >= @p10
AND x18."X" <= @p11 AND x18."Y" >= @p12 AND x18."Y" <= @p13
AND ((x18."X" - @p14) * (x18."X" - @p15) + (x18."Y" - @p16) * (x18."Y" - @p17)
  + (x18."Z" - @p18) * (x18."Z" - @p19)) <= @p20) AS p12 CROSS JOIN "PositionIndex" AS x13
  WHERE x13."Type" = @p21 AND x13."Parameter" = @p22 AND x13."Z" = p12."Z"
AND x13."X" = p12."X" AND x13."Y" = p12."Y"
  GROUP BY x13."ResourceKey"
) AS d14 CROSS JOIN "Resource" AS r15
WHERE d14.v0 > @p23 AND r15."Key" = d14."Key"
  AND r15."Change" <= @p24 AND EXISTS (SELECT 1 FROM "StringIndex" AS x19
  WHERE x19."ResourceKey" = d14."Key" AND x19."Parameter" = @p25
    AND x19."Value"  >= @p26 AND x19."Value"  < @p27)) AS o20
ORDER BY o20.v0, o20.v1 DESC, o20."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p28 ROWS ONLY) AS p21 CROSS JOIN "Resource" AS r22
WHERE r22."Key" = p21."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 0.01, 1000, 2, ann, ano, 21

-- total
SELECT COUNT(*) FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM (SELECT DISTINCT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2 AND x7."Z" <= @p3 AND x7."X" >= @p4
AND x7."X" <= @p5 AND x7."Y" >= @p6 AND x7."Y" <= @p7
AND ((x7."X" - @p8) * (x7."X" - @p9) + (x7."Y" - @p10) * (x7."Y" - @p11)
  + (x7."Z" - @p12) * (x7."Z" - @p13)) <= @p14) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p15 AND x5."Parameter" = @p16 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3 WHERE r3."Key" = d2."Key"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = d2."Key" AND x8."Parameter" = @p17
    AND x8."Value"  >= @p18 AND x8."Value"  < @p19)
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 2, ann, ano
