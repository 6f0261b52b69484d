namespace FhirTrials.Server.Tests.Operations;

public sealed class ExpungeTests(FhirServer server)
{
    const string Token = "a-token-of-an-operator-0123456789";

    const string Patient = """{"resourceType":"Patient","id":"gone","name":[{"family":"Once"}]}""";

    static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    [Fact]
    public async Task Without_a_token_in_the_configuration_nobody_may()
    {
        Assert.Equal(403, (await server.Post("ResearchStudy/NCT04521231/$expunge", "", Bearer(Token))).Status);
        Assert.Equal(403, (await server.Post("ResearchStudy/NCT04521231/$expunge", "", Bearer(""))).Status);
        Assert.Equal(200, (await server.Get("ResearchStudy/NCT04521231")).Status);
        Assert.DoesNotContain("Resource-expunge", (await server.Get("metadata")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_removes_a_version_or_all_of_them()
    {
        using var own = FhirServer.With(("Fhir:OperatorToken", Token));
        await own.Put("Patient/gone", Patient);
        await own.Put("Patient/gone", Patient.Replace("Once", "Twice", StringComparison.Ordinal));

        Assert.Contains("Resource-expunge", (await own.Get("metadata")).Text, StringComparison.Ordinal);
        var nobody = await own.Post("Patient/gone/$expunge", "");
        Assert.Equal((401, "Bearer"), (nobody.Status, nobody.Headers["WWW-Authenticate"]));
        Assert.Equal(403, (await own.Post("Patient/gone/$expunge", "", Bearer(Token + "x"))).Status);
        Assert.Equal(401, (await own.Post("Patient/gone/$expunge", "", ("Authorization", $"Basic {Token}"))).Status);
        Assert.Equal(200, (await own.Get("Patient/gone/_history/1")).Status);

        Assert.Equal(409, (await own.Post("Patient/gone/_history/2/$expunge", "", Bearer(Token))).Status);
        Assert.Equal(200, (await own.Post("Patient/gone/_history/1/$expunge", "", Bearer(Token))).Status);
        Assert.Equal(404, (await own.Get("Patient/gone/_history/1")).Status);
        await own.Delete("Patient/gone");
        var all = await own.Post("Patient/gone/$expunge", "", Bearer(Token));
        Assert.Equal(2, all.Json["parameter"]![0]!["valueInteger"]!.GetValue<int>());
        Assert.Equal(404, (await own.Get("Patient/gone")).Status);
        Assert.Equal(404, (await own.Get("Patient/gone/_history")).Status);
        Assert.Equal(404, (await own.Post("Patient/gone/$expunge", "", Bearer(Token))).Status);
    }
}
