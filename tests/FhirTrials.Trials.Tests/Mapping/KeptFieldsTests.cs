using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>What no element holds is kept as JSON: exactly, and without harm where somebody else wrote it.</summary>
public sealed class KeptFieldsTests
{
    const string NctId = "NCT00000001";

    [Theory]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1e5")]
    [InlineData("1E-400")]
    [InlineData("123456789012345678901234567890.12345678901234567890")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("\"\\ud83e\\uddec \\u00e9\\t\\\"\\\\\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[null, [], {}, [[\"\"]]]")]
    [InlineData("{\"\": {\"a/b\": {\"~1\": [{\"0\": null}]}}}")]
    public void A_field_that_the_format_does_not_know_comes_back_as_it_was_written(string json)
    {
        Holds($$$"""{"a/b~c": {{{json}}}, "deep": {"er": [{{{json}}}]}}""");
        Holds($$$"""{"briefSummary": "x", "extra": {{{json}}}}""");
    }

    /// <summary>As deep as a record may be.</summary>
    [Fact]
    public void A_deep_field_comes_back() =>
        Holds($$$"""{"deep": {{{new string('[', 29)}}}{{{new string(']', 29)}}}}""");

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"b":{"a":1,"\u0061":2}}""")]
    [InlineData("""["\ud83e"]""")]
    [InlineData("""{"\ud83e":1}""")]
    [InlineData("""[1""")]
    [InlineData("")]
    public void What_no_record_may_hold_is_not_put_into_one(string json)
    {
        var study = Study([("/extra", json), ("/extra/a", "1"), ("/known", "2")]);

        var record = StudyMapper.ToRecord(NctId, [study])!;

        Assert.Equal("""{"a":1}""", record["extra"]!.ToJsonString());
        Assert.Equal(2, (int)record["known"]!);
    }

    [Theory]
    [InlineData("", "5")]
    [InlineData("/", "5")]
    [InlineData("extra", "5")]
    [InlineData("/protocolSection/identificationModule/nctId/0", "5")]
    [InlineData("/protocolSection/identificationModule/secondaryIdInfos/7", "5")]
    public void A_place_that_is_none_does_no_harm(string pointer, string json) => Assert.Equal(
        NctId,
        (string?)StudyMapper.ToRecord(NctId, [Study([(pointer, json)])])!
            ["protocolSection"]!["identificationModule"]!["nctId"]);

    /// <summary>As deep as a server may let it be, which is deeper than JSON is read by default.</summary>
    [Fact]
    public void A_deep_study_is_read_back()
    {
        const int Depth = 100;
        var deep = string.Concat(Enumerable.Repeat("""{"url":"http://example.org/x","extension":[""", Depth))
            + """{"url":"http://example.org/y","valueString":"z"}"""
            + string.Concat(Enumerable.Repeat("]}", Depth));
        var limits = new ReadLimits { Depth = ReadLimits.MaxDepth };

        var study = Study(JsonNode.Parse(deep, null, new() { MaxDepth = 300 })!, limits);
        Assert.NotNull(StudyMapper.ToRecord(NctId, [study]));
    }

    static void Holds(string module)
    {
        var record = Records.WithProtocol($"\"descriptionModule\":{module}");
        Assert.Equal([], RoundTripTests.Differences(record));
        Assert.Equal("", RoundTripTests.Errors(record));
    }

    static Element Study((string Pointer, string Json)[] fields) => Study(new JsonArray([.. fields.Select(Field)]));

    static Element Study(JsonNode extensions, ReadLimits? limits = null)
    {
        var mapped = StudyMapper.ToJson(Records.WithProtocol("\"statusModule\":{}"))[^1];
        foreach (var extension in extensions as JsonArray ?? [extensions])
        {
            mapped["extension"] ??= new JsonArray();
            mapped["extension"]!.AsArray().Add(extension!.DeepClone());
        }

        return FhirJson.Read(
            Encoding.UTF8.GetBytes(mapped.ToJsonString(new JsonSerializerOptions { MaxDepth = 600 })),
            FhirDefinitions.R4.Types, limits).Resource!;
    }

    static JsonNode Field((string Pointer, string Json) field) => new JsonObject
    {
        ["url"] = "http://fhirtrials.org/fhir/StructureDefinition/registry-field",
        ["extension"] = new JsonArray(
            new JsonObject { ["url"] = "path", ["valueString"] = field.Pointer },
            new JsonObject { ["url"] = "json", ["valueString"] = field.Json }),
    };
}
