using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>Codes and units whatever they are bound to; each case states all errors and warnings.</summary>
public sealed class CodingTests
{
    const string Ucum = "\"system\":\"http://unitsofmeasure.org\"";
    const string Marital = "\"system\":\"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus\"";
    const string Codings = """
        {"resourceType":"CodeSystem","url":"http://example.org/cs","version":"2","status":"active","content":"complete",
         "concept":[{"code":"a","display":"Letter A","designation":[{"language":"de","value":"Buchstabe A"}]},
         {"code":"b"}]}
        """;

    public static TheoryData<string, string[]> Codes => new()
    {
        { "\"system\":\"http://example.org/cs\",\"code\":\"a\",\"display\":\"letter  a\"", [] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"a\",\"display\":\"Buchstabe A\"", [] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"b\",\"display\":\"whatever\"", [] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"a\",\"display\":\"Letter B\"",
            ["warning code-invalid code.coding[0].display"] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"c\"", ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"c\",\"version\":\"2\"",
            ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"http://example.org/cs\",\"code\":\"c\",\"version\":\"3\"",
            ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"http://example.org/unknown\",\"code\":\"c\",\"display\":\"C\"", [] },
        { "\"system\":\"http://loinc.org\",\"code\":\"1-1\",\"display\":\"C\"", [] },
        { "\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"NONE\"",
            ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"loinc\",\"code\":\"1-1\"", ["error value code.coding[0].system"] },
        { "\"system\":\"http://hl7.org/fhir/ValueSet/administrative-gender\",\"code\":\"male\"",
            ["error value code.coding[0].system"] },
        { "\"system\":\"urn:ietf:bcp:47\",\"code\":\"not a tag\"", ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"urn:ietf:bcp:13\",\"code\":\"json\"", ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"urn:iso:std:iso:3166\",\"code\":\"XQ\"", ["warning code-invalid code.coding[0].code"] },
        { "\"system\":\"urn:iso:std:iso:3166\",\"code\":\"CHE\"", [] },
        { "\"system\":\"urn:iso:std:iso:3166:-2\",\"code\":\"CH-ZH\"", [] },
        { "\"system\":\"urn:iso:std:iso:3166:-2\",\"code\":\"XX-ZH\"", ["warning code-invalid code.coding[0].code"] },
        { Ucum + ",\"code\":\"milligrams\"", ["warning code-invalid code.coding[0].code"] },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_is_held_against_its_system(string coding, string[] expected) =>
        Assert.Equal(expected, Found(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{" + coding + "}]}}"));

    [Fact]
    public void Names_in_another_language_are_not_judged() =>
        Assert.Empty(Found($$"""
            {"resourceType":"Observation","language":"fr","status":"final",
             "code":{"coding":[{"system":"http://example.org/cs","code":"a","display":"La lettre A"}]} }
            """));

    [Theory]
    [InlineData("\"valueQuantity\":{\"value\":1,\"unit\":\"g\"," + Ucum + ",\"code\":\"g\"}")]
    [InlineData("\"valueQuantity\":{\"value\":1," + Ucum + ",\"code\":\"gram\"}", "warning code-invalid value.code")]
    [InlineData("\"valueQuantity\":{\"value\":1,\"system\":\"http://example.org/cs\",\"code\":\"z\"}",
        "warning code-invalid value.code")]
    [InlineData("\"valueQuantity\":{\"value\":1,\"unit\":\"tablets\"}")]
    [InlineData("\"referenceRange\":[{\"text\":\"x\",\"age\":{\"low\":{\"value\":1," + Ucum + ",\"code\":\"years\"}}}]",
        "warning code-invalid referenceRange[0].age.low.code")]
    public void A_unit_is_held_against_its_system(string content, params string[] expected) =>
        Assert.Equal(expected, Found($$"""
            {"resourceType":"Observation","status":"final","code":{"text":"x"},{{content}}}
            """));

