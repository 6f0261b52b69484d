-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0), json_group_array(e3."Key" ) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."rowid" AS "Key" FROM "TitleIndex" AS x1 WHERE x1."TitleIndex" MATCH @p1) AS k2 LIMIT @p2) AS e3
-- 0, Title : "blinatu", 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT o5."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."rowid" AS "Key" FROM "TitleIndex" AS x4 WHERE x4."TitleIndex" MATCH @p0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p1) AS o5
ORDER BY o5."Key"  LIMIT @p2) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- Title : "blinatu", 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "StringIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND (x2."Value"  GLOB @p3 OR x2."Whole"  GLOB @p4) LIMIT 1)) AS o3
ORDER BY o3."Key"  LIMIT @p5) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, *blinatu*, *blinatu*, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."rowid" AS "Key" FROM "TitleIndex" AS x4 WHERE x4."TitleIndex" MATCH @p0) AS k1
-- Title : "blinatu"

-- FromKeys
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT value AS "Key" FROM json_each(@p0)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p1) AS o4
ORDER BY o4."Key"  LIMIT @p2) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- [41,42], 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT value AS "Key" FROM json_each(@p0)) AS k1
-- [41,42]
