-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e10."Key"), 0), json_group_array(e10."Key" ) FROM (SELECT k9."Key" AS "Key" FROM (SELECT r2."Key" AS "Key" FROM (SELECT r4."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM "TokenIndex" AS x5
WHERE x5."Type" = @p1 AND x5."Parameter" = @p2 AND x5."Code" = @p3) AS k3 CROSS JOIN "Resource" AS r4
WHERE r4."Key" = k3."Key"
  AND (EXISTS (SELECT 1 FROM "StringIndex" AS x6
  WHERE x6."ResourceKey" = k3."Key" AND x6."Parameter" = @p4
    AND substr(COALESCE(x6."Whole", x6."Value"), @p5) = @p6 LIMIT 1) OR EXISTS (SELECT 1 FROM "DateIndex" AS x7
  WHERE x7."ResourceKey" = k3."Key" AND x7."Parameter" = @p7
    AND x7."Start" < @p8 AND x7."End" > @p9 LIMIT 1))) AS k1 CROSS JOIN "Resource" AS r2
WHERE r2."Key" = k1."Key"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = k1."Key" AND x8."Parameter" = @p10
    AND NOT (x8."Value" = @p11 AND x8."Whole" IS NULL) LIMIT 1)) AS k9 LIMIT @p12) AS e10
-- 0, 1, 1, female, 2, -3, ann, 3, 624827520000000000, 624511296000000000, 4, bob, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r14."Key", r14."Type", r14."Id", r14."Version", r14."LastUpdated", r14."Change", r14."Method", r14."Json"
FROM (SELECT o12."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT r5."Key" AS "Key" FROM (SELECT r7."Key" AS "Key" FROM (SELECT x8."ResourceKey" AS "Key" FROM "TokenIndex" AS x8
WHERE x8."Type" = @p0 AND x8."Parameter" = @p1 AND x8."Code" = @p2) AS k6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = k6."Key"
  AND (EXISTS (SELECT 1 FROM "StringIndex" AS x9
  WHERE x9."ResourceKey" = k6."Key" AND x9."Parameter" = @p3
    AND substr(COALESCE(x9."Whole", x9."Value"), @p4) = @p5 LIMIT 1) OR EXISTS (SELECT 1 FROM "DateIndex" AS x10
  WHERE x10."ResourceKey" = k6."Key" AND x10."Parameter" = @p6
    AND x10."Start" < @p7 AND x10."End" > @p8 LIMIT 1))) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x11
  WHERE x11."ResourceKey" = k4."Key" AND x11."Parameter" = @p9
    AND NOT (x11."Value" = @p10 AND x11."Whole" IS NULL) LIMIT 1)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p11) AS o12
ORDER BY o12."Key"  LIMIT @p12) AS p13 CROSS JOIN "Resource" AS r14
WHERE r14."Key" = p13."Key"
-- 1, 1, female, 2, -3, ann, 3, 624827520000000000, 624511296000000000, 4, bob, 1000, 21

-- AlongType
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json"
FROM (SELECT o6."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND +r1."Change" <= @p1 AND ((EXISTS (SELECT 1 FROM "TokenIndex" AS x2
  WHERE x2."Type" = @p2 AND x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p3
    AND x2."Code" = @p4 LIMIT 1) AND (EXISTS (SELECT 1 FROM "StringIndex" AS x3
  WHERE x3."ResourceKey" = r1."Key" AND x3."Parameter" = @p5
    AND substr(COALESCE(x3."Whole", x3."Value"), @p6) = @p7 LIMIT 1) OR EXISTS (SELECT 1 FROM "DateIndex" AS x4
  WHERE x4."ResourceKey" = r1."Key" AND x4."Parameter" = @p8
    AND x4."Start" < @p9 AND x4."End" > @p10 LIMIT 1))) AND EXISTS (SELECT 1 FROM "StringIndex" AS x5
  WHERE x5."ResourceKey" = r1."Key" AND x5."Parameter" = @p11
    AND NOT (x5."Value" = @p12 AND x5."Whole" IS NULL) LIMIT 1))) AS o6
ORDER BY o6."Key"  LIMIT @p13) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 1, 1000, 1, 1, female, 2, -3, ann, 3, 624827520000000000, 624511296000000000, 4, bob, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT r5."Key" AS "Key" FROM (SELECT r7."Key" AS "Key" FROM (SELECT x8."ResourceKey" AS "Key" FROM "TokenIndex" AS x8
WHERE x8."Type" = @p0 AND x8."Parameter" = @p1 AND x8."Code" = @p2) AS k6 CROSS JOIN "Resource" AS r7
WHERE r7."Key" = k6."Key"
  AND (EXISTS (SELECT 1 FROM "StringIndex" AS x9
  WHERE x9."ResourceKey" = k6."Key" AND x9."Parameter" = @p3
    AND substr(COALESCE(x9."Whole", x9."Value"), @p4) = @p5 LIMIT 1) OR EXISTS (SELECT 1 FROM "DateIndex" AS x10
  WHERE x10."ResourceKey" = k6."Key" AND x10."Parameter" = @p6
    AND x10."Start" < @p7 AND x10."End" > @p8 LIMIT 1))) AS k4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = k4."Key"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x11
  WHERE x11."ResourceKey" = k4."Key" AND x11."Parameter" = @p9
    AND NOT (x11."Value" = @p10 AND x11."Whole" IS NULL) LIMIT 1)) AS k1
-- 1, 1, female, 2, -3, ann, 3, 624827520000000000, 624511296000000000, 4, bob

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
