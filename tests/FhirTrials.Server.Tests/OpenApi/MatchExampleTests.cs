using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.OpenApi;

/// <summary>What Swagger UI offers to try $match with.</summary>
public sealed class MatchExampleTests(FiveTrials trials) : IClassFixture<FiveTrials>
{
    [Theory]
    [InlineData("phase", 1)]
    [InlineData("recruitmentStatus", 1)]
    [InlineData("country", 3)]
    [InlineData("condition", 5)]
    [InlineData("near", 5)]
    [InlineData("zipCode", 5)]
    [InlineData("unmentioned", 5)]
    [InlineData("_count", 2)]
    public async Task Each_thing_that_studies_are_chosen_by_has_an_example(string name, int found)
    {
        var document = JsonNode.Parse(await trials.Server.Http.GetStringAsync(
            new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        var examples = document["paths"]!["/ResearchStudy/$match"]!["post"]!["requestBody"]!["content"]!
            ["application/fhir+json"]!["examples"]!.AsObject().Select(e => e.Value!["value"]!)
                .Where(v => v["parameter"] is not null);
        var example = examples.Last(v => v["parameter"]!.AsArray().Any(p => p!["name"]!.GetValue<string>() == name));

        var answer = (await trials.Server.Post(
            "ResearchStudy/$match", example.ToJsonString())).Json["parameter"]![0]!["resource"]!;

        Assert.Equal(
            found, answer["entry"]!.AsArray().Count(e => e!["search"]!["mode"]!.GetValue<string>() == "match"));
    }
}
