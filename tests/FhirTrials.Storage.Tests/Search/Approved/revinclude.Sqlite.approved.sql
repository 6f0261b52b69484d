-- revinclude
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT x."ResourceKey" AS "Key" FROM "ReferenceIndex" AS x
WHERE x."TargetType" = @p0 AND x."Target" IN (@p1, @p2)
  AND +x."Type" = @p3 AND x."Parameter" = @p4) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" LIMIT @p5
-- 1, ann, bob, 2, 1, 5001
