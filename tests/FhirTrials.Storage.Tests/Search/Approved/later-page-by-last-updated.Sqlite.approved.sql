-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json", p4.v0 AS v0
FROM (SELECT o3."Key" AS "Key", o3.v0 AS v0 FROM (SELECT r1."Key" AS "Key", r1."LastUpdated" AS v0
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND +r1."IsDeleted" = 0 AND r1."LastUpdated" >= @p1
  AND +r1."Change" <= @p2) AS o3
WHERE (o3.v0 > @p3 OR (o3.v0 = @p4 AND o3."Key" > @p5))
ORDER BY o3.v0, o3."Key"  LIMIT @p6) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 621355968000000000, 1000, 621355968000000000, 621355968000000000, 42, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0
-- 1
