-- estimates
SELECT @p0, COUNT(*), COALESCE(MAX(e4."Key"), 0), COALESCE('[' + STRING_AGG(CAST(e4."Key"  AS nvarchar(max)), ',') + ']', '[]') FROM (SELECT k3."Key" AS "Key" FROM (SELECT x1."ResourceKey" AS "Key" FROM "StringIndex" AS x1
WHERE x1."Type" = @p1 AND x1."Parameter" = @p2 AND x1."Value" IS NOT NULL
  AND CHARINDEX(@p3, x1."Value") > 0
UNION ALL
SELECT x2."ResourceKey" AS "Key" FROM "StringIndex" AS x2
WHERE x2."Type" = @p4 AND x2."Parameter" = @p5 AND x2."Whole" IS NOT NULL
  AND CHARINDEX(@p6, x2."Whole") > 0) AS k3
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS e4
-- 0, 1, 1, blinatu, 1, 1, blinatu, 1000

-- estimate of all
SELECT @p0, COUNT(*), COALESCE(MAX(e3."Key"), 0) FROM (SELECT k2."Key" AS "Key" FROM (SELECT r1."Key" AS "Key" FROM "Resource" AS r1 WHERE r1."Type" = @p1 AND r1."IsDeleted" = 0) AS k2
ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS e3
-- 0, 1, 1000

-- FromKeys
SELECT r8."Key", r8."Type", r8."Id", r8."Version", r8."LastUpdated", r8."Change", r8."Method", r8."Json"
FROM (SELECT o6."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT x4."ResourceKey" AS "Key" FROM "StringIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Value" IS NOT NULL
  AND CHARINDEX(@p2, x4."Value") > 0
UNION ALL
SELECT x5."ResourceKey" AS "Key" FROM "StringIndex" AS x5
WHERE x5."Type" = @p3 AND x5."Parameter" = @p4 AND x5."Whole" IS NOT NULL
  AND CHARINDEX(@p5, x5."Whole") > 0) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p6) AS o6
ORDER BY o6."Key"  OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) AS p7 CROSS JOIN "Resource" AS r8
WHERE r8."Key" = p7."Key"
-- 1, 1, blinatu, 1, 1, blinatu, 1000, 21

-- AlongType
SELECT r5."Key", r5."Type", r5."Id", r5."Version", r5."LastUpdated", r5."Change", r5."Method", r5."Json"
FROM (SELECT o3."Key" AS "Key" FROM (SELECT r1."Key" AS "Key"
FROM "Resource" AS r1
WHERE r1."Type" = @p0
  AND r1."IsDeleted" = 0
  AND r1."Change" <= @p1 AND EXISTS (SELECT 1 FROM "StringIndex" AS x2
  WHERE x2."ResourceKey" = r1."Key" AND x2."Parameter" = @p2
    AND (CHARINDEX(@p3, x2."Value" ) > 0 OR CHARINDEX(@p4, x2."Whole" ) > 0))) AS o3
ORDER BY o3."Key"  OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY) AS p4 CROSS JOIN "Resource" AS r5
WHERE r5."Key" = p4."Key"
-- 1, 1000, 1, blinatu, blinatu, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT x4."ResourceKey" AS "Key" FROM "StringIndex" AS x4
WHERE x4."Type" = @p0 AND x4."Parameter" = @p1 AND x4."Value" IS NOT NULL
  AND CHARINDEX(@p2, x4."Value") > 0
UNION ALL
SELECT x5."ResourceKey" AS "Key" FROM "StringIndex" AS x5
WHERE x5."Type" = @p3 AND x5."Parameter" = @p4 AND x5."Whole" IS NOT NULL
  AND CHARINDEX(@p5, x5."Whole") > 0) AS k1
-- 1, 1, blinatu, 1, 1, blinatu

-- FromKeys
SELECT r6."Key", r6."Type", r6."Id", r6."Version", r6."LastUpdated", r6."Change", r6."Method", r6."Json"
FROM (SELECT o4."Key" AS "Key" FROM (SELECT r3."Key" AS "Key"
FROM (SELECT DISTINCT k1."Key" AS "Key" FROM (SELECT CAST([value] AS bigint) AS "Key" FROM OPENJSON(@p0)) AS k1) AS d2
CROSS JOIN "Resource" AS r3
WHERE r3."Key" = d2."Key" AND r3."Change" <= @p1) AS o4
ORDER BY o4."Key"  OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) AS p5 CROSS JOIN "Resource" AS r6
WHERE r6."Key" = p5."Key"
-- [41,42], 1000, 21

-- total
SELECT COUNT(DISTINCT k1."Key") FROM (SELECT CAST([value] AS bigint) AS "Key" FROM OPENJSON(@p0)) AS k1
-- [41,42]
