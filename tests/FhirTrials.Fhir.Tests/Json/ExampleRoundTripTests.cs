using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;

namespace FhirTrials.Fhir.Tests.Json;

public sealed class ExampleRoundTripTests
{
    /// <summary>Its id has 70 characters; FHIR allows 64.</summary>
    const string Broken = "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json";

    [Fact]
    public void Every_example_of_the_R4_package_comes_back_value_for_value()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in R4Package.Files().Where(f => Path.GetFileName(f) != Broken))
        {
            count++;
            var bytes = File.ReadAllBytes(file);
            var read = FhirJson.Read(bytes, FhirDefinitions.R4.Types);
            if (read.Resource is null || !read.Issues.IsEmpty)
            {
                wrong.Add($"{Path.GetFileName(file)}: {string.Join("; ", read.Issues.Take(3))}");
            }
            else if (!Same(JsonNode.Parse(bytes), JsonNode.Parse(FhirJson.ToUtf8Bytes(read.Resource))))
            {
                wrong.Add($"{Path.GetFileName(file)}: written differently");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.InRange(count, 5_300, 10_000);
    }

    /// <summary>Deep equality that also holds numbers to their digits.</summary>
    static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject a, JsonObject b) =>
            a.Count == b.Count && a.All(p => b.TryGetPropertyValue(p.Key, out var v) && Same(p.Value, v)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second)),
        (null, null) => true,
        (JsonValue a, JsonValue b) => a.ToJsonString() == b.ToJsonString(),
        _ => false,
    };
}
