using System.Collections.Concurrent;
using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Search;

/// <summary>A search parameter that was posted to the server.</summary>
/// <param name="IsComplete">Whether every resource is indexed by it.</param>
public sealed record PostedParameter(SearchParameter Parameter, bool IsComplete);

/// <summary>The search parameters of the definitions, and those posted to the server, which come and go.
/// Thread-safe.</summary>
public sealed class SearchParameters(FhirDefinitions definitions)
{
    volatile Known _known = new(0, []);

    /// <summary>Tells which posted parameters are known: it rises whenever they change.</summary>
    public long Version => _known.Version;

    public ImmutableArray<PostedParameter> Posted => _known.Posted;

    /// <summary>Those of a type; of two with one code the definitions' counts.</summary>
    public IReadOnlyCollection<SearchParameter> Of(string resourceType)
    {
        var known = _known;
        return known.Posted.IsEmpty
            ? definitions.SearchParameters(resourceType)
            : known.OfType.GetOrAdd(resourceType, type => With(known.Posted, type));
    }

    /// <summary>Whether resources may be missing from its index.</summary>
    public bool IsIncomplete(SearchParameter parameter) =>
        _known.Posted.Any(p => !p.IsComplete && p.Parameter.Url == parameter.Url);

    public void Set(long version, ImmutableArray<PostedParameter> posted) => _known = new(version, posted);

    ImmutableArray<SearchParameter> With(ImmutableArray<PostedParameter> posted, string type) =>
        definitions.Types.Find(type) is { } found
            ?
            [
                .. definitions.SearchParameters(type)
                    .Concat(posted.Select(p => p.Parameter).Where(p => p.Base.Any(found.IsA))).DistinctBy(p => p.Code),
            ]
            : [];

    sealed record Known(long Version, ImmutableArray<PostedParameter> Posted)
    {
        public ConcurrentDictionary<string, ImmutableArray<SearchParameter>> OfType { get; } =
            new(StringComparer.Ordinal);
    }
}