    /// <summary>Age, Distance and Duration are bound as types; outside their maximum value sets is an error.</summary>
    [Theory]
    [InlineData("onsetAge", "a")]
    [InlineData("onsetAge", "kg", "error code-invalid onset")]
    [InlineData("onsetAge", "s", "warning code-invalid onset")]
    [InlineData("onsetAge", "years", "error code-invalid onset")]
    public void A_datatypes_own_binding_holds_wherever_it_is_used(string name, string unit, params string[] expected) =>
        Assert.Equal(expected, Found($$"""
            {"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":[
             {"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
             "{{name}}":{"value":1,{{Ucum}},"code":"{{unit}}"} }
            """));

    [Theory]
    [InlineData("km")]
    [InlineData("h", "error code-invalid extension[0].value")]
    public void So_does_that_of_Distance(string unit, params string[] expected) =>
        Assert.Equal(expected, Found($$"""
            {"resourceType":"Location","name":"x","extension":[{"url":"http://example.org/distance",
             "valueDistance":{"value":1,{{Ucum}},"code":"{{unit}}"} }]}
            """));

    [Theory]
    [InlineData("\"language\":\"de-CH\"")]
    [InlineData("\"language\":\"English please\"", "error code-invalid language")]
    [InlineData("\"communication\":[{\"language\":{\"coding\":[{\"system\":\"urn:ietf:bcp:47\",\"code\":\"gsw\"}]}}]")]
    [InlineData("\"communication\":[{\"language\":{\"text\":\"Swiss German\"}}]")]
    [InlineData(
        "\"communication\":[{\"language\":{\"coding\":[{\"system\":\"http://example.org/languages\","
            + "\"code\":\"gsw\"}]}}]",
        "error code-invalid communication[0].language")]
    [InlineData("\"photo\":[{\"contentType\":\"image/png\",\"url\":\"http://example.org/p\"}]")]
    [InlineData("\"photo\":[{\"contentType\":\"png\",\"url\":\"http://example.org/p\"}]",
        "error code-invalid photo[0].contentType")]
    [InlineData("\"maritalStatus\":{\"coding\":[{" + Marital + ",\"code\":\"M\",\"display\":\"Divorced\"}]}",
        "warning code-invalid maritalStatus.coding[0].display")]
    public void Languages_media_types_and_displays_of_a_patient_are_checked(string content, params string[] expected) =>
        Assert.Equal(expected, Found($$"""{"resourceType":"Patient",{{content}}}"""));

    [Theory]
    [InlineData("CHF")]
    [InlineData("chf", "error code-invalid totalNet.currency")]
    [InlineData("Francs", "error code-invalid totalNet.currency")]
    public void A_currency_is_one_of_ISO_4217(string currency, params string[] expected) =>
        Assert.Equal(expected, Found($$"""
            {"resourceType":"Invoice","status":"draft","totalNet":{"value":1.50,"currency":"{{currency}}"} }
            """));

    [Fact]
    public void Every_currency_of_R4s_own_expansion_is_known()
    {
        var bundle = Validated.Read(File.ReadAllText(R4Package.Files("Bundle-valueset-expansions.json").Single()));
        var currencies = bundle["entry"].Select(e => e.Child("resource")!)
            .Single(v => v.ValueOf("url") == "http://hl7.org/fhir/ValueSet/currencies").Child("expansion")!["contains"]
            .Select(c => c.ValueOf("code")!);
        Assert.Empty(currencies.Except(IsoCodes.Currencies));
    }

    static string[] Found(string json) =>
    [
        .. Validated.With([Codings]).Validate(Validated.Read(json))
            .Where(i => i.Severity <= IssueSeverity.Warning
                && !i.Diagnostics.StartsWith("dom-6", StringComparison.Ordinal))
            .Select(i => $"{i.Severity.ToFhirCode()} {i.Code.ToFhirCode()} {i.Expression!.Split('.', 2)[1]}"),
    ];
}
