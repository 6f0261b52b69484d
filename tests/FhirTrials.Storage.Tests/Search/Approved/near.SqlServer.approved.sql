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
-- 0, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM (SELECT DISTINCT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2 AND x7."Z" <= @p3 AND x7."X" >= @p4
AND x7."X" <= @p5 AND x7."Y" >= @p6 AND x7."Y" <= @p7
AND ((x7."X" - @p8) * (x7."X" - @p9) + (x7."Y" - @p10) * (x7."Y" - @p11)
  + (x7."Z" - @p12) * (x7."Z" - @p13)) <= @p14) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p15 AND x5."Parameter" = @p16 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p17) AS o8
ORDER BY o8."Key"  OFFSET 0 ROWS FETCH NEXT @p18 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND x2."Z" >= @p3 AND x2."Z" <= @p4 AND x2."X" >= @p5
AND x2."X" <= @p6 AND x2."Y" >= @p7 AND x2."Y" <= @p8
AND ((x2."X" - @p9) * (x2."X" - @p10) + (x2."Y" - @p11) * (x2."Y" - @p12)
  + (x2."Z" - @p13) * (x2."Z" - @p14)) <= @p15)) AS o3
ORDER BY o3."Key"  OFFSET 0 ROWS FETCH NEXT @p16 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x5."ResourceKey" AS "Key" FROM (SELECT DISTINCT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2 AND x7."Z" <= @p3 AND x7."X" >= @p4
AND x7."X" <= @p5 AND x7."Y" >= @p6 AND x7."Y" <= @p7
AND ((x7."X" - @p8) * (x7."X" - @p9) + (x7."Y" - @p10) * (x7."Y" - @p11)
  + (x7."Z" - @p12) * (x7."Z" - @p13)) <= @p14) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p15 AND x5."Parameter" = @p16 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1
