using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Whether a record states a kind so completely that what it does not name is not there.</summary>
static class Completeness
{
    /// <summary>Findings and circumstances that no problem list or medication list is kept of, and infections that
    /// only a test
    /// shows: who was never tested may have them.</summary>
    static readonly ImmutableArray<string> NeverListed =
    [
        "hiv", "hbv", "hcv", "circulating-blasts", "investigational", "salvage-therapy", "frontline-therapy",
        "molecular-failure", "molecular-relapse", "relapsed", "refractory", "relapsed-refractory", "remission",
    ];

    /// <summary>The Lists that together close the question, or null where it stays open.</summary>
    public static ImmutableArray<Evidence>? Of(Clause.Present present, string key, RecordFacts facts)
    {
        if (NeverListed.Contains(key))
        {
            return null;
        }

        ImmutableArray<CompleteList> needed = present.Kind switch
        {
            FactKind.Condition when present.Status == FactStatus.Current => [CompleteList.Problems],
            FactKind.Condition => [CompleteList.Problems, CompleteList.PastIllnesses],
            FactKind.Therapy => facts.Vocabulary.Find(key)?.Kind == ConceptKind.Drug
                ? [CompleteList.Medications]
                : [CompleteList.Medications, CompleteList.Procedures],
            FactKind.Procedure => [CompleteList.Procedures],
            FactKind.Allergy => [CompleteList.Allergies],
            FactKind.Pregnancy or FactKind.Genomic => [],
        };
        return needed.IsEmpty || !needed.All(facts.Record.Complete.ContainsKey)
            ? null
            : [.. needed.Select(n => facts.Record.Complete[n])];
    }
}
