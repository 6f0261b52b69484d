-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json", p4.v0 AS v0
FROM (SELECT o3."Key" AS "Key", o3.v0 AS v0 FROM (SELECT r1."Key" AS "Key", COALESCE((SELECT MIN(s2."Low") FROM "QuantityIndex" AS s2 WHERE s2."System" = @p0 AND s2."ResourceKey" = r1."Key"
  AND s2."Parameter" = @p1),
  (SELECT MIN(s2."Low") FROM "QuantityIndex" AS s2 WHERE s2."ResourceKey" = r1."Key"
  AND s2."Parameter" = @p2), @p3) AS v0
FROM "Resource" AS r1
WHERE r1."Type" = @p4
  AND +r1."IsDeleted" = 0
  AND +r1."Change" <= @p5) AS o3
ORDER BY o3.v0, o3."Key"  LIMIT @p6) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- -1, 1, 1, 1.7976931348623157E+308, 1, 1000, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0
-- 1
