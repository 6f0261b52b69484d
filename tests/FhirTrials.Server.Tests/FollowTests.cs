using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests;

/// <summary>The example that follows a server, as its user runs it.</summary>
public sealed class FollowTests : IDisposable
{
    static readonly string Script = Path.Combine(Repository.Root, "examples", "follow.py");

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-follow-").FullName;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Writes go on while it runs, and it is killed at any time.</summary>
    [Fact]
    public async Task What_follows_the_server_has_in_the_end_what_the_server_has()
    {
        using var server = FhirServer.With(("Export:Jobs", "1"));
        using var stop = new CancellationTokenSource();
        var writing =
            Task.WhenAll(Enumerable.Range(0, 3).Select(w => Task.Run(() => Write(server, w, stop.Token), Ct)));

        for (var run = 0; run < 4; run++)
        {
            using var follower = Start(server, "--every", "0.1");
            await Task.Delay(TimeSpan.FromSeconds(1 + (run * 0.7)), Ct);
            Assert.False(follower.HasExited, "It gave up.");
            follower.Kill();
            await follower.WaitForExitAsync(Ct);
        }

        await stop.CancelAsync();
        await writing;
        await Once(server);
        Assert.Equal(await Stored(server), Followed());

        await server.Delete("Patient/p0-1");
        await server.Put("Patient/last", Patient("last", "L"));
        await Once(server);
        Assert.Equal(await Stored(server), Followed());
        Assert.Contains("Patient/last/1", Followed());
    }

    async Task Once(FhirServer server)
    {
        using var follower = Start(server, "--once");
        var errors = await follower.StandardError.ReadToEndAsync(Ct);
        await follower.WaitForExitAsync(Ct);
        Assert.True(follower.ExitCode == 0, errors);
    }

    static async Task Write(FhirServer server, int writer, CancellationToken stop)
    {
        var random = new Random(writer);
        while (!stop.IsCancellationRequested)
        {
            var id = $"p{writer}-{random.Next(40)}";
            await (random.Next(4) == 0
                ? server.Delete($"Patient/{id}")
                : server.Put($"Patient/{id}", Patient(id, $"n{random.Next(100_000)}")));
        }
    }

    static string Patient(string id, string family) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"{{{family}}}"}]}""";

    Process Start(FhirServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "python3", [Script, server.Base.TrimEnd('/'), _folder, "--types", "Patient,Group", .. arguments])
        {
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no python3 here.");
            throw;
        }
    }

    static async Task<IEnumerable<string>> Stored(FhirServer server) =>
        (await server.Get("Patient?_count=1000")).Entries.Select(e => Version(e["resource"]!))
            .Order(StringComparer.Ordinal);

    IEnumerable<string> Followed() => Directory.EnumerateFiles(_folder, "*.json", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "state.json")
        .Select(f => Version(JsonNode.Parse(File.ReadAllText(f))!)).Order(StringComparer.Ordinal);

    static string Version(JsonNode resource) =>
        $"{resource["resourceType"]}/{resource["id"]}/{resource["meta"]!["versionId"]}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
