using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage.Writing;

/// <summary>A transaction that holds the change counter, and thereby excludes every other writer on any node, from its
/// first statement to its end. Hence change numbers and times rise in the order of the commits: a reader that has seen
/// one will never see a smaller one appear. Undone unless committed.</summary>
sealed class WriteTransaction : IAsyncDisposable
{
    const string Savepoint = "write";

    readonly IDbContextTransaction _transaction;
    readonly long _sentBefore;
    readonly long _lastChange;
    readonly long _time;
    long _change;
    (long Change, long SearchVersion) _before;
    bool _isSaved;

    WriteTransaction(
        FhirContext context, RowCommands commands, IDbContextTransaction transaction, ChangeCounterRow last, long time)
    {
        (Context, Commands, _transaction, _sentBefore) = (context, commands, transaction, commands.Sent);
        (_lastChange, _change, _time, SearchVersion) = (last.Value, last.Value, time, last.SearchVersion);
    }

    /// <summary>Which posted search parameters a write of now must index.</summary>
    public long SearchVersion { get; private set; }

    /// <summary>To be called where a SearchParameter was written.</summary>
    public void ChangeSearchParameters() => SearchVersion = _change;

    /// <summary>Sees what was sent in this transaction: index rows only after
    /// <see cref="RowCommands.SendIndex"/>.</summary>
    public FhirContext Context { get; }

    public RowCommands Commands { get; }

    /// <summary>Names that were given numbers in this transaction.</summary>
    public HashSet<(NameKind Kind, int Id)> NewNames { get; } = [];

    /// <summary>The time of this commit in whole milliseconds, as <c>meta.lastUpdated</c> tells it: later than that of
    /// every commit before, on whichever node.</summary>
    public DateTimeOffset Now => new(_time, TimeSpan.Zero);

    public static async Task<WriteTransaction> Begin(FhirContext context, RowCommands commands, TimeProvider clock)
    {
        var transaction = await context.Database.BeginTransactionAsync();
        try
        {
            var last = await commands.LockCounter();
            return new(context, commands, transaction, last, await NextTime(last.Time, clock));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>The last change made, in this transaction or before it.</summary>
    public long Change => _change;

    /// <summary>A number that no other change has.</summary>
    public long NextChange() => ++_change;

    /// <summary>Does one write among others of this transaction: where it fails, what it has done is undone, and
    /// nothing else.</summary>
    public async Task<T> Alone<T>(Func<WriteTransaction, Task<T>> write)
    {
        _before = (_change, SearchVersion);
        Commands.KeepIndex();
        try
        {
            return await write(this);
        }
        catch (Exception e) when (!DatabaseFault.IsOfDatabase(e))
        {
            await Undo();
            throw;
        }
        finally
        {
            _isSaved = false;
        }
    }

    /// <summary>Undoes what the write that is under way has done since <see cref="Save"/>.</summary>
    public async Task Undo()
    {
        (_change, SearchVersion) = _before;
        Commands.DropIndex();
        if (_isSaved)
        {
            await _transaction.RollbackToSavepointAsync(Savepoint);
        }
    }

    /// <summary>To be called by a write that sends something and may fail after that.</summary>
    public async Task Save()
    {
        if (!_isSaved)
        {
            await Commands.SendIndex();
            await _transaction.CreateSavepointAsync(Savepoint);
            _isSaved = true;
        }
    }

    /// <summary>Cannot be cancelled: a commit that is given up halfway may have happened or not.</summary>
    public async Task Commit()
    {
        await Commands.SendIndex();
        if (_change > _lastChange)
        {
            await Commands.SetCounter(new()
            {
                Id = ChangeCounterRow.OnlyId, Value = _change, Time = _time, SearchVersion = SearchVersion,
            });
        }

        if (Commands.Sent > _sentBefore)
        {
            await _transaction.CommitAsync();
        }
    }

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    /// <summary>The present millisecond, or the next one where a commit has that already; it is waited for, so that the
    /// times of quick commits do not run ahead of the clock.</summary>
    static async Task<long> NextTime(long last, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcTicks;
        if (now < last + TimeSpan.TicksPerMillisecond)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1));
            now = clock.GetUtcNow().UtcTicks;
        }

        return Math.Max(now - (now % TimeSpan.TicksPerMillisecond), last + TimeSpan.TicksPerMillisecond);
    }
}
