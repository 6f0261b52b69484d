using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Search;

/// <summary>A parsed search: what was understood of a query string, typed —
/// https://hl7.org/fhir/R4/search.html</summary>
/// <param name="Types">The types searched, one or several, each with the same conditions in its own parameters.</param>
public sealed record SearchQuery(ImmutableArray<SearchedType> Types)
{
    public SearchQuery(string resourceType, ImmutableArray<SearchFilter> filters)
        : this([new SearchedType(resourceType, filters)])
    {
    }

    /// <summary>The type, of a search of one.</summary>
    public string ResourceType => Types.Single().ResourceType;

    /// <summary>The conditions, of a search of one type.</summary>
    public ImmutableArray<SearchFilter> Filters => Types.Single().Filters;

    /// <summary>Matches a page; 0 asks for the total alone, null leaves it to the store.</summary>
    public int? Count { get; init; }

    public SearchTotal Total { get; init; } = SearchTotal.None;

    public ImmutableArray<Include> Includes { get; init; } = [];

    /// <summary>The parameters really used, as <c>name=value</c> pairs unescaped, for the self link.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Used { get; init; } = [];

    /// <summary>The shape of the search for people and tests; it holds values, so it
    /// does not belong into a log.</summary>
    public string Plan => SearchPlan.Of(this);
}

/// <param name="Filters">All must hold.</param>
public sealed record SearchedType(string ResourceType, ImmutableArray<SearchFilter> Filters)
{
    /// <summary>In order of weight; the store adds a unique key at the end.</summary>
    public ImmutableArray<SortKey> Sort { get; init; } = [];
}

/// <summary>A condition on a resource.</summary>
public abstract record SearchFilter
{
    private protected SearchFilter()
    {
    }
}

/// <summary>The resource has, for that parameter, an index entry that matches any of the values.</summary>
/// <param name="Index">The key of the index entries: the parameter's URL, or a facet of it
/// (<see cref="IndexKey"/>).</param>
public sealed record IndexFilter(string Index, ImmutableArray<SearchValue> Values) : SearchFilter;

/// <summary>The logical id is any of these.</summary>
public sealed record IdFilter(ImmutableArray<string> Ids) : SearchFilter;

/// <summary><c>meta.lastUpdated</c> matches any of these.</summary>
public sealed record LastUpdatedFilter(ImmutableArray<DateValue> Values) : SearchFilter;

/// <summary>The resource has (or has not) a value for that parameter.</summary>
/// <param name="Index">The key of the entries that show it, and the type of their table.</param>
public sealed record MissingFilter(string Index, SearchParameterType Type, bool IsMissing) : SearchFilter;

/// <summary>The condition does not hold.</summary>
public sealed record NotFilter(SearchFilter Filter) : SearchFilter;

/// <summary>Any of the conditions holds.</summary>
public sealed record AnyFilter(ImmutableArray<SearchFilter> Filters) : SearchFilter;

/// <summary>All conditions hold.</summary>
public sealed record AllFilter(ImmutableArray<SearchFilter> Filters) : SearchFilter;

/// <summary>The reference leads to a resource of that type on which the condition holds —
/// https://hl7.org/fhir/R4/search.html#chaining</summary>
/// <param name="Index">The key of the reference entries.</param>
public sealed record ChainFilter(string Index, string TargetType, SearchFilter Filter) : SearchFilter;

/// <summary>A resource of that type, on which the condition holds, refers to this one —
/// https://hl7.org/fhir/R4/search.html#has</summary>
/// <param name="Index">The key of the other resource's reference entries.</param>
public sealed record HasFilter(string SourceType, string Index, SearchFilter Filter) : SearchFilter;

/// <param name="Near">For the special parameter <c>near</c>: the place from which distances count.</param>
public sealed record SortKey(SearchParameter Parameter, bool Descending, NearValue? Near = null);

public enum SearchTotal
{
    None,
    Estimate,
    Accurate,
}

/// <summary><c>_include</c> or <c>_revinclude</c>: source type (null for any), parameter (null for
/// <c>*</c>) and target type.</summary>
public sealed record Include(
    bool Reverse, bool Iterate, string? SourceType, SearchParameter? Parameter, string? TargetType);
