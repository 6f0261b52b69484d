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
        Assert.Equal(expected, Of("ElementDepth", depth).Reading.Depth);

    [Fact]
    public void An_ElementDepth_beyond_what_a_stack_holds_is_refused() =>
        Assert.EndsWith(
            "from 1 to 256.", Assert.Throws<InvalidOperationException>(() => Of("ElementDepth", "257")).Message,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_number_out_of_its_range_stops_the_start_with_its_name_its_value_and_the_range(string name)
    {
        foreach (var value in (string[])["0", "-1", "many", "1.5", "99999999999999999999"])
        {
            var message = Assert.Throws<InvalidOperationException>(() => Of(name, value)).Message;

            Assert.StartsWith(
                $"Limits:{name} is '{value}'; it must be a whole number from 1 to ", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_number_within_its_range_is_taken(string name) =>
        Assert.Equal("7", $"{typeof(ServerLimits).GetProperty(name)!.GetValue(Of(name, "7"))}");

    [Fact]
    public void What_is_not_configured_has_its_default() =>
        Assert.Equal(new ServerLimits(), ServerLimits.Of(new ConfigurationBuilder().Build()));

    /// <summary>Every number that can be configured: one that the table of ranges lacks fails here.</summary>
    public static TheoryData<string> Settings() =>
        [.. typeof(ServerLimits).GetProperties().Where(p => p.CanWrite).Select(p => p.Name)];

    /// <summary>XML needs half the levels that JSON does: each extension of JSON stands in an array.</summary>
    [Fact]
    public async Task The_deepest_resource_is_stored_found_patched_and_answered_in_both_formats()
    {
        const int levels = 254;
        var xml = "<Patient xmlns='http://hl7.org/fhir'><id value='deep'/>"
            + string.Concat(Enumerable.Repeat("<extension url='http://example.org/x'>", levels))
            + "<valueCode value='x'/>"
            + string.Concat(Enumerable.Repeat("</extension>", levels)) + "</Patient>";
        using var server = FhirServer.With(("Limits:ElementDepth", "256"));

        Assert.Equal(201, (await server.Put("Patient/deep", xml, ("Content-Type", Xml))).Status);
        var patch = """[{"op":"add","path":"/gender","value":"female"}]""";
        Assert.Equal(
            200, (await server.Send(HttpMethod.Patch, "Patient/deep", patch, ("Content-Type", JsonPatch))).Status);
        foreach (var url in (string[])
            [
                "Patient/deep?", "Patient?gender=female&", "Patient?_elements=extension&", "Patient/deep/_history?",
                "Patient/deep/$validate?",
            ])
        {
            foreach (var format in (string[])[
                "_format=json", "_format=json&_pretty=true", "_format=xml", "_format=xml&_pretty=true",
            ])
            {
                var answer = await server.Get(url + format);
                Assert.True(answer.Status == 200, $"{url}{format}: {answer.Text}");
            }
        }
    }

    static ServerLimits Of(string name, string value) =>
        ServerLimits.Of(new ConfigurationBuilder().AddInMemoryCollection([new($"Limits:{name}", value)]).Build());
}
