using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A value set as composed: the union of its includes without its excludes —
/// https://hl7.org/fhir/R4/valueset.html</summary>
/// <param name="Expansion">The codes of a stored expansion, for a value set that has no
/// composition; otherwise empty.</param>
public sealed record ValueSet(
    string Url,
    string? Version,
    string Name,
    ImmutableArray<ValueSetInclude> Includes,
    ImmutableArray<ValueSetInclude> Excludes,
    ImmutableArray<ValueSetCode> Expansion)
{
    /// <summary>What a ValueSet resource says.</summary>
    public static ValueSet Of(Element resource) => TerminologyReader.ValueSet(resource);
}

/// <summary>Codes of one system and/or of other value sets; where both are given, those in all of them. Without
/// concepts and filters: every code of the system.</summary>
/// <param name="ValueSets">Canonicals; a code must be in each of them.</param>
public sealed record ValueSetInclude(
    string? System,
    string? Version,
    ImmutableArray<ValueSetCode> Concepts,
    ImmutableArray<ValueSetFilter> Filters,
    ImmutableArray<string> ValueSets);

/// <summary>An enumerated code; <paramref name="System"/> is that of the include.</summary>
public sealed record ValueSetCode(string? System, string Code, string? Display);

/// <summary>A condition on a system's codes, such as <c>concept is-a X</c>; the operator is FHIR's code.</summary>
public sealed record ValueSetFilter(string Property, string Operator, string Value);
