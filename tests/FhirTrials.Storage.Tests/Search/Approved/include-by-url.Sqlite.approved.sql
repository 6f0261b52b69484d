-- include-by-url
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT r."Key" AS "Key" FROM "ReferenceIndex" AS x CROSS JOIN "Resource" AS r
WHERE x."ResourceKey" IN (@p0, @p1) AND +x."Type" = @p2 AND x."Parameter" = @p3
  AND x."TargetType" <> 0
  AND r."Type" = x."TargetType" AND r."Id" = x."Target" AND r."IsDeleted" = 0) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" LIMIT @p4
-- 40, 41, 1, 1, 5001

-- include-by-url
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT u."ResourceKey" AS "Key" FROM "ReferenceIndex" AS x CROSS JOIN "UriIndex" AS u
WHERE x."ResourceKey" IN (@p0, @p1) AND +x."Type" = @p2 AND x."Parameter" = @p3 AND +x."TargetType" = 0
  AND u."Type" = @p4 AND u."Parameter" = @p5
  AND u."Value" = x."Target") AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" LIMIT @p6
-- 40, 41, 1, 1, 78, 77, 5001
