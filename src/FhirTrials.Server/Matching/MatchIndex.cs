using System.Collections.Immutable;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Server.Matching;

/// <summary>The index of all stored studies, which follows the order of changes: it reads what has changed, whichever
/// node wrote it, and nothing else. Whoever asks gets the newest index as it stands, without a lock; who needs a later
/// one waits for it.</summary>
sealed class MatchIndex(ResourceStore store, StoredStudies studies)
{
    /// <summary>How many studies are read at a time.</summary>
    const int Chunk = 500;

    readonly StudyIndexWriter _writer = new();
    volatile Snapshot _snapshot = new(-1, StudyIndex.Empty, []);
    Lazy<Task> _round = new(Task.CompletedTask);
    int _read;
    int _toRead;

    /// <summary>Whether all studies have been read once.</summary>
    public bool IsBuilt => _snapshot.Change >= 0;

    /// <summary>While the index is first built: how many studies have been read, of how many.</summary>
    public (int Read, int Of) Progress => (Volatile.Read(ref _read), Volatile.Read(ref _toRead));

    /// <summary>The ids of studies that are stored but cannot be read: they are not in the index.</summary>
    public ImmutableSortedSet<string> Broken => _snapshot.Broken;

    /// <summary>The index with everything that had been written when this was asked; or, once the patience is at its
    /// end, as it is.</summary>
    /// <returns>Whether everything is in it.</returns>
    public async Task<(StudyIndex Index, bool IsCurrent)> Current(TimeSpan patience, CancellationToken ct)
    {
        var last = await store.LastChange(ct);
        if (_snapshot.Change < last)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(patience);
            try
            {
                while (_snapshot.Change < last)
                {
                    await Follow().WaitAsync(limit.Token);
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return (_snapshot.Index, false);
            }
        }

        return (_snapshot.Index, true);
    }

    /// <summary>Reads what has changed; the round under way where there is one.</summary>
    public Task Follow()
    {
        var round = Volatile.Read(ref _round);
        if (round.IsValueCreated && round.Value.IsCompleted)
        {
            // Who comes second takes the round of who came first.
            var next = new Lazy<Task>(() => Task.Run(Round));
            var before = Interlocked.CompareExchange(ref _round, next, round);
            round = ReferenceEquals(before, round) ? next : before;
        }

        return round.Value;
    }

    async Task Round()
    {
        var snapshot = _snapshot;
        var changes = await store.Changes(
            IsBuilt ? StoredStudies.Types : [StoredStudies.Study], Math.Max(0, snapshot.Change),
            CancellationToken.None);
        var affected = Affected(changes.Changed);
        if (IsBuilt && changes.HasGaps)
        {
            affected.UnionWith(await Expunged());
        }

        Volatile.Write(ref _toRead, affected.Count);
        var broken = snapshot.Broken.Except(affected).ToBuilder();
        foreach (var ids in affected.Chunk(Chunk))
        {
            var (read, unreadable) = await studies.Read(ids, CancellationToken.None);
            _writer.Apply(read, [.. ids.Except(read.Select(e => e.Study.Id), StringComparer.Ordinal)]);
            broken.UnionWith(unreadable);
            Interlocked.Add(ref _read, ids.Length);
        }

        _snapshot = new(changes.Last, _writer.Index, broken.ToImmutable());
    }

    /// <summary>The studies that have changed, or whose criteria or sites have.</summary>
    HashSet<string> Affected(ImmutableArray<ChangedResource> changed)
    {
        var byType = changed.ToLookup(c => c.Type, c => c.Id, StringComparer.Ordinal);
        var affected = byType[StoredStudies.Study].ToHashSet(StringComparer.Ordinal);
        var (groups, locations) = (byType[StoredStudies.Group].ToHashSet(), byType[StoredStudies.Location].ToHashSet());
        if (groups.Count > 0 || locations.Count > 0)
        {
            affected.UnionWith(_writer.Index.Studies
                .Where(s => s.Groups.Any(g => groups.Contains(g.Id))
                    || s.Facets.Sites.Any(l => locations.Contains(l.Location)))
                .Select(s => s.Study.Id));

            // What a broken study refers to is not known.
            affected.UnionWith(_snapshot.Broken);
        }

        return affected;
    }

    /// <summary>The studies of which something has been expunged.</summary>
    async Task<IEnumerable<string>> Expunged()
    {
        var there = (await store.Keys(StoredStudies.Types, "", CancellationToken.None))
            .Select(k => (k.Type, k.Id)).ToHashSet();
        return _writer.Index.Studies
            .Where(s => !there.Contains((StoredStudies.Study, s.Study.Id))
                || s.Groups.Any(g => g.Version > 0 && !there.Contains((StoredStudies.Group, g.Id)))
                || s.Facets.Sites.Any(l => l.Position is not null
                    && !there.Contains((StoredStudies.Location, l.Location))))
            .Select(s => s.Study.Id);
    }

    sealed record Snapshot(long Change, StudyIndex Index, ImmutableSortedSet<string> Broken);
}
