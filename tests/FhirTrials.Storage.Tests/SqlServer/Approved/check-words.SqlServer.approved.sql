SELECT CAST((SELECT COUNT(*)
FROM "WordIndex") - COUNT(*) + 2 * COALESCE(SUM(m."Missing"), 0) AS bigint) AS "Value"
FROM (
  SELECT CASE WHEN x."Word" IS NULL THEN 1 ELSE 0 END AS "Missing"
  FROM "WordList" AS l CROSS APPLY STRING_SPLIT(l."Words", N' ') AS w
  LEFT JOIN "WordIndex" AS x ON x."Type" = l."Type" AND x."Parameter" = l."Parameter"
    AND x."Word" = REPLACE(w.[value], N'!', N'') COLLATE Latin1_General_100_BIN2
    AND x."ResourceKey" = l."ResourceKey" AND x."InNarrative" = CASE WHEN w.[value] LIKE N'%!' THEN 1 ELSE 0 END
  WHERE w.[value] <> N'') AS m

DELETE FROM "WordIndex";
INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
SELECT l."Type", l."Parameter", REPLACE(w.[value], N'!', N'') COLLATE Latin1_General_100_BIN2, l."ResourceKey",
  CASE WHEN w.[value] LIKE N'%!' THEN 1 ELSE 0 END
FROM "WordList" AS l CROSS APPLY STRING_SPLIT(l."Words", N' ') AS w WHERE w.[value] <> N''
