SELECT CAST((SELECT COUNT(*) FROM "WordIndex") - COUNT(*) + 2 * COALESCE(SUM(m."Missing"), 0) AS bigint) AS "Value" FROM (
  SELECT CASE WHEN x."Word" IS NULL THEN 1 ELSE 0 END AS "Missing" FROM "WordList" AS l CROSS APPLY OPENJSON(l."Words") AS w
  LEFT JOIN "WordIndex" AS x ON x."Type" = l."Type" AND x."Parameter" = l."Parameter"
    AND x."Word" = w.[key] COLLATE Latin1_General_100_BIN2
    AND x."ResourceKey" = l."ResourceKey" AND x."InNarrative" = CAST(w.[value] AS bit)) AS m

DELETE FROM "WordIndex";
INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
SELECT l."Type", l."Parameter", w.[key] COLLATE Latin1_General_100_BIN2, l."ResourceKey", CAST(w.[value] AS bit)
FROM "WordList" AS l CROSS APPLY OPENJSON(l."Words") AS w
