using System.Diagnostics;

namespace FhirTrials.Storage.Writing;

/// <summary>Writes that wait for the same commit.</summary>
sealed class WriteGroup
{
    /// <summary>How long the first of those that may wait does so at most.</summary>
    const int MaxWaitMilliseconds = 400;

    readonly List<QueuedWrite> _writes = [];
    long _begin;

    public List<QueuedWrite> Writes => _writes;

    public bool IsEmpty => _writes.Count == 0;

    /// <summary>About how many resources they write.</summary>
    public int Size { get; private set; }

    /// <summary>How many milliseconds they may still wait for others.</summary>
    public int TimeLeft => Math.Max(0, MaxWaitMilliseconds - (int)Stopwatch.GetElapsedTime(_begin).TotalMilliseconds);

    /// <summary>Takes a write in, if it is still wanted.</summary>
    public void Begin(QueuedWrite write)
    {
        if (write.TryBegin())
        {
            _begin = IsEmpty ? Stopwatch.GetTimestamp() : _begin;
            _writes.Add(write);
            Size += write.Size;
        }
    }

    public void TakeFrom(WriteGroup other)
    {
        _writes.AddRange(other._writes);
        Size += other.Size;
        other.Clear();
    }

    public void Clear()
    {
        _writes.Clear();
        Size = 0;
    }
}
