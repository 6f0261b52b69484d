-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT r2."Key" AS "Key" FROM (SELECT x3."rowid" AS "Key" FROM "WordIndex" AS x3 WHERE x3."WordIndex" MATCH @p1) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key"
  AND EXISTS (SELECT 1 FROM "WordList" AS x4
  WHERE x4."ResourceKey" = k1."Key" AND x4."Parameter" = @p2
    AND (x4."Words"  GLOB @p3 OR x4."Words" || ' ' GLOB @p4) LIMIT 1)) AS k5 LIMIT @p5) AS e6
-- 0, "1xann" OR "1xann!", 1, * bob!*, * bob *, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r5."Key" AS "Key" FROM (SELECT x6."rowid" AS "Key" FROM "WordIndex" AS x6 WHERE x6."WordIndex" MATCH @p0) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "WordList" AS x7
  WHERE x7."ResourceKey" = k4."Key" AND x7."Parameter" = @p1
    AND (x7."Words"  GLOB @p2 OR x7."Words" || ' ' GLOB @p3) LIMIT 1)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p4) AS o8
ORDER BY o8."Key"  LIMIT @p5) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- "1xann" OR "1xann!", 1, * bob!*, * bob *, 1000, 21

-- AlongType
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND (EXISTS (SELECT 1 FROM "WordList" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND (x2."Words"  GLOB @p3 OR x2."Words" || ' ' GLOB @p4) LIMIT 1) AND EXISTS (SELECT 1 FROM "WordList" AS x3
  WHERE x3."ResourceKey" = r1."Key" AND x3."Parameter" = @p5
    AND (x3."Words"  GLOB @p6 OR x3."Words" || ' ' GLOB @p7) LIMIT 1))) AS o4
ORDER BY o4."Key"  LIMIT @p8) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- 1, 1000, 1, * ann!*, * ann *, 1, * bob!*, * bob *, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r5."Key" AS "Key" FROM (SELECT x6."rowid" AS "Key" FROM "WordIndex" AS x6 WHERE x6."WordIndex" MATCH @p0) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "WordList" AS x7
  WHERE x7."ResourceKey" = k4."Key" AND x7."Parameter" = @p1
    AND (x7."Words"  GLOB @p2 OR x7."Words" || ' ' GLOB @p3) LIMIT 1)) AS k1
-- "1xann" OR "1xann!", 1, * bob!*, * bob *
