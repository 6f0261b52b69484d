using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;
using Microsoft.Extensions.Caching.Memory;

namespace FhirTrials.Server.Matching;

/// <summary>A version of a study with its criteria.</summary>
sealed record WholeStudy(StoredResource Study, StudyEligibility Eligibility);

/// <summary>Studies as they are now.</summary>
/// <param name="Broken">The ids of those that are there but cannot be read.</param>
sealed record ReadStudies(ImmutableArray<StudyEntry> Studies, ImmutableArray<string> Broken);

/// <summary>Studies of the store with their criteria and sites, always of one state.</summary>
sealed class StoredStudies(ResourceStore store, FhirDefinitions definitions, ILogger<StoredStudies> log) : IDisposable
{
    /// <summary>Bytes of JSON of the studies that are kept whole, because they were told lately.</summary>
    const long KeptBytes = 32 << 20;

    public const string Study = "ResearchStudy";

    public const string Group = "Group";

    public const string Location = "Location";

    /// <summary>The types that a study is made of here.</summary>
    public static readonly ImmutableArray<string> Types = [Study, Group, Location];

    static readonly ImmutableArray<string> Criteria = [Study, Group];

    readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = KeptBytes });

    /// <summary>The studies of some ids as they are now; those that are not there are left out. A study that changes
    /// while it is read is read again; one that cannot be read stops no other.</summary>
    public async Task<ReadStudies> Read(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var (whole, broken) = (new List<StudyEntry>(), new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        for (var open = ids; open.Count > 0;)
        {
            var before = await store.LastChange(ct);
            var read = new ConcurrentDictionary<string, StudyEntry?>(StringComparer.Ordinal);
            await Parallel.ForEachAsync(
                open, ct, async (id, token) => read[id] = await CurrentOrBroken(id, broken, token));
            var since = await store.Changes(Criteria, before, ct);
            var changed = since.Changed.Select(c => (c.Type, c.Id)).ToHashSet();
            open = [.. read.Where(r => IsOfAnotherState(r.Key, r.Value, changed)).Select(r => r.Key)];
            whole.AddRange(read.Values.OfType<StudyEntry>().Where(e => !open.Contains(e.Study.Id)));
        }

        return new([.. whole], [.. broken.Keys.Order(StringComparer.Ordinal)]);
    }

    /// <summary>A version of a study with its criteria as the index has them; null
    /// where it has been expunged.</summary>
    public async Task<WholeStudy?> Read(IndexedStudy indexed, CancellationToken ct)
    {
        if (_kept.TryGetValue(indexed, out WholeStudy? kept))
        {
            return kept;
        }

        if (await store.VRead(Study, indexed.Study.Id, indexed.Study.Version, ct) is not { IsDeleted: false } study)
        {
            return null;
        }

        var (groups, size) = (ImmutableArray.CreateBuilder<Element>(), (long)study.Json.Length);
        foreach (var group in indexed.Groups.Where(g => g.Version > 0))
        {
            if (await store.VRead(Group, group.Id, group.Version, ct) is { IsDeleted: false } stored)
            {
                groups.Add(Parse(stored));
                size += stored.Json.Length;
            }
        }

        var whole = new WholeStudy(study, StudyEligibilityReader.Read(Parse(study), groups.ToImmutable()));
        return _kept.Set(indexed, whole, new MemoryCacheEntryOptions { Size = size });
    }

    public void Dispose() => _kept.Dispose();

    static bool IsOfAnotherState(string id, StudyEntry? entry, HashSet<(string Type, string Id)> changed) =>
        changed.Count > 0
        && (changed.Contains((Study, id)) || entry?.Groups.Any(g => changed.Contains((Group, g.Id))) == true);

    /// <summary>Notes a study as broken unless it is the database that fails: what is
    /// stored may be of any shape.</summary>
    async Task<StudyEntry?> CurrentOrBroken(string id, ConcurrentDictionary<string, bool> broken, CancellationToken ct)
    {
        broken.TryRemove(id, out _);
        try
        {
            return await Current(id, ct);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DbException))
        {
            log.LogError("{Type}/{Id} cannot be read to be matched: {Fault}", Study, id, FaultText.Of(e));
            broken[id] = true;
            return null;
        }
    }

    async Task<StudyEntry?> Current(string id, CancellationToken ct)
    {
        if (await store.Read(Study, id, ct) is not { IsDeleted: false } stored)
        {
            return null;
        }

        var study = Parse(stored);
        var (versions, groups) = (new List<VersionedId>(), ImmutableArray.CreateBuilder<Element>());
        foreach (var group in References(study["enrollment"], Group))
        {
            var found = await store.Read(Group, group, ct) is { IsDeleted: false } current ? current : null;
            versions.Add(new(group, found?.Version ?? 0));
            if (found is not null)
            {
                groups.Add(Parse(found));
            }
        }

        var sites = References(study["site"], Location).Distinct(StringComparer.Ordinal)
            .Select(id => (Location, id)).ToList();
        var locations = (await store.Read(sites, ct)).Where(l => !l.IsDeleted)
            .ToDictionary(l => l.Id, Parse, StringComparer.Ordinal);

        return new(
            new(id, stored.Version),
            [.. versions],
            StudyEligibilityReader.Read(study, groups.ToImmutable()),
            StudyFacets.Of(study, locations.GetValueOrDefault));
    }

    static IEnumerable<string> References(IEnumerable<Element> references, string type) =>
        references.Select(r => r.ValueOf("reference")).OfType<string>()
            .Where(r => r.StartsWith(type + "/", StringComparison.Ordinal)).Select(r => r[(type.Length + 1)..]);

    Element Parse(StoredResource stored) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource
        ?? throw new InvalidOperationException($"{stored.Type}/{stored.Id} is stored but cannot be read.");
}
