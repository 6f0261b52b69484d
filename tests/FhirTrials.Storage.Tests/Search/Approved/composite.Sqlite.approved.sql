-- estimates
SELECT (SELECT COUNT(*) FROM (SELECT k1."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM "TokenIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Code" = @p2 AND x3."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y4
  WHERE y4."ResourceKey" = x3."ResourceKey" AND y4."Group" = x3."Group" AND y4."Parameter" = @p5 AND y4."High" > @p6 AND y4."System" <> @p7 LIMIT 1)) AS k1 LIMIT @p8) AS e2)
-- 1, 2, 718-7, 1, -1, 3, 5, -1, 1000

-- FromKeys
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json"
FROM (SELECT o6."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2 AND x4."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y5
  WHERE y5."ResourceKey" = x4."ResourceKey" AND y5."Group" = x4."Group" AND y5."Parameter" = @p5 AND y5."High" > @p6 AND y5."System" <> @p7 LIMIT 1)) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p8) AS o6
ORDER BY o6."Key"  LIMIT @p9) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 1, 2, 718-7, 1, -1, 3, 5, -1, 1000, 21

-- AlongType
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0 AND r1."IsDeleted" = 0 AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "TokenIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND x2."Code" = @p3 AND x2."System" IN (@p4, @p5) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y3
  WHERE y3."ResourceKey" = x2."ResourceKey" AND y3."Group" = x2."Group" AND y3."Parameter" = @p6 AND y3."High" > @p7 AND y3."System" <> @p8 LIMIT 1) LIMIT 1)) AS o4
ORDER BY o4."Key"  LIMIT @p9) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 1000, 2, 718-7, 1, -1, 3, 5, -1, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2 AND x4."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y5
  WHERE y5."ResourceKey" = x4."ResourceKey" AND y5."Group" = x4."Group" AND y5."Parameter" = @p5 AND y5."High" > @p6 AND y5."System" <> @p7 LIMIT 1)) AS k1
-- 1, 2, 718-7, 1, -1, 3, 5, -1
