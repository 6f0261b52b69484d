using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching;

/// <summary>https://hl7.org/fhir/R4/valueset-match-grade.html has no such words; these are the product's.</summary>
public enum MatchGrade
{
    /// <summary>Every applying criterion is met; none is unknown.</summary>
    Eligible,

    /// <summary>None is failed, at least one is unknown.</summary>
    PossiblyEligible,

    /// <summary>At least one is not met.</summary>
    NotEligible,
}

/// <summary>The grade of one arm: of its best cohort, where its criteria tell cohorts apart.</summary>
/// <param name="Cohort">The cohort graded, such as <c>Ph-IIMa</c>; null where the arm has none.</param>
/// <param name="Unknown">How many applying criteria are unknown.</param>
/// <param name="Verdicts">The criteria of the whole study that count for this arm and cohort, in the study's
/// order.</param>
public sealed record ArmMatch(
    string Arm, string? Cohort, MatchGrade Grade, int Unknown, ImmutableArray<CriterionVerdict> Verdicts)
{
    /// <summary>The less the better the fit.</summary>
    internal (MatchGrade Grade, int Failed, int Unknown) Rank => Tally.Of(Verdicts).Rank;
}

/// <summary>The match of one patient with one study: the best of its arms.</summary>
/// <param name="Score">0 to 1, for order: 1 eligible; possibly eligible by the share of criteria met; 0 not
/// eligible.</param>
/// <param name="Verdicts">All criteria of the study, whichever arm they are of, in order.</param>
/// <param name="Arms">At least one: a study without arms is graded as one arm named by its title.</param>
public sealed record StudyMatch(
    string StudyId, MatchGrade Grade, decimal Score, ImmutableArray<CriterionVerdict> Verdicts,
    ImmutableArray<ArmMatch> Arms)
{
    /// <summary>The arm that the study's grade is taken from: the best grade, then the fewest failed, then unknown
    /// criteria.</summary>
    public ArmMatch Best => Arms.MinBy(a => a.Rank)!;
}
