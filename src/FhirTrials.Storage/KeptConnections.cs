using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>Connections for reading. On an embedded engine they stay open with their statements prepared, since that is
/// most of a quick read; on a server the driver keeps them.</summary>
/// <typeparam name="T">What prepares the statements of a connection.</typeparam>
/// <param name="pragmas">How an embedded engine is set for it.</param>
sealed class KeptConnections<T>(FhirDatabase database, Func<FhirContext, T> statements, string pragmas = "")
    : IDisposable
    where T : class, IDisposable
{
    const int MaxKept = 32;

    readonly ConcurrentBag<Connection> _kept = [];

    /// <summary>Reads over a connection that nobody else uses meanwhile; one over
    /// which a read failed is closed.</summary>
    public async Task<TResult> Use<TResult>(Func<FhirContext, T, Task<TResult>> read)
    {
        var connection = _kept.TryTake(out var kept) ? kept : await Open();
        try
        {
            database.CheckPlace(connection.Context);
            var result = await read(connection.Context, connection.Statements);
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

    async Task<Connection> Open()
    {
        var context = database.Open();
        try
        {
            await context.Database.OpenConnectionAsync();
            if (database.Provider == DatabaseProvider.Sqlite && pragmas.Length > 0)
            {
                await context.Database.ExecuteSqlRawAsync(pragmas);
            }

            return new(context, statements(context));
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    sealed record Connection(FhirContext Context, T Statements) : IDisposable
    {
        public void Dispose()
        {
            Statements.Dispose();
            Context.Dispose();
        }
    }
}
