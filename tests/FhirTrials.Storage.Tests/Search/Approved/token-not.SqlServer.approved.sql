-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND NOT (EXISTS (SELECT 1 FROM "TokenIndex" AS x2
  WHERE x2."Type" = @p2 AND x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p3
    AND x2."Code" = @p4))) AS o3
ORDER BY o3."Key"  OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 1, female, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0 AND NOT (EXISTS (SELECT 1 FROM "TokenIndex" AS x4
  WHERE x4."Type" = @p1 AND x4."ResourceKey" = r3."Key" AND x4."Parameter" = @p2
    AND x4."Code" = @p3))
-- 1, 1, 1, female
