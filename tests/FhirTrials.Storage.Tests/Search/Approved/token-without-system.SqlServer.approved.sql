-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "TokenIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2 AND x1."Code" = @p3 AND x1."System" IN (@p4, @p5)) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS e3
-- 0, 1, 1, 1, 0, -1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- AlongPoint
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT k1."Key" AS "Key"
FROM (SELECT x3."ResourceKey" AS "Key" FROM "TokenIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Code" = @p2 AND x3."System" IN (@p3, @p4)) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key" AND k1."Key" > @p5
  AND r2."Change" <= @p6
GROUP BY k1."Key"
ORDER BY k1."Key"  OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1, 1, 0, -1, 0, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2 AND x4."System" IN (@p3, @p4)) AS k1
-- 1, 1, 1, 0, -1
