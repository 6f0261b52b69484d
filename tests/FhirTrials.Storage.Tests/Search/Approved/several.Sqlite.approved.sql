-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "TokenIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2 AND x1."Code" = @p3) AS k2 LIMIT @p4) AS e3
UNION ALL
SELECT @p5, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "DateIndex" AS x4
WHERE x4."Type" = @p6 AND x4."Parameter" = @p7 AND x4."Start" < @p8) AS k5 LIMIT @p9) AS e6
UNION ALL
SELECT @p10, COUNT(*), COALESCE(MAX(e9."Key"), 0) FROM (SELECT k8."Key" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p11 AND x7."Parameter" = @p12 AND x7."Value"  >= @p13 AND x7."Value"  < @p14) AS k8 LIMIT @p15) AS e9
-- 0, 1, 1, female, 1000, 1, 1, 2, 624511296000000000, 1000, 2, 1, 3, ann, ano, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json"
FROM (SELECT o7."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p3 AND EXISTS (SELECT 1 FROM "DateIndex" AS x5
  WHERE x5."ResourceKey" = d2."Key" AND x5."Parameter" = @p4
    AND x5."Start" < @p5 LIMIT 1) AND EXISTS (SELECT 1 FROM "StringIndex" AS x6
  WHERE x6."ResourceKey" = d2."Key" AND x6."Parameter" = @p6
    AND x6."Value"  >= @p7 AND x6."Value"  < @p8 LIMIT 1)) AS o7
ORDER BY o7."Key"  LIMIT @p9) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 1, 1, female, 1000, 2, 624511296000000000, 3, ann, ano, 21

-- FromKeys
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json"
FROM (SELECT o7."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "DateIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Start" < @p2) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p3 AND EXISTS (SELECT 1 FROM "TokenIndex" AS x5
  WHERE x5."Type" = @p4 AND x5."ResourceKey" = d2."Key" AND x5."Parameter" = @p5
    AND x5."Code" = @p6 LIMIT 1) AND EXISTS (SELECT 1 FROM "StringIndex" AS x6
  WHERE x6."ResourceKey" = d2."Key" AND x6."Parameter" = @p7
    AND x6."Value"  >= @p8 AND x6."Value"  < @p9 LIMIT 1)) AS o7
ORDER BY o7."Key"  LIMIT @p10) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 1, 2, 624511296000000000, 1000, 1, 1, female, 3, ann, ano, 21

-- FromKeys
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json"
FROM (SELECT o7."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "StringIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Value"  >= @p2 AND x4."Value"  < @p3) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p4 AND EXISTS (SELECT 1 FROM "TokenIndex" AS x5
  WHERE x5."Type" = @p5 AND x5."ResourceKey" = d2."Key" AND x5."Parameter" = @p6
    AND x5."Code" = @p7 LIMIT 1) AND EXISTS (SELECT 1 FROM "DateIndex" AS x6
  WHERE x6."ResourceKey" = d2."Key" AND x6."Parameter" = @p8
    AND x6."Start" < @p9 LIMIT 1)) AS o7
ORDER BY o7."Key"  LIMIT @p10) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 1, 3, ann, ano, 1000, 1, 1, female, 2, 624511296000000000, 21

-- AlongPoint
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json"
FROM (SELECT k1."Key" AS "Key"
FROM (SELECT x3."ResourceKey" AS "Key" FROM "TokenIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Code" = @p2) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key" AND k1."Key" > @p3
  AND +r2."Change" <= @p4 AND EXISTS (SELECT 1 FROM "DateIndex" AS x4
  WHERE x4."ResourceKey" = k1."Key" AND x4."Parameter" = @p5
    AND x4."Start" < @p6 LIMIT 1) AND EXISTS (SELECT 1 FROM "StringIndex" AS x5
  WHERE x5."ResourceKey" = k1."Key" AND x5."Parameter" = @p7
    AND x5."Value"  >= @p8 AND x5."Value"  < @p9 LIMIT 1)
GROUP BY k1."Key"
ORDER BY k1."Key"  LIMIT @p10) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 1, female, 0, 1000, 2, 624511296000000000, 3, ann, ano, 21

-- total
SELECT COUNT(*) FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2) AS k1) AS d2
CROSS JOIN "Resource" AS r3 WHERE r3."Key" = d2."Key"
  AND EXISTS (SELECT 1 FROM "DateIndex" AS x5
  WHERE x5."ResourceKey" = d2."Key" AND x5."Parameter" = @p3
    AND x5."Start" < @p4 LIMIT 1) AND EXISTS (SELECT 1 FROM "StringIndex" AS x6
  WHERE x6."ResourceKey" = d2."Key" AND x6."Parameter" = @p5
    AND x6."Value"  >= @p6 AND x6."Value"  < @p7 LIMIT 1)
-- 1, 1, female, 2, 624511296000000000, 3, ann, ano
