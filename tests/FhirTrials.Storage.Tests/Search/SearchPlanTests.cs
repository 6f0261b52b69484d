using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Storage.Tests.Search;

/// <summary>How the embedded engine goes through the data: what reads a whole table, or sorts what it need not, is not
/// seen in a small test but in a large store.</summary>
public sealed class SearchPlanTests
{
    /// <summary>What reads every entry of a parameter, since no index begins with what is asked for.</summary>
    static readonly string[] ReadsTheParameter = ["token-of-system", "string-contains", "quantity-with-unit"];

    /// <summary>A second sort key is sorted within the first, and all that has no first; quantities are compared in
    /// canonical units where they have them, which no index does.</summary>
    static readonly string[] Sorts = ["sort", "sort-by-quantity", "near-sorted-with-more"];

    /// <summary>Values, or keys that the estimate has read.</summary>
    static readonly string[] ListsValues =
        ["token-in", "string-contains", "title-contains", "token-of-system", "filter"];

    public static TheoryData<string> Shapes => [.. SearchSqlTests.Shapes.Select(s => s.Name)];

    [Theory, MemberData(nameof(Shapes))]
    public async Task No_search_reads_a_table_or_sorts_more_than_it_must(string shape)
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await using var connection = new SqliteConnection(test.ConnectionString);
        await connection.OpenAsync(TestStore.Ct);
        var search = SearchSqlTests.Shapes.Single(s => s.Name == shape).Search;
        var wrong = new List<string>();
        foreach (var (path, sql) in SearchSqlTests.Statements(search, nameof(DatabaseProvider.Sqlite)))
        {
            wrong.AddRange((await Plan(connection, sql)).Where(step => !IsAllowed(shape, path, step))
                .Select(step => $"{path}: {step}"));
        }

        Assert.Equal([], wrong);
    }

    /// <summary>Else each page would be dearer than the one before.</summary>
    [Theory]
    [InlineData("Patient?_sort=_lastUpdated", "LastUpdated>?")]
    [InlineData("Patient?_sort=-_lastUpdated", "LastUpdated<?")]
    [InlineData("Patient?_sort=_id", "Id>?")]
    [InlineData("Patient?_sort=birthdate", "Start>?")]
    [InlineData("Patient?_sort=-birthdate", "End<?")]
    [InlineData("Patient?_sort=family", "Value>?")]
    [InlineData("Patient?gender=female", "ResourceKey>?")]
    public async Task A_later_page_begins_where_the_one_before_ended(string search, string begin)
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await using var connection = new SqliteConnection(test.ConnectionString);
        await connection.OpenAsync(TestStore.Ct);
        var plans = new List<string>();
        foreach (var (path, sql) in SearchSqlTests.Statements(
            search, nameof(DatabaseProvider.Sqlite), SearchSqlTests.Place))
        {
            plans.AddRange(path.StartsWith("Along", StringComparison.Ordinal) ? await Plan(connection, sql) : []);
        }

        Assert.Contains(plans, step => step.Contains(begin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_include_reads_a_table()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await using var connection = new SqliteConnection(test.ConnectionString);
        await connection.OpenAsync(TestStore.Ct);
        var wrong = new List<string>();
        foreach (var (name, search) in SearchSqlTests.IncludeShapes)
        {
            foreach (var sql in SearchSqlTests.IncludeStatements(search, nameof(DatabaseProvider.Sqlite)))
            {
                wrong.AddRange(
                    (await Plan(connection, sql)).Where(step => step.Contains("TABLE", StringComparison.Ordinal)
                        && !step.Contains("Key=?", StringComparison.Ordinal)
                        && !step.Contains("PRIMARY KEY (rowid=?", StringComparison.Ordinal)
                        && !step.Contains("=? AND ", StringComparison.Ordinal)).Select(step => $"{name}: {step}"));
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task A_scan_would_be_found()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await using var connection = new SqliteConnection(test.ConnectionString);
        await connection.OpenAsync(TestStore.Ct);

        var plan = await Plan(connection, $"""SELECT "Key" FROM "Resource" WHERE "Version" = {1} ORDER BY "Id" """);

        Assert.DoesNotContain(plan, step => IsAllowed("token", "AlongPoint", step));
    }

    static bool IsAllowed(string shape, string path, string step) => step switch
    {
        // A list that travels as one parameter is itself a small table.
        _ when step.StartsWith("SCAN TABLE json_each", StringComparison.Ordinal) => ListsValues.Contains(shape),
        _ when step.Contains("LIST SUBQUERY", StringComparison.Ordinal) => ListsValues.Contains(shape),
        // A term of the full-text index (M1), along a walk in the order of the keys (64).
        _ when step.StartsWith("SCAN TABLE WordIndex", StringComparison.Ordinal) =>
            step.Contains(path == "AlongPoint" ? "INDEX 64:M1" : ":M1", StringComparison.Ordinal),
        // A phrase of the index of titles.
        _ when step.StartsWith("SCAN TABLE TitleIndex", StringComparison.Ordinal) =>
            step.Contains(":M6", StringComparison.Ordinal),
        // The places of a circle, which were found one after another.
        _ when step.StartsWith("SCAN TABLE q", StringComparison.Ordinal) =>
            shape.StartsWith("near", StringComparison.Ordinal),
        _ when step.StartsWith("SCAN TABLE", StringComparison.Ordinal) => false,
        _ when step.Contains("(Type=? AND Parameter=?)", StringComparison.Ordinal) =>
            path == "AlongSort" || ReadsTheParameter.Contains(shape),
        // A walk reads the resources in an order, and stops when the page is full; a total of all must read all; the
        // first of all are counted up to a limit.
        _ when step.Contains("(Type=? AND IsDeleted=?)", StringComparison.Ordinal)
            || step.Contains("_LastUpdated_Key (Type=?)", StringComparison.Ordinal) =>
            path is "AlongType" or "AlongSort" or "total" or "estimate of all",
        _ when step.Contains("(Type=?", StringComparison.Ordinal) => step.Contains("=? AND ", StringComparison.Ordinal),
        "USE TEMP B-TREE FOR ORDER BY" or "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY" =>
            path is "FromKeys" or "Places" or "Within" || Sorts.Contains(shape),
        "USE TEMP B-TREE FOR DISTINCT" => path == "FromKeys" || path == "total",
        // Within a circle: of the places of a resource the nearest counts.
        "USE TEMP B-TREE FOR GROUP BY" => path == "Within",
        _ when step.StartsWith("USE TEMP", StringComparison.Ordinal) => false,
        _ => true,
    };

    static async Task<List<string>> Plan(SqliteConnection connection, Storage.Search.Sql sql)
    {
        var (text, values) = sql.Write();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
        foreach (var (i, value) in values.Index())
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), value);
        }

        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestStore.Ct);
        while (await reader.ReadAsync(TestStore.Ct))
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
