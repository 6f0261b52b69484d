using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests;

/// <summary>The server as clients of others see it: fhir-kit-client and Medplum's,
/// with XML read by npm's fhir.</summary>
public sealed class ClientTests(FhirServer server)
{
    [Fact]
    public async Task Clients_of_others_get_on_with_the_server()
    {
        var steps = await NodeJudge.Ask(
            "clients.mjs", "fhir-kit-client", new JsonObject { ["base"] = server.Base.TrimEnd('/') });

        Assert.True(steps.Length > 20, $"There are only {steps.Length} steps.");
        var failed = steps.Where(s => s.GetProperty("error").GetString() is not null)
            .Select(s => $"{s.GetProperty("step")}: {s.GetProperty("error")}");
        Assert.True(!failed.Any(), string.Join('\n', failed));
    }
}
