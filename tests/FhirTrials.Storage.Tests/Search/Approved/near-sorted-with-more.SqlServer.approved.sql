-- estimates
SELECT (SELECT COUNT(*) FROM (SELECT k1."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM "PositionIndex" AS x3
WHERE x3."Type" = @p0 AND x3."Parameter" = @p1 AND x3."Z" >= @p2 AND x3."Z" <= @p3 AND x3."X" >= @p4 AND x3."X" <= @p5 AND x3."Y" >= @p6 AND x3."Y" <= @p7 AND ((x3."X" - @p8) * (x3."X" - @p9) + (x3."Y" - @p10) * (x3."Y" - @p11) + (x3."Z" - @p12) * (x3."Z" - @p13)) <= @p14) AS k1
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p15 ROWS ONLY) AS e2), (SELECT COUNT(*) FROM (SELECT k4."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "StringIndex" AS x6
WHERE x6."Type" = @p16 AND x6."Parameter" = @p17 AND x6."Value"  >= @p18 AND x6."Value"  < @p19) AS k4
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p20 ROWS ONLY) AS e5)
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000, 1, 2, ann, ano, 1000

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json", p9.v0 AS v0, p9.v1 AS v1
FROM (SELECT o8."Key" AS "Key", o8.v0 AS v0, o8.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3) + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key" AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "PositionIndex" AS x6
WHERE x6."Type" = @p8 AND x6."Parameter" = @p9 AND x6."Z" >= @p10 AND x6."Z" <= @p11 AND x6."X" >= @p12 AND x6."X" <= @p13 AND x6."Y" >= @p14 AND x6."Y" <= @p15 AND ((x6."X" - @p16) * (x6."X" - @p17) + (x6."Y" - @p18) * (x6."Y" - @p19) + (x6."Z" - @p20) * (x6."Z" - @p21)) <= @p22) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p23 AND EXISTS (SELECT 1 FROM "StringIndex" AS x7
  WHERE x7."ResourceKey" = r3."Key" AND x7."Parameter" = @p24 AND x7."Value"  >= @p25 AND x7."Value"  < @p26)) AS o8
ORDER BY o8.v0, o8.v1 DESC, o8."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p27 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1000, 2, ann, ano, 21

-- FromKeys
SELECT r10."Key", r10."Type", r10."Id", r10."Version", r10."LastUpdated", r10."Change", r10."Method", r10."Json", p9.v0 AS v0, p9.v1 AS v1
FROM (SELECT o8."Key" AS "Key", o8.v0 AS v0, o8.v1 AS v1 FROM (SELECT r3."Key" AS "Key", COALESCE((SELECT MIN(((s4."X" - @p0) * (s4."X" - @p1) + (s4."Y" - @p2) * (s4."Y" - @p3) + (s4."Z" - @p4) * (s4."Z" - @p5))) FROM "PositionIndex" AS s4 WHERE s4."ResourceKey" = r3."Key" AND s4."Parameter" = @p6), @p7) AS v0, r3."LastUpdated" AS v1
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM "StringIndex" AS x6
WHERE x6."Type" = @p8 AND x6."Parameter" = @p9 AND x6."Value"  >= @p10 AND x6."Value"  < @p11) AS k1) AS d2 CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p12 AND EXISTS (SELECT 1 FROM "PositionIndex" AS x7
  WHERE x7."ResourceKey" = r3."Key" AND x7."Parameter" = @p13 AND x7."Z" >= @p14 AND x7."Z" <= @p15 AND x7."X" >= @p16 AND x7."X" <= @p17 AND x7."Y" >= @p18 AND x7."Y" <= @p19 AND ((x7."X" - @p20) * (x7."X" - @p21) + (x7."Y" - @p22) * (x7."Y" - @p23) + (x7."Z" - @p24) * (x7."Z" - @p25)) <= @p26)) AS o8
ORDER BY o8.v0, o8.v1 DESC, o8."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p27 ROWS ONLY) AS p9 CROSS JOIN "Resource" AS r10
WHERE r10."Key" = p9."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1.7976931348623157E+308, 1, 2, ann, ano, 1000, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 21

