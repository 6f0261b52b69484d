using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Search;

/// <summary>Parameters of type <c>special</c>, whose meaning is in their description alone:
/// those that are known here.</summary>
public static class SpecialParameter
{
    /// <summary>Distances: of Location, and of what else has positions.</summary>
    public const string Near = "near";

    /// <summary>Whether it can be searched by.</summary>
    public static bool IsKnown(SearchParameter parameter) =>
        parameter.Type != SearchParameterType.Special || parameter.Code is Near or AgeSearch.Code;

    /// <summary>The type of a parameter's index entries.</summary>
    public static SearchParameterType IndexType(SearchParameter parameter) =>
        parameter is { Type: SearchParameterType.Special, Code: AgeSearch.Code }
            ? SearchParameterType.Quantity
            : parameter.Type;
}
