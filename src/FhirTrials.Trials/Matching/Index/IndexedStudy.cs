using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>A version of a stored resource.</summary>
public readonly record struct VersionedId(string Id, int Version);

/// <summary>A study read whole, to be indexed.</summary>
/// <param name="Study">The ResearchStudy's version.</param>
/// <param name="Groups">The versions of the Groups that its criteria are in.</param>
public sealed record StudyEntry(
    VersionedId Study, ImmutableArray<VersionedId> Groups, StudyEligibility Eligibility, StudyFacets Facets);

/// <summary>A study as the index keeps it: what decides its criteria, and what it may be chosen by. Its words are in
/// the store.</summary>
public sealed class IndexedStudy
{
    internal IndexedStudy(StudyEntry entry, DecisionTable table)
    {
        (Study, Groups, Facets, Diseases) = (entry.Study, entry.Groups, entry.Facets, entry.Eligibility.Diseases);
        var slots = table.Add(entry.Eligibility);
        var cohorts = CohortsOf(entry.Eligibility);
        Slots = cohorts.IsEmpty ? CheapFirst(slots, slot => slot) : slots;
        Cohorts = [.. cohorts.Select(places => CheapFirst(places, place => slots[place]))];

        ImmutableArray<int> CheapFirst(ImmutableArray<int> items, Func<int, int> slotOf) =>
            [.. items.OrderByDescending(item => table.IsDemographic(slotOf(item)))];
    }

    public VersionedId Study { get; }

    public ImmutableArray<VersionedId> Groups { get; }

    public StudyFacets Facets { get; }

    public StudyDiseases Diseases { get; }

    /// <summary>Where the decision of each criterion is in the index: in the criteria's order where there are cohorts,
    /// else with those of age and sex first.</summary>
    internal ImmutableArray<int> Slots { get; }

    /// <summary>For each cohort of each arm the places of the criteria that count, those of age and sex first; empty
    /// where all count for all.</summary>
    internal ImmutableArray<ImmutableArray<int>> Cohorts { get; }

    static ImmutableArray<ImmutableArray<int>> CohortsOf(StudyEligibility study)
    {
        if (study.Arms.IsEmpty || study.Criteria.All(c => c.Scope.Arms.IsEmpty && c.Scope.Cohorts.IsEmpty))
        {
            return [];
        }

        var cohorts = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (var plan in ArmPlan.Of(study).SelectMany(arm => arm))
        {
            if (!cohorts.Any(c => c.SequenceEqual(plan.Criteria)))
            {
                cohorts.Add(plan.Criteria);
            }
        }

        return cohorts.ToImmutable();
    }
}
