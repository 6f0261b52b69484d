using System.Collections.Immutable;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>A resource that was created, updated or deleted.</summary>
/// <param name="Change">The number of its latest change.</param>
public readonly record struct ChangedResource(string Type, string Id, long Change);

/// <summary>What has changed after a change number.</summary>
/// <param name="Last">The change number up to which everything is told.</param>
/// <param name="Changed">Each resource once, in the order of their latest changes. One that has changed again
/// meanwhile, after the last, is told as well, and once more by who asks after that.</param>
/// <param name="HasGaps">Whether something was expunged, of which nothing is left to tell.</param>
public sealed record ChangeSet(long Last, ImmutableArray<ChangedResource> Changed, bool HasGaps);

/// <summary>Reads in the order of changes, for what follows the store.</summary>
sealed class ChangeReader(FhirContext context, InternedNames names)
{
    /// <param name="types">Only resources of these types.</param>
    public async Task<ChangeSet> Read(IReadOnlyCollection<string> types, long after, CancellationToken ct)
    {
        var last = await context.Counters.Select(c => c.Value).SingleAsync(ct);
        if (last <= after)
        {
            return new(last, [], false);
        }

        await names.LoadIfUnknown(context, types.Select(t => (NameKind.ResourceType, t)), ct);
        short[] ids = [.. types.Select(names.Type)];

        // Those as well that have changed again since the counter was read: their earlier change is hidden.
        var rows = await context.Resources
            .Where(r => ids.Contains(r.Type) && r.Change > after)
            .OrderBy(r => r.Change)
            .Select(r => new { r.Type, r.Id, r.Change })
            .ToListAsync(ct);

        // One statement, so that a version on its way from one table to the other is not missed.
        var told = await context.Resources.Where(r => r.Change > after && r.Change <= last).Select(r => r.Change)
            .Concat(context.Versions.Where(r => r.Change > after && r.Change <= last).Select(r => r.Change))
            .LongCountAsync(ct);
        return new(
            last, [.. rows.Select(r => new ChangedResource(names.TypeName(r.Type), r.Id, r.Change))],
            told < last - after);
    }
}
