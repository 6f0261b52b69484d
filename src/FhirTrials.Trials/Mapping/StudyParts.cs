using System.Collections.Frozen;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Mapping;

/// <summary>The resources that belong to one study alone, as <see cref="StudyMapper"/> makes them: their ids begin with
/// the study's number. Organizations are shared, and so are people of whom the organization is known.</summary>
public static class StudyParts
{
    static readonly FrozenDictionary<string, string[]> Profiles = new Dictionary<string, string[]>
    {
        ["ActivityDefinition"] = [Canonicals.TrialIntervention],
        ["EffectEvidenceSynthesis"] = [Canonicals.TrialAnalysis],
        ["Group"] = [Canonicals.TrialEligibility, Canonicals.TrialResultGroup],
        ["Location"] = [Canonicals.TrialSite],
        ["Measure"] = [Canonicals.TrialMeasure],
        ["MeasureReport"] = [Canonicals.TrialResult],
        ["PlanDefinition"] = [Canonicals.TrialArm],
        ["Practitioner"] = [Canonicals.TrialPerson],
        ["PractitionerRole"] = [Canonicals.TrialPersonRole],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Types => Profiles.Keys.Order(StringComparer.Ordinal);

    /// <summary>What the ids of a study's parts begin with.</summary>
    public static string IdPrefix(string nctId) => $"{nctId}-";

    /// <summary>Whether a resource is a part of a study that the mapper made; one that somebody else stored under such
    /// an id does not claim the profile.</summary>
    public static bool Contains(string nctId, Element resource) =>
        Profiles.TryGetValue(resource.Type.Name, out var profiles)
        && resource.Id?.StartsWith(IdPrefix(nctId), StringComparison.Ordinal) == true
        && resource.Child("meta")?["profile"].Any(p => profiles.Contains(p.Value)) == true;

    /// <summary>The types that a study consists of, with those that studies share.</summary>
    public static IEnumerable<string> PublicTypes =>
        Types.Concat(["Organization", "ResearchStudy"]).Order(StringComparer.Ordinal);

    /// <summary>Whether a resource is what a registry has made public: it claims to be a part of a trial.</summary>
    public static bool IsPublic(Element resource)
    {
        var profiles = resource.Type.Name switch
        {
            "ResearchStudy" => [Canonicals.TrialStudy],
            "Organization" => [Canonicals.TrialSponsor],
            var type => Profiles.GetValueOrDefault(type, []),
        };
        return resource.Child("meta")?["profile"].Any(p => profiles.Contains(p.Value)) == true;
    }
}
