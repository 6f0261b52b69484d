-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT t3."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Code" = @p3) AS k1
CROSS JOIN "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
WHERE x2."ResourceKey" = k1."Key" AND x2."Parameter" = @p4 AND +x2."TargetType" = @p5
  AND t3."Type" = @p6 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0) AS k5 LIMIT @p7) AS e6
-- 0, 2, 2, 718-7, 1, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT t6."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "TokenIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Code" = @p2) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p3 AND +x5."TargetType" = @p4
  AND t6."Type" = @p5 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p6) AS o8
ORDER BY o8."Key"  LIMIT @p7) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 2, 2, 718-7, 1, 1, 1, 1000, 21

-- AlongType
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS s3
  WHERE x2."Type" = @p2 AND x2."Parameter" = @p3 AND x2."Target" = r1."Id"
    AND x2."TargetType" = @p4
  AND s3."Key" = x2."ResourceKey" AND EXISTS (SELECT 1 FROM "TokenIndex" AS x4
  WHERE x4."Type" = @p5 AND x4."ResourceKey" = x2."ResourceKey" AND x4."Parameter" = @p6
    AND x4."Code" = @p7 LIMIT 1) LIMIT 1)) AS o5
ORDER BY o5."Key"  LIMIT @p8) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 1000, 2, 1, 1, 2, 2, 718-7, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT t6."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "TokenIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Code" = @p2) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p3 AND +x5."TargetType" = @p4
  AND t6."Type" = @p5 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1
-- 2, 2, 718-7, 1, 1, 1
