-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e10."Key"), 0) FROM (SELECT k9."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "StringIndex" AS x4
WHERE x4."Type" = @p1 AND x4."Parameter" = @p2 AND x4."Value"  >= @p3 AND x4."Value"  < @p4) AS k1
CROSS JOIN "Resource" AS t2 CROSS JOIN "ReferenceIndex" AS x3
WHERE t2."Key" = k1."Key" AND t2."IsDeleted" = 0 AND x3."Type" = @p5
  AND x3."Parameter" = @p6
  AND x3."Target" = t2."Id" AND x3."TargetType" = @p7
UNION ALL
SELECT x7."ResourceKey" AS "Key" FROM (SELECT x8."ResourceKey" AS "Key" FROM "StringIndex" AS x8
WHERE x8."Type" = @p8 AND x8."Parameter" = @p9 AND x8."Value"  >= @p10 AND x8."Value"  < @p11) AS k5
CROSS JOIN "UriIndex" AS u6 CROSS JOIN "ReferenceIndex" AS x7
WHERE u6."ResourceKey" = k5."Key" AND u6."Parameter" = @p12 AND x7."Type" = @p13
  AND x7."Parameter" = @p14
  AND x7."Target" = u6."Value" AND x7."TargetType" = 0) AS k9
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p15 ROWS ONLY) AS e10
-- 0, 2, 3, blin, blio, 1, 1, 2, 2, 3, blin, blio, 2, 1, 1, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r14."Key", r14."Type", r14."Id", r14."Version", r14."LastUpdated", r14."Change", r14."Method", r14."Json"
FROM (SELECT o12."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Value"  >= @p2 AND x7."Value"  < @p3) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p4
  AND x6."Parameter" = @p5
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p6
UNION ALL
SELECT x10."ResourceKey" AS "Key" FROM (SELECT x11."ResourceKey" AS "Key" FROM "StringIndex" AS x11
WHERE x11."Type" = @p7 AND x11."Parameter" = @p8 AND x11."Value"  >= @p9 AND x11."Value"  < @p10) AS k8
CROSS JOIN "UriIndex" AS u9 CROSS JOIN "ReferenceIndex" AS x10
WHERE u9."ResourceKey" = k8."Key" AND u9."Parameter" = @p11 AND x10."Type" = @p12
  AND x10."Parameter" = @p13
  AND x10."Target" = u9."Value" AND x10."TargetType" = 0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p14) AS o12
ORDER BY o12."Key"  OFFSET 0 ROWS FETCH NEXT @p15 ROWS ONLY) AS p13 CROSS JOIN "Resource" AS r14
WHERE r14."Key" = p13."Key"
-- 2, 3, blin, blio, 1, 1, 2, 2, 3, blin, blio, 2, 1, 1, 1000, 21

-- AlongType
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json"
FROM (SELECT o9."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND (EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND x2."TargetType" = @p3
  AND t3."Type" = @p4 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x4
  WHERE x4."ResourceKey" = t3."Key" AND x4."Parameter" = @p5
    AND x4."Value"  >= @p6 AND x4."Value"  < @p7)) OR EXISTS (SELECT 1 FROM "ReferenceIndex" AS x5 CROSS JOIN "UriIndex" AS u6 CROSS JOIN "Resource" AS t7
  WHERE x5."ResourceKey" = r1."Key" AND x5."Parameter" = @p8 AND x5."TargetType" = 0
  AND u6."Type" = @p9 AND u6."Parameter" = @p10 AND u6."Value" = x5."Target"
  AND t7."Key" = u6."ResourceKey"
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = u6."ResourceKey" AND x8."Parameter" = @p11
    AND x8."Value"  >= @p12 AND x8."Value"  < @p13)))) AS o9
ORDER BY o9."Key"  OFFSET 0 ROWS FETCH NEXT @p14 ROWS ONLY) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 1, 1000, 1, 2, 2, 3, blin, blio, 1, 2, 2, 3, blin, blio, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x7."ResourceKey" AS "Key" FROM "StringIndex" AS x7
WHERE x7."Type" = @p0 AND x7."Parameter" = @p1 AND x7."Value"  >= @p2 AND x7."Value"  < @p3) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p4
  AND x6."Parameter" = @p5
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p6
UNION ALL
SELECT x10."ResourceKey" AS "Key" FROM (SELECT x11."ResourceKey" AS "Key" FROM "StringIndex" AS x11
WHERE x11."Type" = @p7 AND x11."Parameter" = @p8 AND x11."Value"  >= @p9 AND x11."Value"  < @p10) AS k8
CROSS JOIN "UriIndex" AS u9 CROSS JOIN "ReferenceIndex" AS x10
WHERE u9."ResourceKey" = k8."Key" AND u9."Parameter" = @p11 AND x10."Type" = @p12
  AND x10."Parameter" = @p13
  AND x10."Target" = u9."Value" AND x10."TargetType" = 0) AS k1
-- 2, 3, blin, blio, 1, 1, 2, 2, 3, blin, blio, 2, 1, 1
