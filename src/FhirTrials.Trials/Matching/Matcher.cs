using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching.Evaluation;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>Decides, criterion by criterion and arm by arm, whether a patient fits a study. Pure: same record, same
/// study, same
/// answer. What the record does not say is unknown, and nothing unknown makes a patient eligible.</summary>
public static class Matcher
{
    public static StudyMatch Match(
        PatientRecord record, StudyEligibility study, ConceptVocabulary? vocabulary = null,
        Freshness? freshness = null, CancellationToken ct = default) =>
        For(record, vocabulary, freshness, ct)(study);

    /// <summary>The same for several studies, with what they all ask of the record looked up once. Of one thread.
    /// Throws (403, <c>too-costly</c>) where a match would take minutes, or tell more than an answer can
    /// hold.</summary>
    public static Func<StudyEligibility, StudyMatch> For(
        PatientRecord record, ConceptVocabulary? vocabulary = null, Freshness? freshness = null,
        CancellationToken ct = default)
    {
        var facts = new RecordFacts(record, vocabulary ?? ConceptVocabulary.Default, freshness ?? Freshness.Default);
        return study => Match(study, facts, ct);
    }

    static StudyMatch Match(StudyEligibility study, RecordFacts facts, CancellationToken ct)
    {
        facts.Begin();
        var verdicts = study.Criteria.Select(c => Decide(c, study, facts, ct)).ToImmutableArray();
        ImmutableArray<ArmMatch> arms =
            [.. ArmPlan.Of(study).Select(cohorts => cohorts.Select(c => Grade(c, verdicts)).MinBy(a => a.Rank)!)];
        var best = arms.MinBy(a => a.Rank)!;
        return new StudyMatch(study.StudyId, best.Grade, Tally.Of(best.Verdicts).Score, verdicts, arms);
    }

    static CriterionVerdict Decide(
        Criterion criterion, StudyEligibility study, RecordFacts facts, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var verdict = Decide(
            criterion, study.Expressions.GetValueOrDefault(criterion.Number),
            Answers(criterion, study.StudyId, facts), facts);
        facts.Tell(verdict.Evidence.Length);
        return verdict;
    }

    /// <param name="expression">What decides in place of the clause; null where the clause does.</param>
    /// <param name="answers">What persons have answered to the criterion.</param>
    static CriterionVerdict Decide(
        Criterion criterion, FhirPathExpression? expression, ImmutableArray<ScreeningAnswer> answers, RecordFacts facts)
    {
        var inBand = criterion.Scope.Age is { } band ? MeasuredClause.Evaluate(band, facts) : Finding.True();
        if (inBand.Value is false)
        {
            return new CriterionVerdict(criterion, Verdict.Unknown, false, inBand.Evidence, []);
        }

        var stated = expression is not null
            ? ExpressionClause.Evaluate(expression, criterion.Text, facts)
            : ClauseEvaluator.Evaluate(criterion.Clause, facts);
        var finding = WithAnswers(stated, answers);
        var verdict = VerdictOf(criterion.Section, finding.Value);
        return verdict == Verdict.NotMet && inBand.Value is null
            ? new CriterionVerdict(
                criterion, Verdict.Unknown, true, [.. finding.Evidence, .. inBand.Evidence], inBand.Missing)
            : new CriterionVerdict(criterion, verdict, true, finding.Evidence, finding.Missing);
    }

    /// <summary>What it means for the patient that a criterion's clause has a value, if the criterion is for the
    /// patient's age.</summary>
    internal static Verdict VerdictOf(CriterionSection section, bool? value) =>
        section switch { CriterionSection.Inclusion => value, CriterionSection.Exclusion => !value } switch
        {
            true => Verdict.Met,
            false => Verdict.NotMet,
            null => Verdict.Unknown,
        };

    /// <summary>A person's answer decides what the record leaves open; where it contradicts the record the question
    /// stays open.</summary>
    static Finding WithAnswers(Finding finding, ImmutableArray<ScreeningAnswer> answers)
    {
        if (answers.IsEmpty)
        {
            return finding;
        }

        ImmutableArray<Evidence> evidence = [.. finding.Evidence, .. Finding.Told(answers, a => a.Evidence)];
        var said = answers[0].IsTrue;
        return answers.Any(a => a.IsTrue != said) ? Finding.Unknown("screening answers that agree", evidence)
            : finding.Value is null || finding.Value == said ? Finding.Of(said, evidence)
            : Finding.Unknown("agreement of the screening answer with the record", evidence);
    }

    static ImmutableArray<ScreeningAnswer> Answers(Criterion criterion, string study, RecordFacts facts)
    {
        var answers = facts.Answers(study);
        return answers.Any() && ComparableText.Of(criterion.Text) is { Length: > 0 } text
            ? [.. answers.Where(a => a.Text.EndsWith(text, StringComparison.Ordinal))]
            : [];
    }

    static ArmMatch Grade(ArmPlan plan, ImmutableArray<CriterionVerdict> all)
    {
        var verdicts = plan.Criteria.Select(place => all[place]).ToImmutableArray();
        var tally = Tally.Of(verdicts);
        return new ArmMatch(plan.Arm, plan.Cohort, tally.Grade, tally.Unknown, verdicts);
    }
}
