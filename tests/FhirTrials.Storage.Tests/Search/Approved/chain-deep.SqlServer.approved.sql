-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e12."Key"), 0) FROM (SELECT k11."Key" AS "Key" FROM (SELECT x3."ResourceKey" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x9."ResourceKey" AS "Key" FROM (SELECT x10."ResourceKey" AS "Key" FROM "StringIndex" AS x10
WHERE x10."Type" = @p1 AND x10."Parameter" = @p2 AND x10."Value"  >= @p3 AND x10."Value"  < @p4) AS k7
CROSS JOIN "Resource" AS t8 CROSS JOIN "ReferenceIndex" AS x9
WHERE t8."Key" = k7."Key" AND t8."IsDeleted" = 0 AND x9."Type" = @p5
  AND x9."Parameter" = @p6
  AND x9."Target" = t8."Id" AND x9."TargetType" = @p7) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p8
  AND x6."Parameter" = @p9
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p10) AS k1
CROSS JOIN "Resource" AS t2 CROSS JOIN "ReferenceIndex" AS x3
WHERE t2."Key" = k1."Key" AND t2."IsDeleted" = 0 AND x3."Type" = @p11
  AND x3."Parameter" = @p12
  AND x3."Target" = t2."Id" AND x3."TargetType" = @p13) AS k11
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p14 ROWS ONLY) AS e12
-- 0, 3, 4, ann, ano, 3, 3, 3, 2, 2, 3, 1, 1, 2, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r16."Key", r16."Type", r16."Id", r16."Version", r16."LastUpdated", r16."Change", r16."Method", r16."Json"
FROM (SELECT o14."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x9."ResourceKey" AS "Key" FROM (SELECT x12."ResourceKey" AS "Key" FROM (SELECT x13."ResourceKey" AS "Key" FROM "StringIndex" AS x13
WHERE x13."Type" = @p0 AND x13."Parameter" = @p1 AND x13."Value"  >= @p2 AND x13."Value"  < @p3) AS k10
CROSS JOIN "Resource" AS t11 CROSS JOIN "ReferenceIndex" AS x12
WHERE t11."Key" = k10."Key" AND t11."IsDeleted" = 0 AND x12."Type" = @p4
  AND x12."Parameter" = @p5
  AND x12."Target" = t11."Id" AND x12."TargetType" = @p6) AS k7
CROSS JOIN "Resource" AS t8 CROSS JOIN "ReferenceIndex" AS x9
WHERE t8."Key" = k7."Key" AND t8."IsDeleted" = 0 AND x9."Type" = @p7
  AND x9."Parameter" = @p8
  AND x9."Target" = t8."Id" AND x9."TargetType" = @p9) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p10
  AND x6."Parameter" = @p11
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p12) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p13) AS o14
ORDER BY o14."Key"  OFFSET 0 ROWS FETCH NEXT @p14 ROWS ONLY) AS p15 CROSS JOIN "Resource" AS r16
WHERE r16."Key" = p15."Key"
-- 3, 4, ann, ano, 3, 3, 3, 2, 2, 3, 1, 1, 2, 1000, 21

-- AlongType
SELECT r11."Key", r11."Type", r11."Id", r11."Version", r11."LastUpdated", r11."Change", r11."Method", r11."Json"
FROM (SELECT o9."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x2 CROSS JOIN "Resource" AS t3
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2 AND x2."TargetType" = @p3
  AND t3."Type" = @p4 AND t3."Id" = x2."Target" AND t3."IsDeleted" = 0
  AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x4 CROSS JOIN "Resource" AS t5
  WHERE x4."ResourceKey" = t3."Key" AND x4."Parameter" = @p5 AND x4."TargetType" = @p6
  AND t5."Type" = @p7 AND t5."Id" = x4."Target" AND t5."IsDeleted" = 0
  AND EXISTS (SELECT 1 FROM "ReferenceIndex" AS x6 CROSS JOIN "Resource" AS t7
  WHERE x6."ResourceKey" = t5."Key" AND x6."Parameter" = @p8 AND x6."TargetType" = @p9
  AND t7."Type" = @p10 AND t7."Id" = x6."Target" AND t7."IsDeleted" = 0
  AND EXISTS (SELECT 1 FROM "StringIndex" AS x8
  WHERE x8."ResourceKey" = t7."Key" AND x8."Parameter" = @p11
    AND x8."Value"  >= @p12 AND x8."Value"  < @p13))))) AS o9
ORDER BY o9."Key"  OFFSET 0 ROWS FETCH NEXT @p14 ROWS ONLY) AS p10 CROSS JOIN "Resource" AS r11
WHERE r11."Key" = p10."Key"
-- 1, 1000, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, ann, ano, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x6."ResourceKey" AS "Key" FROM (SELECT x9."ResourceKey" AS "Key" FROM (SELECT x12."ResourceKey" AS "Key" FROM (SELECT x13."ResourceKey" AS "Key" FROM "StringIndex" AS x13
WHERE x13."Type" = @p0 AND x13."Parameter" = @p1 AND x13."Value"  >= @p2 AND x13."Value"  < @p3) AS k10
CROSS JOIN "Resource" AS t11 CROSS JOIN "ReferenceIndex" AS x12
WHERE t11."Key" = k10."Key" AND t11."IsDeleted" = 0 AND x12."Type" = @p4
  AND x12."Parameter" = @p5
  AND x12."Target" = t11."Id" AND x12."TargetType" = @p6) AS k7
CROSS JOIN "Resource" AS t8 CROSS JOIN "ReferenceIndex" AS x9
WHERE t8."Key" = k7."Key" AND t8."IsDeleted" = 0 AND x9."Type" = @p7
  AND x9."Parameter" = @p8
  AND x9."Target" = t8."Id" AND x9."TargetType" = @p9) AS k4
CROSS JOIN "Resource" AS t5 CROSS JOIN "ReferenceIndex" AS x6
WHERE t5."Key" = k4."Key" AND t5."IsDeleted" = 0 AND x6."Type" = @p10
  AND x6."Parameter" = @p11
  AND x6."Target" = t5."Id" AND x6."TargetType" = @p12) AS k1
-- 3, 4, ann, ano, 3, 3, 3, 2, 2, 3, 1, 1, 2
