using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>What much of the same costs, and what an answer holds of it.</summary>
public sealed class MatchCostTests
{
    static readonly Lazy<PatientRecord> Large = new(() => Repeated(20_000));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(250, 101)]
    public void Of_much_evidence_the_first_is_told_and_that_there_is_more(int conditions, int told)
    {
        var verdict = Assert.Single(Matcher.Match(Repeated(conditions), Study(Leukemia)).Verdicts);

        Assert.Equal(Verdict.Met, verdict.Verdict);
        Assert.Equal(told, verdict.Evidence.Length);
        Assert.Equal(told > Finding.MaxTold, verdict.Evidence[^1] == Finding.More);
    }

    [Fact]
    public void What_is_told_of_parts_is_cut_for_the_whole()
    {
        Clause all = new Clause.AllOf([Leukemia, Records.Present(FactKind.Condition, "anemia")]);
        var verdict = Assert.Single(Matcher.Match(Repeated(150, "leukemia", "anemia"), Study(all)).Verdicts);

        Assert.Equal(Finding.MaxTold + 1, verdict.Evidence.Length);
        Assert.Equal(Finding.More, verdict.Evidence[^1]);
    }

    [Fact]
    public void A_study_that_would_take_minutes_is_refused()
    {
        var study = Study([.. Enumerable.Repeat(Leukemia, 2_600)]);

        var refused = Assert.Throws<FhirException>(() => Matcher.Match(Large.Value, study));

        Assert.Equal(IssueCode.TooCostly, refused.Issues[0].Code);
    }

    [Fact]
    public void Each_study_has_its_own_share()
    {
        var match = Matcher.For(Large.Value);
        var study = Study([.. Enumerable.Repeat(Leukemia, 2_000)]);

        Assert.All(Enumerable.Range(0, 2), _ => Assert.Equal(MatchGrade.Eligible, match(study).Grade));
    }

    [Fact]
    public void Expressions_that_took_too_long_leave_those_after_them_open()
    {
        var costly = FhirPathExpression.Compile(
            $"'{new string('a', 1_000)}'.replace('', '{new string('b', 1_000)}').length() > 0");
        var study = Study([.. Enumerable.Repeat<Clause>(new Clause.Unread("x"), 60)]) with
        {
            Expressions = Enumerable.Range(1, 60).ToImmutableDictionary(n => n, _ => costly),
        };

        var verdicts = Matcher.Match(Repeated(1), study).Verdicts;

        Assert.All(verdicts, v => Assert.Equal(Verdict.Unknown, v.Verdict));
        Assert.StartsWith("the criterion's expression failed", verdicts[0].Missing[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "the criterion's expression, for those before it took too long", verdicts[^1].Missing[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_match_ends_when_nobody_waits_for_it() => Assert.Throws<OperationCanceledException>(() =>
        Matcher.Match(Repeated(1), Study(Leukemia), ct: new CancellationToken(canceled: true)));

    [Fact]
    public void A_text_that_is_too_long_for_a_name_may_say_anything_and_is_told_in_part()
    {
        var fact = Assert.Single(Records.Of(Records.Condition("leukemia " + new string('x', 3_000))).Facts);

        Assert.Empty(fact.Concepts);
        Assert.True(fact.Label.Length < 400);
    }

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("ab\ud83d\ude00e", 4, "ab…")]
    [InlineData("a\ud83d\ude00de", 4, "a\ud83d\ude00…")]
    public void What_is_told_in_part_ends_with_a_whole_character(string text, int most, string told) =>
        Assert.Equal(told, Excerpt.Of(text, most));

    [Fact]
    public void A_name_that_is_too_long_for_one_of_an_observation_names_none() =>
        Assert.Empty(Records.Of(Records.Observation(
            "Hemoglobin " + new string('x', 3_000), Records.Quantity("9", "g/dL"))).Results);

    [Fact]
    public void A_code_of_any_length_is_looked_up_at_once() =>
        Assert.Empty(ConceptVocabulary.Default.WithCode("http://snomed.info/sct", new string('9', 1_000_000)));

    [Fact]
    public void A_multiple_beyond_all_numbers_stays_open()
    {
        var record = Records.Of(Records.Observation(
            "ALT", Records.Quantity("79000000000000000000000000000", "U/L"),
            more: ""","referenceRange":[{"high":{"value":0.0000000000000000001,"unit":"U/L","code":"U/L"}}]"""));

        Assert.Equal(
            Verdict.Unknown,
            record.Verdict(Records.Lab("alt", Comparator.LessOrEqual, 3, "1", ReferenceLimit.Uln)).Verdict);
    }

    [Theory]
    [InlineData("0001-01-01", false)]
    [InlineData("1799-12-31", false)]
    [InlineData("1800-01-01", true)]
    [InlineData("9999-12-31", true)]
    public void A_reference_date_has_a_past(string date, bool isTaken)
    {
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        var read = PatientRecordReader.Read(ExamplePatients.Bundle("complete-record-mrd"), day);

        Assert.Equal(isTaken, read.Record is not null);
        Assert.All(
            ExampleStudies.All,
            study => Assert.True(read.Record is null || !Matcher.Match(read.Record, study).Verdicts.IsEmpty));
    }

    [Fact]
    public void A_study_of_too_many_arms_is_graded_as_one()
    {
        var many = string.Join(",", Enumerable.Range(0, 1_100).Select(i => $$"""{"name":"arm {{i}}"}"""));
        var characteristics = string.Join(",", Enumerable.Repeat("""
            {"code":{"text":"c"},"valueBoolean":true,"exclude":false}
            """, 1_100));
        var study = ExamplePatients.Parse(Encoding.UTF8.GetBytes(
            $$"""{"resourceType":"ResearchStudy","id":"s","status":"active","arm":[{{many}}]}"""));
        var group = ExamplePatients.Parse(Encoding.UTF8.GetBytes(
            $$"""{"resourceType":"Group","type":"person","actual":false,"characteristic":[{{characteristics}}]}"""));

        var match = Matcher.Match(Repeated(1), StudyEligibilityReader.Read(study, [group]));

        Assert.Equal(1_100, Assert.Single(match.Arms).Verdicts.Length);
    }

    [Fact]
    public void What_counts_for_one_of_too_many_arms_stays_open()
    {
        var (study, groups) = ExampleStudies.Resources(ExampleStudies.FileOf("NCT04521231"));
        var told = StudyEligibilityReader.Read(study, groups);
        var many = study.With([.. study.Children, .. Enumerable.Repeat(study["arm"].First(), 100_000)]);

        var asOne = StudyEligibilityReader.Read(many, groups);

        Assert.Empty(asOne.Arms);
        Assert.Contains(told.Criteria, c => !c.Scope.Cohorts.IsEmpty);
        Assert.All(told.Criteria.Zip(asOne.Criteria), c => Assert.True(
            c.First.Scope.Arms.IsEmpty
                ? ClauseFhirPath.Write(c.Second.Clause) == ClauseFhirPath.Write(c.First.Clause)
                : c.Second is { Scope.Arms.IsEmpty: true, Status: ParseStatus.Text, Clause: Clause.Unread }));
        Assert.Equal(told.Criteria.Select(c => c.Text), asOne.Criteria.Select(c => c.Text));
    }

    static Clause Leukemia => Records.Present(FactKind.Condition, "leukemia");

    static StudyEligibility Study(params Clause[] clauses) =>
        Records.Study([.. clauses.Select((c, i) => Records.Criterion(i + 1, c))]);

    /// <summary>A record that states each name so often, in resources of their own.</summary>
    static PatientRecord Repeated(int count, params string[] names) => Records.Of(
        [.. (names.Length == 0 ? ["leukemia"] : names).SelectMany(n => Enumerable.Range(0, count).Select(i =>
            Records.Condition(n, more: $",\"id\":\"{n}-{i}\"")))]);
}
