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

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
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
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p28) AS o8
ORDER BY o8."Key"  LIMIT @p29) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND x2."Z" >= @p3 AND x2."Z" <= @p4 AND x2."X" >= @p5
AND x2."X" <= @p6 AND x2."Y" >= @p7 AND x2."Y" <= @p8
AND ((x2."X" - @p9) * (x2."X" - @p10) + (x2."Y" - @p11) * (x2."Y" - @p12)
  + (x2."Z" - @p13) * (x2."Z" - @p14)) <= @p15 LIMIT 1)) AS o3
ORDER BY o3."Key"  LIMIT @p16) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

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
