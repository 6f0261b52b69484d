using FhirTrials.Fhir.Outcomes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage;

/// <summary>A transaction that holds the change counter, and thereby excludes every other writer, from its first statement to
/// its end. Hence change numbers rise in the order of the commits: a reader that has seen a number will never see a smaller one
/// appear. Undone unless committed.</summary>
sealed class WriteTransaction : IAsyncDisposable
{
    const int SqliteBusy = 5;

    readonly SemaphoreSlim _gate;
    readonly IDbContextTransaction _transaction;

    WriteTransaction(SemaphoreSlim gate, IDbContextTransaction transaction, long lastChange) =>
        (_gate, _transaction, LastChange) = (gate, transaction, lastChange);

    /// <summary>The last change number before those of this transaction.</summary>
    public long LastChange { get; }

    /// <param name="changes">How many change numbers to take.</param>
    public static async Task<WriteTransaction> Begin(
        FhirDatabase database, FhirContext context, int changes, CancellationToken ct)
    {
        await database.WriteGate.WaitAsync(ct);
        try
        {
            // On disposal the context undoes a transaction that did not get so far as to be returned.
            var transaction = await context.Database.BeginTransactionAsync(ct);
            await context.Counters.ExecuteUpdateAsync(c => c.SetProperty(r => r.Value, r => r.Value + changes), ct);
            var last = await context.Counters.Select(c => c.Value).SingleAsync(ct);
            return new(database.WriteGate, transaction, last - changes);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteBusy)
        {
            // The embedded engine has waited for another process as long as the command's timeout allows.
            database.WriteGate.Release();
            throw new FhirException(Issue.Error(IssueCode.Transient, "Another process is writing to the database. Try again."));
        }
        catch
        {
            database.WriteGate.Release();
            throw;
        }
    }

    /// <summary>Cannot be cancelled: a commit that is given up halfway may have happened or not.</summary>
    public Task Commit() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}
