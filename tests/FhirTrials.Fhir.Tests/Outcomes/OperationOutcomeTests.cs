using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Outcomes;

public sealed class OperationOutcomeTests
{
    [Fact]
    public void An_issue_is_written_with_code_place_and_sentence() =>
        Assert.Equal(
            """{"resourceType":"OperationOutcome","issue":[{"extension":"""
                + """[{"url":"http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line","valueInteger":3},"""
                + """{"url":"http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col","valueInteger":7}]"""
                + ""","severity":"error","code":"code-invalid","diagnostics":"No.","expression":"""
                + """["Patient.gender"]}]}""",
            Encoding.UTF8.GetString(OperationOutcome.ToUtf8Bytes(
                Issue.Error(IssueCode.CodeInvalid, "No.", "Patient.gender", new SourcePosition(3, 7)))));

    [Fact]
    public void Without_issues_it_says_so() =>
        Assert.Equal(
            "information",
            JsonDocument.Parse(OperationOutcome.ToUtf8Bytes()).RootElement.GetProperty("issue")[0]
                .GetProperty("severity").GetString());

    public static TheoryData<IssueCode> Codes => [.. Enum.GetValues<IssueCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_is_the_member_in_kebab_case_and_one_of_FHIRs(IssueCode code)
    {
        var kebab = Regex.Replace(code.ToString(), "(?<!^)([A-Z])", "-$1").ToLowerInvariant();
        Assert.Equal(kebab, code.ToFhirCode());
        Assert.NotNull(FhirDefinitions.R4.CodeSystem("http://hl7.org/fhir/issue-type")!.Find(kebab));
    }

    [Fact]
    public void Every_outcome_is_a_resource_that_can_be_read()
    {
        var issues = Enum.GetValues<IssueSeverity>()
            .Select(s => new Issue(s, IssueCode.Value, "\u0001 \"quoted\" ü", "a.b", default)).ToArray();
        var read = FhirJson.Read(
            OperationOutcome.ToUtf8Bytes(issues[0] with { Diagnostics = "\"quoted\" ü" }), FhirDefinitions.R4.Types);
        Assert.True(read.IsValid);
        Assert.Equal(
            4,
            JsonDocument.Parse(OperationOutcome.ToUtf8Bytes(issues)).RootElement.GetProperty("issue").GetArrayLength());
    }
}
