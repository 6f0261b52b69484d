using System.Collections.Concurrent;
using System.Globalization;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>The server is killed under write load, at random points: what it has acknowledged is there, nothing is half
/// written, and the index agrees. <c>FHIRTRIALS_KILLS</c> says how many times (3 where it is not set).</summary>
public sealed class CrashTests : IDisposable
{
    const int Writers = 8;

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-crash-").FullName;
    readonly ConcurrentDictionary<string, int> _acknowledged = new();
    readonly ConcurrentDictionary<string, bool> _pairs = new();
    int _conditionals;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_after_it()
    {
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("FHIRTRIALS_KILLS") ?? "3", CultureInfo.InvariantCulture);
        var random = new Random(20261121);
        for (var kill = 0; kill < kills; kill++)
        {
            await WriteUntilKilled(kill, random.Next(10, 250), TimeSpan.FromMilliseconds(random.Next(20)));
            var (code, output) = await ServerNode.Check(_folder);

            Assert.True(code == 0, $"After kill {kill}: {output}");
        }

        using var node = await ServerNode.Start(_folder);
        await Parallel.ForEachAsync(
            _acknowledged, Ct, async (written, _) => await IsThere(node, written.Key, written.Value));
        await Parallel.ForEachAsync(_pairs, Ct, async (pair, _) => await IsWhole(node, pair.Key, pair.Value));
        foreach (var number in Enumerable.Range(0, _conditionals))
        {
            Assert.True((await node.All($"Patient?identifier=http://conditional.test|{number}")).Count <= 1);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <param name="writes">How many must be acknowledged before, at least.</param>
    /// <param name="delay">How long after that it is killed.</param>
    async Task WriteUntilKilled(int kill, int writes, TimeSpan delay)
    {
        var until = _acknowledged.Count + writes;
        using var node = await ServerNode.Start(_folder);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => Write(node, kill, w), Ct)));
        while (_acknowledged.Count < until && !writing.IsCompleted)
        {
            await Task.Delay(1, Ct);
        }

        await Task.Delay(delay, Ct);
        node.Kill();
        await writing;
    }

    /// <summary>Writes until nobody answers: creations, versions of one resource, pairs in transactions, and
    /// conditional creates that two writers compete for.</summary>
    async Task Write(ServerNode node, int kill, int writer)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var created = $"c-{kill}-{writer}-{i}";
                await Acknowledge(node.Put($"Patient/{created}", Patient(created, 1)), created, 1);
                var updated = $"u-{kill}-{writer}";
                await Acknowledge(node.Put($"Patient/{updated}", Patient(updated, i + 1)), updated, i + 1);
                var pair = $"{kill}-{writer}-{i}";
                _pairs[pair] = false;
                _pairs[pair] = (await node.Send(HttpMethod.Post, "", Pair(pair))).Status == 200;
                var number = Interlocked.Increment(ref _conditionals) / 2;
                await node.Send(
                    HttpMethod.Post, "Patient",
                    """{"resourceType":"Patient","identifier":"""
                        + $$"""[{"system":"http://conditional.test","value":"{{number}}"}]}""",
                    ("If-None-Exist", $"identifier=http://conditional.test|{number}"));
            }
        }
        catch (HttpRequestException)
        {
            // The node was killed.
        }
        catch (IOException)
        {
            // The same, in the middle of an answer.
        }
    }

    async Task Acknowledge(Task<(int Status, System.Text.Json.Nodes.JsonNode? Json)> write, string id, int version)
    {
        var (status, json) = await write;
        Assert.True(status is 200 or 201, $"{id}: {status}");
        Assert.Equal($"{version}", (string?)json!["meta"]!["versionId"]);
        _acknowledged[id] = version;
    }

    static async Task IsThere(ServerNode node, string id, int version)
    {
        var (status, json) = await node.Get($"Patient/{id}/_history/{version}");
        Assert.True(status == 200, $"{id} version {version} is lost.");
        Assert.Equal(Family(id, version), (string?)json!["name"]![0]!["family"]);
        var (_, current) = await node.Get($"Patient/{id}");
        var now = int.Parse((string)current!["meta"]!["versionId"]!, CultureInfo.InvariantCulture);
        Assert.True(
            now == version || now == version + 1, $"{id} is at version {now}, acknowledged was {version}.");
    }

    static async Task IsWhole(ServerNode node, string pair, bool isAcknowledged)
    {
        var halves = new[] { await node.Get($"Patient/a-{pair}"), await node.Get($"Patient/b-{pair}") };
        Assert.True(halves[0].Status == halves[1].Status, $"Pair {pair} is half written.");
        Assert.True(!isAcknowledged || halves[0].Status == 200, $"Pair {pair} is lost.");
    }

    static string Family(string id, int version) => $"{id} at {version}";

    static string Patient(string id, int version) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"{{{Family(id, version)}}}"}]}""";

    static string Pair(string pair) => $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"resource":{{{Patient($"a-{pair}", 1)}}},"request":{"method":"PUT","url":"Patient/a-{{{pair}}}"}},
          {"resource":{{{Patient($"b-{pair}", 1)}}},"request":{"method":"PUT","url":"Patient/b-{{{pair}}}"}}]}
        """;
}
