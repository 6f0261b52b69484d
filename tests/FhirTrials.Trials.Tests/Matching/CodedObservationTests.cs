using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Observations of oncology whose value is a concept.</summary>
public sealed class CodedObservationTests
{
    [Theory]
    [InlineData("""{"coding":[{"system":"http://loinc.org","code":"LA9622-7"}]}""", Verdict.Met, false)]
    [InlineData("""{"coding":[{"system":"http://loinc.org","code":"LA9623-5"}]}""", Verdict.Met, false)]
    [InlineData("""{"coding":[{"system":"http://loinc.org","code":"LA9624-3"}]}""", Verdict.NotMet, false)]
    [InlineData("""{"coding":[{"system":"http://loinc.org","code":"LA9626-8"}]}""", Verdict.NotMet, false)]
    [InlineData(
        """{"coding":[{"system":"http://snomed.info/sct","code":"422512005","display":"ECOG performance status - """
            + """grade 1"}]}""",
        Verdict.Met, false)]
    [InlineData("""{"coding":[{"system":"http://snomed.info/sct","code":"423053003"}]}""", Verdict.NotMet, false)]
    [InlineData("""{"text":"1"}""", Verdict.Met, true)]
    [InlineData("""{"text":"ECOG 2: ambulatory"}""", Verdict.NotMet, true)]
    [InlineData("""{"text":"1 - Restricted in strenuous activity"}""", Verdict.Met, true)]
    [InlineData("""{"text":"0-1"}""", Verdict.Unknown, false)]
    [InlineData("""{"text":"0 or 1"}""", Verdict.Unknown, false)]
    [InlineData("""{"text":"10"}""", Verdict.Unknown, false)]
    [InlineData("""{"text":"fully active"}""", Verdict.Unknown, false)]
    [InlineData("""{"coding":[{"system":"http://example.org","code":"LA9622-7"}]}""", Verdict.Unknown, false)]
    [InlineData("""{"text":"2","coding":[{"system":"http://loinc.org","code":"LA9622-7"}]}""", Verdict.Unknown, false)]
    public void An_ECOG_grade_is_read_from_its_code_or_the_number_that_its_words_begin_with(
        string value, Verdict expected, bool byText)
    {
        var record = Records.Of($$"""
            {"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-20",
             "code":{"coding":[{"system":"http://loinc.org","code":"89247-1"}]},"valueCodeableConcept":{{value}} }
            """);

        var verdict = record.Verdict(new Clause.Measured(new(
            MeasurementKind.Score, new("ecog", "ECOG"), Comparator.LessOrEqual, null, 1, "{score}")));

        Assert.Equal(expected, verdict.Verdict);
        Assert.Equal(byText, record.Results.Any(r => r.ByText));
    }

    [Theory]
    [InlineData("1: ")]
    [InlineData("ECOG ")]
    public void Endless_words_name_no_ECOG_grade(string start)
    {
        var record = Records.Of($$"""
            {"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-20",
             "code":{"coding":[{"system":"http://loinc.org","code":"89247-1"}]},
             "valueCodeableConcept":{"text":"{{start}}{{new string(' ', 200_000)}}x"} }
            """);

        Assert.Equal(Verdict.Unknown, record.Verdict(new Clause.Measured(new(
            MeasurementKind.Score, new("ecog", "ECOG"), Comparator.LessOrEqual, null, 1, "{score}"))).Verdict);
    }

    /// <summary>mCODE's tumor marker, stage and morphology name what was looked for or how far it went, not a
    /// diagnosis.</summary>
    [Theory]
    [InlineData("Cancer Ag 125 in Serum or Plasma", "Positive")]
    [InlineData("Stage group.clinical Cancer", "Stage II")]
    [InlineData("Stage group.clinical Cancer", "Not detected")]
    [InlineData("Histology and Behavior ICD-O-3 Cancer", "Acute lymphoblastic leukemia")]
    [InlineData("Morphology of breast cancer", "Absent")]
    public void What_is_observed_of_a_tumor_decides_no_diagnosis(string name, string value)
    {
        var record = Records.Of(Records.Observation(name, $$"""
            "valueCodeableConcept":{"text":"{{value}}"}
            """));

        foreach (var disease in (string[])["malignancy", "all", "breast-cancer"])
        {
            Assert.Equal(
                Verdict.Unknown,
                record.Verdict(Records.Present(FactKind.Condition, disease, FactStatus.Current)).Verdict);
        }
    }
}
