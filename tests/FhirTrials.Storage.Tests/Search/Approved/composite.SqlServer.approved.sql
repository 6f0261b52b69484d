-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e5."Key"), 0) FROM (SELECT k4."Key" AS "Key" FROM (SELECT x2."ResourceKey" AS "Key" FROM "TokenIndex" AS x2
WHERE x2."Type" = @p1 AND x2."Parameter" = @p2 AND x2."Code" = @p3 AND x2."System" IN (@p4, @p5) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y3
  WHERE y3."ResourceKey" = x2."ResourceKey" AND y3."Group" = x2."Group" AND y3."Parameter" = @p6 AND y3."High" > @p7 AND y3."System" <> @p8)) AS k4
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p9 ROWS ONLY) AS e5
UNION ALL
SELECT @p10, COUNT(*), COALESCE(MAX(e7."Key"), 0) FROM (SELECT k6."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p11 AND r1."IsDeleted" = 0) AS k6
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p12 ROWS ONLY) AS e7
-- 0, 1, 2, 718-7, 1, -1, 3, 5, -1, 1000, 1, 1, 1000

-- AlongPoint
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT k1."Key" AS "Key"
FROM (SELECT x3."ResourceKey" AS "Key" FROM "TokenIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Code" = @p2 AND x3."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y4
  WHERE y4."ResourceKey" = x3."ResourceKey" AND y4."Group" = x3."Group" AND y4."Parameter" = @p5 AND y4."High" > @p6 AND y4."System" <> @p7)) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key" AND k1."Key" > @p8 AND r2."Change" <= @p9
GROUP BY k1."Key"
ORDER BY k1."Key"  OFFSET 0 ROWS FETCH NEXT @p10 ROWS ONLY) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 2, 718-7, 1, -1, 3, 5, -1, 0, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2 AND x4."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y5
  WHERE y5."ResourceKey" = x4."ResourceKey" AND y5."Group" = x4."Group" AND y5."Parameter" = @p5 AND y5."High" > @p6 AND y5."System" <> @p7)) AS k1
-- 1, 2, 718-7, 1, -1, 3, 5, -1
