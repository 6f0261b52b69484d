-- estimates
SELECT (SELECT COUNT(*) FROM (SELECT k1."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM "PositionIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Z" >= @p2 AND x3."Z" <= @p3 AND ((x3."X" - @p4) * (x3."X" - @p5) + (x3."Y" - @p6) * (x3."Y" - @p7) + (x3."Z" - @p8) * (x3."Z" - @p9)) <= @p10) AS k1
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY) AS e2)
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000

-- FromKeys
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json", p7.v0 AS v0
FROM (SELECT o6."Key" AS "Key", o6.v0 AS v0 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3) + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key" AND s4."Parameter" = @p6), @p7) AS v0
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x5."ResourceKey" AS "Key" FROM "PositionIndex" AS x5
WHERE x5."Type" = @p8 AND x5."Parameter" = @p9 AND x5."Z" >= @p10 AND x5."Z" <= @p11 AND ((x5."X" - @p12) * (x5."X" - @p13) + (x5."Y" - @p14) * (x5."Y" - @p15) + (x5."Z" - @p16) * (x5."Z" - @p17)) <= @p18) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p19) AS o6
ORDER BY o6.v0, o6."Key"  OFFSET 0 ROWS FETCH NEXT @p20 ROWS ONLY) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Z" >= @p2 AND x4."Z" <= @p3 AND ((x4."X" - @p4) * (x4."X" - @p5) + (x4."Y" - @p6) * (x4."Y" - @p7) + (x4."Z" - @p8) * (x4."Z" - @p9)) <= @p10) AS k1
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06
