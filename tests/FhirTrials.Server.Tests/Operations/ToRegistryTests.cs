using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Operations;

/// <summary>$to-registry gives the registry's record of a study again.</summary>
public sealed class ToRegistryTests(FhirServer server)
{
    public static TheoryData<string> Five =>
        ["NCT01207388", "NCT02013167", "NCT02458014", "NCT04521231", "NCT07192237"];

    [Theory, MemberData(nameof(Five))]
    public async Task An_imported_record_comes_back_as_it_was(string nctId)
    {
        var answer = await server.Get($"ResearchStudy/{nctId}/$to-registry");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer.Headers["Content-Type"], StringComparison.Ordinal);
        var record = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "registry", $"{nctId}.json"));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(record), JsonElement.Parse(answer.Text)));
    }

    [Fact]
    public async Task What_has_been_changed_since_comes_back_changed()
    {
        var study = (await server.Get("ResearchStudy/NCT02458014")).Json;
        var own = new JsonObject
        {
            ["resourceType"] = "ResearchStudy",
            ["id"] = "NCT99999999",
            ["status"] = "active",
            ["title"] = "Another title",
            ["identifier"] = study["identifier"]!.DeepClone(),
        };
        await server.Put("ResearchStudy/NCT99999999", own.ToJsonString());

        var record = (await server.Get("ResearchStudy/NCT99999999/$to-registry")).Json;

        Assert.Equal("Another title", (string?)record["protocolSection"]!["identificationModule"]!["briefTitle"]);
    }

    /// <summary>Fields are kept where somebody says, in place of all that is there.</summary>
    [Theory]
    [InlineData("/protocolSection", "5")]
    [InlineData("/protocolSection/identificationModule", "[]")]
    public async Task A_study_whose_number_was_written_over_has_no_record(string pointer, string json)
    {
        var study = (await server.Get("ResearchStudy/NCT02458014")).Json;
        study["id"] = "NCT99999997";
        study["extension"]!.AsArray().Add(new JsonObject
        {
            ["url"] = "http://fhirtrials.org/fhir/StructureDefinition/registry-field",
            ["extension"] = new JsonArray(
                new JsonObject { ["url"] = "path", ["valueString"] = pointer },
                new JsonObject { ["url"] = "json", ["valueString"] = json }),
        });
        await server.Put("ResearchStudy/NCT99999997", study.ToJsonString());

        Assert.Equal(404, (await server.Get("ResearchStudy/NCT99999997/$to-registry")).Status);
        await server.Delete("ResearchStudy/NCT99999997");
    }

    [Fact]
    public async Task A_study_without_a_number_of_the_registry_has_no_record()
    {
        await server.Put(
            "ResearchStudy/unregistered", """{"resourceType":"ResearchStudy","id":"unregistered","status":"active"}""");

        Assert.Equal(404, (await server.Get("ResearchStudy/unregistered/$to-registry")).Status);
        Assert.Equal(404, (await server.Get("ResearchStudy/nobody/$to-registry")).Status);
    }
}
