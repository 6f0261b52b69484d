-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e4."Key"), 0) FROM (SELECT k3."Key" AS "Key" FROM (SELECT r2."Key" AS "Key" FROM "Resource" AS r2
WHERE r2."Type" = @p1 AND r2."IsDeleted" = 0 AND r2."LastUpdated"  >= @p2) AS k3
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS e4
UNION ALL
SELECT @p4, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p5 AND r1."IsDeleted" = 0) AS k5
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS e6
-- 0, 1, 638515008000000000, 1000, 1, 1, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0 AND r4."LastUpdated"  >= @p1) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p2) AS o5
ORDER BY o5."Key"  OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 638515008000000000, 1000, 21

-- AlongType
SELECT r4."Key", r4."Type", r4."Id", r4."Version", r4."LastUpdated", r4."Change", r4."Method", r4."Json"
FROM (SELECT o2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0 AND r1."IsDeleted" = 0 AND r1."Change" <= @p1 AND r1."LastUpdated" >= @p2) AS o2
ORDER BY o2."Key"  OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS p3 CROSS JOIN "Resource" AS r4
WHERE r4."Key" = p3."Key"
-- 1, 1000, 638515008000000000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0 AND r4."LastUpdated"  >= @p1) AS k1
-- 1, 638515008000000000
