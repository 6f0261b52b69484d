namespace FhirTrials.Storage.Writing;

/// <summary>A write that waits for its commit.</summary>
abstract class QueuedWrite(int size, bool mayWait)
{
    public int Size => size;

    /// <summary>Whether it may wait a moment for others to share its commit.</summary>
    public bool MayWait => mayWait;

    /// <summary>Whether it is still wanted; from then on it cannot be taken back.</summary>
    public abstract bool TryBegin();

    /// <summary>Does it in a transaction; where it fails, that is kept for <see cref="Tell()"/>.</summary>
    /// <exception cref="System.Data.Common.DbException">The whole transaction failed.</exception>
    public abstract Task Do(WriteTransaction transaction);

    /// <summary>Tells who waits what came of it; the transaction is committed.</summary>
    public abstract void Tell();

    /// <summary>Tells who waits that nothing was written.</summary>
    public abstract void Tell(Exception failure);
}

sealed class QueuedWrite<T> : QueuedWrite
{
    readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Func<WriteTransaction, Task<T>> _work;
    readonly CancellationTokenRegistration _cancellation;
    int _hasBegun;
    (T? Value, Exception? Failure) _outcome;

    public QueuedWrite(int size, bool mayWait, Func<WriteTransaction, Task<T>> work, CancellationToken ct)
        : base(size, mayWait)
    {
        _work = work;
        _cancellation = ct.UnsafeRegister((write, token) => ((QueuedWrite<T>)write!).Cancel(token), this);
    }

    public Task<T> Result => _result.Task;

    public override bool TryBegin()
    {
        _cancellation.Dispose();
        return Interlocked.Exchange(ref _hasBegun, 1) == 0;
    }

    public override async Task Do(WriteTransaction transaction)
    {
        try
        {
            _outcome = (await transaction.Alone(_work), null);
        }
        catch (Exception e) when (!DatabaseFault.IsOfDatabase(e))
        {
            _outcome = (default, e);
        }
    }

    public override void Tell()
    {
        if (_outcome.Failure is { } failure)
        {
            Tell(failure);
        }
        else
        {
            _result.SetResult(_outcome.Value!);
        }
    }

    public override void Tell(Exception failure) => _result.SetException(failure);

    void Cancel(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            _result.SetCanceled(ct);
        }
    }
}
