-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e9."Key"), 0) FROM (SELECT k8."Key" AS "Key" FROM (SELECT t3."Key" AS "Key" FROM (SELECT t6."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "TokenIndex" AS x7
WHERE x7."Type" = @p1 AND x7."Parameter" = @p2 AND x7."Code" = @p3) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p4 AND x5."TargetType" = @p5
  AND t6."Type" = @p6 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1
CROSS JOIN "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
WHERE x2."ResourceKey" = k1."Key" AND x2."Parameter" = @p7 AND x2."TargetType" = @p8
  AND t3."Type" = @p9 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0) AS k8
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p10 ROWS ONLY) AS e9
-- 0, 3, 3, 718-7, 2, 2, 2, 1, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r13."Key", r13."Type", r13."Id", r13."Version", r13."LastUpdated", r13."Change", r13."Method", r13."Json"
FROM (SELECT o11."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT t6."Key" AS "Key" FROM (SELECT t9."Key" AS "Key" FROM (SELECT x10."ResourceKey" AS "Key" FROM "TokenIndex" AS x10
WHERE x10."Type" = @p0 AND x10."Parameter" = @p1 AND x10."Code" = @p2) AS k7
CROSS JOIN "ReferenceIndex" AS x8 CROSS JOIN "Resource" AS t9
WHERE x8."ResourceKey" = k7."Key" AND x8."Parameter" = @p3 AND x8."TargetType" = @p4
  AND t9."Type" = @p5 AND t9."Id" = x8."Target" AND t9."IsDeleted" = 0) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p6 AND x5."TargetType" = @p7
  AND t6."Type" = @p8 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p9) AS o11
ORDER BY o11."Key"  OFFSET 0 ROWS FETCH NEXT @p10 ROWS ONLY) AS p12 CROSS JOIN "Resource" AS r13
WHERE r13."Key" = p12."Key"
-- 3, 3, 718-7, 2, 2, 2, 1, 1, 1, 1000, 21

-- AlongType
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json"
FROM (SELECT o7."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS s3
  WHERE x2."Type" = @p2 AND x2."Parameter" = @p3 AND x2."Target" = r1."Id"
    AND x2."TargetType" = @p4
  AND s3."Key" = x2."ResourceKey" AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x4 CROSS JOIN "Resource" AS s5
  WHERE x4."Type" = @p5 AND x4."Parameter" = @p6 AND x4."Target" = s3."Id"
    AND x4."TargetType" = @p7
  AND s5."Key" = x4."ResourceKey" AND EXISTS (SELECT 1 FROM "TokenIndex" AS x6
  WHERE x6."Type" = @p8 AND x6."ResourceKey" = x4."ResourceKey" AND x6."Parameter" = @p9
    AND x6."Code" = @p10)))) AS o7
ORDER BY o7."Key"  OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 1, 1000, 2, 1, 1, 3, 2, 2, 3, 3, 718-7, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT t6."Key" AS "Key" FROM (SELECT t9."Key" AS "Key" FROM (SELECT x10."ResourceKey" AS "Key" FROM "TokenIndex" AS x10
WHERE x10."Type" = @p0 AND x10."Parameter" = @p1 AND x10."Code" = @p2) AS k7
CROSS JOIN "ReferenceIndex" AS x8 CROSS JOIN "Resource" AS t9
WHERE x8."ResourceKey" = k7."Key" AND x8."Parameter" = @p3 AND x8."TargetType" = @p4
  AND t9."Type" = @p5 AND t9."Id" = x8."Target" AND t9."IsDeleted" = 0) AS k4
CROSS JOIN "ReferenceIndex" AS x5 CROSS JOIN "Resource" AS t6
WHERE x5."ResourceKey" = k4."Key" AND x5."Parameter" = @p6 AND x5."TargetType" = @p7
  AND t6."Type" = @p8 AND t6."Id" = x5."Target" AND t6."IsDeleted" = 0) AS k1
-- 3, 3, 718-7, 2, 2, 2, 1, 1, 1
