using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Search;

/// <summary>The condition that a resource is in a compartment —
/// https://hl7.org/fhir/R4/compartmentdefinition.html</summary>
static class CompartmentFilter
{
    /// <summary>What the definitions call the compartment's own resource.</summary>
    const string Self = "{def}";

    /// <summary>For types that are never in it.</summary>
    public static readonly SearchFilter Never = new AnyFilter([]);

    /// <summary>Null where there is no compartment to be in.</summary>
    public static SearchFilter? Of(
        FhirDefinitions definitions, (string Type, string Id)? compartment, string resourceType)
    {
        if (compartment is not var (type, id))
        {
            return null;
        }

        var codes = definitions.Compartment(type)?.Parameters.GetValueOrDefault(resourceType) ?? default;
        ImmutableArray<SearchFilter> ways = codes.IsDefault ? [] :
        [
            .. definitions.SearchParameters(resourceType)
                .Where(p => p.Type == SearchParameterType.Reference && codes.Contains(p.Code))
                .Select(SearchFilter (p) => new IndexFilter(p.Url, [new ReferenceValue(type, id, null)])),
            .. codes.Contains(Self) && resourceType == type ? new SearchFilter[] { new IdFilter([id]) } : [],
        ];
        return ways switch
        {
            [] => Never,
            [var only] => only,
            _ => new AnyFilter(ways),
        };
    }
}
