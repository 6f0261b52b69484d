using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Search;

/// <summary>Connections for searches. On an embedded engine they stay open with their statements prepared, since that is most of a
/// quick search; on a server the driver keeps them.</summary>
sealed class SearchConnections(FhirDatabase database) : IDisposable
{
    const int MaxKept = 32;

    readonly ConcurrentBag<SearchConnection> _kept = [];

    public async Task<T> Use<T>(Func<SearchConnection, Task<T>> search)
    {
        var connection = _kept.TryTake(out var kept) ? kept : await Open();
        try
        {
            database.CheckPlace(connection.Context);
            var result = await search(connection);
            if (database.Provider == DatabaseProvider.Sqlite && _kept.Count < MaxKept)
            {
                _kept.Add(connection);
                connection = null;
            }

            return result;
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Closes the connections that are kept.</summary>
    public void Dispose()
    {
        while (_kept.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    async Task<SearchConnection> Open()
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
}

/// <summary>An open connection, for one search at a time.</summary>
sealed class SearchConnection(FhirContext context) : IDisposable
{
    public FhirContext Context => context;

    public SqlRunner Runner { get; } = new(context, keepsCommands: true);

    public void Dispose()
    {
        Runner.Dispose();
        context.Dispose();
    }
}
