-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json", p4.v0 AS v0
FROM (SELECT o3."Key" AS "Key", o3.v0 AS v0 FROM (SELECT r1."Key" AS "Key", r1."LastUpdated" AS v0
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1) AS o3
ORDER BY o3.v0 DESC, o3."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0
-- 1