-- Outwards
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json", p7.v0 AS v0, p7.v1 AS v1
FROM (SELECT o6."Key" AS "Key", o6.v0 AS v0, o6.v1 AS v1 FROM (SELECT d2."Key" AS "Key", d2.v0 AS v0, r3."LastUpdated" AS v1
FROM (
  SELECT x1."ResourceKey" AS "Key", MIN(((x1."X" - @p0) * (x1."X" - @p1) + (x1."Y" - @p2) * (x1."Y" - @p3) + (x1."Z" - @p4) * (x1."Z" - @p5))) AS v0 FROM "PositionIndex" AS x1
  WHERE x1."Type" = @p6 AND x1."Parameter" = @p7 AND x1."Z" >= @p8 AND x1."Z" <= @p9 AND x1."X" >= @p10 AND x1."X" <= @p11 AND x1."Y" >= @p12 AND x1."Y" <= @p13 AND ((x1."X" - @p14) * (x1."X" - @p15) + (x1."Y" - @p16) * (x1."Y" - @p17) + (x1."Z" - @p18) * (x1."Z" - @p19)) <= @p20
  GROUP BY x1."ResourceKey"
) AS d2 CROSS JOIN "Resource" AS r3
WHERE d2.v0 > @p21 AND r3."Key" = d2."Key" AND r3."Change" <= @p22 AND EXISTS (SELECT 1 FROM "StringIndex" AS x5
  WHERE x5."ResourceKey" = r3."Key" AND x5."Parameter" = @p23 AND x5."Value"  >= @p24 AND x5."Value"  < @p25)) AS o6
ORDER BY o6.v0, o6.v1 DESC, o6."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p26 ROWS ONLY) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.7933288151353508, 0.7933778654471195, 0.5921639085680811, 0.5922129588798498, 0.14105465974499398, 0.14110371005676264, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 6.014832711507257E-10, -1, 1000, 2, ann, ano, 21

-- Outwards
SELECT r16."Key", r16."Type", r16."Id", r16."Version", r16."LastUpdated", r16."Change", r16."Method", r16."Json", p15.v0 AS v0, p15.v1 AS v1
FROM (SELECT o14."Key" AS "Key", o14.v0 AS v0, o14.v1 AS v1 FROM (SELECT d10."Key" AS "Key", d10.v0 AS v0, r11."LastUpdated" AS v1
FROM (
  SELECT x9."ResourceKey" AS "Key", MIN(((x9."X" - @p0) * (x9."X" - @p1) + (x9."Y" - @p2) * (x9."Y" - @p3) + (x9."Z" - @p4) * (x9."Z" - @p5))) AS v0 FROM "PositionIndex" AS x9
  WHERE x9."Type" = @p6 AND x9."Parameter" = @p7 AND x9."Z" >= @p8 AND x9."Z" <= @p9 AND x9."X" >= @p10 AND x9."X" <= @p11 AND x9."Y" >= @p12 AND x9."Y" <= @p13 AND ((x9."X" - @p14) * (x9."X" - @p15) + (x9."Y" - @p16) * (x9."Y" - @p17) + (x9."Z" - @p18) * (x9."Z" - @p19)) <= @p20
  GROUP BY x9."ResourceKey"
) AS d10 CROSS JOIN "Resource" AS r11
WHERE d10.v0 > @p21 AND r11."Key" = d10."Key" AND r11."Change" <= @p22 AND EXISTS (SELECT 1 FROM "StringIndex" AS x13
  WHERE x13."ResourceKey" = r11."Key" AND x13."Parameter" = @p23 AND x13."Value"  >= @p24 AND x13."Value"  < @p25)) AS o14
ORDER BY o14.v0, o14.v1 DESC, o14."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p26 ROWS ONLY) AS p15 CROSS JOIN "Resource" AS r16
WHERE r16."Key" = p15."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.7932552396676978, 0.7934514409147725, 0.5920903331004281, 0.5922865343475028, 0.140981084277341, 0.14117728552441564, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 9.62373233841161E-09, 6.014832711507257E-10, 1000, 2, ann, ano, 21

-- Outwards
SELECT r24."Key", r24."Type", r24."Id", r24."Version", r24."LastUpdated", r24."Change", r24."Method", r24."Json", p23.v0 AS v0, p23.v1 AS v1
FROM (SELECT o22."Key" AS "Key", o22.v0 AS v0, o22.v1 AS v1 FROM (SELECT d18."Key" AS "Key", d18.v0 AS v0, r19."LastUpdated" AS v1
FROM (
  SELECT x17."ResourceKey" AS "Key", MIN(((x17."X" - @p0) * (x17."X" - @p1) + (x17."Y" - @p2) * (x17."Y" - @p3) + (x17."Z" - @p4) * (x17."Z" - @p5))) AS v0 FROM "PositionIndex" AS x17
  WHERE x17."Type" = @p6 AND x17."Parameter" = @p7 AND x17."Z" >= @p8 AND x17."Z" <= @p9 AND x17."X" >= @p10 AND x17."X" <= @p11 AND x17."Y" >= @p12 AND x17."Y" <= @p13 AND ((x17."X" - @p14) * (x17."X" - @p15) + (x17."Y" - @p16) * (x17."Y" - @p17) + (x17."Z" - @p18) * (x17."Z" - @p19)) <= @p20
  GROUP BY x17."ResourceKey"
) AS d18 CROSS JOIN "Resource" AS r19
WHERE d18.v0 > @p21 AND r19."Key" = d18."Key" AND r19."Change" <= @p22 AND EXISTS (SELECT 1 FROM "StringIndex" AS x21
  WHERE x21."ResourceKey" = r19."Key" AND x21."Parameter" = @p23 AND x21."Value"  >= @p24 AND x21."Value"  < @p25)) AS o22
ORDER BY o22.v0, o22.v1 DESC, o22."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p26 ROWS ONLY) AS p23 CROSS JOIN "Resource" AS r24
WHERE r24."Key" = p23."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.7929609377970859, 0.7937457427853845, 0.5917960312298162, 0.5925808362181147, 0.14068678240672902, 0.1414715873950276, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1.5397971741458577E-07, 9.62373233841161E-09, 1000, 2, ann, ano, 21

-- Outwards
SELECT r32."Key", r32."Type", r32."Id", r32."Version", r32."LastUpdated", r32."Change", r32."Method", r32."Json", p31.v0 AS v0, p31.v1 AS v1
FROM (SELECT o30."Key" AS "Key", o30.v0 AS v0, o30.v1 AS v1 FROM (SELECT d26."Key" AS "Key", d26.v0 AS v0, r27."LastUpdated" AS v1
FROM (
  SELECT x25."ResourceKey" AS "Key", MIN(((x25."X" - @p0) * (x25."X" - @p1) + (x25."Y" - @p2) * (x25."Y" - @p3) + (x25."Z" - @p4) * (x25."Z" - @p5))) AS v0 FROM "PositionIndex" AS x25
  WHERE x25."Type" = @p6 AND x25."Parameter" = @p7 AND x25."Z" >= @p8 AND x25."Z" <= @p9 AND x25."X" >= @p10 AND x25."X" <= @p11 AND x25."Y" >= @p12 AND x25."Y" <= @p13 AND ((x25."X" - @p14) * (x25."X" - @p15) + (x25."Y" - @p16) * (x25."Y" - @p17) + (x25."Z" - @p18) * (x25."Z" - @p19)) <= @p20
  GROUP BY x25."ResourceKey"
) AS d26 CROSS JOIN "Resource" AS r27
WHERE d26.v0 > @p21 AND r27."Key" = d26."Key" AND r27."Change" <= @p22 AND EXISTS (SELECT 1 FROM "StringIndex" AS x29
  WHERE x29."ResourceKey" = r27."Key" AND x29."Parameter" = @p23 AND x29."Value"  >= @p24 AND x29."Value"  < @p25)) AS o30
ORDER BY o30.v0, o30.v1 DESC, o30."Key"  DESC OFFSET 0 ROWS FETCH NEXT @p26 ROWS ONLY) AS p31 CROSS JOIN "Resource" AS r32
WHERE r32."Key" = p31."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1.5397971741458577E-07, 1000, 2, ann, ano, 21

-- total
SELECT COUNT(*) FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "PositionIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Z" >= @p2 AND x4."Z" <= @p3 AND x4."X" >= @p4 AND x4."X" <= @p5 AND x4."Y" >= @p6 AND x4."Y" <= @p7 AND ((x4."X" - @p8) * (x4."X" - @p9) + (x4."Y" - @p10) * (x4."Y" - @p11) + (x4."Z" - @p12) * (x4."Z" - @p13)) <= @p14) AS k1) AS d2
CROSS JOIN "Resource" AS r3 WHERE r3."Key" = d2."Key" AND EXISTS (SELECT 1 FROM "StringIndex" AS x5
  WHERE x5."ResourceKey" = r3."Key" AND x5."Parameter" = @p15 AND x5."Value"  >= @p16 AND x5."Value"  < @p17)
-- 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 2, ann, ano
