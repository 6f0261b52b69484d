-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "QuantityIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2 AND x1."High" > @p3 AND x1."System" = @p4 AND x1."Code" = @p5) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS e3
-- 0, 1, 1, 0.0054, -1, g, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "QuantityIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."High" > @p2 AND x4."System" = @p3 AND x4."Code" = @p4) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p5) AS o5
ORDER BY o5."Key"  OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 1, 0.0054, -1, g, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "QuantityIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND x2."High" > @p3 AND x2."System" = @p4 AND x2."Code" = @p5)) AS o3
ORDER BY o3."Key"  OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 0.0054, -1, g, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "QuantityIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."High" > @p2 AND x4."System" = @p3 AND x4."Code" = @p4) AS k1
-- 1, 1, 0.0054, -1, g
