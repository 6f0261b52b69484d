using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Writing;

/// <summary>The writer's connection, open from one commit to the next so that its statements stay prepared.</summary>
sealed class WriteConnection : IAsyncDisposable
{
    readonly FhirDatabase _database;
    readonly FhirContext _context;
    readonly RowCommands _commands;

    WriteConnection(FhirDatabase database, FhirContext context) =>
        (_database, _context, _commands) = (database, context, new(context, database.Options.BatchSize));

    public static async Task<WriteConnection> Open(FhirDatabase database)
    {
        var context = database.Open();
        try
        {
            await context.Database.OpenConnectionAsync();
            if (database.Provider == DatabaseProvider.Sqlite)
            {
                await Prepare(context, database.Options);
            }

            return new(database, context);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does all writes in one transaction and commits it.</summary>
    public async Task Commit(IReadOnlyList<QueuedWrite> writes)
    {
        _database.CheckPlace(_context);
        await using var transaction = await WriteTransaction.Begin(_context, _commands, _database.Clock);
        foreach (var write in writes)
        {
            await write.Do(transaction);
        }

        await transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        _commands.Dispose();
        await _context.DisposeAsync();
    }

    /// <summary>Pages of the log are moved to the database only after 64 MB, since most of those that an index changes
    /// are changed again by the next commits.</summary>
    static async Task Prepare(FhirContext context, DatabaseOptions options)
    {
        var synchronous = options.Durability switch
        {
            Durability.Full => "FULL",
            Durability.Normal => "NORMAL",
            Durability.Off => "OFF",
        };
        var pragmas =
            $"PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536; "
            + "PRAGMA temp_store = MEMORY";
        await context.Database.ExecuteSqlRawAsync(pragmas);
        SqliteLibrary.WaitWhileBusy((SqliteConnection)context.Database.GetDbConnection(), options.BusySeconds);
    }
}
