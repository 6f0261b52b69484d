using System.Data;
using System.Data.Common;
using FhirTrials.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FhirTrials.Storage.Tests.SqlServer;

/// <summary>The SQL that EF makes of the feeds for SQL Server; no server is needed to write it.</summary>
public sealed class FeedSqlTests
{
    static readonly DateTimeOffset Since = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task The_SQL_of_the_feeds_is_the_approved_one_and_is_read()
    {
        await using var store = await TestStore.Create(DatabaseProvider.Sqlite);
        var feeds = new[]
        {
            await Of(store, "history of the system", (r, _) => r.Read([], null, null, null, 50, null, TestStore.Ct)),
            await Of(
                store, "history of a type, since",
                (r, _) => r.Read(["Patient"], null, Since, null, 50, null, TestStore.Ct)),
            await Of(
                store, "history of types",
                (r, _) => r.Read(["Patient", "Group"], null, null, null, 50, null, TestStore.Ct)),
            await Of(
                store, "history of a resource", (r, _) => r.Read(["Patient"], "a", null, null, 50, null, TestStore.Ct)),
            await Of(
                store,
                "history of a resource at a time",
                (r, _) => r.Read(
                    ["Patient"], "a", null, new(Since.UtcTicks, Since.UtcTicks + 1), 50, null, TestStore.Ct)),
            await Of(store, "changes", (_, r) => r.Read(["ResearchStudy", "Group"], 3, TestStore.Ct)),
        };

        Assert.All(feeds.SelectMany(f => f.Sql), TransactSqlTests.Read);
        Approved.Verify(
            string.Join("\n\n", feeds.Select(f => $"-- {f.Name}\n{string.Join(";\n", f.Sql)};")), "feeds.SqlServer",
            "sql");
    }

    static async Task<(string Name, IReadOnlyList<string> Sql)> Of(
        TestStore store, string name, Func<HistoryReader, ChangeReader, Task> read)
    {
        var sent = new SentCommands();
        await using var context = new SqlServerFhirContext(
            new DbContextOptionsBuilder<SqlServerFhirContext>().UseSqlServer("Server=.")
                .AddInterceptors(sent, new NoConnection()).Options);
        var names = new InternedNames(store.Database);
        await read(new(store.Database, context, names), new(context, names));
        return (name, sent.Texts);
    }

    /// <summary>Notes what would be sent. Of the change counter it answers 5, of all
    /// else that there is nothing.</summary>
    sealed class SentCommands : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken)
        {
            Texts.Add(command.CommandText);
            var rows = new DataTable { Columns = { { "Value", typeof(long) } } };
            if (command.CommandText.Contains("[ChangeCounter]", StringComparison.Ordinal))
            {
                rows.Rows.Add(5L);
            }
            else if (command.CommandText.Contains("COUNT_BIG", StringComparison.Ordinal))
            {
                rows.Rows.Add(0L);
            }

            return new(InterceptionResult<DbDataReader>.SuppressWithResult(rows.CreateDataReader()));
        }
    }

    sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken) =>
            new(InterceptionResult.Suppress());
    }
}
