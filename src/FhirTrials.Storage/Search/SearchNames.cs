using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>The interned names that a search refers to.</summary>
static class SearchNames
{
    public static IEnumerable<(NameKind Kind, string Value)> Of(SearchQuery query) =>
    [
        (NameKind.ResourceType, query.ResourceType),
        .. query.Filters.SelectMany(Of),
        .. query.Sort.Select(s => (NameKind.IndexKey, s.Parameter.Url)),
    ];

    static IEnumerable<(NameKind Kind, string Value)> Of(SearchFilter filter) => filter switch
    {
        IndexFilter f => [(NameKind.IndexKey, f.Index), .. f.Values.SelectMany(v => Of(f.Index, v))],
        MissingFilter f => [(NameKind.IndexKey, f.Index)],
        NotFilter f => Of(f.Filter),
        AnyFilter f => f.Filters.SelectMany(Of),
        ChainFilter f => [(NameKind.IndexKey, f.Index), (NameKind.ResourceType, f.TargetType), .. Of(f.Filter)],
        HasFilter f => [(NameKind.IndexKey, f.Index), (NameKind.ResourceType, f.SourceType), .. Of(f.Filter)],
        _ => [],
    };

    static IEnumerable<(NameKind Kind, string Value)> Of(string index, SearchValue value) => value switch
    {
        TokenValue { System: { } system } => [(NameKind.System, system)],
        QuantityValue { System: { } system, Kind: QuantityUnit.Coded } => [(NameKind.System, system)],
        ReferenceValue { Type: { } type } => [(NameKind.ResourceType, type)],
        CompositeValue v => v.Components.SelectMany(
            (c, i) => Of(index, c).Append((NameKind.IndexKey, IndexKey.Component(index, i)))),
        _ => [],
    };
}
