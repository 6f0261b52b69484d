-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1
WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0 AND r1."Id" IN (@p2, @p3)) AS k2 LIMIT @p4) AS e3
-- 0, 1, ann, bob, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0 AND r4."Id" IN (@p1, @p2)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p3) AS o5
ORDER BY o5."Key"  LIMIT @p4) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, ann, bob, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r4."Key" AS "Key" FROM "Resource" AS r4
WHERE r4."Type" = @p0 AND r4."IsDeleted" = 0 AND r4."Id" IN (@p1, @p2)) AS k1
-- 1, ann, bob
