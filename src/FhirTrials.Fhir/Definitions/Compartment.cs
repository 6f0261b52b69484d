using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A compartment: which search parameters of each type tie a resource to it —
/// https://hl7.org/fhir/R4/compartmentdefinition.html</summary>
/// <param name="Type">The type it is about, such as <c>Patient</c>.</param>
/// <param name="Parameters">Per resource type the codes of the search parameters; a type
/// that never belongs is absent.</param>
public sealed record Compartment(string Url, string Type, FrozenDictionary<string, ImmutableArray<string>> Parameters);
