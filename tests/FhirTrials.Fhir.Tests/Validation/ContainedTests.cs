namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ContainedTests
{
    [Theory]
    [InlineData("""{"resourceType":"Organization","id":"o","name":"x"}""", """{"reference":"#o"}""")]
    [InlineData(
        """{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"#"}}""",
        """{"display":"x"}""")]
    public void A_contained_resource_that_is_referred_to_is_fine(string contained, string organization) =>
        Assert.Empty(Validated.Errors(Patient(contained, organization)));

    [Theory]
    [InlineData("""{"resourceType":"Organization","id":"o","name":"x"}""", """{"reference":"Organization/o"}""",
        "invariant Patient.contained[0]")]
    [InlineData("""{"resourceType":"Organization","name":"x"}""", """{"display":"x"}""",
        "required Patient.contained[0].id")]
    [InlineData(
        """{"resourceType":"Organization","id":"o","name":"x","meta":{"versionId":"1"}}""",
        """{"reference":"#o"}""",
        "invariant Patient.contained[0].meta")]
    [InlineData(
        """{"resourceType":"Organization","id":"o","name":"x","meta":{"security":[{"code":"x"}]}}""",
        """{"reference":"#o"}""",
        "invariant Patient.contained[0].meta")]
    [InlineData("""{"resourceType":"Organization","id":"o"}""", """{"reference":"#o"}""",
        "invariant Patient.contained[0]")]
    public void What_a_contained_resource_must_not_be_is_an_error(
        string contained, string organization, string expected) =>
        Assert.Equal([expected], Validated.Errors(Patient(contained, organization)));

    [Fact]
    public void A_contained_resource_contains_none() =>
        Assert.Contains(
            "invariant Patient.contained[0]",
            Validated.Errors(Patient(
                """
                {"resourceType":"Organization","id":"o","name":"x","contained":[{"resourceType":"Organization","id":"p",
                 "name":"y"}]}
                """,
                """{"reference":"#o"}""")));

    [Fact]
    public void Two_contained_resources_must_not_share_an_id() =>
        Assert.Equal(
            ["invariant Patient.contained"],
            Validated.Errors(Patient(
                """{"resourceType":"Organization","id":"o","name":"x"},"""
                    + """{"resourceType":"Organization","id":"o","name":"y"}""",
                """{"reference":"#o"}""")));

    [Fact]
    public void Two_elements_must_not_share_an_id() =>
        Assert.Equal(
            ["invariant Patient"],
            Validated.Errors(
                """{"resourceType":"Patient","id":"a","name":[{"id":"a","family":"x"},{"id":"a","family":"y"}]}"""));

    [Fact]
    public void A_resource_without_narrative_is_advised_to_have_one() =>
        Assert.Contains(
            Validated.Issues("""{"resourceType":"Patient","active":true}"""),
            i => i.Diagnostics.StartsWith("dom-6", StringComparison.Ordinal) && !i.IsError
                && i.Expression == "Patient");

    static string Patient(string contained, string organization) =>
        $$"""{"resourceType":"Patient","contained":[{{contained}}],"managingOrganization":{{organization}}}""";
}
