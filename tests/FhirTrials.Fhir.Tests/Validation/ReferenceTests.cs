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
    public void A_reference_to_an_allowed_type_is_none(string subject) =>
        Assert.Empty(Validated.Errors(Condition(subject)));

    [Fact]
    public void A_contained_target_has_its_own_type_checked() =>
        Assert.Equal(
            ["structure Condition.subject"],
            Validated.Errors("""
                {"resourceType":"Condition","contained":[{"resourceType":"Medication","id":"m"}],
                 "subject":{"reference":"#m"}}
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
            {"resourceType":"Condition","contained":[{"resourceType":"Patient","id":"p",{{patient}} }],
             "subject":{"reference":"#p"} }
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
            {"fullUrl":"http://example.org/Organization/{{i}}","resource":{"resourceType":"Organization","id":"{{i}}",
             "name":"x",
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
        Assert.Equal([], Errors(
            """{"resourceType":"Organization","active":true,"name":"x","partOf":{"reference":"Organization/1"}}"""));
        Assert.Equal(["structure Organization.partOf"], Errors("""{"resourceType":"Organization","name":"x"}"""));

        string[] Errors(string stored) => Validated.ErrorsWith(
            [organization],
            """{"resourceType":"Organization","active":true,"name":"x","partOf":{"reference":"Organization/1"}}""",
            new ValidationOptions { Resolve = _ => Validated.Read(stored) });
    }

    static string Condition(string subject) => $$"""{"resourceType":"Condition","subject":{{subject}}}""";

    [Theory]
    [InlineData("\"aggregation\":[\"contained\"]", "Organization/1",
        "structure Patient.managingOrganization.reference")]
    [InlineData("\"aggregation\":[\"contained\"]", "#o")]
    [InlineData("\"aggregation\":[\"referenced\"]", "#o", "structure Patient.managingOrganization.reference")]
    [InlineData("\"aggregation\":[\"referenced\",\"contained\"]", "#o")]
    [InlineData("\"aggregation\":[\"bundled\"]", "Organization/1", "structure Patient.managingOrganization.reference")]
    [InlineData("\"versioning\":\"specific\"", "Organization/1", "structure Patient.managingOrganization.reference")]
    [InlineData("\"versioning\":\"specific\"", "Organization/1/_history/2")]
    [InlineData("\"versioning\":\"independent\"", "Organization/1/_history/2",
        "structure Patient.managingOrganization.reference")]
    [InlineData("\"versioning\":\"either\"", "Organization/1/_history/2")]
    public void A_profile_says_where_a_target_is_and_which_version(
        string rule, string reference, params string[] expected)
    {
        var profile = ProfileTests.Profile("Patient", $$"""
            {"id":"Patient.managingOrganization","path":"Patient.managingOrganization","type":[{"code":"Reference",
             "targetProfile":["http://hl7.org/fhir/StructureDefinition/Organization"],{{rule}} }]}
            """);
        var contained =
            reference.StartsWith('#') ? """ "contained":[{"resourceType":"Organization","id":"o","name":"x"}], """ : "";
        Assert.Equal(expected, Validated.ErrorsWith([profile], $$"""
            {"resourceType":"Patient",{{contained}}"managingOrganization":{"reference":"{{reference}}"} }
            """));
    }

    [Fact]
    public void A_bundled_target_is_in_the_Bundle()
    {
        var profile = ProfileTests.Profile("Patient", """
            {"id":"Patient.managingOrganization","path":"Patient.managingOrganization","type":[{"code":"Reference",
             "targetProfile":["http://hl7.org/fhir/StructureDefinition/Organization"],"aggregation":["bundled"]}]}
            """);
        var issues = Validated.With([profile]).Validate(Validated.Read("""
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"http://example.org/Organization/o","resource":{"resourceType":"Organization","id":"o",
              "name":"x"}},
             {"fullUrl":"http://example.org/Patient/p","resource":{"resourceType":"Patient","id":"p",
              "meta":{"profile":["http://example.org/Patient-profile"]},
              "managingOrganization":{"reference":"Organization/o"}}}]}
            """));
        Assert.DoesNotContain(issues, i => i.IsError);
    }

    [Theory]
    [InlineData("http://example.org/fhir/Foo/1", "value Patient.managingOrganization.reference")]
    [InlineData("Foo/1", "value Patient.managingOrganization.reference")]
    [InlineData("http://example.org/anything")]
    public void A_reference_names_a_type_that_there_is(string reference, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Patient","managingOrganization":{"reference":"{{reference}}"} }
            """));

    [Theory]
    [InlineData("#l")]
    [InlineData("#other", "invariant PlanDefinition.library[0]")]
    [InlineData("http://example.org/Library/1|2")]
    public void A_canonical_to_a_fragment_is_contained(string library, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"PlanDefinition","status":"active","contained":[{"resourceType":"Library","id":"l",
             "status":"active",
             "type":{"text":"x"} }],"library":["{{library}}"],"relatedArtifact":[{"type":"depends-on","resource":"#l"}]}
            """));
}
