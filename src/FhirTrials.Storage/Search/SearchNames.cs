using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>The interned names that a search refers to.</summary>
static class SearchNames
{
    public static IEnumerable<(NameKind Kind, string Value)> Of(SearchQuery query, FhirDefinitions definitions) =>
    [
        .. query.Types.Select(t => (NameKind.ResourceType, t.ResourceType)),
        .. query.Types.SelectMany(t => t.Filters.SelectMany(f => Of(f, t.ResourceType, definitions))),
        .. query.Types.SelectMany(t => t.Sort).Select(s => (NameKind.IndexKey, s.Parameter.Url)),
        .. query.Includes.Where(i => i.SourceType is not null).Select(i => (NameKind.ResourceType, i.SourceType!)),
        .. query.Includes.Where(i => i.Parameter is not null).Select(i => (NameKind.IndexKey, i.Parameter!.Url)),
    ];

    static IEnumerable<(NameKind Kind, string Value)> Of(
        SearchFilter filter, string type, FhirDefinitions definitions) =>
        filter switch
        {
            IndexFilter f => [(NameKind.IndexKey, f.Index), .. f.Values.SelectMany(v => Of(f.Index, v))],
            MissingFilter f => [(NameKind.IndexKey, f.Index)],
            NotFilter f => Of(f.Filter, type, definitions),
            AnyFilter f => f.Filters.SelectMany(inner => Of(inner, type, definitions)),
            AllFilter f => f.Filters.SelectMany(inner => Of(inner, type, definitions)),
            ChainFilter f =>
            [
                (NameKind.IndexKey, f.Index), (NameKind.ResourceType, f.TargetType), .. Url(f.TargetType, definitions),
                .. Of(f.Filter, f.TargetType, definitions),
            ],
            HasFilter f =>
            [
                (NameKind.IndexKey, f.Index), (NameKind.ResourceType, f.SourceType), .. Url(type, definitions),
                .. Of(f.Filter, f.SourceType, definitions),
            ],
            _ => [],
        };

    static IEnumerable<(NameKind Kind, string Value)> Url(string type, FhirDefinitions definitions) =>
        CanonicalUrl.IndexOf(type, definitions) is { } url ? [(NameKind.IndexKey, url)] : [];

    static IEnumerable<(NameKind Kind, string Value)> Of(string index, SearchValue value) => value switch
    {
        TokenValue { System: { } system } => [(NameKind.System, system)],
        QuantityValue { System: { } system, Kind: QuantityUnit.Coded } => [(NameKind.System, system)],
        TokenSetValue { System: { } system } => [(NameKind.System, system)],
        ReferenceValue { Type: { } type } => [(NameKind.ResourceType, type)],
        ReferenceSetValue v => [(NameKind.ResourceType, v.Type)],
        AnyReferenceValue v => [(NameKind.ResourceType, v.Type)],
        HierarchyValue v => [(NameKind.ResourceType, v.Type), (NameKind.IndexKey, v.Parent)],
        OtherValue v => Of(index, v.Value),
        CompositeValue v => v.Components.SelectMany(
            (c, i) => Of(index, c).Append((NameKind.IndexKey, IndexKey.Component(index, i)))),
        _ => [],
    };
}
