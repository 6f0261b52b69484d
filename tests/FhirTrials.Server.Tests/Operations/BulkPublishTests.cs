using System.Text.Json.Nodes;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Operations;

public sealed class BulkPublishTests(BulkPublishTests.Published published) : IClassFixture<BulkPublishTests.Published>
{
    const string Sponsor = "http://fhirtrials.org/fhir/StructureDefinition/trial-sponsor";

    readonly FhirServer _server = published.Server;

    [Fact]
    public async Task Every_public_resource_of_the_studies_is_in_a_file_once()
    {
        var manifest = await _server.Get("$bulk-publish");
        Assert.Equal((200, "application/json"), (manifest.Status, manifest.Headers["Content-Type"].Split(';')[0]));
        var found = new List<string>();
        foreach (var file in manifest.Json["output"]!.AsArray())
        {
            var lines = await Lines((string)file!["url"]!);
            Assert.Equal((int)file["count"]!, lines.Count);
            found.AddRange(lines);
        }

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Equal(
            await All("ResearchStudy"),
            found.Where(f => f.StartsWith("ResearchStudy/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("Group/NCT04521231-eligibility", found);
        Assert.DoesNotContain(
            found,
            f => f.StartsWith("Patient/", StringComparison.Ordinal) || f.Contains("own-", StringComparison.Ordinal));
        Assert.True(found.Count > 300);
    }

    [Fact]
    public async Task A_poller_is_told_that_nothing_has_changed()
    {
        var manifest = await _server.Get("$bulk-publish");

        await _server.Put("Patient/own-other", """{"resourceType":"Patient","id":"own-other"}""");
        var again = await _server.Get("$bulk-publish", ("If-None-Match", manifest.ETag!));
        Assert.Equal((304, ""), (again.Status, again.Text));
        Assert.Equal(manifest.ETag, again.ETag);

        var url = (string)manifest.Json["output"]![0]!["url"]!;
        var file = await _server.Get(url);
        Assert.Contains("immutable", file.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal(304, (await _server.Get(url, ("If-None-Match", file.ETag!))).Status);
    }

    /// <summary>Created, changed, made private, deleted: each time the manifest is another, and
    /// what its files were stays.</summary>
    [Fact]
    public async Task A_change_gives_the_file_another_URL_and_leaves_the_old_one_as_it_was()
    {
        var (tags, files) = (new HashSet<string?>(), new List<(string Url, string Text)>());
        foreach (var body in (string?[])[
            Organization("A", Sponsor), Organization("B", Sponsor), Organization("C", null), Organization("D", Sponsor),
            null,
        ])
        {
            var written = await (body is null
                ? _server.Delete("Organization/sponsor")
                : _server.Put("Organization/sponsor", body));
            Assert.InRange(written.Status, 200, 204);
            var manifest = await _server.Get("$bulk-publish");
            Assert.True(tags.Add(manifest.ETag));
            var url = (string)manifest.Json["output"]!.AsArray()
                .Single(f => (string?)f!["type"] == "Organization")!["url"]!;
            files.Add((url, (await _server.Get(url)).Text));
        }

        Assert.Equal(files.Count, files.Select(f => f.Url).Distinct().Count());
        Assert.Equal(
            [true, true, false, true, false],
            files.Select(f => f.Text.Contains("\"id\":\"sponsor\"", StringComparison.Ordinal)));
        foreach (var (url, text) in files)
        {
            Assert.Equal(text, (await _server.Get(url)).Text);
        }
    }

    [Theory]
    [InlineData("$bulk-publish/Patient/1-9999/9999.ndjson")]
    [InlineData("$bulk-publish/ResearchStudy/1-2/99999999.ndjson")]
    [InlineData("$bulk-publish/ResearchStudy/2-1/3.ndjson")]
    [InlineData("$bulk-publish/ResearchStudy/1-99999999999999999999/3.ndjson")]
    [InlineData("$bulk-publish/ResearchStudy/1-2/3.json")]
    public async Task What_is_not_published_is_not_found(string url) =>
        Assert.Equal(404, (await _server.Get(url)).Status);

    static string Organization(string name, string? profile) => $$$"""
        {"resourceType":"Organization","id":"sponsor",
         "meta":{"profile":[{{{(profile is null ? "\"http://own.test/profile\"" : $"\"{profile}\"")}}}]},
         "name":"{{{name}}}","active":true,
         "identifier":[{"system":"http://own.test/ids","value":"{{{name}}}"}]}
        """;

    async Task<List<string>> Lines(string url) =>
    [
        .. (await _server.Get(url)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonNode.Parse(l)!).Select(r => $"{r["resourceType"]}/{r["id"]}"),
    ];

    async Task<IEnumerable<string>> All(string type) =>
        (await _server.Get($"{type}?_count=1000")).Found().Order(StringComparer.Ordinal);

    /// <summary>A server with the five studies and things of its own.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public FhirServer Server { get; } = FhirServer.With(
            ("Examples:Load", "true"), ("Examples:Path", Path.Combine(Repository.Root, "examples", "registry")));

        public async ValueTask InitializeAsync()
        {
            foreach (var (url, json) in new[]
            {
                ("Patient/own-ann", """{"resourceType":"Patient","id":"own-ann"}"""),
                ("Location/own-ward", """{"resourceType":"Location","id":"own-ward","name":"Ward 7"}"""),
                ("Group/own-team", """{"resourceType":"Group","id":"own-team","type":"person","actual":true,"member":"""
                    + """[{"entity":{"reference":"Patient/own-ann"}}]}"""),
                ("Organization/own-org", $$$"""
                    {"resourceType":"Organization","id":"own-org","meta":{"profile":["{{{Sponsor}}}"]},"name":"Own",
                     "extension":[{"url":"http://own.test/of","valueReference":{"reference":"Patient/own-ann"}}]}
                    """),
            })
            {
                var answer = await Server.Put(url, json);
                Assert.True(answer.Status == 201, answer.Text);
            }
        }

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
