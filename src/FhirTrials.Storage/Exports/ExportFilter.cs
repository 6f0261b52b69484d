using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Exports;

/// <summary>Which resources of a type an export wants: as a search of the index, which knows current versions, and as a
/// question about one version.</summary>
sealed class ExportFilter
{
    const string Patient = "Patient";

    readonly FhirDefinitions _definitions;
    readonly SearchIndexer _indexer;
    readonly string _type;
    readonly ExportRequest _request;
    readonly ImmutableArray<string> _ties;
    readonly HashSet<string>? _patients;

    /// <param name="parser">Reads the filters of the type, which were accepted before.</param>
    public ExportFilter(
        FhirDefinitions definitions, SearchIndexer indexer, SearchQueryParser parser, ExportedType type,
        ExportRequest request)
    {
        (_definitions, _indexer, _type, _request) = (definitions, indexer, type.Name, request);
        _ties = [.. Ties()];
        _patients = request.Patients?.Ids?.ToHashSet(StringComparer.Ordinal);
        HasSearches = type.Filters.Count > 0;
        SearchFilter?[] filters = [InCompartment(), Found(type, parser), .. Updated()];
        Query = new(type.Name, [.. filters.OfType<SearchFilter>()]);
    }

    /// <summary>Whether there are conditions that only the index of current versions can decide.</summary>
    public bool HasSearches { get; }

    public SearchQuery Query { get; }

    public bool HasDeletions => _request.Since is not null;

    public bool HasCompartments => _request.Patients is not null;

    /// <summary>UTC ticks after which something must have changed.</summary>
    public long Since => _request.Since?.UtcTicks ?? 0;

    /// <summary>UTC ticks before which it must have changed.</summary>
    public long Until => _request.Until?.UtcTicks ?? long.MaxValue;

    /// <summary>Whether a version is in a compartment that is asked for.</summary>
    public bool IsInCompartment(string id, byte[] stored) =>
        _request.Patients is null
        || (_type == Patient
            ? _patients?.Contains(id) ?? true
            : _indexer.Index(
                FhirJson.Read(StoredJson.Decompress(stored), _definitions.Types, ReadLimits.Stored).Resource!)
                .OfType<ReferenceEntry>()
                .Any(e => e.Type == Patient && _ties.Contains(e.Index) && (_patients?.Contains(e.Target) ?? true)));

    /// <summary>The parameters that tie the type to a patient.</summary>
    IEnumerable<string> Ties()
    {
        var codes = _definitions.Compartment(Patient)!.Parameters.GetValueOrDefault(_type, []);
        return _definitions.SearchParameters(_type)
            .Where(p => p.Type == SearchParameterType.Reference && codes.Contains(p.Code)).Select(p => p.Url);
    }

    SearchFilter? InCompartment() => _request.Patients switch
    {
        null => null,
        { Ids: null } when _type == Patient => null,
        { Ids: { } ids } when _type == Patient => new IdFilter([.. ids]),
        { Ids: null } => Tied(new AnyReferenceValue(Patient)),
        { Ids: { } ids } => Tied(new ReferenceSetValue(Patient, [.. ids])),
    };

    AnyFilter Tied(SearchValue patients) =>
        new([.. _ties.Select(SearchFilter (url) => new IndexFilter(url, [patients]))]);

    static AnyFilter? Found(ExportedType type, SearchQueryParser parser) => type.Filters.Count == 0 ? null : new(
    [
        .. type.Filters.Select(SearchFilter (search) =>
            new AllFilter(parser.Parse(type.Name, search.Parameters, lenient: false).Query.Filters)),
    ]);

    IEnumerable<SearchFilter> Updated()
    {
        if (_request.Since is { UtcTicks: var since })
        {
            yield return new LastUpdatedFilter([new DateValue(SearchPrefix.Gt, new(since, since + 1))]);
        }

        if (_request.Until is { UtcTicks: var until })
        {
            yield return new LastUpdatedFilter([new DateValue(SearchPrefix.Lt, new(until, until + 1))]);
        }
    }
}
