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

-- Places
SELECT p1."X", p1."Y", p1."Z", ((p1."X" - @p0) * (p1."X" - @p1) + (p1."Y" - @p2) * (p1."Y" - @p3)
  + (p1."Z" - @p4) * (p1."Z" - @p5)) AS v0
FROM (SELECT DISTINCT x3."Z", x3."X", x3."Y" FROM "PositionIndex" AS x3
WHERE x3."Type" = @p6 AND x3."Parameter" = @p7 AND x3."Z" >= @p8 AND x3."Z" <= @p9 AND x3."X" >= @p10
AND x3."X" <= @p11 AND x3."Y" >= @p12 AND x3."Y" <= @p13
AND ((x3."X" - @p14) * (x3."X" - @p15) + (x3."Y" - @p16) * (x3."Y" - @p17)
  + (x3."Z" - @p18) * (x3."Z" - @p19)) <= @p20) AS p1
WHERE ((p1."X" - @p21) * (p1."X" - @p22) + (p1."Y" - @p23) * (p1."Y" - @p24)
  + (p1."Z" - @p25) * (p1."Z" - @p26)) > @p27
ORDER BY v0 OFFSET 0 ROWS FETCH NEXT @p28 ROWS ONLY
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, -1, 33

-- AtPlace
SELECT r9."Key", r9."Type", r9."Id", r9."Version", r9."LastUpdated", r9."Change", r9."Method", r9."Json", p8.v0 AS v0
FROM (SELECT o7."Key" AS "Key", o7.v0 AS v0 FROM (SELECT x4."ResourceKey" AS "Key", @p0 AS v0
FROM "PositionIndex" AS x4 CROSS JOIN "Resource" AS r6
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Z" = @p3 AND x4."X" = @p4
  AND x4."Y" = @p5
  AND r6."Key" = x4."ResourceKey" AND NOT EXISTS (SELECT 1 FROM "PositionIndex" AS y5 WHERE y5."ResourceKey" = x4."ResourceKey"
  AND y5."Parameter" = @p6
  AND (((y5."X" - @p7) * (y5."X" - @p8) + (y5."Y" - @p9) * (y5."Y" - @p10)
  + (y5."Z" - @p11) * (y5."Z" - @p12)) < @p13
    OR (((y5."X" - @p14) * (y5."X" - @p15) + (y5."Y" - @p16) * (y5."Y" - @p17)
  + (y5."Z" - @p18) * (y5."Z" - @p19)) = @p20 AND y5."Ordinal" < x4."Ordinal")))
  AND r6."Change" <= @p21) AS o7
ORDER BY o7."Key"  OFFSET 0 ROWS FETCH NEXT @p22 ROWS ONLY) AS p8 CROSS JOIN "Resource" AS r9
WHERE r9."Key" = p8."Key"
-- 0.01, 1, 1, 0.8, 0, 0.6, 1, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 0.01, 1000, 21

-- Within
SELECT r18."Key", r18."Type", r18."Id", r18."Version", r18."LastUpdated", r18."Change", r18."Method", r18."Json", p17.v0 AS v0
FROM (SELECT o16."Key" AS "Key", o16.v0 AS v0 FROM (SELECT d12."Key" AS "Key", d12.v0 AS v0
FROM (
  SELECT x11."ResourceKey" AS "Key", MIN(((p10."X" - @p0) * (p10."X" - @p1) + (p10."Y" - @p2) * (p10."Y" - @p3)
  + (p10."Z" - @p4) * (p10."Z" - @p5))) AS v0
  FROM (SELECT DISTINCT x15."Z", x15."X", x15."Y" FROM "PositionIndex" AS x15
WHERE x15."Type" = @p6 AND x15."Parameter" = @p7 AND x15."Z" >= @p8 AND x15."Z" <= @p9 AND x15."X" >= @p10
AND x15."X" <= @p11 AND x15."Y" >= @p12 AND x15."Y" <= @p13
AND ((x15."X" - @p14) * (x15."X" - @p15) + (x15."Y" - @p16) * (x15."Y" - @p17)
  + (x15."Z" - @p18) * (x15."Z" - @p19)) <= @p20) AS p10 CROSS JOIN "PositionIndex" AS x11
  WHERE x11."Type" = @p21 AND x11."Parameter" = @p22 AND x11."Z" = p10."Z"
AND x11."X" = p10."X" AND x11."Y" = p10."Y"
  GROUP BY x11."ResourceKey"
) AS d12 CROSS JOIN "Resource" AS r13
WHERE d12.v0 > @p23 AND r13."Key" = d12."Key"
  AND r13."Change" <= @p24) AS o16
ORDER BY o16.v0, o16."Key"  OFFSET 0 ROWS FETCH NEXT @p25 ROWS ONLY) AS p17 CROSS JOIN "Resource" AS r18
WHERE r18."Key" = p17."Key"
-- 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 1, 1, 0.791783730314638, 0.7949229502678323, 0.5906188237473683, 0.5937580437005626, 0.13950957492428115, 0.14264879487747548, 0.5921884337239655, 0.5921884337239655, 0.1410791849008783, 0.1410791849008783, 0.7933533402912352, 0.7933533402912352, 2.4636754786333723E-06, 1, 1, 0.01, 1000, 21

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
