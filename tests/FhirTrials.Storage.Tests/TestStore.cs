using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Storage.Tests;

/// <summary>A store on a real, fresh database with a fixed clock and counted ids; the database goes with it.</summary>
sealed class TestStore : IAsyncDisposable
{
    public const string SqlServerVariable = "FHIRTRIALS_SQLSERVER";

    readonly string _connectionString;
    readonly List<FhirDatabase> _opened = [];

    readonly DatabaseOptions? _options;

    TestStore(DatabaseProvider provider, string connectionString, DatabaseOptions? options)
    {
        (_connectionString, _options) = (connectionString, options);
        Database = OpenDatabase(provider);
        Store = Open(Database);
        Parser = new(FhirDefinitions.R4, Clock, "http://here.test/fhir");
    }

    public static TheoryData<DatabaseProvider> Providers => [DatabaseProvider.Sqlite, DatabaseProvider.SqlServer];

    public string ConnectionString => _connectionString;

    public FhirDatabase Database { get; }

    public ResourceStore Store { get; }

    public SearchQueryParser Parser { get; }

    /// <summary>The file of an embedded database.</summary>
    public string File => new SqliteConnectionStringBuilder(_connectionString).DataSource;

    public ManualClock Clock { get; } = new();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where the provider is SQL Server and no server is named.</summary>
    public static async Task<TestStore> Create(DatabaseProvider provider, DatabaseOptions? options = null)
    {
        var store = CreateEmpty(provider, options);
        await store.Database.Migrate(Ct);
        return store;
    }

    /// <summary>The same without tables.</summary>
    public static TestStore CreateEmpty(DatabaseProvider provider, DatabaseOptions? options = null)
    {
        var name = $"fhirtrials-{Path.GetRandomFileName()}";
        return new(provider, provider switch
        {
            DatabaseProvider.Sqlite =>
                $"Data Source={Path.Combine(Directory.CreateTempSubdirectory("fhirtrials-").FullName, "test.db")}",
            DatabaseProvider.SqlServer =>
                new SqlConnectionStringBuilder(SqlServer()) { InitialCatalog = name }.ConnectionString,
        }, options);
    }

    /// <summary>Another store on the same database, as a second node would have.</summary>
    public ResourceStore Open() => Open(OpenDatabase());

    public FhirDatabase OpenDatabase() => OpenDatabase(Database.Provider);

    public static Element Resource(string json)
    {
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        Assert.Empty(read.Issues);
        return read.Resource!;
    }

    public async Task<WriteResult> Put(string json)
    {
        var resource = Resource(json);
        return Assert.Single(await Store.Write([new UpdateOperation(resource, resource.Id!)], Ct));
    }

    public SearchQuery Query(string search)
    {
        var (type, query) = search.Split('?', 2) is [var t, var q] ? (t, q) : (search, "");
        var parsed = Parser.Parse(type, Parameters(query), lenient: false);
        Assert.Empty(parsed.Issues);
        return parsed.Query;
    }

    public static IEnumerable<KeyValuePair<string, string>> Parameters(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => KeyValuePair.Create(
                Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p.ElementAtOrDefault(1) ?? "")));

    public Task<SearchPage> Search(string search, string? page = null) => Store.Search(Query(search), page, Ct);

    /// <summary>The ids found, over all pages, in order.</summary>
    public async Task<string[]> Ids(string search)
    {
        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = await Search(search, next);
            ids.AddRange(page.Matches.Select(m => m.Id));
            next = page.Next;
        }
        while (next is not null);

        return [.. ids];
    }

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(database => database.Dispose());
        await using (var context = Database.Open())
        {
            await context.Database.EnsureDeletedAsync(CancellationToken.None);
        }

        if (Database.Provider == DatabaseProvider.Sqlite)
        {
            SqliteConnection.ClearAllPools();
            Directory.GetParent(File)!.Delete(recursive: true);
        }
    }

    FhirDatabase OpenDatabase(DatabaseProvider provider)
    {
        var database = new FhirDatabase(provider, _connectionString, Clock, _options);
        _opened.Add(database);
        return database;
    }

    static ResourceStore Open(FhirDatabase database)
    {
        var last = 0;
        return new(database, FhirDefinitions.R4, new(() => $"new-{Interlocked.Increment(ref last)}"));
    }

    static string SqlServer()
    {
        var server = Environment.GetEnvironmentVariable(SqlServerVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"{SqlServerVariable} names no SQL Server.");
        return server;
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
sealed class ManualClock : TimeProvider
{
    DateTimeOffset _now = new(2024, 5, 17, 10, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
