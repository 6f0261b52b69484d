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
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json", p10.v0 AS v0
FROM (SELECT o9."Key" AS "Key", o9.v0 AS v0 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MAX(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3) + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key" AND s4."Parameter" = @p6), @p7) AS v0
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (WITH RECURSIVE q7("Z", "X", "Y") AS (
  SELECT * FROM (SELECT x8."Z", x8."X", x8."Y" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p8 AND x8."Parameter" = @p9 AND x8."Z" >= @p10
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1)
  UNION ALL
  SELECT (SELECT x8."Z" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p11 AND x8."Parameter" = @p12 AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p13)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1), (SELECT x8."X" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p14 AND x8."Parameter" = @p15 AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p16)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1), (SELECT x8."Y" FROM "PositionIndex" AS x8 WHERE x8."Type" = @p17 AND x8."Parameter" = @p18 AND (x8."Z", x8."X", x8."Y", x8."ResourceKey") > (+q7."Z", +q7."X", +q7."Y", @p19)
ORDER BY x8."Z", x8."X", x8."Y" LIMIT 1)
  FROM q7 WHERE q7."Z" <= @p20
)
SELECT q7."Z" AS "Z", q7."X" AS "X", q7."Y" AS "Y" FROM q7 WHERE q7."Z" >= @p21 AND q7."Z" <= @p22 AND q7."X" >= @p23 AND q7."X" <= @p24 AND q7."Y" >= @p25 AND q7."Y" <= @p26 AND ((q7."X" - @p27) * (q7."X" - @p28) + (q7."Y" - @p29) * (q7."Y" - @p30) + (q7."Z" - @p31) * (q7."Z" - @p32)) <= @p33) AS p5 CROSS JOIN "PositionIndex" AS x6
WHERE x6."Type" = @p34 AND x6."Parameter" = @p35 AND x6."Z" = p5."Z" AND x6."X" = p5."X" AND x6."Y" = p5."Y") AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND +r3."Change" <= @p36) AS o9
ORDER BY o9.v0 DESC, o9."Key"  DESC LIMIT @p37) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, -1.7976931348623157E+308, 1, 1, 0.791783730314638, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 1, 1, 9223372036854775807, 0.7949229502678323, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

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
