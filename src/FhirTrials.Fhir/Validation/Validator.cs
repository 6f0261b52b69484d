using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation;

/// <summary>What to validate against, and what is known besides the resource.</summary>
public sealed record ValidationOptions
{
    /// <summary>Canonicals to validate against, besides the base definition and <c>meta.profile</c>.</summary>
    public ImmutableArray<string> Profiles { get; init; } = [];

    /// <summary>Finds the target of a reference outside the resource (in the store); null checks none.</summary>
    public Func<string, Element?>? Resolve { get; init; }
}

/// <summary>Validates a resource against the base definitions and profiles — https://hl7.org/fhir/R4/validation.html</summary>
public sealed class Validator(FhirDefinitions definitions, TimeProvider clock)
{
    /// <summary>Every issue found; no error among them means the resource is valid. Structural issues of the text itself
    /// come from the reader, not from here.</summary>
    public ImmutableArray<Issue> Validate(Element resource, ValidationOptions? options = null) =>
        throw new NotImplementedException($"{definitions} {clock}");
}
