using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using FhirTrials.Tests;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests.Writing;

/// <summary>The SQL of every write on either engine; no server is needed to write it.</summary>
public sealed class WriteSqlTests
{
    /// <summary>An embedded engine takes one row a statement, a server several.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite, 1), InlineData(DatabaseProvider.SqlServer, 2)]
    public void The_SQL_of_a_write_is_the_approved_one(DatabaseProvider provider, int rows) =>
        Approved.Verify(string.Join("\n\n", Statements(provider, rows)), $"write.{provider}", "sql");

    internal static IReadOnlyList<string> Statements(DatabaseProvider provider, int rows)
    {
        using FhirContext context = provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
            DatabaseProvider.SqlServer => new SqlServerDesignTimeFactory().CreateDbContext([]),
        };
        var sql = new RowSql(context);
        return
        [
            sql.LockCounter(),
            sql.Find(rows),
            .. new[] { typeof(ResourceRow), typeof(ResourceVersionRow), typeof(NameRow) }
                .Concat(context.Model.GetEntityTypes().Select(t => t.ClrType)
                    .Where(t => t.IsAssignableTo(typeof(IndexRow))))
                .Select(row => sql.Insert(context.Model.FindEntityType(row)!, rows)),
            sql.Update(rows),
            sql.ClearIndex(rows),
            sql.ReplaceSetting(),
            sql.SetCounter(),
        ];
    }
}
