using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching;

/// <summary>Whom a study is for, ready to be matched.</summary>
/// <param name="StudyId">The registry id, which is the ResearchStudy's logical id: <c>NCT04521231</c>.</param>
/// <param name="Arms">Titles of the arms, in order; empty where the study names none.</param>
/// <param name="Criteria">All criteria, in order; those of one arm say so in their scope.</param>
public sealed record StudyEligibility(
    string StudyId, string Title, ImmutableArray<string> Arms, ImmutableArray<Criterion> Criteria)
{
    /// <summary>Expressions over the record's Bundle, by criterion number, for criteria that say nothing else a
    /// computer can read.</summary>
    public ImmutableDictionary<int, FhirPathExpression> Expressions { get; init; } =
        ImmutableDictionary<int, FhirPathExpression>.Empty;

    /// <summary>What the study is about.</summary>
    public StudyDiseases Diseases { get; init; } = StudyDiseases.None;
}
