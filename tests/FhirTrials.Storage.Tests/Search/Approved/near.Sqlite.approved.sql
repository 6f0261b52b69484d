-- estimates
SELECT (SELECT COUNT(*) FROM (SELECT k1."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM "PositionIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Z" >= @p2 AND x3."Z" <= @p3 AND x3."X" >= @p4 AND x3."X" <= @p5 AND x3."Y" >= @p6 AND x3."Y" <= @p7 AND ((x3."X" - @p8) * (x3."X" - @p9) + (x3."Y" - @p10) * (x3."Y" - @p11) + (x3."Z" - @p12) * (x3."Z" - @p13)) <= @p14) AS k1 LIMIT @p15) AS e2)
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Z" >= @p2 AND x4."Z" <= @p3 AND x4."X" >= @p4 AND x4."X" <= @p5 AND x4."Y" >= @p6 AND x4."Y" <= @p7 AND ((x4."X" - @p8) * (x4."X" - @p9) + (x4."Y" - @p10) * (x4."Y" - @p11) + (x4."Z" - @p12) * (x4."Z" - @p13)) <= @p14) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p15) AS o5
ORDER BY o5."Key"  LIMIT @p16) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0 AND r1."IsDeleted" = 0 AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND x2."Z" >= @p3 AND x2."Z" <= @p4 AND x2."X" >= @p5 AND x2."X" <= @p6 AND x2."Y" >= @p7 AND x2."Y" <= @p8 AND ((x2."X" - @p9) * (x2."X" - @p10) + (x2."Y" - @p11) * (x2."Y" - @p12) + (x2."Z" - @p13) * (x2."Z" - @p14)) <= @p15 LIMIT 1)) AS o3
ORDER BY o3."Key"  LIMIT @p16) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Z" >= @p2 AND x4."Z" <= @p3 AND x4."X" >= @p4 AND x4."X" <= @p5 AND x4."Y" >= @p6 AND x4."Y" <= @p7 AND ((x4."X" - @p8) * (x4."X" - @p9) + (x4."Y" - @p10) * (x4."Y" - @p11) + (x4."Z" - @p12) * (x4."Z" - @p13)) <= @p14) AS k1
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06
