-- AlongSort
SELECT r7."Key", r7."Type", r7."Id", r7."Version", r7."LastUpdated", r7."Change", r7."Method", r7."Json", p6.v0 AS v0, p6.v1 AS v1
FROM (SELECT o5."Key" AS "Key", o5.v0 AS v0, o5.v1 AS v1 FROM (SELECT x1."ResourceKey" AS "Key",
  x1."End" AS v0, COALESCE((SELECT MIN(s4."Value") FROM "StringIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p0), @p1) AS v1
FROM "DateIndex" AS x1 CROSS JOIN "Resource" AS r3
WHERE x1."Type" = @p2 AND x1."Parameter" = @p3 AND x1."End" <= @p4
  AND r3."Key" = x1."ResourceKey"
  AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS y2 WHERE y2."ResourceKey" = x1."ResourceKey"
  AND y2."Parameter" = @p5
  AND (y2."End" > x1."End"
    OR (y2."End" = x1."End" AND y2."Ordinal" < x1."Ordinal")))
  AND r3."Change" <= @p6) AS o5
WHERE (o5.v0 < @p7 OR (o5.v0 = @p8 AND (o5.v1 > @p9 OR (o5.v1 = @p10 AND o5."Key" > @p11))))
ORDER BY o5.v0 DESC, o5.v1, o5."Key"  OFFSET 0 ROWS FETCH NEXT @p12 ROWS ONLY) AS p6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = p6."Key"
-- 2, 􏿿, 1, 1, 624589920000000000, 1, 1000, 624589920000000000, 624589920000000000, ann, ann, 42, 21

-- AlongSort
SELECT r13."Key", r13."Type", r13."Id", r13."Version", r13."LastUpdated", r13."Change", r13."Method", r13."Json", p12.v0 AS v0, p12.v1 AS v1
FROM (SELECT o11."Key" AS "Key", o11.v0 AS v0, o11.v1 AS v1 FROM (SELECT r9."Key" AS "Key", @p0 AS v0, COALESCE((SELECT MIN(s10."Value") FROM "StringIndex" AS s10 WHERE s10."ResourceKey" = r9."Key"
  AND s10."Parameter" = @p1), @p2) AS v1
FROM "Resource" AS r9
WHERE r9."Type" = @p3 AND r9."IsDeleted" = 0 AND r9."Change" <= @p4
  AND NOT EXISTS (SELECT 1 FROM "DateIndex" AS x8
  WHERE x8."ResourceKey" = r9."Key" AND x8."Parameter" = @p5)) AS o11
ORDER BY o11.v1, o11."Key"  OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) AS p12 CROSS JOIN "Resource" AS r13
WHERE r13."Key" = p12."Key"
-- -9223372036854775808, 2, 􏿿, 1, 1000, 1, 21

-- total
SELECT COUNT(*) FROM "Resource" AS r3
WHERE r3."Type" = @p0 AND r3."IsDeleted" = 0
-- 1
