-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT t3."Key" AS "Key" FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p1 AND r4."IsDeleted" = 0 AND r4."Id" IN (@p2)) AS k1
CROSS JOIN "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
WHERE x2."ResourceKey" = k1."Key" AND x2."Parameter" = @p3 AND x2."TargetType" = @p4
  AND t3."Type" = @p5 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0) AS k5
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS e6
-- 0, 2, ann, 1, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT t6."Key" AS "Key" FROM (SELECT r7."Key" AS "Key" FROM "Resource" AS r7
WHERE r7."Type" = @p0 AND r7."IsDeleted" = 0 AND r7."Id" IN (@p1)) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p2 AND x5."TargetType" = @p3
  AND t6."Type" = @p4 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p5) AS o8
ORDER BY o8."Key"  OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 2, ann, 1, 1, 1, 1000, 21

-- AlongType
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS s3
  WHERE x2."Type" = @p2 AND x2."Parameter" = @p3 AND x2."Target" = r1."Id"
    AND x2."TargetType" = @p4
  AND s3."Key" = x2."ResourceKey" AND s3."Id" IN (@p5))) AS o4
ORDER BY o4."Key"  OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 1000, 2, 1, 1, ann, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT t6."Key" AS "Key" FROM (SELECT r7."Key" AS "Key" FROM "Resource" AS r7
WHERE r7."Type" = @p0 AND r7."IsDeleted" = 0 AND r7."Id" IN (@p1)) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p2 AND x5."TargetType" = @p3
  AND t6."Type" = @p4 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1
-- 2, ann, 1, 1, 1
