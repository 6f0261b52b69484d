namespace FhirTrials.Server.Tests.Http;

/// <summary>A resource nests as deep as the server lets it, which is twice as deep in JSON and
/// more than JSON is read by default.</summary>
public sealed class DeepResourceTests
{
    const int Depth = 50;

    static readonly string Extension = string.Concat(
        Enumerable.Repeat("""{"url":"http://example.org/x","extension":[""", Depth)
            .Append("""{"url":"http://example.org/y","valueBoolean":true}""").Concat(Enumerable.Repeat("]}", Depth)));

    [Fact]
    public async Task It_is_found_read_and_turned_into_a_record()
    {
        using var server = FhirServer.With();
        await server.Put("Location/deep", $$"""
            {"resourceType":"Location","id":"deep","position":{"latitude":-48.9,"longitude":-123.4},
             "extension":[{{Extension}}]}
            """);
        await server.Put("ResearchStudy/NCT99999998", $$"""
            {"resourceType":"ResearchStudy","id":"NCT99999998","status":"active",
             "identifier":[{"system":"http://clinicaltrials.gov","value":"NCT99999998"}],"extension":[{{Extension}}]}
            """);

        await IsTold("Location/deep");
        await IsTold("Location/deep?_pretty=true");
        await IsTold("Location/deep?_format=xml");
        await IsTold("Location?near=-48.9|-123.4|5|km");
        await IsTold("Location?_id=deep&_elements=extension");
        Assert.NotEqual(500, (await server.Get("ResearchStudy/NCT99999998/$to-registry")).Status);

        async Task IsTold(string url)
        {
            var answer = await server.Get(url);
            Assert.Equal((url, 200), (url, answer.Status));
            Assert.Contains("http://example.org/y", answer.Text, StringComparison.Ordinal);
        }
    }
}
