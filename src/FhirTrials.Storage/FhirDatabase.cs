using System.Security.Cryptography;
using FhirTrials.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

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

    static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an embedded engine waits for another process that writes.</summary>
    internal const int BusySeconds = 5;

    readonly Func<FhirContext> _open;
    readonly string? _sqliteFile;
    byte[]? _pageKey;

    /// <param name="clock">Tells the time of a commit; null for the system's.</param>
    public FhirDatabase(
        DatabaseProvider provider, string connectionString, TimeProvider? clock = null, DatabaseOptions? options = null)
    {
        (Provider, Clock, Options) = (provider, clock ?? TimeProvider.System, options ?? new());
        _sqliteFile = provider == DatabaseProvider.Sqlite
            ? new SqliteConnectionStringBuilder(connectionString).DataSource
            : null;
        _open = provider switch
        {
            DatabaseProvider.Sqlite => Pool<SqliteFhirContext>(o => o.UseSqlite(connectionString)),
            DatabaseProvider.SqlServer => Pool<SqlServerFhirContext>(o => o.UseSqlServer(connectionString)),
        };
        Writes = new(this);
    }

    public DatabaseProvider Provider { get; }

    internal DatabaseOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Every write of this process.</summary>
    internal WriteQueue Writes { get; }

    internal FhirContext Open() => _open();

    /// <summary>Waits for the writes under way.</summary>
    public void Dispose() => Writes.Dispose();

    /// <summary>Brings the tables up to date, creating the database where there is none. Several nodes may do so at
    /// once.</summary>
    public async Task Migrate(CancellationToken ct)
    {
        await using var alone = await LockFile(ct);
        await using var context = Open();
        if (_sqliteFile is not null)
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
            await context.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>An embedded database is migrated under a lock on a file beside it: EF's own migration lock is a row, which a
    /// killed process leaves behind for ever. The file stays, since taking it away would race with who waits for
    /// it.</summary>
    async Task<FileStream?> LockFile(CancellationToken ct)
    {
        if (_sqliteFile is null or ":memory:" or "")
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

    static Func<FhirContext> Pool<TContext>(Action<DbContextOptionsBuilder<TContext>> configure)
        where TContext : FhirContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        configure(options);
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return new PooledDbContextFactory<TContext>(options.Options).CreateDbContext;
    }
}
