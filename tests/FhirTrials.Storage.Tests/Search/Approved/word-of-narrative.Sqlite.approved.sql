-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."rowid" AS "Key" FROM "WordIndex" AS x1 WHERE x1."WordIndex" MATCH @p1) AS k2 LIMIT @p2) AS e3
-- 0, "1xann!", 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- AlongPoint
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT k1."Key" AS "Key"
FROM (SELECT x3."rowid" AS "Key" FROM "WordIndex" AS x3 WHERE x3."WordIndex" MATCH @p0) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key" AND k1."Key" > @p1
  AND +r2."Change" <= @p2
GROUP BY k1."Key"
ORDER BY k1."Key"  LIMIT @p3) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- "1xann!", 0, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."rowid" AS "Key" FROM "WordIndex" AS x4 WHERE x4."WordIndex" MATCH @p0) AS k1
-- "1xann!"
