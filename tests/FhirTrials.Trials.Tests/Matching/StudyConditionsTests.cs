using System.Text;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>A patient has one of a study's conditions. One that the vocabulary does not know is an open question, never
/// a no and never nothing.</summary>
public sealed class StudyConditionsTests
{
    const string Mesh = "https://www.nlm.nih.gov/mesh";

    const string CompleteProblems = """
        {"resourceType":"List","status":"current","mode":"working","date":"2026-11-20","title":"Problems",
         "code":{"coding":[{"system":"http://loinc.org","code":"11450-4"}]},
         "emptyReason":{"coding":[{"code":"nilknown"}]}}
        """;

    public static TheoryData<string, string, Verdict> Rows => new()
    {
        { Texts("Foobaritis"), "", Verdict.Unknown },
        { Texts("Foobaritis"), Records.Condition("Psoriasis"), Verdict.Unknown },
        { Texts("Foobaritis"), Records.Condition("Foobaritis"), Verdict.Met },
        { Texts("Foobaritis, chronic"), Records.Condition("foobaritis - chronic"), Verdict.Met },
        { Texts("Foobaritis"), Records.Condition("Chronic foobaritis"), Verdict.Unknown },
        { Texts("Foobaritis"), Records.Condition("Foobaritis", "resolved"), Verdict.Unknown },
        { Texts("Foobaritis"), Records.Condition("Foobaritis", verification: "refuted"), Verdict.Unknown },
        { Texts("Foobaritis"), Records.Condition("Foobaritis", verification: "provisional"), Verdict.Unknown },
        { Texts("Psoriasis"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis", "Foobaritis"), CompleteProblems, Verdict.Unknown },
        { Texts("Psoriasis", "Foobaritis"),
            $$"""{{CompleteProblems}} },{"resource":{{Records.Condition("Foobaritis")}}""", Verdict.Met },
        { Texts("Psoriasis", "Foobaritis"), Records.Condition("Psoriasis"), Verdict.Met },
        { Texts("Psoriasis", "Phase 2 Study"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis", "Phase III trial"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis", "Phase 2 Foobaritis"), CompleteProblems, Verdict.Unknown },
        { Texts("Psoriasis", "Blinatumomab"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis", "Blinatumomab Foobaritis"), CompleteProblems, Verdict.Unknown },
        { Texts("Psoriasis", "Cannabis"), CompleteProblems, Verdict.Unknown },
        { Texts("Phase 2 Study"), CompleteProblems, Verdict.Unknown },
        { Texts("!!"), CompleteProblems, Verdict.Unknown },
        { $$"""{"text":"Foobaritis","coding":[{"system":"{{Mesh}}","code":"D999999"}]}""", Coded(Mesh, "D999999"),
            Verdict.Met },
        { $$"""{"text":"Foobaritis","coding":[{"system":"{{Mesh}}","code":"D999999"}]}""", Coded(Mesh, "D999998"),
            Verdict.Unknown },
        { $$"""{"text":"Psoriasis"},{"coding":[{"system":"{{Mesh}}","code":"D999999"}]}""", CompleteProblems,
            Verdict.NotMet },
        { $$"""{"coding":[{"system":"{{Mesh}}","code":"D999999"}]}""", CompleteProblems, Verdict.Unknown },

        // A text may list several: any is enough, and one that is not known keeps the question open.
        { Texts("Psoriasis, Asthma"), Records.Condition("Asthma"), Verdict.Met },
        { Texts("Psoriasis, Asthma"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis; Asthma"), Records.Condition("Psoriasis"), Verdict.Met },
        { Texts("Psoriasis/Asthma"), Records.Condition("Psoriasis"), Verdict.Met },
        { Texts("Psoriasis or Asthma"), Records.Condition("Psoriasis"), Verdict.Met },
        { Texts("Psoriasis, Asthma, and Epilepsy"), Records.Condition("Epilepsy"), Verdict.Met },
        { Texts("Psoriasis, Asthma and Epilepsy"), Records.Condition("Epilepsy"), Verdict.Met },
        { Texts("Psoriasis, Foobaritis"), CompleteProblems, Verdict.Unknown },
        { Texts("Psoriasis, Foobaritis"),
            $$"""{{CompleteProblems}} },{"resource":{{Records.Condition("Foobaritis")}}""", Verdict.Met },
        { Texts("Barfooitis, Foobaritis"), CompleteProblems, Verdict.Unknown },
        { Texts("Psoriasis and Asthma"), Records.Condition("Asthma"), Verdict.Unknown },
        { Texts("Psoriasis and Asthma"), Records.Condition("Asthma with psoriasis"), Verdict.Met },
        { Texts("Psoriasis and Asthma"), CompleteProblems, Verdict.NotMet },

        // What qualifies is no other disease.
        { Texts("Psoriasis, Adult"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis (Childhood, Severe)"), CompleteProblems, Verdict.NotMet },
        { Texts("Psoriasis, Blinatumomab"), CompleteProblems, Verdict.NotMet },
        { Texts("Lymphoma, Non-Hodgkin"), Records.Condition("Hodgkin lymphoma"), Verdict.Unknown },
        { Texts("Lymphoma, Non-Hodgkin"), Records.Condition("Non-Hodgkin lymphoma"), Verdict.Met },
        { Texts("Leukemia, Lymphoblastic, Acute"), Records.Condition("Acute myeloid leukemia"), Verdict.NotMet },
        { Texts("Relapsed/Refractory B-ALL"), Records.Condition("B-ALL", "relapse"), Verdict.Met },
        { Texts("Relapsed, Refractory B-ALL"), Records.Condition("B-ALL", "remission"), Verdict.NotMet },
        { Texts("Relapsed B-ALL, Acute Myeloid Leukemia"), Records.Condition("Acute myeloid leukemia", "relapse"),
            Verdict.Met },
        { Texts("Relapsed B-ALL, Acute Myeloid Leukemia"), Records.Condition("Acute myeloid leukemia", "remission"),
            Verdict.Unknown },
        { Texts("Relapsed B-ALL, Acute Myeloid Leukemia"), CompleteProblems, Verdict.NotMet },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_condition_is_met_by_one_of_those_listed_and_failed_by_none_that_is_unknown(
        string conditions, string record, Verdict expected)
    {
        var study = Study(conditions);

        var match = Matcher.Match(Records.Of(record.Length == 0 ? [] : [record]), study);

        Assert.Equal(
            (StudyConditions.Number, expected), (match.Verdicts[0].Criterion.Number, match.Verdicts[0].Verdict));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_index_decides_alike(string conditions, string record, Verdict expected)
    {
        var study = Study(conditions);
        var patient = Records.Of(record.Length == 0 ? [] : [record]);
        var index = new StudyIndexWriter().Apply([new(new("s", 1), [], study, new([], [], [], [], []))], []);

        var grade = Assert.Single(index.Rank(patient, new() { Unmentioned = true }).Best).Grade;

        Assert.Equal(Matcher.Match(patient, study).Grade, grade);
        Assert.Equal(expected == Verdict.NotMet, grade == MatchGrade.NotEligible);
    }

    [Fact]
    public void A_study_of_an_unknown_condition_is_graded_for_everybody_after_those_of_a_condition_mentioned()
    {
        var index = new StudyIndexWriter().Apply(
            [
                Entry("known", Texts("Psoriasis")), Entry("open", Texts("Asthma", "Foobaritis")),
                Entry("other", Texts("Asthma")), Entry("unknown", Texts("Foobaritis")),
            ],
            []);

        var ranking = index.Rank(Records.Of(Records.Condition("Psoriasis")), new());

        Assert.Equal(["known", "open", "unknown"], ranking.Best.Select(r => r.Study.Study.Id));
        Assert.Equal((3, 1), (ranking.Graded, ranking.Unmentioned));
    }

    static StudyEntry Entry(string id, string conditions) =>
        new(new(id, 1), [], Study(conditions) with { StudyId = id }, new([], [], [], [], []));

    static string Texts(params string[] texts) => string.Join(',', texts.Select(t => $$"""{"text":"{{t}}"}"""));

    static string Coded(string system, string code) => $$"""
        {"resourceType":"Condition","code":{"coding":[{"system":"{{system}}","code":"{{code}}",
         "display":"Another name"}] },
         "clinicalStatus":{"coding":[{"code":"active"}]},"subject":{"reference":"Patient/p"} }
        """;

    static StudyEligibility Study(string conditions) => StudyEligibilityReader.Read(
        ExamplePatients.Parse(Encoding.UTF8.GetBytes(
            """{"resourceType":"ResearchStudy","id":"s","status":"active","title":"A study","condition":"""
                + $$"""[{{conditions}}]}""")),
        []);
}
