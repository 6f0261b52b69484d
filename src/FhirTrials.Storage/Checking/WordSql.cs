using FhirTrials.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Checking;

/// <summary>The index of words against the lists that it is made of, in the engine's language; an embedded engine's
/// index of titles too.</summary>
/// <param name="Check">Gives 0 as <c>Value</c>, or fails, where every word of the lists has
/// its row and there is no other.</param>
/// <param name="Fill">Makes the index anew.</param>
sealed record WordSql(string Check, string Fill)
{
    /// <summary>The full-text index is not that of its text — https://sqlite.org/rescode.html#corrupt_vtab</summary>
    const int SqliteCorruptTable = 267;

    /// <summary>https://sqlite.org/fts5.html#the_integrity_check_command</summary>
    static readonly WordSql Sqlite = new(
        """
        INSERT INTO "WordIndex" ("WordIndex", "rank") VALUES ('integrity-check', 1);
        INSERT INTO "TitleIndex" ("TitleIndex") VALUES ('integrity-check');
        SELECT 0 AS "Value"
        """,
        """
        INSERT INTO "WordIndex" ("WordIndex") VALUES ('rebuild');
        INSERT INTO "TitleIndex" ("TitleIndex") VALUES ('rebuild')
        """);

    /// <summary>Rows are unique, so where as many stand as there are words and none is
    /// missing, none is of no word.</summary>
    static readonly WordSql SqlServer = new(
        """
        SELECT CAST((SELECT COUNT(*)
        FROM "WordIndex") - COUNT(*) + 2 * COALESCE(SUM(m."Missing"), 0) AS bigint) AS "Value"
        FROM (
          SELECT CASE WHEN x."Word" IS NULL THEN 1 ELSE 0 END AS "Missing"
          FROM "WordList" AS l CROSS APPLY STRING_SPLIT(l."Words", N' ') AS w
          LEFT JOIN "WordIndex" AS x ON x."Type" = l."Type" AND x."Parameter" = l."Parameter"
            AND x."Word" = REPLACE(w.[value], N'!', N'') COLLATE Latin1_General_100_BIN2
            AND x."ResourceKey" = l."ResourceKey" AND x."InNarrative" = CASE WHEN w.[value] LIKE N'%!' THEN 1 ELSE 0 END
          WHERE w.[value] <> N'') AS m
        """,
        """
        DELETE FROM "WordIndex";
        INSERT INTO "WordIndex" ("Type", "Parameter", "Word", "ResourceKey", "InNarrative")
        SELECT l."Type", l."Parameter", REPLACE(w.[value], N'!', N'') COLLATE Latin1_General_100_BIN2, l."ResourceKey",
          CASE WHEN w.[value] LIKE N'%!' THEN 1 ELSE 0 END
        FROM "WordList" AS l CROSS APPLY STRING_SPLIT(l."Words", N' ') AS w WHERE w.[value] <> N''
        """);

    public static WordSql Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.SqlServer => SqlServer,
    };

    /// <summary>Within a write, since an embedded engine takes the check for one.</summary>
    public async Task<bool> IsSound(FhirDatabase database, CancellationToken ct)
    {
        try
        {
            return await database.Writes.Run(1, async transaction =>
                (await transaction.Context.Database.SqlQueryRaw<long>(Check).ToListAsync(ct))[0] == 0, ct);
        }
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == SqliteCorruptTable)
        {
            return false;
        }
    }

    public Task<int> Rebuild(WriteTransaction transaction) =>
        transaction.Context.Database.ExecuteSqlRawAsync(Fill, CancellationToken.None);
}
