using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Storage.Search;

/// <summary>Where a canonical leads: to the resource whose <c>url</c> it is.</summary>
static class CanonicalUrl
{
    /// <summary>The index key under which resources of a type are found by their URL;
    /// null where the type has none.</summary>
    public static string? IndexOf(string resourceType, FhirDefinitions definitions) => definitions
        .SearchParameters(resourceType)
        .FirstOrDefault(p => p is { Code: "url", Type: SearchParameterType.Uri })?.Url;
}
