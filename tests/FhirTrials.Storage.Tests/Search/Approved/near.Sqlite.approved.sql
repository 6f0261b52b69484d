-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e7."Key"), 0) FROM (SELECT k6."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM (WITH RECURSIVE q4("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x5."Z", x5."X", x5."Y" FROM "PositionIndex" AS x5 WHERE x5."Type" = @p1 AND x5."Parameter" = @p2 AND x5."Z" >= @p3
ORDER BY x5."Z", x5."X", x5."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x5."Z" FROM "PositionIndex" AS x5 WHERE x5."Type" = @p4 AND x5."Parameter" = @p5 AND (x5."Z", x5."X", x5."Y", x5."ResourceKey") > (+q4."Z", +q4."X", +q4."Y", @p6)
ORDER BY x5."Z", x5."X", x5."Y" LIMIT 1), (SELECT x5."X" FROM "PositionIndex" AS x5 WHERE x5."Type" = @p7 AND x5."Parameter" = @p8 AND (x5."Z", x5."X", x5."Y", x5."ResourceKey") > (+q4."Z", +q4."X", +q4."Y", @p9)
ORDER BY x5."Z", x5."X", x5."Y" LIMIT 1), (SELECT x5."Y" FROM "PositionIndex" AS x5 WHERE x5."Type" = @p10 AND x5."Parameter" = @p11 AND (x5."Z", x5."X", x5."Y", x5."ResourceKey") > (+q4."Z", +q4."X", +q4."Y", @p12)
ORDER BY x5."Z", x5."X", x5."Y" LIMIT 1)
  FROM q4 WHERE q4."Z" <= @p13
)
SELECT q4."Z" AS "Z", q4."X" AS "X", q4."Y" AS "Y" FROM q4 WHERE q4."Z" >= @p14 AND q4."Z" <= @p15 AND q4."X" >= @p16 AND q4."X" <= @p17 AND q4."Y" >= @p18 AND q4."Y" <= @p19 AND ((q4."X" - @p20) * (q4."X" - @p21) + (q4."Y" - @p22) * (q4."Y" - @p23) + (q4."Z" - @p24) * (q4."Z" - @p25)) <= @p26) AS p2 CROSS JOIN "PositionIndex" AS x3
WHERE x3."Type" = @p27 AND x3."Parameter" = @p28 AND x3."Z" = p2."Z" AND x3."X" = p2."X" AND x3."Y" = p2."Y") AS k6 LIMIT @p29) AS e7
UNION ALL
SELECT @p30, COUNT(*), COALESCE(MAX(e9."Key"), 0) FROM (SELECT k8."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p31 AND r1."IsDeleted" = 0) AS k8 LIMIT @p32) AS e9
-- 0, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 1, 1, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json"
FROM (SELECT o8."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x7."Z" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p3 AND x7."Parameter" = @p4 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p5)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."X" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p6 AND x7."Parameter" = @p7 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p8)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p9 AND x7."Parameter" = @p10 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p11)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  FROM q6 WHERE q6."Z" <= @p12
)
SELECT q6."Z" AS "Z", q6."X" AS "X", q6."Y" AS "Y" FROM q6 WHERE q6."Z" >= @p13 AND q6."Z" <= @p14 AND q6."X" >= @p15 AND q6."X" <= @p16 AND q6."Y" >= @p17 AND q6."Y" <= @p18 AND ((q6."X" - @p19) * (q6."X" - @p20) + (q6."Y" - @p21) * (q6."Y" - @p22) + (q6."Z" - @p23) * (q6."Z" - @p24)) <= @p25) AS p4 CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p26 AND x5."Parameter" = @p27 AND x5."Z" = p4."Z" AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p28) AS o8
ORDER BY o8."Key"  LIMIT @p29) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0 AND r1."IsDeleted" = 0 AND +r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND x2."Z" >= @p3 AND x2."Z" <= @p4 AND x2."X" >= @p5 AND x2."X" <= @p6 AND x2."Y" >= @p7 AND x2."Y" <= @p8 AND ((x2."X" - @p9) * (x2."X" - @p10) + (x2."Y" - @p11) * (x2."Y" - @p12) + (x2."Z" - @p13) * (x2."Z" - @p14)) <= @p15 LIMIT 1)) AS o3
ORDER BY o3."Key"  LIMIT @p16) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x7."Z" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p3 AND x7."Parameter" = @p4 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p5)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."X" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p6 AND x7."Parameter" = @p7 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p8)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p9 AND x7."Parameter" = @p10 AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p11)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  FROM q6 WHERE q6."Z" <= @p12
)
SELECT q6."Z" AS "Z", q6."X" AS "X", q6."Y" AS "Y" FROM q6 WHERE q6."Z" >= @p13 AND q6."Z" <= @p14 AND q6."X" >= @p15 AND q6."X" <= @p16 AND q6."Y" >= @p17 AND q6."Y" <= @p18 AND ((q6."X" - @p19) * (q6."X" - @p20) + (q6."Y" - @p21) * (q6."Y" - @p22) + (q6."Z" - @p23) * (q6."Z" - @p24)) <= @p25) AS p4 CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p26 AND x5."Parameter" = @p27 AND x5."Z" = p4."Z" AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1
