using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>Two servers, each a process of its own, on one database.</summary>
public sealed class TwoNodesTests : IDisposable
{
    const int Writers = 4, Rounds = 10;

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-nodes-").FullName;
    readonly ConcurrentBag<string> _created = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>They start on no database at once; then writes, conditions, paging and feeds of both
    /// interleave.</summary>
    [Fact]
    public async Task Two_nodes_lose_nothing_and_do_nothing_twice()
    {
        var nodes = await Task.WhenAll(ServerNode.Start(_folder), ServerNode.Start(_folder));
        using var first = nodes[0];
        using var second = nodes[1];
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Put(nodes[i % 2], $"old-{i:00}", "old")));
        await Put(first, "counter", "0");

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => Write(nodes, w), Ct)));
        var paging = Task.Run(() => second.All("Patient?family=old&_count=4"), Ct);
        var feed = await Follow(first, writing);
        await writing;

        Assert.Equal(
            Enumerable.Range(0, 30).Select(i => $"old-{i:00}"),
            (await paging).Select(p => (string)p["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(_created.Order(StringComparer.Ordinal), feed.Order(StringComparer.Ordinal));
        foreach (var node in nodes)
        {
            Assert.Equal(
                $"{Writers * Rounds}", (string?)(await node.Get("Patient/counter")).Json!["name"]![0]!["family"]);
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Single(await node.All($"Patient?identifier=http://round.test|{round}"));
            }
        }

        var (code, output) = await ServerNode.Check(_folder);
        Assert.True(code == 0, output);
    }

    /// <summary>Each node keeps the studies ready to be matched: what another writes is
    /// seen at once all the same.</summary>
    [Fact]
    public async Task A_node_matches_with_the_studies_as_another_has_left_them()
    {
        var nodes = await Task.WhenAll(ServerNode.Start(_folder), ServerNode.Start(_folder));
        using var first = nodes[0];
        using var second = nodes[1];
        Assert.Equal([], await Grades(second));

        await Written(first.Put("Group/adults", Adults("true")));
        await Written(first.Put("ResearchStudy/study", Study("Group/adults")));
        Assert.Equal(["study certain"], await Grades(second));

        await Written(first.Put("Group/adults", Adults("false")));
        Assert.Equal(["study certainly-not"], await Grades(second));

        await Written(second.Put("Group/others", Adults("true").Replace("adults", "others", StringComparison.Ordinal)));
        await Written(second.Put("ResearchStudy/study", Study("Group/others")));
        Assert.Equal(["study certain"], await Grades(first));

        await Written(second.Send(HttpMethod.Delete, "ResearchStudy/study"));
        Assert.Equal([], await Grades(first));
    }

    static async Task Written(Task<(int Status, JsonNode? Json)> write)
    {
        var (status, json) = await write;
        Assert.True(status is 200 or 201 or 204, $"{status} {json}");
    }

    /// <summary>Each study with its grade for a patient.</summary>
    static async Task<IEnumerable<string>> Grades(ServerNode node)
    {
        var (status, answer) = await node.Send(HttpMethod.Post, "ResearchStudy/$match", """
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p",
             "birthDate":"1980-01-01"}}]}
            """);
        Assert.True(status == 200, $"{status} {answer}");
        return (answer!["entry"]?.AsArray() ?? []).Where(e => (string?)e!["search"]!["mode"] == "match")
            .Select(e => $"{e!["resource"]!["id"]} {e["search"]!["extension"]![0]!["valueCode"]}");
    }

    static string Study(string group) =>
        """{"resourceType":"ResearchStudy","id":"study","status":"active","enrollment":"""
        + $$"""[{"reference":"{{group}}"}]}""";

    static string Adults(string expression) => $$$"""
        {"resourceType":"Group","id":"adults","type":"person","actual":false,"characteristic":[{
          "extension":[{"url":"http://fhirtrials.org/fhir/StructureDefinition/criterion-expression",
            "valueExpression":{"language":"text/fhirpath","expression":"{{{expression}}}"}}],
          "code":{"text":"Adult"},"valueBoolean":true,"exclude":false}]}
        """;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    async Task Write(ServerNode[] nodes, int writer)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var node = nodes[(writer + round) % 2];
            var id = $"new-{writer}-{round}";
            await Put(node, id, "new");
            _created.Add(id);
            // It is seen at once, on the other node too.
            Assert.Equal(200, (await nodes[(writer + round + 1) % 2].Get($"Patient/{id}")).Status);
            await Count(node);
            var (status, _) = await node.Send(
                HttpMethod.Post,
                "Patient",
                $$"""{"resourceType":"Patient","identifier":[{"system":"http://round.test","value":"{{round}}"}]}""",
                ("If-None-Exist", $"identifier=http://round.test|{round}"));
            Assert.True(status is 200 or 201, $"{status}");
        }
    }

    /// <summary>Adds one, on the version that was read.</summary>
    static async Task Count(ServerNode node)
    {
        for (var status = 412; status == 412;)
        {
            var (_, counter) = await node.Get("Patient/counter");
            var next = int.Parse((string)counter!["name"]![0]!["family"]!, CultureInfo.InvariantCulture) + 1;
            var version = (string)counter["meta"]!["versionId"]!;
            (status, _) = await node.Put(
                "Patient/counter", Patient("counter", $"{next}"), ("If-Match", $"W/\"{version}\""));
            Assert.True(status is 200 or 412, $"{status}");
        }
    }

    /// <summary>The ids of new patients, polled by time: each time later than the last one
    /// seen, so none comes twice.</summary>
    static async Task<List<string>> Follow(ServerNode node, Task writing)
    {
        var (seen, last, isLast) = (new List<string>(), "2000-01-01T00:00:00.000Z", false);
        while (!isLast)
        {
            isLast = writing.IsCompleted;
            var page = await node.All($"Patient?family=new&_sort=_lastUpdated&_lastUpdated=gt{last}&_count=7");
            seen.AddRange(page.Select(p => (string)p["id"]!));
            last = page.Count > 0 ? (string)page[^1]["meta"]!["lastUpdated"]! : last;
        }

        return seen;
    }

    static async Task Put(ServerNode node, string id, string family)
    {
        var (status, json) = await node.Put($"Patient/{id}", Patient(id, family));
        Assert.True(status == 201, $"{id}: {status} {json}");
    }

    static string Patient(string id, string family) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"{{{family}}}"}]}""";
}
