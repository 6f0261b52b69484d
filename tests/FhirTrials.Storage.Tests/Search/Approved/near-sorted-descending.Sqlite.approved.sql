-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x2."ResourceKey" AS "Key" FROM (WITH RECURSIVE q3("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x4."Z", x4."X", x4."Y" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p1 AND x4."Parameter" = @p2
  AND x4."Z" >= @p3
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x4."Z" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p4 AND x4."Parameter" = @p5
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p6)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1), (SELECT x4."X" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p7 AND x4."Parameter" = @p8
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p9)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1), (SELECT x4."Y" FROM "PositionIndex" AS x4 WHERE x4."Type" = @p10 AND x4."Parameter" = @p11
  AND (x4."Z", x4."X", x4."Y", x4."ResourceKey") > (+q3."Z", +q3."X", +q3."Y", @p12)
ORDER BY x4."Z", x4."X", x4."Y" LIMIT 1)
  FROM q3 WHERE q3."Z" <= @p13
)
SELECT q3."Z" AS "Z", q3."X" AS "X", q3."Y" AS "Y" FROM q3 WHERE q3."Z" >= @p14 AND q3."Z" <= @p15 AND q3."X" >= @p16
AND q3."X" <= @p17 AND q3."Y" >= @p18 AND q3."Y" <= @p19
AND ((q3."X" - @p20) * (q3."X" - @p21) + (q3."Y" - @p22) * (q3."Y" - @p23)
  + (q3."Z" - @p24) * (q3."Z" - @p25)) <= @p26) AS p1
CROSS JOIN "PositionIndex" AS x2
WHERE x2."Type" = @p27 AND x2."Parameter" = @p28 AND x2."Z" = p1."Z"
AND x2."X" = p1."X" AND x2."Y" = p1."Y") AS k5 LIMIT @p29) AS e6
-- 0, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2 LIMIT @p2) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json", p10.v0 AS v0
FROM (SELECT o9."Key" AS "Key", o9.v0 AS v0 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MAX(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (WITH RECURSIVE q7("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x8."Z", x8."X", x8."Y" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p8 AND x8."Parameter" = @p9
  AND x8."Z" >= @p10
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x8."Z" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p11 AND x8."Parameter" = @p12
  AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p13)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1), (SELECT x8."X" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p14 AND x8."Parameter" = @p15
  AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p16)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1), (SELECT x8."Y" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p17 AND x8."Parameter" = @p18
  AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p19)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1)
  FROM q7 WHERE q7."Z" <= @p20
)
SELECT q7."Z" AS "Z", q7."X" AS "X", q7."Y" AS "Y" FROM q7 WHERE q7."Z" >= @p21 AND q7."Z" <= @p22 AND q7."X" >= @p23
AND q7."X" <= @p24 AND q7."Y" >= @p25 AND q7."Y" <= @p26
AND ((q7."X" - @p27) * (q7."X" - @p28) + (q7."Y" - @p29) * (q7."Y" - @p30)
  + (q7."Z" - @p31) * (q7."Z" - @p32)) <= @p33) AS p5
CROSS JOIN "PositionIndex" AS x6
WHERE x6."Type" = @p34 AND x6."Parameter" = @p35 AND x6."Z" = p5."Z"
AND x6."X" = p5."X" AND x6."Y" = p5."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p36) AS o9
ORDER BY o9.v0 DESC, o9."Key"  DESC LIMIT @p37) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, -1.7976931348623157E+308, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x5."ResourceKey" AS "Key" FROM (WITH RECURSIVE q6("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p0 AND x7."Parameter" = @p1
  AND x7."Z" >= @p2
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x7."Z" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p3 AND x7."Parameter" = @p4
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p5)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."X" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p6 AND x7."Parameter" = @p7
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p8)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1), (SELECT x7."Y" FROM "PositionIndex" AS x7 WHERE x7."Type" = @p9 AND x7."Parameter" = @p10
  AND (x7."Z", x7."X", x7."Y", x7."ResourceKey") > (+q6."Z", +q6."X", +q6."Y", @p11)
ORDER BY x7."Z", x7."X", x7."Y" LIMIT 1)
  FROM q6 WHERE q6."Z" <= @p12
)
SELECT q6."Z" AS "Z", q6."X" AS "X", q6."Y" AS "Y" FROM q6 WHERE q6."Z" >= @p13 AND q6."Z" <= @p14 AND q6."X" >= @p15
AND q6."X" <= @p16 AND q6."Y" >= @p17 AND q6."Y" <= @p18
AND ((q6."X" - @p19) * (q6."X" - @p20) + (q6."Y" - @p21) * (q6."Y" - @p22)
  + (q6."Z" - @p23) * (q6."Z" - @p24)) <= @p25) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p26 AND x5."Parameter" = @p27 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1
-- 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1
