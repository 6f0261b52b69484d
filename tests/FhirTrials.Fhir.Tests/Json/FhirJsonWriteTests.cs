using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;

namespace FhirTrials.Fhir.Tests.Json;

public sealed class FhirJsonWriteTests
{
    /// <summary>Longer than any piece that the writer takes at once, as many small
    /// values and as one large one.</summary>
    [Theory]
    [InlineData(40_000, 50)]
    [InlineData(3, 1_000_000)]
    public void A_large_text_comes_back_whole(int count, int length)
    {
        var given = Enumerable.Range(0, count).Select(i => JsonValue.Create($"{i}-ü\"{new string('x', length - 10)}"));
        var patient = new JsonObject
        {
            ["resourceType"] = "Patient",
            ["name"] = new JsonArray(new JsonObject { ["given"] = new JsonArray([.. given]) }),
        };

        var read = FhirJson.Read(patient, FhirDefinitions.R4.Types);

        Assert.Empty(read.Issues);
        Assert.True(JsonNode.DeepEquals(patient, JsonNode.Parse(FhirJson.ToUtf8Bytes(read.Resource!))));
    }

    /// <summary>Literals that are as long and end alike, or are the same to the
    /// letter, come back each as it was.</summary>
    [Fact]
    public void Literals_that_look_alike_stay_apart()
    {
        var given = Enumerable.Range(0, 2_000)
            .Select(i => $"\"{i % 600:d4}-the-same-ending{(i % 3 == 0 ? "é" : "e")}\"");
        var text = $$"""{"resourceType":"Patient","name":[{"given":[{{string.Join(',', given)}}]}]}""";

        var read = FhirJson.Read(Encoding.UTF8.GetBytes(text), FhirDefinitions.R4.Types);

        Assert.Equal(text, Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(read.Resource!)));
    }
}
