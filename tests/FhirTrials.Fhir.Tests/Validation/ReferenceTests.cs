using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"reference":"Medication/1"}""", "structure Condition.subject")]
    [InlineData("""{"reference":"http://example.org/fhir/Medication/1/_history/2"}""", "structure Condition.subject")]
    [InlineData("""{"type":"Medication","identifier":{"value":"1"}}""", "structure Condition.subject")]
    [InlineData("""{"reference":"Patient/1","type":"Group"}""", "value Condition.subject.type")]
    [InlineData("""{"reference":"Patiend/1"}""", "value Condition.subject.reference")]
    [InlineData("""{"reference":"#nobody"}""", "invariant Condition.subject.reference")]
    public void A_wrong_reference_is_an_error(string subject, string expected) =>
        Assert.Equal([expected], Validated.Errors(Condition(subject)));

    [Theory]
    [InlineData("""{"reference":"Patient/1"}""")]
    [InlineData("""{"reference":"Group/1"}""")]
    [InlineData("""{"reference":"http://example.org/fhir/Patient/1"}""")]
    [InlineData("""{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}""")]
    [InlineData("""{"reference":"Patient?identifier=1"}""")]
    [InlineData("""{"reference":"https://example.org/some/page"}""")]
    [InlineData("""{"identifier":{"value":"1"}}""")]
    [InlineData("""{"display":"somebody"}""")]
    public void A_reference_to_an_allowed_type_is_none(string subject) => Assert.Empty(Validated.Errors(Condition(subject)));

    [Fact]
    public void A_contained_target_has_its_own_type_checked() =>
        Assert.Equal(
            ["structure Condition.subject"],
            Validated.Errors("""
                {"resourceType":"Condition","contained":[{"resourceType":"Medication","id":"m"}],"subject":{"reference":"#m"}}
                """));

    [Fact]
    public void Existence_is_checked_where_a_resolver_is_given()
    {
        var known = Validated.Read("""{"resourceType":"Patient","id":"1"}""");
        var options = new ValidationOptions { Resolve = r => r == "Patient/1" ? known : null };
        Assert.Empty(Validated.Errors(Condition("""{"reference":"Patient/1"}"""), options));
        Assert.Equal(
            ["not-found Condition.subject.reference"],
            Validated.Errors(Condition("""{"reference":"Patient/2"}"""), options));
        Assert.Empty(Validated.Errors(Condition("""{"reference":"http://elsewhere.org/Patient/2"}"""), options));
    }

    [Theory]
    [InlineData("\"active\":true")]
    [InlineData("\"gender\":\"male\"", "structure Condition.subject")]
    public void A_target_that_is_at_hand_must_conform_to_the_profile_asked_for(string patient, params string[] expected)
    {
        var active = ProfileTests.Profile("Patient", """{"id":"Patient.active","path":"Patient.active","min":1}""");
        var condition = ProfileTests.Profile(
            "Condition",
            """
            {"id":"Condition.subject","path":"Condition.subject",
             "type":[{"code":"Reference","targetProfile":["http://example.org/Patient-profile"]}]}
            """);
        Assert.Equal(expected, Validated.ErrorsWith([active, condition], $$"""
            {"resourceType":"Condition","contained":[{"resourceType":"Patient","id":"p",{{patient}} }],"subject":{"reference":"#p"} }
            """));
    }

    [Fact]
    public void References_in_a_circle_come_to_an_end()
    {
        var organization = ProfileTests.Profile(
            "Organization",
            """
            {"id":"Organization.partOf","path":"Organization.partOf","min":1,
             "type":[{"code":"Reference","targetProfile":["http://example.org/Organization-profile"]}]}
            """);
        Assert.Empty(Validated.ErrorsWith([organization], """
            {"resourceType":"Organization","name":"x","partOf":{"reference":"#o"},
             "contained":[{"resourceType":"Organization","id":"o","name":"y","partOf":{"reference":"#"}}]}
            """));
    }

    [Fact]
    public void A_long_chain_of_references_with_many_ways_costs_no_more_than_its_length()
    {
        const int Length = 3000;
        var organization = ProfileTests.Profile(
            "Organization",
            """
            {"id":"Organization.partOf","path":"Organization.partOf",
             "type":[{"code":"Reference","targetProfile":["http://example.org/Organization-profile"]}]}
            """);
        var entries = Enumerable.Range(0, Length).Select(i => $$"""
            {"fullUrl":"http://example.org/Organization/{{i}}","resource":{"resourceType":"Organization","id":"{{i}}","name":"x",
             "meta":{"profile":["http://example.org/Organization-profile"]},
             "partOf":{"reference":"Organization/{{(i + 1) % Length}}"} } }
            """);
        Assert.Empty(Validated.ErrorsWith(
            [ProfileTests.Profile("Bundle"), organization],
            $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', entries)}}]}""",
            profile: "http://example.org/Bundle-profile"));
    }

    [Fact]
    public void A_target_in_the_store_must_conform_but_is_not_followed_further()
    {
        var organization = ProfileTests.Profile(
            "Organization",
            """{"id":"Organization.active","path":"Organization.active","min":1}""",
            """
            {"id":"Organization.partOf","path":"Organization.partOf",
             "type":[{"code":"Reference","targetProfile":["http://example.org/Organization-profile"]}]}
            """);
        Assert.Equal([], Errors("""{"resourceType":"Organization","active":true,"name":"x","partOf":{"reference":"Organization/1"}}"""));
        Assert.Equal(["structure Organization.partOf"], Errors("""{"resourceType":"Organization","name":"x"}"""));

        string[] Errors(string stored) => Validated.ErrorsWith(
            [organization],
            """{"resourceType":"Organization","active":true,"name":"x","partOf":{"reference":"Organization/1"}}""",
            new ValidationOptions { Resolve = _ => Validated.Read(stored) });
    }

    static string Condition(string subject) => $$"""{"resourceType":"Condition","subject":{{subject}}}""";
}
