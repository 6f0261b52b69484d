using System.Diagnostics;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>What a client sees while the database is away, and while the server stops.</summary>
public sealed class OutageTests : IDisposable
{
    const string Ann = """{"resourceType":"Patient","id":"ann","active":true}""";

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-outage-").FullName;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_away_requests_are_told_to_come_again_and_then_all_is_as_before()
    {
        using var node = await ServerNode.Start(_folder);
        await node.Put("Patient/ann", Ann);
        Assert.Equal(200, await node.Status("/health/ready"));
        Move(_folder, "away");

        Assert.Equal((503, "transient"), Told(await node.Get("Patient/ann")));
        Assert.Equal(
            (503, "transient"),
            Told(await node.Put("Patient/bob", Ann.Replace("ann", "bob", StringComparison.Ordinal))));
        Assert.Equal((503, "transient"), Told(await node.Get("Patient?active=true")));
        Assert.NotNull(node.RetryAfter);
        Assert.Equal(503, await node.Status("/health/ready"));
        Assert.Equal(200, await node.Status("/health/live"));

        Move(Path.Combine(_folder, "away"), "..");
        Assert.Equal(200, (await node.Get("Patient/ann")).Status);
        Assert.Equal(201, (await node.Put("Patient/bob", Ann.Replace("ann", "bob", StringComparison.Ordinal))).Status);
        Assert.Equal(200, await node.Status("/health/ready"));

        static (int Status, string? Code) Told((int Status, System.Text.Json.Nodes.JsonNode? Json) answer) =>
            (answer.Status, (string?)answer.Json?["issue"]?[0]?["code"]);
    }

    /// <summary>A server that is asked to stop answers what it has begun.</summary>
    [Fact]
    public async Task A_server_that_stops_finishes_its_writes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        using var node = await ServerNode.Start(_folder);
        await node.Put("Patient/ann", Ann);
        var writes = Enumerable.Range(0, 40).Select(i => Task.Run(() => Put(node, i), Ct)).ToList();
        await writes[0];

        using var terminate = Process.Start("kill", ["-TERM", $"{node.Id}"]);
        var answered = (await Task.WhenAll(writes)).OfType<int>().ToList();
        var code = await node.Exit();

        Assert.Equal(0, code);
        Assert.All(answered, status => Assert.Equal(201, status));
        using var next = await ServerNode.Start(_folder);
        Assert.True(
            (await next.All("Patient?active=true")).Count > answered.Count, "A write that was answered is lost.");
        Assert.Equal(0, (await ServerNode.Check(_folder)).Code);

        // Null where the connection was not taken any more.
        static async Task<int?> Put(ServerNode node, int i)
        {
            try
            {
                return (await node.Put($"Patient/p{i}", Ann.Replace("ann", $"p{i}", StringComparison.Ordinal))).Status;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Moves the database's files from a folder to one named from there.</summary>
    static void Move(string folder, string name)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (var file in Directory.GetFiles(folder, "node.db*"))
        {
            File.Move(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
