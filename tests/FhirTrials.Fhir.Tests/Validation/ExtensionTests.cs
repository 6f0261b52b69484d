using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ExtensionTests
{
    const string Base = "http://hl7.org/fhir/StructureDefinition/";

    [Theory]
    [InlineData("patient-mothersMaidenName", "\"valueString\":\"x\"")]
    [InlineData("patient-birthPlace", "\"valueAddress\":{\"city\":\"x\"}")]
    [InlineData("patient-importance", "\"valueCodeableConcept\":{\"text\":\"x\"}")]
    public void A_known_extension_in_its_place_is_fine(string name, string value) =>
        Assert.Empty(Validated.Errors(Patient($$"""{"url":"{{Base}}{{name}}",{{value}}}""")));

    [Fact]
    public void Its_value_must_have_an_allowed_type() =>
        Assert.Equal(
            ["structure Patient.extension[0].value"],
            Validated.Errors(Patient($$"""{"url":"{{Base}}patient-mothersMaidenName","valueInteger":1}""")));

    [Fact]
    public void It_must_stand_where_its_definition_allows() =>
        Assert.Equal(
            ["extension Organization.extension[0]"],
            Validated.Errors($$"""
                {"resourceType":"Organization","name":"x","extension":[{"url":"{{Base}}patient-mothersMaidenName",
                 "valueString":"x"}]}
                """));

    [Theory]
    [InlineData("""{"url":"latitude","valueDecimal":1},{"url":"longitude","valueDecimal":2}""")]
    [InlineData("""{"url":"latitude","valueDecimal":1}""", "required Patient.address[0].extension[0].extension")]
    [InlineData(
        """{"url":"latitude","valueDecimal":1},{"url":"longitude","valueDecimal":2},"""
            + """{"url":"longitude","valueDecimal":2}""",
        "structure Patient.address[0].extension[0].extension")]
    [InlineData(
        """{"url":"latitude","valueDecimal":1},{"url":"longitude","valueString":"2"}""",
        "structure Patient.address[0].extension[0].extension[1].value")]
    public void Parts_of_a_complex_extension_are_checked(string parts, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Patient",
             "address":[{"city":"x","extension":[{"url":"{{Base}}geolocation","extension":[{{parts}}]}]}]}
            """));

    [Fact]
    public void An_unknown_extension_is_mentioned_once()
    {
        var issues = Validated.Issues(Patient("""
            {"url":"http://example.org/x","valueString":"a"},{"url":"http://example.org/x","valueString":"b"}
            """));
        var issue = Assert.Single(issues, i => i.Code == IssueCode.Extension);
        Assert.Equal((IssueSeverity.Information, "Patient.extension[0]"), (issue.Severity, issue.Expression));
    }

    [Fact]
    public void An_unknown_modifier_extension_is_an_error() =>
        Assert.Equal(
            ["extension Patient.modifierExtension[0]"],
            Validated.Errors("""
                {"resourceType":"Patient","modifierExtension":[{"url":"http://example.org/x","valueString":"a"}]}
                """));

    [Fact]
    public void An_extension_that_is_no_modifier_must_not_stand_as_one() =>
        Assert.Contains(
            "extension Patient.modifierExtension[0]",
            Validated.Errors($$"""
                {"resourceType":"Patient","modifierExtension":[{"url":"{{Base}}patient-mothersMaidenName",
                 "valueString":"a"}]}
                """));

    [Fact]
    public void A_short_name_is_only_for_parts() =>
        Assert.Equal(
            ["extension Patient.extension[0].url"],
            Validated.Errors(Patient("""{"url":"short","valueString":"a"}""")));

    [Fact]
    public void An_extension_has_a_value_or_parts_but_not_both() =>
        Assert.Equal(
            ["invariant Patient.extension[0]"],
            Validated.Errors(Patient("""
                {"url":"http://example.org/x","valueString":"a","extension":[{"url":"y","valueString":"b"}]}
                """)));

    [Theory]
    [InlineData("element", "HumanName", "Patient.name[0]")]
    [InlineData("element", "Patient.name", "Patient.name[0]")]
    [InlineData("element", "Patient.contact", "Patient.contact[0]")]
    [InlineData("element", "Patient.contact.name", "Patient.contact[0].name")]
    [InlineData("element", "DomainResource", "Patient")]
    [InlineData("element", "Element", "Patient.contact[0].name")]
    [InlineData("fhirpath", "Patient.name.where(use = 'usual')", "Patient.name[0]")]
    public void A_context_is_a_type_a_path_or_an_expression(string type, string expression, string place)
    {
        string[] places = ["Patient", "Patient.name[0]", "Patient.contact[0]", "Patient.contact[0].name"];
        var errors = Validated.ErrorsWith([Definition(type, expression), ProfileTests.Profile("Patient")], """
            {"resourceType":"Patient","extension":[{"url":"http://example.org/ours","valueString":"x"}],
             "name":[{"use":"usual","text":"x","extension":[{"url":"http://example.org/ours","valueString":"x"}]}],
             "contact":[{"extension":[{"url":"http://example.org/ours","valueString":"x"}],
               "name":{"text":"x","extension":[{"url":"http://example.org/ours","valueString":"x"}]}}]}
            """);
        Assert.DoesNotContain($"extension {place}.extension[0]", errors);
        Assert.Equal(expression == "Element" ? 0 : expression == "HumanName" ? 2 : 3, errors.Length);
        Assert.All(errors, e => Assert.Contains(e, places.Select(p => $"extension {p}.extension[0]")));
    }

    [Fact]
    public void A_modifier_must_not_stand_as_a_plain_extension() =>
        Assert.Equal(
            ["extension Patient.extension[0]"],
            Validated.ErrorsWith(
                [
                    Definition("element", "Patient", "\"isModifier\":true,\"isModifierReason\":\"x\""),
                    ProfileTests.Profile("Patient"),
                ],
                Patient("""{"url":"http://example.org/ours","valueString":"x"}""")));

    [Fact]
    public void An_extension_occurs_no_more_often_than_it_says() =>
        Assert.Equal(
            ["extension Patient.extension[1]"],
            Validated.ErrorsWith(
                [Definition("element", "Patient", "\"max\":\"1\""), ProfileTests.Profile("Patient")],
                Patient("""
                    {"url":"http://example.org/ours","valueString":"x"},{"url":"http://example.org/ours",
                     "valueString":"y"}
                    """)));

    [Theory]
    [InlineData("integer", "extension Questionnaire.item[0].extension[0]")]
    [InlineData("quantity")]
    public void An_extension_holds_its_elements_to_its_context_invariant(string type, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","type":"{{type}}","extension":[
             {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption","valueCoding":{"code":"mg"} }]}]}
            """));

    static string Definition(string contextType, string expression, string? root = null) => $$"""
        {"resourceType":"StructureDefinition","url":"http://example.org/ours","name":"Ours","status":"draft",
         "kind":"complex-type",
         "abstract":false,"type":"Extension","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Extension",
         "derivation":"constraint","context":[{"type":"{{contextType}}","expression":"{{expression}}"}],
         "differential":{"element":[{"id":"Extension","path":"Extension"{{(root is null ? "" : "," + root)}} },
           {"id":"Extension.value[x]","path":"Extension.value[x]","min":1,"type":[{"code":"string"}]}]} }
        """;

    static string Patient(string extensions) => $$"""{"resourceType":"Patient","extension":[{{extensions}}]}""";
}
