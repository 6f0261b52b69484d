using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Search;

/// <summary>A parsed search: what was understood of a query string, typed — https://hl7.org/fhir/R4/search.html</summary>
/// <param name="ResourceType">The type searched.</param>
/// <param name="Filters">All must hold.</param>
public sealed record SearchQuery(string ResourceType, ImmutableArray<SearchFilter> Filters)
{
    public ImmutableArray<SortKey> Sort { get; init; } = [];

    public int? Count { get; init; }

    public SearchTotal Total { get; init; } = SearchTotal.None;

    public ImmutableArray<Include> Includes { get; init; } = [];

    /// <summary>The parameters really used, as <c>name=value</c> pairs unescaped, for the self link.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Used { get; init; } = [];
}

/// <summary>One parameter with its modifier and its values, any of which may match (OR).</summary>
public abstract record SearchFilter
{
    private protected SearchFilter()
    {
    }
}

public sealed record SortKey(SearchParameter Parameter, bool Descending);

public enum SearchTotal
{
    None,
    Estimate,
    Accurate,
}

/// <summary><c>_include</c> or <c>_revinclude</c>: source type, parameter (null for <c>*</c>) and target type.</summary>
public sealed record Include(bool Reverse, bool Iterate, string SourceType, SearchParameter? Parameter, string? TargetType);
