using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A clause on a record, in Kleene's three-valued logic.</summary>
static class ClauseEvaluator
{
    public static Finding Evaluate(Clause clause, RecordFacts facts) => clause switch
    {
        Clause.AllOf all => Finding.All(Each(all.Clauses, facts)),
        Clause.AnyOf any => Finding.Any(Each(any.Clauses, facts)),
        Clause.AtLeast least => Finding.AtLeast(least.Count, Each(least.Clauses, facts)),
        Clause.Not not => Evaluate(not.Inner, facts).Negated,
        Clause.Measured measured => Kept(measured, facts, MeasuredClause.Evaluate(measured.Measurement, facts)),
        Clause.Present present => Kept(present, facts, PresentClause.Evaluate(present, facts)),
        Clause.Sex sex => Sex(sex, facts.Record),
        Clause.Unread unread => Unread(unread),
        _ => throw new InvalidOperationException($"There is no evaluation of {clause.GetType().Name}."),
    };

    static Finding[] Each(ImmutableArray<Clause> clauses, RecordFacts facts) =>
        [.. clauses.Select(c => Evaluate(c, facts))];

    /// <summary>What is found, unless something that could not be read may say otherwise.</summary>
    static Finding Kept(Clause leaf, RecordFacts facts, Finding finding) =>
        finding.Value is not null
            && facts.Record.Lost.FirstOrDefault(l => l.BearsOn(leaf, facts.Vocabulary)) is { } lost
            ? Finding.Unknown($"what the record says at {lost.Path}, which could not be read", finding.Evidence)
            : finding;

    static Finding Sex(Clause.Sex sex, PatientRecord record) => record.Gender is "male" or "female"
        ? Finding.Of(record.Gender == sex.Gender, record.Demographics($"Sex {record.Gender}"))
        : Finding.Unknown("the patient's sex");

    static Finding Unread(Clause.Unread unread) => Finding.Unknown(unread.Kind switch
    {
        UnreadKind.Consent => $"the patient's answer: {unread.Text}",
        UnreadKind.Judgement => $"a physician's judgement: {unread.Text}",
        UnreadKind.Other => $"not decided by the record: {unread.Text}",
    });
}
