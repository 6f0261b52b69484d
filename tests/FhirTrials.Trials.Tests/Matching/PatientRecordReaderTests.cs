using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class PatientRecordReaderTests
{
    public static TheoryData<string> Patients => [.. ExamplePatients.Names];

    [Theory]
    [MemberData(nameof(Patients))]
    public void Every_example_patient_is_read_without_issues(string name)
    {
        var read = PatientRecordReader.Read(ExamplePatients.Bundle(name), ExamplePatients.ReferenceDate);

        Assert.Empty(read.Issues);
        Assert.Equal($"Patient/{name}", read.Record!.Reference);
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Every_coded_or_named_thing_of_an_example_patient_is_known_to_the_vocabulary(string name)
    {
        var record = ExamplePatients.Record(name);

        Assert.DoesNotContain(record.Facts, f => f.Concepts.IsEmpty);
    }

    [Fact]
    public void What_was_entered_in_error_or_lies_in_the_future_is_left_out_and_reported()
    {
        var record = ExamplePatients.Record("entered-in-error");

        Assert.DoesNotContain(
            record.Results, r => r.Reference is "Observation/ecog-error" or "Observation/platelets-future");
        Assert.DoesNotContain(record.Facts, f => f.Reference is "Condition/hiv-error" or "Procedure/hsct-error");
        Assert.Equal(4, record.Notes.Length);
        Assert.All(record.Notes, n => Assert.StartsWith("Bundle.entry[", n.Expression, StringComparison.Ordinal));
    }

    [Fact]
    public void Family_history_and_plans_are_not_the_patients_own()
    {
        var record = ExamplePatients.Record("family-refuted-planned");

        Assert.DoesNotContain(record.Facts, f => f.Concepts.Contains("hiv") && f.Holds is true);
        Assert.DoesNotContain(record.Facts, f => f.Concepts.Contains("blinatumomab"));
        Assert.Equal(
            FactSource.Planned,
            Assert.Single(record.Facts, f => f.Reference == "Procedure/radiotherapy-planned").Source);
        Assert.Equal(2, record.Facts.Count(f => f is { Source: FactSource.Condition, Holds: false }));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"p"}""", IssueCode.Invalid, "Patient")]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", IssueCode.Required, "Bundle.entry.resource")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}},"""
            + """{"resource":{"resourceType":"Patient","id":"b"}}]}""",
        IssueCode.BusinessRule,
        "Bundle.entry[1].resource")]
    public void What_is_not_one_patients_bundle_is_refused(string json, IssueCode code, string expression)
    {
        var read = PatientRecordReader.Read(
            ExamplePatients.Parse(Encoding.UTF8.GetBytes(json)), ExamplePatients.ReferenceDate);

        var issue = Assert.Single(read.Issues);
        Assert.Null(read.Record);
        Assert.Equal((code, expression), (issue.Code, issue.Expression));
    }

    [Fact]
    public void A_resource_about_someone_else_is_left_out()
    {
        var json = """
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Patient","id":"a"}},
              {"resource":{"resourceType":"Condition","id":"c","code":{"text":"Epilepsy"},
               "subject":{"reference":"Patient/b"}}}]}
            """;

        var record = PatientRecordReader.Read(
            ExamplePatients.Parse(Encoding.UTF8.GetBytes(json)), ExamplePatients.ReferenceDate).Record!;

        Assert.Empty(record.Facts);
        Assert.Equal("Bundle.entry[1].resource", Assert.Single(record.Notes).Expression);
    }

    [Theory]
    [InlineData("Patient/a", 1)]
    [InlineData("http://one.example/fhir/Patient/a", 1)]
    [InlineData("http://other.example/fhir/Patient/a", 0)]
    [InlineData("NotPatient/a", 0)]
    public void A_patient_of_the_same_id_on_another_server_is_someone_else(string subject, int facts)
    {
        var json = $$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"http://one.example/fhir/Patient/a","resource":{"resourceType":"Patient","id":"a"}},
              {"resource":{"resourceType":"Condition","id":"c","code":{"text":"Epilepsy"},
               "subject":{"reference":"{{{subject}}}"} } }]}
            """;

        var record = PatientRecordReader.Read(
            ExamplePatients.Parse(Encoding.UTF8.GetBytes(json)), ExamplePatients.ReferenceDate).Record!;

        Assert.Equal(facts, record.Facts.Length);
    }
}
