using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching;

/// <summary>Which criteria count for an arm, or for one cohort of it.</summary>
/// <param name="Cohort">Null where the study's criteria tell no cohorts of the arm apart.</param>
/// <param name="Criteria">Places in the study's criteria, in order.</param>
sealed record ArmPlan(string Arm, string? Cohort, ImmutableArray<int> Criteria)
{
    /// <summary>The arms of a study, each with its cohorts; a study without arms has one, named by its title.</summary>
    public static ImmutableArray<ImmutableArray<ArmPlan>> Of(StudyEligibility study) => study.Arms.IsEmpty
        ? [[new(study.Title, null, [.. Enumerable.Range(0, study.Criteria.Length)])]]
        : [.. study.Arms.Select(arm => CohortsOf(arm, study.Criteria))];

    static ImmutableArray<ArmPlan> CohortsOf(string arm, ImmutableArray<Criterion> criteria)
    {
        var counting = criteria
            .Select((c, place) => (Place: place, c.Scope, Cohorts: CohortsOf(c.Scope, arm)))
            .Where(c => c.Scope.Arms.IsEmpty || c.Scope.Arms.Contains(arm))
            .ToImmutableArray();
        var cohorts = counting.SelectMany(c => c.Cohorts).Distinct().ToImmutableArray();
        return cohorts.IsEmpty
            ? [new(arm, null, [.. counting.Select(c => c.Place)])]
            : [.. cohorts.Select(cohort => new ArmPlan(
                arm, cohort,
                [.. counting.Where(c => c.Cohorts.IsEmpty || c.Cohorts.Contains(cohort)).Select(c => c.Place)]))];
    }

    /// <summary>The parts of the arm that a criterion is of: <c>Ph-IIMa</c> of the arm <c>Ph-IIM: …</c>; none where it
    /// is of the arm whole.</summary>
    static ImmutableArray<string> CohortsOf(CriterionScope scope, string arm)
    {
        var name = arm.Split(':')[0].Trim();
        return [.. scope.Cohorts.Where(c => c.Length > name.Length
            && c.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
    }
}
