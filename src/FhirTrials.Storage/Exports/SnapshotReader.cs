using FhirTrials.Fhir.Definitions;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Search;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Exports;

/// <summary>A resource as it was at a change.</summary>
/// <param name="Json">As stored; empty for a deletion.</param>
readonly record struct SnapshotVersion(long Key, string Id, byte[] Json);

/// <param name="Versions">In the order of their keys.</param>
/// <param name="End">The last key looked at.</param>
/// <param name="IsLast">Whether there is nothing after it.</param>
sealed record SnapshotPart(List<SnapshotVersion> Versions, long End, bool IsLast);

/// <summary>Reads the resources of a type as they were at a change, in the order of their keys, while others write.
/// Most are so still. What was changed since has its old version in another table: it is looked for after the current
/// ones, so that a version on its way from one table to the other is met in one of them.</summary>
sealed class SnapshotReader(
    FhirDatabase database, FhirDefinitions definitions, InternedNames names, ExportFilter filter, long change)
{
    /// <summary>Resources read at once.</summary>
    const int Size = 500;

    /// <param name="after">The key after which it goes on.</param>
    public Task<SnapshotPart> Read(long after, CancellationToken ct) => database.Searches.Use(async (context, runner) =>
    {
        await names.LoadIfUnknown(context, SearchNames.Of(filter.Query, definitions), ct);
        var type = names.Type(filter.Query.ResourceType);
        if (type == InternedNames.Unknown || after >= change)
        {
            return new SnapshotPart([], change, IsLast: true);
        }

        var query = await new HierarchyReader(runner, SqlDialect.Of(database.Provider), names)
            .Resolve(filter.Query, ct);
        var matches = await new MatchReader(database, runner, definitions, names, query).First(Size, change, after, ct);
        var end = matches.Count == Size ? matches[^1].Row.Key : change;
        var deletions = await Deletions(context, type, after, end, ct);
        end = deletions.Count == Size ? deletions[^1].Key : end;
        var changed = await Changed(context, type, after, end, ct);
        end = changed.Count == Size ? changed[^1] : end;

        var unchanged = matches.Select(m => m.Row).Concat(deletions).Where(r => r.Key <= end).ToList();
        var versions = await Old(context, changed.Except(unchanged.Select(r => r.Key)).ToList(), ct);
        var gone = await LastOf(context, deletions.Where(r => r.Key <= end).Select(r => r.Key).ToList(), ct);
        var told = unchanged.Where(r => !r.IsDeleted || IsWanted(gone, r.Key, r.Id));
        return new SnapshotPart(
            [.. told.Select(r => new SnapshotVersion(r.Key, r.Id, r.Json)).Concat(versions).OrderBy(v => v.Key)], end,
            end == change);
    });

    /// <summary>Deleted at the change, and still.</summary>
    async Task<List<ResourceRow>> Deletions(
        FhirContext context, short type, long after, long end, CancellationToken ct) =>
        !filter.HasDeletions ? [] : await context.Resources
            .Where(r => r.Type == type && r.IsDeleted && r.Key > after && r.Key <= end && r.Change <= change)
            .Where(r => r.LastUpdated > filter.Since && r.LastUpdated < filter.Until)
            .OrderBy(r => r.Key).Take(Size).ToListAsync(ct);

    /// <summary>The keys of what was there at the change and is another now.</summary>
    Task<List<long>> Changed(FhirContext context, short type, long after, long end, CancellationToken ct) =>
        context.Resources.Where(r => r.Type == type && r.Change > change && r.Key > after && r.Key <= end)
            .OrderBy(r => r.Key).Select(r => r.Key).Take(Size).ToListAsync(ct);

    async Task<IEnumerable<SnapshotVersion>> Old(FhirContext context, List<long> keys, CancellationToken ct)
    {
        if (keys.Count == 0 || filter.HasSearches)
        {
            // What a search would have found is not known any more: the next export since this one has it.
            return [];
        }

        var versions = await context.Versions
            .Where(v => keys.Contains(v.ResourceKey) && v.Change <= change)
            .Where(v => !context.Versions.Any(n => n.ResourceKey == v.ResourceKey
                && n.Version > v.Version && n.Change <= change))
            .ToListAsync(ct);
        var gone = await LastOf(context, [.. versions.Where(IsDeletion).Select(v => v.ResourceKey)], ct);
        return versions
            .Where(v => v.LastUpdated > filter.Since && v.LastUpdated < filter.Until)
            .Where(v => IsDeletion(v)
                ? filter.HasDeletions && IsWanted(gone, v.ResourceKey, v.Id)
                : filter.IsInCompartment(v.Id, v.Json))
            .Select(v => new SnapshotVersion(v.ResourceKey, v.Id, v.Json));
    }

    static bool IsDeletion(ResourceVersionRow version) => version.Method == StoredBy.Delete;

    /// <summary>What deleted resources were before, where that decides whether their deletion is told.</summary>
    async Task<Dictionary<long, ResourceVersionRow>> LastOf(
        FhirContext context, List<long> keys, CancellationToken ct) =>
        keys.Count == 0 || !filter.HasCompartments ? [] : await context.Versions
            .Where(v => keys.Contains(v.ResourceKey) && v.Method != StoredBy.Delete && v.Change <= change)
            .Where(v => !context.Versions.Any(n =>
                n.ResourceKey == v.ResourceKey
                && n.Version > v.Version && n.Method != StoredBy.Delete && n.Change <= change))
            .ToDictionaryAsync(v => v.ResourceKey, ct);

    /// <summary>Whether a deletion is told: also where nobody knows any more what was deleted.</summary>
    bool IsWanted(Dictionary<long, ResourceVersionRow> gone, long key, string id) =>
        !gone.TryGetValue(key, out var last) || filter.IsInCompartment(id, last.Json);
}
