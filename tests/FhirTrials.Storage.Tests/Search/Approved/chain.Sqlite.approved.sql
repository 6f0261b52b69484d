-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "StringIndex" AS x4
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Value"  >= @p3 AND x4."Value"  < @p4) AS k1
CROSS JOIN "Resource" AS t2 CROSS JOIN "ReferenceIndex" AS x3
WHERE t2."Key" = k1."Key" AND t2."IsDeleted" = 0 AND x3."Type" = @p5
  AND x3."Parameter" = @p6
  AND x3."Target" = t2."Id" AND x3."TargetType" = @p7) AS k5 LIMIT @p8) AS e6
-- 0, 2, 2, ann, ano, 1, 1, 2, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Value"  >= @p2 AND x7."Value"  < @p3) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p4
  AND x6."Parameter" = @p5
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p6) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p7) AS o8
ORDER BY o8."Key"  LIMIT @p8) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 2, 2, ann, ano, 1, 1, 2, 1000, 21

-- AlongType
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND +x2."TargetType" = @p3
  AND t3."Type" = @p4 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x4
  WHERE x4."ResourceKey" = t3."Key" AND x4."Parameter" = @p5
    AND x4."Value"  >= @p6 AND x4."Value"  < @p7 LIMIT 1) LIMIT 1)) AS o5
ORDER BY o5."Key"  LIMIT @p8) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 1000, 1, 2, 2, 2, ann, ano, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Value"  >= @p2 AND x7."Value"  < @p3) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p4
  AND x6."Parameter" = @p5
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p6) AS k1
-- 2, 2, ann, ano, 1, 1, 2
