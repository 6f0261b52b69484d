-- revinclude-by-url
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT x."ResourceKey" AS "Key" FROM "ReferenceIndex" AS x
WHERE x."TargetType" = @p0 AND x."Target" IN (@p1, @p2)
  AND +x."Type" = @p3 AND x."Parameter" = @p4) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" LIMIT @p5
-- 78, ann, bob, 2, 1, 5001

-- revinclude-by-url
SELECT r."Key", r."Type", r."Id", r."Version", r."LastUpdated", r."Change", r."Method", r."Json"
FROM (SELECT DISTINCT x."ResourceKey" AS "Key" FROM "UriIndex" AS u CROSS JOIN "ReferenceIndex" AS x
WHERE u."ResourceKey" IN (@p0, @p1)
  AND u."Parameter" = @p2
  AND x."TargetType" = 0 AND x."Target" = u."Value" AND +x."Type" = @p3 AND x."Parameter" = @p4) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
ORDER BY r."Key" LIMIT @p5
-- 40, 41, 77, 2, 1, 5001
