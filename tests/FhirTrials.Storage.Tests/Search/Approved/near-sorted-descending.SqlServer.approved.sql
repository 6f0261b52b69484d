-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e6."Key"), 0) FROM (SELECT k5."Key" AS "Key" FROM (SELECT x2."ResourceKey" AS "Key" FROM (SELECT DISTINCT x4."Z", x4."X", x4."Y" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Z" >= @p3 AND x4."Z" <= @p4 AND x4."X" >= @p5
AND x4."X" <= @p6 AND x4."Y" >= @p7 AND x4."Y" <= @p8
AND ((x4."X" - @p9) * (x4."X" - @p10) + (x4."Y" - @p11) * (x4."Y" - @p12)
  + (x4."Z" - @p13) * (x4."Z" - @p14)) <= @p15) AS p1
CROSS JOIN "PositionIndex" AS x2
WHERE x2."Type" = @p16 AND x2."Parameter" = @p17 AND x2."Z" = p1."Z"
AND x2."X" = p1."X" AND x2."Y" = p1."Y") AS k5
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p18 ROWS ONLY) AS e6
-- 0, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json", p10.v0 AS v0
FROM (SELECT o9."Key" AS "Key", o9.v0 AS v0 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MAX(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3)
  + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key"
  AND s4."Parameter" = @p6), @p7) AS v0
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT DISTINCT x8."Z", x8."X", x8."Y" FROM "PositionIndex" AS x8
WHERE x8."Type" = @p8 AND x8."Parameter" = @p9 AND x8."Z" >= @p10 AND x8."Z" <= @p11 AND x8."X" >= @p12
AND x8."X" <= @p13 AND x8."Y" >= @p14 AND x8."Y" <= @p15
AND ((x8."X" - @p16) * (x8."X" - @p17) + (x8."Y" - @p18) * (x8."Y" - @p19)
  + (x8."Z" - @p20) * (x8."Z" - @p21)) <= @p22) AS p5
CROSS JOIN "PositionIndex" AS x6
WHERE x6."Type" = @p23 AND x6."Parameter" = @p24 AND x6."Z" = p5."Z"
AND x6."X" = p5."X" AND x6."Y" = p5."Y") AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p25) AS o9
ORDER BY o9.v0 DESC, o9."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p26 ROWS ONLY) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, -1.7976931348623157E+308, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x5."ResourceKey" AS "Key" FROM (SELECT DISTINCT x7."Z", x7."X", x7."Y" FROM "PositionIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Z" >= @p2 AND x7."Z" <= @p3 AND x7."X" >= @p4
AND x7."X" <= @p5 AND x7."Y" >= @p6 AND x7."Y" <= @p7
AND ((x7."X" - @p8) * (x7."X" - @p9) + (x7."Y" - @p10) * (x7."Y" - @p11)
  + (x7."Z" - @p12) * (x7."Z" - @p13)) <= @p14) AS p4
CROSS JOIN "PositionIndex" AS x5
WHERE x5."Type" = @p15 AND x5."Parameter" = @p16 AND x5."Z" = p4."Z"
AND x5."X" = p4."X" AND x5."Y" = p4."Y") AS k1
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1
