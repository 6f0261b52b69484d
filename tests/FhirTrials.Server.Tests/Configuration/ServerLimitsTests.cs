using FhirTrials.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace FhirTrials.Server.Tests.Configuration;

public sealed class ServerLimitsTests
{
    const string JsonPatch = "application/json-patch+json";
    const string Xml = "application/fhir+xml";

    [Theory]
    [InlineData("1", 1)]
    [InlineData("256", 256)]
    public void An_ElementDepth_within_bounds_is_taken(string depth, int expected) =>
        Assert.Equal(expected, Limits(depth).Reading.Depth);

    [Theory]
    [InlineData("0")]
    [InlineData("257")]
    [InlineData("many")]
    public void An_ElementDepth_beyond_is_refused_at_start(string depth) =>
        Assert.Contains(
            "Limits:ElementDepth", Assert.Throws<InvalidOperationException>(() => Limits(depth)).Message, StringComparison.Ordinal);

    /// <summary>XML needs half the levels that JSON does: each extension of JSON stands in an array.</summary>
    [Fact]
    public async Task The_deepest_resource_is_stored_found_patched_and_answered_in_both_formats()
    {
        const int levels = 254;
        var xml = "<Patient xmlns='http://hl7.org/fhir'><id value='deep'/>"
            + string.Concat(Enumerable.Repeat("<extension url='http://example.org/x'>", levels)) + "<valueCode value='x'/>"
            + string.Concat(Enumerable.Repeat("</extension>", levels)) + "</Patient>";
        using var server = FhirServer.With(("Limits:ElementDepth", "256"));

        Assert.Equal(201, (await server.Put("Patient/deep", xml, ("Content-Type", Xml))).Status);
        var patch = """[{"op":"add","path":"/gender","value":"female"}]""";
        Assert.Equal(200, (await server.Send(HttpMethod.Patch, "Patient/deep", patch, ("Content-Type", JsonPatch))).Status);
        foreach (var url in (string[])
            ["Patient/deep?", "Patient?gender=female&", "Patient?_elements=extension&", "Patient/deep/_history?", "Patient/deep/$validate?"])
        {
            foreach (var format in (string[])["_format=json", "_format=json&_pretty=true", "_format=xml", "_format=xml&_pretty=true"])
            {
                var answer = await server.Get(url + format);
                Assert.True(answer.Status == 200, $"{url}{format}: {answer.Text}");
            }
        }
    }

    static ServerLimits Limits(string depth) =>
        ServerLimits.Of(new ConfigurationBuilder().AddInMemoryCollection([new("Limits:ElementDepth", depth)]).Build());
}
