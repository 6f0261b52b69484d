using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ProfileTests
{
    const string Observation = "\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}";

    public static TheoryData<string, string, string[]> Cases => new()
    {
        { """{"id":"Observation.subject","path":"Observation.subject","min":1}""", "",
            ["required Observation.subject"] },
        { """{"id":"Observation.subject","path":"Observation.subject","min":1}""",
            "\"subject\":{\"reference\":\"Patient/1\"}", [] },
        { """{"id":"Observation.note","path":"Observation.note","max":"1"}""",
            "\"note\":[{\"text\":\"a\"},{\"text\":\"b\"}]", ["structure Observation.note"] },
        { """{"id":"Observation.note","path":"Observation.note","max":"0"}""", "\"note\":[{\"text\":\"a\"}]",
            ["structure Observation.note"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity"}]}""",
            "\"valueString\":\"a\"", ["structure Observation.value"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity"}]}""",
            "\"valueQuantity\":{\"value\":1}", [] },
        { """{"id":"Observation.status","path":"Observation.status","fixedCode":"amended"}""", "",
            ["value Observation.status"] },
        { """{"id":"Observation.status","path":"Observation.status","fixedCode":"final"}""", "", [] },
        { """{"id":"Observation.code","path":"Observation.code","patternCodeableConcept":{"coding":"""
            + """[{"system":"http://loinc.org","code":"1-1"}]}}""",
            "", ["value Observation.code"] },
        { """{"id":"Observation.code","path":"Observation.code","patternCodeableConcept":{"text":"x"}}""", "", [] },
        { """{"id":"Observation.code.coding","path":"Observation.code.coding","min":1}""", "",
            ["required Observation.code.coding"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"integer"}]"""
            + ""","minValueInteger":2,"maxValueInteger":4}""",
            "\"valueInteger\":1", ["value Observation.value"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"integer"}]"""
            + ""","minValueInteger":2,"maxValueInteger":4}""",
            "\"valueInteger\":5", ["value Observation.value"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"integer"}]"""
            + ""","minValueInteger":2,"maxValueInteger":4}""",
            "\"valueInteger\":4", [] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"string"}],"maxLength":3}""",
            "\"valueString\":\"abcd\"", ["too-long Observation.value"] },
        { """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"string"}],"maxLength":3}""",
            "\"valueString\":\"abc\"", [] },
        { """{"id":"Observation.subject","path":"Observation.subject","type":[{"code":"Reference","targetProfile":"""
            + """["http://hl7.org/fhir/StructureDefinition/Patient"]}]}""",
            "\"subject\":{\"reference\":\"Group/1\"}", ["structure Observation.subject"] },
        { """{"id":"Observation.category","path":"Observation.category","binding":"""
            + """{"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/observation-category"}}""",
            "\"category\":[{\"coding\":[{\"system\":\"http://example.org\",\"code\":\"a\"}]}]",
            ["code-invalid Observation.category[0]"] },
        { """{"id":"Observation","path":"Observation","constraint":[{"key":"t-1","severity":"error","human":"Say """
            + """when.","expression":"effective.exists()"}]}""",
            "", ["invariant Observation"] },
        { """{"id":"Observation.note","path":"Observation.note","constraint":"""
            + """[{"key":"t-2","severity":"error","human":"Short.","expression":"text.length() < 3"}]}""",
            "\"note\":[{\"text\":\"ab\"},{\"text\":\"abc\"}]", ["invariant Observation.note[1]"] },
        { """{"id":"Observation","path":"Observation","constraint":"""
            + """[{"key":"t-3","severity":"error","human":"Ours.","expression":"status.memberOf('http://hl7.org/fhir"""
            + """/ValueSet/observation-status')"}]}""", "", [] },
        { """{"id":"Observation","path":"Observation","constraint":"""
            + """[{"key":"t-4","severity":"error","human":"Ours.","expression":"status.memberOf('http://hl7.org/fhir"""
            + """/ValueSet/administrative-gender')"}]}""",
            "", ["invariant Observation"] },
        { """{"id":"Observation","path":"Observation","constraint":"""
            + """[{"key":"t-5","severity":"error","human":"Ours.","expression":"subject.resolve().conformsTo('http:"""
            + """//hl7.org/fhir/StructureDefinition/Patient')"}]}""",
            "\"contained\":[{\"resourceType\":\"Group\",\"id\":\"g\",\"type\":\"person\",\"actual\":true}],\"subject\":"
                + "{\"reference\":\"#g\"}",
            ["invariant Observation"] },
        { """{"id":"Observation","path":"Observation","constraint":"""
            + """[{"key":"t-6","severity":"error","human":"Ours.","expression":"status.toInteger() + (1 | 2) > 0"}]}""",
            "", ["processing Observation"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_profile_adds_its_rules(string element, string content, string[] expected) =>
        Assert.Equal(expected, Validated.ErrorsWith(
            [Profile("Observation", element)],
            "{" + Observation + (content.Length > 0 ? "," + content : "") + "}"));

    [Fact]
    public void A_profile_that_is_asked_for_must_be_known()
    {
        var options = new ValidationOptions { Profiles = ["http://example.org/none"] };
        var issue =
            Assert.Single(Validated.Issues("""{"resourceType":"Patient","active":true}""", options), i => i.IsError);
        Assert.Equal((IssueCode.NotSupported, "Patient"), (issue.Code, issue.Expression));
        Assert.Contains("http://example.org/none", issue.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_must_be_for_the_type_of_the_resource() =>
        Assert.Equal(
            ["structure Patient"],
            Validated.Errors(
                """{"resourceType":"Patient","active":true}""",
                new ValidationOptions { Profiles = ["http://hl7.org/fhir/StructureDefinition/vitalsigns"] }));

    [Fact]
    public void A_claimed_profile_is_checked() =>
        Assert.Contains(
            "required Observation.category",
            Validated.Errors("""
                {"resourceType":"Observation","meta":{"profile":["http://hl7.org/fhir/StructureDefinition/vitalsigns"]},
                 "status":"final","code":{"text":"x"},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024"}
                """));

    [Fact]
    public void A_claimed_profile_that_is_not_known_is_a_warning() =>
        Assert.Equal(
            ["not-supported Patient.meta.profile"],
            Validated.Warnings(
                """{"resourceType":"Patient","meta":{"profile":["http://example.org/none"]},"active":true}"""));

    /// <summary>The base binds the marital status to the same value set, and only warns.</summary>
    [Fact]
    public void A_value_set_that_a_profile_requires_is_required_where_the_base_warns_of_it() =>
        Assert.Equal(
            ["code-invalid Patient.maritalStatus"],
            Validated.ErrorsWith(
                [Profile("Patient", """
                    {"id":"Patient.maritalStatus","path":"Patient.maritalStatus","binding":
                     {"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/marital-status"}}
                    """)],
                """
                {"resourceType":"Patient","maritalStatus":{"coding":[
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"Q"}]}}
                """));

    [Fact]
    public void What_base_and_profile_both_ask_is_reported_once() =>
        Assert.Equal(
            ["required Observation.status"],
            Validated.ErrorsWith(
                [Profile("Observation", """{"id":"Observation.subject","path":"Observation.subject","max":"1"}""")],
                """{"resourceType":"Observation","code":{"text":"x"}}"""));

    [Theory]
    [InlineData("\"value\":1")]
    [InlineData("\"value\":1,\"comparator\":\"<\",\"unit\":\"g\"")]
    [InlineData("\"value\":1,\"comparator\":\"<\"", "structure Observation.value")]
    public void Of_several_profiles_of_a_type_one_must_hold(string quantity, params string[] expected)
    {
        var withUnit = Profile("Quantity", """{"id":"Quantity.unit","path":"Quantity.unit","min":1}""");
        var profile = Profile("Observation", """
            {"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity","profile":[
             "http://hl7.org/fhir/StructureDefinition/SimpleQuantity","http://example.org/Quantity-profile"]}]}
            """);
        Assert.Equal(
            expected,
            Validated.ErrorsWith([withUnit, profile], "{" + Observation + ",\"valueQuantity\":{" + quantity + "}}"));
    }

    internal static string Profile(string type, params string[] elements) => $$"""
        {"resourceType":"StructureDefinition","url":"http://example.org/{{type}}-profile","name":"P","status":"draft",
         "fhirVersion":"4.0.1","kind":"resource","abstract":false,"type":"{{type}}",
         "baseDefinition":"http://hl7.org/fhir/StructureDefinition/{{type}}","derivation":"constraint",
         "differential":{"element":[{{string.Join(',', elements)}}] } }
        """;
}
