namespace FhirTrials.Fhir.Tests.Validation;

public sealed class SlicingTests
{
    static readonly string[] Identifiers =
    [
        Slicing("Patient.identifier", "value", "system", "open"),
        """{"id":"Patient.identifier:nct","path":"Patient.identifier","sliceName":"nct","min":1,"max":"1"}""",
        """{"id":"Patient.identifier:nct.system","path":"Patient.identifier.system","min":1"""
            + ""","fixedUri":"http://clinicaltrials.gov"}""",
        """{"id":"Patient.identifier:nct.value","path":"Patient.identifier.value","min":1}""",
        """{"id":"Patient.identifier:own","path":"Patient.identifier","sliceName":"own","max":"1"}""",
        """{"id":"Patient.identifier:own.system","path":"Patient.identifier.system","min":1"""
            + ""","fixedUri":"http://example.org/own"}""",
    ];

    const string Nct = """{"system":"http://clinicaltrials.gov","value":"NCT1"}""";
    const string Own = """{"system":"http://example.org/own","value":"1"}""";
    const string Other = """{"system":"http://example.org/other","value":"1"}""";

    [Theory]
    [InlineData(Nct)]
    [InlineData(Other + "," + Nct + "," + Own)]
    [InlineData(Own, "required Patient.identifier")]
    [InlineData(Nct + "," + Nct, "structure Patient.identifier")]
    [InlineData("""{"system":"http://clinicaltrials.gov"}""", "required Patient.identifier[0].value")]
    [InlineData(Other + """,{"system":"http://clinicaltrials.gov"}""", "required Patient.identifier[1].value")]
    public void Slices_told_apart_by_a_value_have_their_own_rules(string identifiers, params string[] expected) =>
        Assert.Equal(
            expected,
            Errors("Patient", Identifiers, $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}"""));

    [Fact]
    public void A_missing_list_misses_its_required_slice() =>
        Assert.Equal(
            ["required Patient.identifier"],
            Errors("Patient", Identifiers, """{"resourceType":"Patient","active":true}"""));

    [Theory]
    [InlineData("closed", false, Nct + "," + Other, "structure Patient.identifier[1]")]
    [InlineData("closed", false, Own + "," + Nct)]
    [InlineData("open", true, Own + "," + Nct, "structure Patient.identifier[1]")]
    [InlineData("open", true, Nct + "," + Other + "," + Own)]
    [InlineData("openAtEnd", false, Other + "," + Nct, "structure Patient.identifier[1]")]
    [InlineData("openAtEnd", false, Nct + "," + Other)]
    public void Rules_and_order_hold(string rules, bool ordered, string identifiers, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [Slicing("Patient.identifier", "value", "system", rules, ordered), .. Identifiers[1..]],
            $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}"""));

    [Theory]
    [InlineData("""{"coding":[{"system":"http://a","code":"1"}]}""")]
    [InlineData("""{"coding":[{"system":"http://b","code":"1"},{"system":"http://a","code":"1","display":"x"}]}""")]
    [InlineData("""{"coding":[{"system":"http://a","code":"2"}]}""", "required Observation.category")]
    public void A_pattern_tells_slices_apart(string category, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Observation",
            [
                Slicing("Observation.category", "pattern", "$this", "open"),
                """
                {"id":"Observation.category:a","path":"Observation.category","sliceName":"a","min":1,
                 "patternCodeableConcept":{"coding":[{"system":"http://a","code":"1"}]}}
                """,
            ],
            $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"category":[{{category}}]}"""));

    [Theory]
    [InlineData("\"valueQuantity\":{\"value\":1,\"unit\":\"g\"}")]
    [InlineData("\"valueString\":\"x\"")]
    [InlineData("\"valueQuantity\":{\"value\":1}", "required Observation.value.unit")]
    public void The_type_tells_slices_of_a_choice_apart(string value, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Observation",
            [
                Slicing("Observation.value[x]", "type", "$this", "open"),
                """{"id":"Observation.value[x]:valueQuantity","path":"Observation.value[x"""
                    + """]","sliceName":"valueQuantity","type":[{"code":"Quantity"}]}""",
                """{"id":"Observation.value[x]:valueQuantity.unit","path":"Observation.value[x].unit","min":1}""",
            ],
            $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},{{value}}}"""));

    [Theory]
    [InlineData("""{"family":"x","use":"usual"}""")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("""{"family":"x"}""", "required Patient.name[0].use")]
    public void Existence_tells_slices_apart(string name, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [
                Slicing("Patient.name", "exists", "family", "open"),
                """{"id":"Patient.name:full","path":"Patient.name","sliceName":"full"}""",
                """{"id":"Patient.name:full.use","path":"Patient.name.use","min":1}""",
                """{"id":"Patient.name:full.family","path":"Patient.name.family","min":1}""",
                """{"id":"Patient.name:plain","path":"Patient.name","sliceName":"plain"}""",
                """{"id":"Patient.name:plain.family","path":"Patient.name.family","max":"0"}""",
            ],
            $$"""{"resourceType":"Patient","name":[{{name}}]}"""));

    [Theory]
    [InlineData("Organization", "o")]
    [InlineData("Practitioner", "p", "required Patient.generalPractitioner")]
    public void The_type_of_a_resolved_target_tells_slices_apart(string type, string id, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [
                Slicing("Patient.generalPractitioner", "type", "resolve()", "open"),
                """
                {"id":"Patient.generalPractitioner:practice","path":"Patient.generalPractitioner",
                 "sliceName":"practice","min":1,
                 "type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Organization"]}]}
                """,
            ],
            $$"""
            {"resourceType":"Patient","contained":[{"resourceType":"{{type}}","id":"{{id}}",
             "identifier":[{"value":"1"}]}],
             "generalPractitioner":[{"reference":"#{{id}}"}]}
            """));

    [Theory]
    [InlineData("""{"resourceType":"Organization","id":"o","name":"x","active":true}""")]
    [InlineData("""{"resourceType":"Organization","id":"o","name":"x"}""", "required Patient.generalPractitioner")]
    public void Conformance_of_a_resolved_target_tells_slices_apart(string contained, params string[] expected)
    {
        var active = ProfileTests.Profile(
            "Organization",
            """{"id":"Organization.active","path":"Organization.active","min":1}""");
        var patient = ProfileTests.Profile(
            "Patient",
            Slicing("Patient.generalPractitioner", "profile", "resolve()", "open"),
            """
            {"id":"Patient.generalPractitioner:active","path":"Patient.generalPractitioner","sliceName":"active",
             "min":1,
             "type":[{"code":"Reference","targetProfile":["http://example.org/Organization-profile"]}]}
            """);
        Assert.Equal(expected, Validated.ErrorsWith([active, patient], $$"""
            {"resourceType":"Patient","contained":[{{contained}}],"generalPractitioner":[{"reference":"#o"}]}
            """));
    }

    [Theory]
    [InlineData(
        """{"use":"official","system":"http://clinicaltrials.gov","value":"NCT1"}""")]
    [InlineData(
        """{"use":"official","system":"http://clinicaltrials.gov","value":"NCT1"},"""
            + """{"use":"official","system":"http://clinicaltrials.gov","value":"NCT1"}""",
        "structure Patient.identifier")]
    public void Slices_may_be_sliced_again(string identifiers, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [
                .. Identifiers[..1],
                """
                {"id":"Patient.identifier:nct","path":"Patient.identifier","sliceName":"nct",
                 "slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"open"}}
                """,
                """{"id":"Patient.identifier:nct.system","path":"Patient.identifier.system","min":1"""
                    + ""","fixedUri":"http://clinicaltrials.gov"}""",
                """{"id":"Patient.identifier:nct/official","path":"Patient.identifier","sliceName":"nct"""
                    + """/official","max":"1"}""",
                """{"id":"Patient.identifier:nct/official.use","path":"Patient.identifier.use","min":1"""
                    + ""","fixedCode":"official"}""",
            ],
            $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}"""));

    [Theory]
    [InlineData(Nct + "," + Other)]
    [InlineData(Nct + """,{"system":"http://example.org/other"}""", "required Patient.identifier[1].value")]
    public void What_fits_no_other_slice_is_in_the_default_slice(string identifiers, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [
                Slicing("Patient.identifier", "value", "system", "closed"),
                .. Identifiers[1..4],
                """{"id":"Patient.identifier:@default","path":"Patient.identifier","sliceName":"@default"}""",
                """{"id":"Patient.identifier:@default.value","path":"Patient.identifier.value","min":1}""",
            ],
            $$"""{"resourceType":"Patient","identifier":[{{identifiers}}]}"""));

    [Theory]
    [InlineData(
        """{"url":"http://hl7.org/fhir/StructureDefinition/patient-importance","valueCodeableConcept":{"text":"x"}}""")]
    [InlineData(
        """{"url":"http://example.org/other","valueString":"x"}""",
        "required Patient.extension")]
    [InlineData(
        """{"url":"http://hl7.org/fhir/StructureDefinition/patient-importance","valueString":"x"}""",
        "structure Patient.extension[0].value")]
    public void Extensions_are_told_apart_by_their_URL(string extensions, params string[] expected) =>
        Assert.Equal(expected, Errors(
            "Patient",
            [
                """
                {"id":"Patient.extension:importance","path":"Patient.extension","sliceName":"importance","min":1,
                 "max":"1",
                 "type":[{"code":"Extension","profile":["http://hl7.org/fhir/StructureDefinition/patient-importance"]}]}
                """,
            ],
            $$"""{"resourceType":"Patient","extension":[{{extensions}}]}"""));

    [Theory]
    [InlineData("""{"resource":{"resourceType":"Patient","active":true}}""")]
    [InlineData(
        """{"resource":{"resourceType":"Patient","gender":"male"}}""",
        "required Bundle.entry[0].resource.active")]
    [InlineData("""{"resource":{"resourceType":"Basic","code":{"text":"x"}}}""", "required Bundle.entry")]
    public void Entries_are_told_apart_by_the_type_of_their_resource(string entry, params string[] expected)
    {
        var patient = ProfileTests.Profile("Patient", """{"id":"Patient.active","path":"Patient.active","min":1}""");
        var bundle = ProfileTests.Profile(
            "Bundle",
            Slicing("Bundle.entry", "type", "resource", "open"),
            """{"id":"Bundle.entry:patient","path":"Bundle.entry","sliceName":"patient","min":1}""",
            """
            {"id":"Bundle.entry:patient.resource","path":"Bundle.entry.resource","min":1,
             "type":[{"code":"Patient","profile":["http://example.org/Patient-profile"]}]}
            """);
        Assert.Equal(expected, Validated.ErrorsWith(
            [patient, bundle],
            $$"""{"resourceType":"Bundle","type":"collection","entry":[{{entry}}]}"""));
    }

    static string[] Errors(string type, string[] elements, string json) =>
        Validated.ErrorsWith([ProfileTests.Profile(type, elements)], json);

    static string Slicing(string path, string type, string discriminator, string rules, bool ordered = false) => $$"""
        {"id":"{{path}}","path":"{{path}}","slicing":{"discriminator":[{"type":"{{type}}","path":"{{discriminator}}"}],
         "rules":"{{rules}}","ordered":{{(ordered ? "true" : "false")}} } }
        """;
}
