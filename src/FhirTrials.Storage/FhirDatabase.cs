using System.Security.Cryptography;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage.Jobs;
using FhirTrials.Storage.Search;
using FhirTrials.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>The engines that the store runs on.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>The database of a store: opens contexts on it and brings its tables up to date. Thread-safe.</summary>
public sealed class FhirDatabase : IDisposable
{
    const string PageKeyName = "page-key";

    const int LockAttempts = 600;

    const long MaxCachedBytes = 32 << 20;

    /// <summary>A search goes through many pages: 16 MB of them are kept a connection,
    /// and it sorts without files.</summary>
    const string SearchPragmas = "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY";

    static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(100);

    readonly Func<FhirContext> _open;
    readonly Func<FhirContext> _create;
    readonly SqliteConnectionStringBuilder? _sqlite;
    readonly string? _sqliteFile;
    readonly ILogger? _log;
    byte[]? _pageKey;
    int _isAway;

    /// <param name="clock">Tells the time of a commit; null for the system's.</param>
    /// <param name="log">Is told when the database goes away and when it is back; null tells nobody.</param>
    public FhirDatabase(
        DatabaseProvider provider,
        string connectionString,
        TimeProvider? clock = null,
        DatabaseOptions? options = null,
        ILogger<FhirDatabase>? log = null)
    {
        (Provider, Clock, Options, _log) = (provider, clock ?? TimeProvider.System, options ?? new(), log);
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                _sqlite = Existing(connectionString, Options);
                _sqliteFile = _sqlite.DataSource is ":memory:" or "" ? null : _sqlite.DataSource;
                _open = Pool<SqliteFhirContext>(o => o.UseSqlite(_sqlite.ConnectionString));
                _create = Pool<SqliteFhirContext>(o => o.UseSqlite(connectionString));
                break;
            case DatabaseProvider.SqlServer:
                _open = _create = Pool<SqlServerFhirContext>(o => o.UseSqlServer(connectionString));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(provider));
        }

        Writes = new(this);
        Reads = new(this, context => new(context, batchSize: 1));
        Searches = new(this, context => new(context, keepsCommands: true), SearchPragmas);
    }

    public DatabaseProvider Provider { get; }

    internal DatabaseOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Every write of this process.</summary>
    internal WriteQueue Writes { get; }

    internal JsonCache Json { get; } = new(MaxCachedBytes);

    internal KeptConnections<RowCommands> Reads { get; }

    internal KeptConnections<SqlRunner> Searches { get; }

    /// <summary>A context on the database, which must be there.</summary>
    internal FhirContext Open()
    {
        CheckPresence();
        return _open();
    }

    /// <summary>Throws where an embedded database's file is not in its place: a new
    /// connection would create another.</summary>
    void CheckPresence()
    {
        if (_sqliteFile is not null && !File.Exists(_sqliteFile))
        {
            throw Moved();
        }
    }

    /// <summary>Throws where an embedded database's file is no longer in its place: a connection that is open would go
    /// on with the old one, wherever that is.</summary>
    internal void CheckPlace(FhirContext context)
    {
        if (_sqliteFile is not null && SqliteLibrary.HasMoved((SqliteConnection)context.Database.GetDbConnection()))
        {
            throw Moved();
        }
    }

    SqliteException Moved()
    {
        Reads.Dispose();
        Searches.Dispose();
        using var connection = new SqliteConnection(_sqlite!.ConnectionString);
        SqliteConnection.ClearPool(connection);
        return new("The database file is not in its place.", DatabaseFault.SqliteCannotOpen);
    }

    /// <summary>Asks the database; where it does not answer that is told as such (503).</summary>
    internal async Task<T> Ask<T>(Func<Task<T>> question)
    {
        try
        {
            var answer = await question();
            NoteState(isAway: false, "");
            return answer;
        }
        catch (Exception e) when (DatabaseFault.IsConflict(e) || DatabaseFault.IsAway(e))
        {
            if (DatabaseFault.IsAway(e))
            {
                NoteState(isAway: true, DatabaseFault.Code(e));
            }

            throw new FhirException(
                Issue.Error(IssueCode.Transient, "The database does not answer at present. Try again later."));
        }
    }

    /// <summary>Waits for the writes under way.</summary>
    public void Dispose()
    {
        Writes.Dispose();
        Reads.Dispose();
        Searches.Dispose();
    }

    void NoteState(bool isAway, string code)
    {
        if (Volatile.Read(ref _isAway) == (isAway ? 1 : 0)
            || Interlocked.Exchange(ref _isAway, isAway ? 1 : 0) == (isAway ? 1 : 0))
        {
            return;
        }

        if (isAway)
        {
            _log?.LogError("The database does not answer: {Code}", code);
        }
        else
        {
            _log?.LogInformation("The database answers again");
        }
    }

    /// <summary>Brings the tables up to date, creating the database where there is none.
    /// Several nodes may do so at once.</summary>
    public async Task Migrate(CancellationToken ct)
    {
        await using var alone = await LockFile(ct);
        await using var context = _create();
        if (Provider == DatabaseProvider.Sqlite)
        {
            await PrepareSqlite(context, ct);
        }

        await context.Database.MigrateAsync(ct);
        await EnsurePageKey(context, ct);
    }

    /// <summary>Whether every migration of this program has been done.</summary>
    public async Task<bool> IsUpToDate(CancellationToken ct)
    {
        await using var context = Open();
        return !(await context.Database.GetPendingMigrationsAsync(ct)).Any();
    }

    /// <summary>The secret that signs page links, one for all nodes; once made it never changes.</summary>
    public async Task<byte[]> PageKey(CancellationToken ct)
    {
        if (_pageKey is null)
        {
            await using var context = Open();
            _pageKey = await context.Settings.Where(s => s.Name == PageKeyName).Select(s => s.Value).SingleAsync(ct);
        }

        return _pageKey;
    }

    static async Task EnsurePageKey(FhirContext context, CancellationToken ct)
    {
        // The counter's row serves as the lock, so that of two nodes one makes the key.
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Counters.ExecuteUpdateAsync(c => c.SetProperty(r => r.Value, r => r.Value), ct);
        if (!await context.Settings.AnyAsync(s => s.Name == PageKeyName, ct))
        {
            context.Settings.Add(new() { Name = PageKeyName, Value = RandomNumberGenerator.GetBytes(32) });
            if (!await context.Resources.AnyAsync(ct))
            {
                context.Settings.Add(IndexForm.Setting());
            }

            await context.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>An embedded database is migrated under a lock on a file beside it: EF's own migration lock
    /// is a row, which a killed process leaves behind for ever. The file stays, since taking it away would
    /// race with who waits for it.</summary>
    async Task<FileStream?> LockFile(CancellationToken ct)
    {
        if (_sqliteFile is null)
        {
            return null;
        }

        var path = Path.GetFullPath(_sqliteFile) + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var left = LockAttempts; ; left--)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(LockInterval, ct);
            }
        }
    }

    static async Task PrepareSqlite(FhirContext context, CancellationToken ct)
    {
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", ct);
    }

    /// <summary>Does not create what is not there, and waits no longer for another
    /// process than it is told to.</summary>
    static SqliteConnectionStringBuilder Existing(string connectionString, DatabaseOptions options)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = options.BusySeconds };
        builder.Mode = builder.Mode == SqliteOpenMode.ReadWriteCreate && builder.DataSource is not (":memory:" or "")
            ? SqliteOpenMode.ReadWrite
            : builder.Mode;
        return builder;
    }

    static Func<FhirContext> Pool<TContext>(Action<DbContextOptionsBuilder<TContext>> configure)
        where TContext : FhirContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        configure(options);
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return new PooledDbContextFactory<TContext>(options.Options).CreateDbContext;
    }
}
