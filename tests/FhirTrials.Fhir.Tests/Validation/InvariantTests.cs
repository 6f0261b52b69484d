using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class InvariantTests
{
    [Theory]
    [InlineData("""{"resourceType":"Patient","contact":[{"gender":"male"}]}""", "invariant Patient.contact[0]")]
    [InlineData("""{"resourceType":"Organization","alias":["x"]}""", "invariant Organization")]
    [InlineData(
        """{"resourceType":"Patient","name":[{"period":{"start":"2024-02-01","end":"2024-01-01"}}]}""",
        "invariant Patient.name[0].period")]
    [InlineData("""{"resourceType":"Patient","telecom":[{"value":"1"}]}""", "invariant Patient.telecom[0]")]
    [InlineData(
        """
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1},
         "dataAbsentReason":{"text":"x"}}
        """,
        "invariant Observation")]
    [InlineData(
        """
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1,"code":"mg"}}
        """,
        "invariant Observation.value")]
    [InlineData(
        """{"resourceType":"Group","type":"person","actual":false,"member":[{"entity":{"reference":"Patient/1"}}]}""",
        "invariant Group")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","total":1}""",
        "invariant Bundle")]
    [InlineData(
        """{"resourceType":"Patient","extension":[{"url":"http://example.org/x"}]}""",
        "invariant Patient.extension[0]")]
    public void A_constraint_that_is_false_is_an_error_at_its_element(string json, string expected) =>
        Assert.Equal([expected], Validated.Errors(json));

    [Theory]
    [InlineData("""{"resourceType":"Patient","contact":[{"name":{"family":"x"}}]}""")]
    [InlineData("""{"resourceType":"Patient","name":[{"period":{"start":"2024","end":"2024-01-01"}}]}""")]
    [InlineData("""{"resourceType":"Organization","name":"x"}""")]
    public void A_constraint_that_holds_or_that_the_data_do_not_decide_is_none(string json) =>
        Assert.Empty(Validated.Errors(json));

    [Fact]
    public void A_constraint_of_severity_warning_is_a_warning() =>
        Assert.Equal(
            ["invariant ValueSet"],
            Validated.Warnings("""{"resourceType":"ValueSet","status":"active","name":"not a name"}"""));

    [Fact]
    public void The_sentence_has_the_key()
    {
        var issue =
            Assert.Single(Validated.Issues("""{"resourceType":"Organization","alias":["x"]}"""), i => i.IsError);
        Assert.Equal("org-1: give at least an identifier or a name.", issue.Diagnostics);
        Assert.True(issue.Position.Line > 0);
    }

    [Fact]
    public void Every_sentence_of_ours_is_for_a_constraint_that_R4_has()
    {
        var known = FhirDefinitions.R4.Types.Names
            .Select(name => FhirDefinitions.R4.Types[name])
            .SelectMany(InvariantCounterexampleTests.ConstraintsOf)
            .Select(c => c.Key)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(InvariantTexts.Keys.Except(known));
    }
}
