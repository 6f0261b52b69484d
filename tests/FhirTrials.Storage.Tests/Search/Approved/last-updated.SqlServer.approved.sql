-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1
WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0
  AND r1."LastUpdated"  >= @p2) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS e3
-- 0, 1, 638515008000000000, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0
  AND r4."LastUpdated"  >= @p1) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p2) AS o5
ORDER BY o5."Key"  OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 638515008000000000, 1000, 21

-- AlongType
SELECT r4."Key", r4."Type", r4."Id", r4."Version", r4."LastUpdated", r4."Change", r4."Method", r4."Json"
FROM (SELECT o2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND r1."LastUpdated" >= @p2) AS o2
ORDER BY o2."Key"  OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) AS p3 CROSS JOIN "Resource" AS r4
WHERE r4."Key" = p3."Key"
-- 1, 1000, 638515008000000000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0
  AND r4."LastUpdated"  >= @p1) AS k1
-- 1, 638515008000000000
