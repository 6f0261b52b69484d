-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e4."Key"), 0) FROM (SELECT k3."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "TokenIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2
  AND x1."Code" = @p3 AND x1."System" IN (@p4, @p5) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y2
  WHERE y2."ResourceKey" = x1."ResourceKey" AND y2."Group" = x1."Group"
    AND y2."Parameter" = @p6 AND y2."High" > @p7 AND y2."System" <> @p8)) AS k3
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p9 ROWS ONLY) AS e4
-- 0, 1, 2, 718-7, 1, -1, 3, 5, -1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- AlongPoint
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT k1."Key" AS "Key"
FROM (SELECT x3."ResourceKey" AS "Key" FROM "TokenIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1
  AND x3."Code" = @p2 AND x3."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y4
  WHERE y4."ResourceKey" = x3."ResourceKey" AND y4."Group" = x3."Group"
    AND y4."Parameter" = @p5 AND y4."High" > @p6 AND y4."System" <> @p7)) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key" AND k1."Key" > @p8
  AND r2."Change" <= @p9
GROUP BY k1."Key"
ORDER BY k1."Key"  OFFSET 0 ROWS FETCH NEXT @p10 ROWS ONLY) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 2, 718-7, 1, -1, 3, 5, -1, 0, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1
  AND x4."Code" = @p2 AND x4."System" IN (@p3, @p4) AND EXISTS (SELECT 1 FROM "QuantityIndex" AS y5
  WHERE y5."ResourceKey" = x4."ResourceKey" AND y5."Group" = x4."Group"
    AND y5."Parameter" = @p5 AND y5."High" > @p6 AND y5."System" <> @p7)) AS k1
-- 1, 2, 718-7, 1, -1, 3, 5, -1
