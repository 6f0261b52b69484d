using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>What FHIR R4 defines, plus what packages add: types, profiles, search parameters, value sets. Immutable.</summary>
public sealed class FhirDefinitions
{
    FhirDefinitions()
    {
    }

    /// <summary>HL7's R4 definitions, from the embedded facts.</summary>
    public static FhirDefinitions R4 => throw new NotImplementedException();

    public FhirTypes Types => throw new NotImplementedException();

    /// <summary>The profile (or type, or extension) of a canonical URL, <c>|version</c> allowed; null where unknown.</summary>
    public StructureDefinition? StructureDefinition(string canonical) => throw new NotImplementedException();

    /// <summary>The search parameters of a resource type, those of Resource and DomainResource included.</summary>
    public IReadOnlyCollection<SearchParameter> SearchParameters(string resourceType) => throw new NotImplementedException();

    /// <summary>These definitions plus the conformance resources of a package; they must be valid and resolve.</summary>
    public FhirDefinitions With(params IReadOnlyCollection<Element> conformanceResources) => throw new NotImplementedException();
}
