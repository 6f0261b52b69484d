using System.Collections.Concurrent;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>Reads current versions by type and id. On an embedded engine over connections that stay open with their statement
/// prepared, since that is most of such a read; on a server over the driver's pool.</summary>
sealed class RowReaders(FhirDatabase database) : IDisposable
{
    const int MaxKept = 32;

    readonly ConcurrentBag<RowReader> _kept = [];

    public async Task<ResourceRow?> Find(short type, string id)
    {
        var reader = _kept.TryTake(out var kept) ? kept : await RowReader.Open(database);
        try
        {
            var row = await reader.Find(database, type, id);
            if (database.Provider == DatabaseProvider.Sqlite && _kept.Count < MaxKept)
            {
                _kept.Add(reader);
                reader = null;
            }

            return row;
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Closes the connections that are kept.</summary>
    public void Dispose()
    {
        while (_kept.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    sealed class RowReader(FhirContext context) : IDisposable
    {
        readonly RowCommands _commands = new(context, 1);

        public static async Task<RowReader> Open(FhirDatabase database)
        {
            var context = database.Open();
            try
            {
                await context.Database.OpenConnectionAsync();
                return new(context);
            }
            catch
            {
                await context.DisposeAsync();
                throw;
            }
        }

        public async Task<ResourceRow?> Find(FhirDatabase database, short type, string id)
        {
            database.CheckPlace(context);
            return await _commands.Find([(type, id)]) is [{ } row] ? row : null;
        }

        public void Dispose()
        {
            _commands.Dispose();
            context.Dispose();
        }
    }
}
