using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>Fixed values and patterns of every type that an element may have, with values made at random.</summary>
public sealed class FixedAndPatternTests
{
    const string Url = "http://example.org/valued";

    static readonly ElementDefinition Value = FhirDefinitions.R4.Types["Extension"].Element("value")!;

    public static TheoryData<string> Types => [.. Value.Types.Select(t => t.Type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_value_is_what_is_fixed_or_has_all_of_the_pattern(string type)
    {
        var random = new RandomResource(FhirDefinitions.R4, new Random(type.Length));
        for (var i = 0; i < 5; i++)
        {
            var value = Json(random.Make(Value, FhirDefinitions.R4.Types[type]));
            var other = Json(random.Make(Value, FhirDefinitions.R4.Types[type]));
            var isSame = JsonNode.DeepEquals(value, other);
            var part = Part(value);

            Assert.Empty(Faults("fixed", type, value, value));
            Assert.Equal(isSame ? [] : ["value Basic.extension[0].value"], Faults("fixed", type, value, other));
            Assert.Empty(Faults("pattern", type, value, value));
            Assert.Empty(Faults("pattern", type, part, value));
            Assert.Equal(
                Has(other, value) ? [] : ["value Basic.extension[0].value"], Faults("pattern", type, value, other));
        }
    }

    /// <summary>What the rule of a profile that says <c>fixedX</c> or
    /// <c>patternX</c> finds wrong with a value.</summary>
    static string[] Faults(string rule, string type, JsonNode prescribed, JsonNode value)
    {
        var name = char.ToUpperInvariant(type[0]) + type[1..];
        var definition = JsonNode.Parse($$"""
            {"resourceType":"StructureDefinition","url":"{{Url}}","name":"V","status":"draft","kind":"complex-type",
             "abstract":false,
             "type":"Extension","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Extension",
             "derivation":"constraint",
             "context":[{"type":"element","expression":"Element"}],"differential":{"element":[
              {"id":"Extension.value[x]","path":"Extension.value[x]","type":[{"code":"{{type}}"}]}]} }
            """)!;
        definition["differential"]!["element"]![0]![rule + name] = prescribed.DeepClone();
        var basic =
            JsonNode.Parse($$"""{"resourceType":"Basic","code":{"text":"x"},"extension":[{"url":"{{Url}}"}]}""")!;
        basic["extension"]![0]!["value" + name] = value.DeepClone();
        return
        [
            .. Validated.With([definition.ToJsonString()]).Validate(Validated.Read(basic.ToJsonString()))
                .Where(i => i.Code == IssueCode.Value && i.Expression == "Basic.extension[0].value")
                .Select(i => $"{i.Code.ToFhirCode()} {i.Expression}"),
        ];
    }

    /// <summary>A value as JSON, without the properties of a primitive's own children.</summary>
    static JsonNode Json(Element value)
    {
        var extensions = FhirDefinitions.R4.Types["Basic"].Element("extension")!;
        var extension = new Element(
            extensions, "extension", FhirDefinitions.R4.Types["Extension"], null,
            [value.Type.IsPrimitive ? value.With([]) : value]);
        var basic = new Element(
            null, "Basic", FhirDefinitions.R4.Types["Basic"], null, ImmutableArray.Create(extension));
        return JsonNode.Parse(FhirJson.ToUtf8Bytes(basic))!["extension"]![0]![value.JsonName]!;
    }

    /// <summary>The same without one property.</summary>
    static JsonNode Part(JsonNode value)
    {
        var part = value.DeepClone();
        if (part is JsonObject { Count: > 1 } members)
        {
            members.Remove(members.First().Key);
        }

        return part;
    }

    /// <summary>R4's words on patterns: every property of it, and of each of its items
    /// some item that has all of it.</summary>
    static bool Has(JsonNode? value, JsonNode? pattern) => (value, pattern) switch
    {
        (JsonObject v, JsonObject p) => p.All(m => Has(v[m.Key], m.Value)),
        (JsonArray v, JsonArray p) => p.All(wanted => v.Any(item => Has(item, wanted))),
        _ => JsonNode.DeepEquals(value, pattern),
    };
}
