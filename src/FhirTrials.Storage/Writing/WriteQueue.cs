using System.Collections.Concurrent;
using System.Diagnostics;

namespace FhirTrials.Storage.Writing;

/// <summary>The one writer of this process. Writes that come while a commit is under way wait and share the next one,
/// so that the disk is waited for once. Each of them succeeds or fails alone, and none is told before the commit, since
/// what it found may be of another beside it.</summary>
sealed class WriteQueue(FhirDatabase database) : IDisposable
{
    /// <summary>How many resources a commit is filled up to: those that wait for it
    /// should not wait for too many.</summary>
    const int CommitSize = 2000;

    /// <summary>How many resources a commit of writes that may wait is gathered for: pages that several of them change
    /// are then written once.</summary>
    const int GatheredSize = 900;

    const int Attempts = 4;

    readonly BlockingCollection<QueuedWrite> _waiting = [];
    readonly Lock _starting = new();
    Task? _writer;

    // Of the writer alone.
    WriteConnection? _connection;

    /// <summary>Does a write in a commit that others may share. Where the database was busy it is done again from its
    /// beginning.</summary>
    /// <param name="size">About how many resources it writes.</param>
    /// <param name="ct">Ends the wait while the write has not begun.</param>
    /// <param name="mayWait">Whether it may wait a moment for others to come and share its commit.</param>
    public Task<T> Run<T>(int size, Func<WriteTransaction, Task<T>> work, CancellationToken ct, bool mayWait = false)
    {
        var write = new QueuedWrite<T>(size, mayWait, work, ct);
        lock (_starting)
        {
            // A thread of its own, since it waits for the disk.
            _writer ??= Task.Factory.StartNew(
                WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        _waiting.Add(write, CancellationToken.None);
        return database.Ask(() => write.Result);
    }

    /// <summary>Waits for what is queued and closes the connection.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer?.GetAwaiter().GetResult();
        _waiting.Dispose();
    }

    void WriteAll()
    {
        var (urgent, patient) = (new WriteGroup(), new WriteGroup());
        while (!urgent.IsEmpty || !patient.IsEmpty || !_waiting.IsCompleted)
        {
            var wait = !urgent.IsEmpty ? 0 : !patient.IsEmpty ? patient.TimeLeft : Timeout.Infinite;
            if (urgent.Size < CommitSize && patient.Size < GatheredSize && _waiting.TryTake(out var next, wait))
            {
                (next.MayWait ? patient : urgent).Begin(next);
                continue;
            }

            // Those that may wait do not hold up the others, unless their own time has come.
            if (patient.Size >= GatheredSize || patient.TimeLeft == 0 || _waiting.IsAddingCompleted)
            {
                urgent.TakeFrom(patient);
            }

            Commit(urgent.Writes).GetAwaiter().GetResult();
            urgent.Clear();
        }

        Close().GetAwaiter().GetResult();
    }

    /// <summary>Never throws: each write is told.</summary>
    async Task Commit(List<QueuedWrite> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            await TryCommit(group);
            group.ForEach(write => write.Tell());
        }
        catch (Exception e) when (group.Count > 1 && !DatabaseFault.IsAway(e) && !DatabaseFault.IsConflict(e))
        {
            // Which of them is at fault cannot be told otherwise.
            foreach (var write in group)
            {
                await Commit([write]);
            }
        }
        catch (Exception e)
        {
            group.ForEach(write => write.Tell(e));
        }
    }

    async Task TryCommit(List<QueuedWrite> group)
    {
        var start = Stopwatch.GetTimestamp();
        for (var left = Attempts - 1; ; left--)
        {
            try
            {
                _connection ??= await WriteConnection.Open(database);
                await _connection.Commit(group);
                return;
            }
            catch (Exception e)
            {
                await Close();
                var isLate = Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(database.Options.BusySeconds);
                if (left == 0 || isLate || !DatabaseFault.IsConflict(e))
                {
                    throw;
                }

                await Task.Delay(Random.Shared.Next(5, 50));
            }
        }
    }

    async Task Close()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
