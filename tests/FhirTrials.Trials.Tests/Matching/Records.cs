using System.Text;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Small records and criteria for single questions.</summary>
static class Records
{
    /// <summary>A man born 1980-05-05, with these resources in JSON.</summary>
    public static PatientRecord Of(params string[] resources) => Of("male", resources);

    public static PatientRecord Of(string gender, string[] resources) => Parse(
    [
        $$"""{"resourceType":"Patient","id":"p","gender":"{{gender}}","birthDate":"1980-05-05"}""", .. resources,
    ]);

    public static string Observation(string text, string value, string date = "2026-11-20", string more = "") =>
        $$"""{"resourceType":"Observation","status":"final","code":{"text":"{{text}}"}"""
        + $$""","effectiveDateTime":"{{date}}",{{value}}{{more}}}""";

    public static string Quantity(string value, string unit, string? comparator = null) =>
        $$"""
        "valueQuantity":{"value":{{value}},
        {{(comparator is null ? "" : $"\"comparator\":\"{comparator}\",")}}"unit":"{{unit}}",
         "system":"http://unitsofmeasure.org","code":"{{unit}}"}
        """;

    public static string Condition(
        string text, string clinical = "active", string verification = "confirmed", string more = "") =>
        $$"""
        {"resourceType":"Condition","code":{"text":"{{text}}"},
         "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
         "code":"{{clinical}}"}]},
         "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status",
         "code":"{{verification}}"}]},
         "subject":{"reference":"Patient/p"}{{more}}}
        """;

    /// <summary>The verdict on one criterion of that clause.</summary>
    public static CriterionVerdict Verdict(
        this PatientRecord record, Clause clause, CriterionSection section = CriterionSection.Inclusion) =>
        Assert.Single(Matcher.Match(record, Study(Criterion(1, clause, section))).Verdicts);

    public static StudyEligibility Study(params Criterion[] criteria) =>
        new("NCT00000000", "A study", [], [.. criteria]);

    public static Criterion Criterion(
        int number, Clause clause, CriterionSection section = CriterionSection.Inclusion,
        CriterionScope? scope = null) =>
        new(
            number, section, $"criterion {number}", default, ParseStatus.Computable, 1, scope ?? CriterionScope.All,
            clause);

    public static Clause Present(
        FactKind kind, string key, FactStatus status = FactStatus.Any, Window? window = null) =>
        new Clause.Present(kind, new Concept(key, key), status, window);

    public static Clause Lab(
        string key, Comparator comparator, decimal limit, string unit, ReferenceLimit? relativeTo = null) =>
        new Clause.Measured(new Measurement(
            MeasurementKind.Lab,
            new Concept(key, key),
            comparator,
            comparator is Comparator.GreaterOrEqual or Comparator.GreaterThan ? limit : null,
            comparator is Comparator.LessOrEqual or Comparator.LessThan ? limit : null,
            unit,
            RelativeTo: relativeTo));

    static PatientRecord Parse(string[] resources)
    {
        var json = """{"resourceType":"Bundle","type":"collection","entry":"""
            + $$"""[{{string.Join(",", resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""";
        return PatientRecordReader.Read(
            ExamplePatients.Parse(Encoding.UTF8.GetBytes(json)), ExamplePatients.ReferenceDate).Record!;
    }
}
