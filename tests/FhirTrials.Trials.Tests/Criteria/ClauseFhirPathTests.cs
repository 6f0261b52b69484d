using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The expressions of criteria, evaluated on a small record: a man of 40 with B-ALL, platelets and an old
/// transplant.</summary>
public sealed class ClauseFhirPathTests
{
    const string Record = """
        {"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"1","gender":"male","birthDate":"1986-05-05"}},
        {"resource":{"resourceType":"Condition","subject":{"reference":"Patient/1"},
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"277571004"}]}}},
        {"resource":{"resourceType":"Condition","subject":{"reference":"Patient/1"},"code":{"text":"Epilepsy"},
          "clinicalStatus":{"coding":[{"code":"resolved"}]}}},
        {"resource":{"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-18",
         "code":{"coding":[{"system":"http://loinc.org","code":"777-3"}]},
          "valueQuantity":{"value":60,"system":"http://unitsofmeasure.org","code":"10*9/L"}}},
        {"resource":{"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-18",
         "code":{"coding":[{"system":"http://loinc.org","code":"1742-6"}]},
          "valueQuantity":{"value":100,"system":"http://unitsofmeasure.org","code":"U/L"},
          "referenceRange":[{"high":{"value":40,"system":"http://unitsofmeasure.org","code":"U/L"}}]}},
        {"resource":{"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-18",
         "code":{"coding":[{"system":"http://loinc.org","code":"89247-1"}]},"valueInteger":1}},
        {"resource":{"resourceType":"Procedure","status":"completed","subject":{"reference":"Patient/1"},
         "code":{"text":"Allogeneic HSCT"},
          "performedDateTime":"2026-01-10"}}]}
        """;

    static readonly FhirPathContext Context =
        new(FhirDefinitions.R4) { Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero) };

    [Theory]
    [InlineData("Age ≥ 18 years", true)]
    [InlineData("Age 18-40 years", true)]
    [InlineData("Age < 40 years", false)]
    [InlineData("B-precursor ALL", true)]
    [InlineData("Acute leukemia", true)]
    [InlineData("Burkitt lymphoma", null)]
    [InlineData("History of epilepsy", true)]
    [InlineData("Active epilepsy", false)]
    [InlineData("Platelets ≥ 50 000/μL", true)]
    [InlineData("Platelets > 75 x 10^9/L", false)]
    [InlineData("ANC > 500/μL", null)]
    [InlineData("ALT ≤ 5 × ULN", true)]
    [InlineData("ALT ≤ 2 × ULN", false)]
    [InlineData("ECOG 0 or 1", true)]
    [InlineData("ECOG performance status ≥ 2", false)]
    [InlineData("Allogeneic HSCT within 12 months", true)]
    [InlineData("Allogeneic HSCT within 12 weeks", null)]
    [InlineData("Pregnant", false)]
    [InlineData("Platelets ≥ 50 000/μL and ANC > 500/μL", null)]
    [InlineData("Platelets > 75 x 10^9/L and ANC > 500/μL", false)]
    [InlineData("Able to give informed consent", null)]
    public void An_expression_says_true_false_or_nothing(string criterion, bool? expected)
    {
        var clause = Assert.Single(CriteriaParser.Parse(new(criterion, []))).Clause;
        var record = FhirJson.Read(Encoding.UTF8.GetBytes(Record), FhirDefinitions.R4.Types).Resource!;
        Assert.Equal(
            expected,
            FhirPathExpression.Compile(ClauseFhirPath.Write(clause) ?? "{}").EvaluateBoolean(record, Context));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, null)]
    [InlineData(3, false)]
    public void At_least_counts_what_holds_and_what_still_could(int count, bool? expected)
    {
        var clause = new Clause.AtLeast(
            count, [new Clause.Sex("male"), new Clause.Sex("female"), new Clause.Unread("?")]);
        var record = FhirJson.Read(Encoding.UTF8.GetBytes(Record), FhirDefinitions.R4.Types).Resource!;
        Assert.Equal(
            expected,
            FhirPathExpression.Compile(ClauseFhirPath.Write(clause) ?? "{}").EvaluateBoolean(record, Context));
    }
}
