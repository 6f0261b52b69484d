-- include-any
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT r."Key" AS "Key" FROM "ReferenceIndex" AS x CROSS JOIN "Resource" AS r
WHERE x."ResourceKey" IN (@p0, @p1) AND 1 = 1
  AND x."TargetType" <> 0
  AND r."Type" = x."TargetType" AND r."Id" = x."Target" AND r."IsDeleted" = 0) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY
-- 40, 41, 5001
