namespace FhirTrials.Storage.Checking;

/// <summary>The table of words as the lists have it, in the engine's language.</summary>
/// <param name="Wrong">One number, <c>Value</c>: words of lists without their row, and rows without a word in a list.</param>
/// <param name="Fill">Fills the empty table.</param>
sealed record WordSql(string Wrong, string Fill)
{
    static readonly WordSql Sqlite = From("""CROSS JOIN json_each(l."Words")""", "w.key", "w.value");

    static readonly WordSql SqlServer = From(
        """CROSS APPLY OPENJSON(l."Words")""", "w.[key] COLLATE Latin1_General_100_BIN2", "CAST(w.[value] AS bit)");

    public static WordSql Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.SqlServer => SqlServer,
    };

    /// <summary>Rows are unique, so where as many stand as there are words and none is missing, none is of no word.</summary>
    static WordSql From(string words, string word, string inNarrative)
    {
        var lists = $"""FROM "WordList" AS l {words} AS w""";
        return new(
            $"""
            SELECT CAST((SELECT COUNT(*) FROM "WordIndex") - COUNT(*) + 2 * COALESCE(SUM(m."Missing"), 0) AS bigint) AS "Value" FROM (
              SELECT CASE WHEN x."Word" IS NULL THEN 1 ELSE 0 END AS "Missing" {lists}
              LEFT JOIN "WordIndex" AS x ON x."Type" = l."Type" AND x."Parameter" = l."Parameter" AND x."Word" = {word}
                AND x."ResourceKey" = l."ResourceKey" AND x."InNarrative" = {inNarrative}) AS m
            """,
            $"""
            INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
            SELECT l."Type", l."Parameter", {word}, l."ResourceKey", {inNarrative} {lists}
            """);
    }
}
