-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "TokenIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2 AND x1."Code" = @p3) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY) AS e3
-- 0, 1, 1, female, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json", p7.v0 AS v0
FROM (SELECT o6."Key" AS "Key", o6.v0 AS v0 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MAX(s4."End") FROM "DateIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p0), @p1) AS v0
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM "TokenIndex" AS x5
WHERE x5."Type" = @p2 AND x5."Parameter" = @p3 AND x5."Code" = @p4) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p5) AS o6
ORDER BY o6.v0 DESC, o6."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 2, -9223372036854775808, 1, 1, female, 1000, 21

-- AlongSort
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json", p6.v0 AS v0
FROM (SELECT o5."Key" AS "Key", o5.v0 AS v0 FROM (SELECT x1."ResourceKey" AS "Key",
  x1."End" AS v0
FROM "DateIndex" AS x1 CROSS JOIN "Resource" AS r3
WHERE x1."Type" = @p0 AND x1."Parameter" = @p1
  AND r3."Key" = x1."ResourceKey"
  AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS y2 WHERE y2."ResourceKey" = x1."ResourceKey"
  AND y2."Parameter" = @p2
  AND (y2."End" > x1."End"
    OR (y2."End" = x1."End" AND y2."Ordinal" < x1."Ordinal")))
  AND r3."Change" <= @p3 AND EXISTS (SELECT 1 FROM "TokenIndex" AS x4
  WHERE x4."Type" = @p4 AND x4."ResourceKey" = x1."ResourceKey" AND x4."Parameter" = @p5
    AND x4."Code" = @p6)) AS o5
ORDER BY o5.v0 DESC, o5."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 1, 2, 2, 1000, 1, 1, female, 21

-- AlongSort
SELECT r13."Key", r13."Type", r13."Id", r13."Version", r13."LastUpdated", r13."Change", r13."Method", r13."Json", p12.v0 AS v0
FROM (SELECT o11."Key" AS "Key", o11.v0 AS v0 FROM (SELECT r9."Key" AS "Key", @p0 AS v0
FROM "Resource" AS r9
WHERE r9."Type" = @p1 AND r9."IsDeleted" = 0 AND r9."Change" <= @p2 AND EXISTS (SELECT 1 FROM "TokenIndex" AS x10
  WHERE x10."Type" = @p3 AND x10."ResourceKey" = r9."Key" AND x10."Parameter" = @p4
    AND x10."Code" = @p5)
  AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS x8
  WHERE x8."ResourceKey" = r9."Key" AND x8."Parameter" = @p6)) AS o11
ORDER BY o11."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS p12 CROSS JOIN "Resource" AS r13
WHERE r13."Key" = p12."Key"
-- -9223372036854775808, 1, 1000, 1, 1, female, 2, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "TokenIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Code" = @p2) AS k1
-- 1, 1, female
