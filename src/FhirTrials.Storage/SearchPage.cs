using System.Collections.Immutable;

namespace FhirTrials.Storage;

/// <summary>One page of a search: matches in order, then what was included.</summary>
/// <param name="Next">Opaque, signed place of the next page; null at the end.</param>
/// <param name="Change">All changes up to it were seen.</param>
public sealed record SearchPage(
    ImmutableArray<StoredResource> Matches,
    ImmutableArray<StoredResource> Included,
    long? Total,
    string? Next,
    long Change);

/// <summary>One page of history, newest first.</summary>
/// <param name="Change">All changes up to it were seen.</param>
public sealed record HistoryPage(ImmutableArray<StoredResource> Versions, string? Next, long Change);
