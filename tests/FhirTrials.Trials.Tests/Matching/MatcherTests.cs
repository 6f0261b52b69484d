using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FsCheck;
using FsCheck.Fluent;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class MatcherTests
{
    static readonly Clause True = new Clause.AllOf([]);
    static readonly Clause False = new Clause.AnyOf([]);
    static readonly Clause Unknown = new Clause.Unread("consent", UnreadKind.Consent);

    [Fact]
    public void An_exclusion_that_is_true_keeps_out_and_one_that_is_false_does_not()
    {
        Assert.Equal(Verdict.NotMet, Of().Verdict(True, CriterionSection.Exclusion).Verdict);
        Assert.Equal(Verdict.Met, Of().Verdict(False, CriterionSection.Exclusion).Verdict);
        Assert.Equal(Verdict.Unknown, Of().Verdict(Unknown, CriterionSection.Exclusion).Verdict);
    }

    [Fact]
    public void A_criterion_of_one_arm_counts_for_that_arm_alone()
    {
        var study =
            Study(Criterion(1, True), Criterion(2, False, scope: new CriterionScope(["B: relapsed"], ["B"], null)))
            with { Arms = ["A: remission", "B: relapsed"] };

        var match = Matcher.Match(Of(), study);

        Assert.Equal([MatchGrade.Eligible, MatchGrade.NotEligible], match.Arms.Select(a => a.Grade));
        Assert.Equal(MatchGrade.Eligible, match.Grade);
    }

    [Fact]
    public void An_arm_is_as_good_as_its_best_cohort()
    {
        var study = Study(
                Criterion(1, True, scope: new CriterionScope(["Ph-IIR: R/R"], ["Ph-IIRa"], null)),
                Criterion(2, False, scope: new CriterionScope(["Ph-IIR: R/R"], ["Ph-IIRb"], null)),
                Criterion(3, True, scope: new CriterionScope(["Ph-IIR: R/R"], ["Ph-IIR"], null)))
            with { Arms = ["Ph-IIR: R/R"] };

        var arm = Assert.Single(Matcher.Match(Of(), study).Arms);

        Assert.Equal((MatchGrade.Eligible, "Ph-IIRa"), (arm.Grade, arm.Cohort));
        Assert.Equal([1, 3], arm.Verdicts.Select(v => v.Criterion.Number));
    }

    [Theory]
    [InlineData("1980-05-05", false, MatchGrade.Eligible)]
    [InlineData("2010-05-05", true, MatchGrade.NotEligible)]
    [InlineData("2008", true, MatchGrade.PossiblyEligible)]
    [InlineData(null, true, MatchGrade.PossiblyEligible)]
    public void A_criterion_outside_the_patients_age_band_counts_for_nothing(
        string? birthDate, bool applies, MatchGrade grade)
    {
        var band = new Measurement(
            MeasurementKind.Age, new Concept("age", "age"), Comparator.Between, 16, 18, "a", HighInclusive: false);
        var study = Study(Criterion(1, True), Criterion(2, False, scope: new CriterionScope([], [], band)));

        var match = Matcher.Match(Of() with { BirthDate = DateRange.Parse(birthDate) }, study);

        Assert.Equal(applies, match.Verdicts[1].Applies);
        Assert.Equal(grade, match.Grade);
    }

    [Fact]
    public void A_study_without_criteria_makes_nobody_eligible() =>
        Assert.Equal(MatchGrade.PossiblyEligible, Matcher.Match(Of(), Study()).Grade);

    [Theory]
    [InlineData("NCT00000000", true, Verdict.Met)]
    [InlineData("NCT00000000", false, Verdict.NotMet)]
    [InlineData("NCT99999999", true, Verdict.Unknown)]
    public void A_screening_answer_to_that_study_decides_what_the_record_leaves_open(
        string study, bool answer, Verdict expected)
    {
        var answered = Answer(study, answer);

        Assert.Equal(expected, Of(answered).Verdict(Unknown).Verdict);
    }

    [Fact]
    public void A_screening_answer_that_contradicts_the_record_decides_nothing() =>
        Assert.Equal(Verdict.Unknown, Of(Answer("NCT00000000", true)).Verdict(False).Verdict);

    [Fact]
    public void Screening_answers_that_differ_decide_nothing() =>
        Assert.Equal(
            Verdict.Unknown, Of(Answer("NCT00000000", true), Answer("NCT00000000", false)).Verdict(Unknown).Verdict);

    [Theory]
    [InlineData("Bundle.entry.resource.ofType(Patient).gender = 'male'", Verdict.Met)]
    [InlineData("Bundle.entry.resource.ofType(Patient).gender = 'female'", Verdict.NotMet)]
    [InlineData("{}", Verdict.Unknown)]
    [InlineData("Bundle.entry.resource.ofType(Patient).gender + 1", Verdict.Unknown)]
    public void A_criterion_that_is_an_expression_alone_is_decided_by_it(string expression, Verdict expected)
    {
        var study = Study(Criterion(1, Unknown)) with
        {
            Expressions =
                ImmutableDictionary<int, FhirPathExpression>.Empty.Add(1, FhirPathExpression.Compile(expression)),
        };

        Assert.Equal(expected, Assert.Single(Matcher.Match(Of(), study).Verdicts).Verdict);
    }

    [Fact]
    public void Nothing_unknown_is_eligible_and_nothing_failed_possible() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(True, False, Unknown).ArrayOf().Where(c => c.Length is > 0 and < 12).ToArbitrary(), clauses =>
        {
            var study = Study([.. clauses.Select((c, i) => Criterion(i + 1, c))]);
            var match = Matcher.Match(Of(), study);
            return match.Grade == (clauses.Contains(False) ? MatchGrade.NotEligible
                    : clauses.Contains(Unknown) ? MatchGrade.PossiblyEligible
                    : MatchGrade.Eligible)
                && match.Score is >= 0 and <= 1
                && (match.Score == 1) == (match.Grade == MatchGrade.Eligible);
        }));

    static string Answer(string study, bool answer) => $$"""
        {"resourceType":"QuestionnaireResponse","status":"completed","authored":"2026-11-19",
         "questionnaire":"http://fhirtrials.org/fhir/Questionnaire/{{study}}-eligibility",
         "item":[{"linkId":"1","text":"Criterion 1","answer":[{"valueBoolean":{{(answer ? "true" : "false")}}}]}]}
        """;
}
