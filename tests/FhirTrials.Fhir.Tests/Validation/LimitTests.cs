using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>minValue, maxValue, maxLength and regular expressions of a profile, on each type that has them.</summary>
public sealed class LimitTests
{
    const string Ucum = "\"system\":\"http://unitsofmeasure.org\"";
    const string FiveMilligram = "\"minValueQuantity\":{\"value\":5," + Ucum + ",\"code\":\"mg\"}";
    const string AtMostFive = "\"maxValueQuantity\":{\"value\":5," + Ucum + ",\"code\":\"mg\"}";
    const string TwoYears = "{\"value\":2," + Ucum + ",\"code\":\"a\"}";

    public static TheoryData<string, string, string, string[]> Cases => new()
    {
        // Quantities, in any unit of the kind.
        { "Quantity", FiveMilligram, Quantity("4.9", "mg"), ["value"] },
        { "Quantity", FiveMilligram, Quantity("5", "mg"), [] },
        { "Quantity", FiveMilligram, Quantity("0.0049", "g"), ["value"] },
        { "Quantity", FiveMilligram, Quantity("0.005", "g"), [] },
        { "Quantity", AtMostFive, Quantity("0.0051", "g"), ["value"] },
        { "Quantity", AtMostFive, Quantity("5000", "ug"), [] },
        { "Quantity", AtMostFive, Quantity("4", "mL"), ["warning value"] },
        { "Quantity", AtMostFive, "{\"value\":4,\"unit\":\"mg\"}", ["warning value"] },
        { "Quantity", FiveMilligram, Quantity("5", "mg", "<"), ["value"] },
        { "Quantity", FiveMilligram, Quantity("1", "mg", ">"), [] },
        { "Quantity", AtMostFive, Quantity("5", "mg", ">"), ["value"] },
        { "Quantity", AtMostFive, Quantity("9", "mg", "<"), [] },
        { "Quantity", AtMostFive, "{\"comparator\":\"<\",\"unit\":\"mg\"}", [] },

        // Numbers.
        { "integer", "\"minValueInteger\":2", "1", ["value"] },
        { "integer", "\"maxValueInteger\":2", "3", ["value"] },
        { "integer", "\"minValueInteger\":2,\"maxValueInteger\":2", "2", [] },

        // Dates of different precision: only what is certainly outside.
        { "dateTime", "\"minValueDateTime\":\"2020-06\"", "\"2020-05-31\"", ["value"] },
        { "dateTime", "\"minValueDateTime\":\"2020-06\"", "\"2020\"", [] },
        { "dateTime", "\"minValueDateTime\":\"2020-06\"", "\"2020-06-01\"", [] },
        { "dateTime", "\"maxValueDateTime\":\"2020-06-15T12:00:00Z\"", "\"2020-06-15T14:00:01+02:00\"", ["value"] },
        { "dateTime", "\"maxValueDateTime\":\"2020-06-15T12:00:00Z\"", "\"2020-06-15T14:00:00+02:00\"", [] },
        { "dateTime", "\"maxValueDateTime\":\"2020-06-15T12:00:00Z\"", "\"2020-06-15\"", [] },
        { "dateTime", "\"maxValueDateTime\":\"2020-06-15T12:00:00Z\"", "\"2020-06-17\"", ["value"] },
        { "time", "\"minValueTime\":\"08:00:00\"", "\"07:59:59\"", ["value"] },
        { "time", "\"maxValueTime\":\"08:00:00\"", "\"08:00:00.000\"", [] },

        // Relative to now, which is 2024-05-01T12:00:00Z.
        { "dateTime", "\"minValueQuantity\":" + TwoYears, "\"2022-04-29\"", ["value"] },
        { "dateTime", "\"minValueQuantity\":" + TwoYears, "\"2022-05-02\"", [] },
        { "dateTime", "\"maxValueQuantity\":" + TwoYears, "\"2026-05-03\"", ["value"] },
        { "dateTime", "\"maxValueQuantity\":" + TwoYears, "\"2026\"", [] },

        // Texts.
        { "string", "\"maxLength\":3", "\"\U0001F600\U0001F600\U0001F600\"", [] },
        { "string", "\"maxLength\":3", "\"\U0001F600\U0001F600\U0001F600\U0001F600\"", ["too-long"] },
        { "string", Regex("[A-Z]{2}[0-9]+"), "\"AB12\"", [] },
        { "string", Regex("[A-Z]{2}[0-9]+"), "\"AB12x\"", ["value"] },
        { "string", Regex("(a)\\\\1"), "\"aa\"", ["warning not-supported"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_limit_holds_for_what_is_certainly_outside(string type, string limit, string value, string[] expected)
    {
        var element =
            $$"""{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"{{type}}"}],{{limit}}}""";
        var name = "value" + char.ToUpperInvariant(type[0]) + type[1..];
        var profile = ProfileTests.Profile("Observation", element);
        var json = $$"""
            {"resourceType":"Observation","meta":{"profile":["http://example.org/Observation-profile"]},
             "status":"final",
             "code":{"text":"x"},"{{name}}":{{value}}}
            """;
        Assert.Equal(
            expected.Select(e => e + " Observation.value"),
            Validated.With([profile]).Validate(Validated.Read(json))
                .Where(i => i.Expression == "Observation.value")
                .Select(i => $"{(i.IsError ? "" : "warning ")}{i.Code.ToFhirCode()} {i.Expression}"));
    }

    [Theory]
    [InlineData("\"1.10\"", "1.1", "value")]
    [InlineData("\"1.10\"", "1.10")]
    public void A_fixed_decimal_is_fixed_with_its_precision(string fixedText, string value, params string[] expected) =>
        Assert.Equal(
            expected.Select(e => e + " Observation.value.value"),
            Validated.ErrorsWith(
                [
                    ProfileTests.Profile(
                        "Observation",
                        """{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity"}]}""",
                        """{"id":"Observation.value[x].value","path":"Observation.value[x].value","fixedDecimal":"""
                            + $$"""{{fixedText.Trim('"')}}}"""),
                ],
                """{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":"""
                    + $$"""{{value}} } }"""));

    static string Quantity(string value, string code, string? comparator = null) =>
        $$"""{"value":{{value}},{{(comparator is null ? "" : $"\"comparator\":\"{comparator}\",")}}{{Ucum}}"""
        + $$""","code":"{{code}}"}""";

    static string Regex(string pattern) =>
        $$"""
        "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/regex","valueString":"{{pattern}}"}]
        """;
}
