using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A type, profile or extension with its snapshot as a tree —
/// https://hl7.org/fhir/R4/structuredefinition.html</summary>
/// <param name="Type">The type that is defined or constrained.</param>
/// <param name="Root">The snapshot; its <see cref="ElementDefinition.Children"/> are the elements.</param>
/// <param name="Contexts">For an extension: where it may stand, as (type, expression).</param>
public sealed record StructureDefinition(
    string Url,
    string? Version,
    string Name,
    FhirType Type,
    bool IsProfile,
    ElementDefinition Root,
    IReadOnlyList<(string Type, string Expression)> Contexts)
{
    /// <summary>For an extension: FHIRPath that must all be true of the element that has it; <c>%extension</c> is the
    /// extension.</summary>
    public ImmutableArray<string> ContextInvariants { get; init; } = [];

    /// <summary>Canonical of what it derives from; null for Element and Resource.</summary>
    public string? Base { get; init; }

    /// <summary>Whether nothing can conform to it alone, only to something derived from it.</summary>
    public bool IsAbstract { get; init; }
}
