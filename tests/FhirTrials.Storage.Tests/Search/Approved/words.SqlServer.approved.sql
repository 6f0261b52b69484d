-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT r2."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM "WordIndex" AS x3
WHERE x3."Type" = @p1 AND x3."Parameter" = @p2 AND x3."Word" = @p3) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key"
  AND EXISTS (SELECT 1 FROM "WordIndex" AS x4
  WHERE x4."Type" = @p4 AND x4."ResourceKey" = k1."Key" AND x4."Parameter" = @p5
    AND x4."Word" = @p6)) AS k5
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS e6
-- 0, 1, 1, ann, 1, 1, bob, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r5."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "WordIndex" AS x6
WHERE x6."Type" = @p0 AND x6."Parameter" = @p1 AND x6."Word" = @p2) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "WordIndex" AS x7
  WHERE x7."Type" = @p3 AND x7."ResourceKey" = k4."Key" AND x7."Parameter" = @p4
    AND x7."Word" = @p5)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p6) AS o8
ORDER BY o8."Key"  OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 1, 1, ann, 1, 1, bob, 1000, 21

-- AlongType
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND (EXISTS (SELECT 1 FROM "WordIndex" AS x2
  WHERE x2."Type" = @p2 AND x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p3
    AND x2."Word" = @p4) AND EXISTS (SELECT 1 FROM "WordIndex" AS x3
  WHERE x3."Type" = @p5 AND x3."ResourceKey" = r1."Key" AND x3."Parameter" = @p6
    AND x3."Word" = @p7))) AS o4
ORDER BY o4."Key"  OFFSET 0 ROWS FETCH NEXT @p8 ROWS ONLY) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 1000, 1, 1, ann, 1, 1, bob, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r5."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "WordIndex" AS x6
WHERE x6."Type" = @p0 AND x6."Parameter" = @p1 AND x6."Word" = @p2) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "WordIndex" AS x7
  WHERE x7."Type" = @p3 AND x7."ResourceKey" = k4."Key" AND x7."Parameter" = @p4
    AND x7."Word" = @p5)) AS k1
-- 1, 1, ann, 1, 1, bob
