-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS x2 WHERE x2."ResourceKey" = r1."Key"
  AND x2."Parameter" = @p2)) AS o3
ORDER BY o3."Key"  OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0 AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS x4 WHERE x4."ResourceKey" = r3."Key"
  AND x4."Parameter" = @p1)
-- 1, 1
