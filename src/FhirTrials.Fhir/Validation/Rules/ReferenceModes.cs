using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Where a profile wants the target of a reference, and whether it wants one version of it —
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.aggregation</summary>
static class ReferenceModes
{
    public static void Check(Walk walk, string reference, ImmutableArray<ElementDefinition> profiles)
    {
        foreach (var profile in profiles)
        {
            foreach (var type in profile.Types)
            {
                CheckAggregation(walk, reference, profile, type);
                CheckVersioning(walk, reference, profile, type);
            }
        }
    }

    static void CheckAggregation(Walk walk, string reference, ElementDefinition profile, TypeReference type)
    {
        if (type.Aggregation.Any(mode => IsIn(walk, reference, mode)) || type.Aggregation.IsEmpty)
        {
            return;
        }

        walk.Error(
            IssueCode.Structure,
            "aggregation",
            $"The target of {profile.Path} must be {string.Join(" or ", type.Aggregation)}.",
            "reference");
    }

    static bool IsIn(Walk walk, string reference, string mode) => mode switch
    {
        "contained" => reference.StartsWith('#'),
        "bundled" => walk.Scope!.Bundle?.Find(reference, walk.Scope.FullUrl) is not null,
        _ => !reference.StartsWith('#'),
    };

    static void CheckVersioning(Walk walk, string reference, ElementDefinition profile, TypeReference type)
    {
        var isSpecific = reference.Contains("/_history/", StringComparison.Ordinal);
        if (type.Versioning == (isSpecific ? "independent" : "specific"))
        {
            walk.Error(
                IssueCode.Structure,
                "versioning",
                isSpecific
                    ? $"{profile.Path} must not name a version of its target."
                    : $"{profile.Path} must name a version of its target (/_history/…).",
                "reference");
        }
    }
}
