using System.Collections.Immutable;
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
        PatientRecord record, StudyEligibility study, ConceptVocabulary? vocabulary = null, Freshness? freshness = null)
    {
        var facts = new RecordFacts(record, vocabulary ?? ConceptVocabulary.Default, freshness ?? Freshness.Default);
        var verdicts = study.Criteria.Select(c => Decide(c, study, facts)).ToImmutableArray();
        ImmutableArray<string> titles = study.Arms.IsEmpty ? [study.Title] : study.Arms;
        var arms = titles.Select(t => Grade(t, study.Arms.IsEmpty, verdicts)).ToImmutableArray();
        var match = new StudyMatch(study.StudyId, MatchGrade.NotEligible, 0, verdicts, arms);
        return match with { Grade = match.Best.Grade, Score = Score(match.Best) };
    }

    static CriterionVerdict Decide(Criterion criterion, StudyEligibility study, RecordFacts facts)
    {
        var inBand = criterion.Scope.Age is { } band ? MeasuredClause.Evaluate(band, facts) : Finding.True();
        if (inBand.Value is false)
        {
            return new CriterionVerdict(criterion, Verdict.Unknown, false, inBand.Evidence, []);
        }

        var stated = study.Expressions.TryGetValue(criterion.Number, out var expression)
            ? ExpressionClause.Evaluate(expression, criterion.Text, facts.Record)
            : ClauseEvaluator.Evaluate(criterion.Clause, facts);
        var finding = WithAnswer(stated, criterion, study.StudyId, facts.Record);
        var met = criterion.Section switch
        {
            CriterionSection.Inclusion => finding.Value,
            CriterionSection.Exclusion => !finding.Value,
        };
        if (met is false && inBand.Value is null)
        {
            return new CriterionVerdict(
                criterion, Verdict.Unknown, true, [.. finding.Evidence, .. inBand.Evidence], inBand.Missing);
        }

        var verdict = met switch { true => Verdict.Met, false => Verdict.NotMet, null => Verdict.Unknown };
        return new CriterionVerdict(criterion, verdict, true, finding.Evidence, finding.Missing);
    }

    /// <summary>A person's answer decides what the record leaves open; where it contradicts the record the question
    /// stays open.</summary>
    static Finding WithAnswer(Finding finding, Criterion criterion, string study, PatientRecord record)
    {
        var text = ComparableText.Of(criterion.Text);
        var answers = record.Answers
            .Where(a => a.StudyId == study && text.Length > 0 && a.Text.EndsWith(text, StringComparison.Ordinal))
            .ToArray();
        if (answers.Length == 0)
        {
            return finding;
        }

        ImmutableArray<Evidence> evidence = [.. finding.Evidence, .. answers.Select(a => a.Evidence)];
        var said = answers[0].IsTrue;
        return answers.Any(a => a.IsTrue != said) ? Finding.Unknown("screening answers that agree", evidence)
            : finding.Value is null || finding.Value == said ? Finding.Of(said, evidence)
            : Finding.Unknown("agreement of the screening answer with the record", evidence);
    }

    /// <summary>An arm's grade is that of its best cohort.</summary>
    static ArmMatch Grade(string arm, bool onlyArm, ImmutableArray<CriterionVerdict> verdicts)
    {
        var counting = verdicts.Where(v => onlyArm || v.Criterion.Scope.Arms.IsEmpty || v.Criterion.Scope.Arms.Contains(arm))
            .ToImmutableArray();
        var cohorts = counting.SelectMany(v => CohortsOf(v.Criterion, arm)).Distinct().ToArray();
        return cohorts.Length == 0
            ? Grade(arm, null, counting)
            : cohorts.Select(c => Grade(arm, c, counting)).MinBy(a => a.Rank)!;
    }

    static ArmMatch Grade(string arm, string? cohort, ImmutableArray<CriterionVerdict> counting)
    {
        var verdicts = counting
            .Where(v => cohort is null || CohortsOf(v.Criterion, arm) is var own && (own.IsEmpty || own.Contains(cohort)))
            .ToImmutableArray();
        var applying = verdicts.Where(v => v.Applies).ToArray();
        var unknown = applying.Count(v => v.Verdict == Verdict.Unknown);
        var grade = applying.Any(v => v.Verdict == Verdict.NotMet) ? MatchGrade.NotEligible
            : unknown > 0 || applying.Length == 0 ? MatchGrade.PossiblyEligible
            : MatchGrade.Eligible;
        return new ArmMatch(arm, cohort, grade, unknown, verdicts);
    }

    /// <summary>The parts of the arm that a criterion is of: <c>Ph-IIMa</c> of the arm <c>Ph-IIM: …</c>; none where it
    /// is of the
    /// arm whole.</summary>
    static ImmutableArray<string> CohortsOf(Criterion criterion, string arm)
    {
        var name = arm.Split(':')[0].Trim();
        return [.. criterion.Scope.Cohorts.Where(c =>
            c.Length > name.Length && c.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
    }

    static decimal Score(ArmMatch best)
    {
        var applying = best.Verdicts.Count(v => v.Applies);
        return best.Grade switch
        {
            MatchGrade.Eligible => 1,
            MatchGrade.PossiblyEligible when applying > 0 =>
                Math.Round((decimal)best.Verdicts.Count(v => v.Applies && v.Verdict == Verdict.Met) / (applying + 1), 4),
            MatchGrade.PossiblyEligible or MatchGrade.NotEligible => 0,
        };
    }
}
