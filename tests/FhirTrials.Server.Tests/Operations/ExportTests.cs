using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Operations;

public sealed class ExportTests(ExportTests.Filled filled) : IClassFixture<ExportTests.Filled>
{
    readonly FhirServer _server = filled.Server;

    static readonly (string Name, string Value) Async = ("Prefer", "respond-async");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_runs_from_its_request_to_its_removal()
    {
        var begun =
            await _server.Get("$export?_type=Patient,Observation&_outputFormat=application/fhir%2Bndjson", Async);
        Assert.Equal(202, begun.Status);
        var url = begun.Headers["Content-Location"];
        Assert.StartsWith($"{_server.Base}$export/", url, StringComparison.Ordinal);

        var done = await Done(_server, url);
        Assert.Equal("application/json", done.Headers["Content-Type"].Split(';')[0]);
        Assert.True(DateTimeOffset.Parse(done.Headers["Expires"], null) > DateTimeOffset.UnixEpoch);
        Assert.False((bool)done.Json["requiresAccessToken"]!);
        Assert.Equal(
            $"{_server.Base}$export?_type=Patient,Observation&_outputFormat=application/fhir%2Bndjson",
            (string?)done.Json["request"]);
        Assert.Empty(done.Json["error"]!.AsArray());
        Assert.Equal(
            ["Observation 2", "Patient 2"], done.Json["output"]!.AsArray().Select(f => $"{f!["type"]} {f["count"]}"));
        Assert.Equal(
            ["Observation/of-ann", "Observation/of-ben", "Patient/ann", "Patient/ben"],
            (await Lines(_server, done, "output")).Select(Name));

        Assert.Equal(202, (await _server.Delete(url)).Status);
        Assert.Equal(404, (await _server.Get(url)).Status);
        Assert.Equal(404, (await _server.Get((string)done.Json["output"]![0]!["url"]!)).Status);
        Assert.Equal(404, (await _server.Delete(url)).Status);
    }

    [Theory]
    [InlineData("$export", "Group/team Group/adults Observation/of-ann Observation/of-ben Patient/ann Patient/ben")]
    [InlineData("Patient/$export", "Group/team Observation/of-ann Observation/of-ben Patient/ann Patient/ben")]
    [InlineData("Group/team/$export", "Group/team Observation/of-ann Patient/ann")]
    [InlineData("$export?_type=Patient&_type=Group", "Group/team Group/adults Patient/ann Patient/ben")]
    [InlineData("$export?_type=Patient&_typeFilter=Patient?family=A,Patient?family=X,Y", "Patient/ann")]
    [InlineData("$export?_type=Patient&_typeFilter=Patient%3Ffamily%3DA%2CB", "Patient/ann Patient/ben")]
    [InlineData("$export?_type=Patient&_typeFilter=Patient?family=A&_typeFilter=Patient?family=B",
        "Patient/ann Patient/ben")]
    [InlineData("Group/team/$export?_typeFilter=Observation?code=none", "Group/team Patient/ann")]
    [InlineData("$export?_type=Patient&_since=2999-01-01T00:00:00Z", "")]
    [InlineData("$export?_type=Patient&_until=2001-01-01T00:00:00Z", "")]
    public async Task An_export_has_what_is_asked_for(string url, string expected)
    {
        var types = url.Contains("_type=", StringComparison.Ordinal)
            ? ""
            : (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "_type=Patient,Observation,Group";

        var done = await Export(_server, HttpMethod.Get, url + types, null);

        Assert.Equal(expected, string.Join(' ', (await Lines(_server, done, "output")).Select(Name)));
    }

    [Fact]
    public async Task Parameters_may_come_in_a_body_with_patients_chosen()
    {
        const string Body = """
            {"resourceType":"Parameters","parameter":[
              {"name":"_type","valueString":"Patient"},{"name":"_type","valueString":"Observation"},
              {"name":"_elements","valueString":"Patient.gender,id"},
              {"name":"patient","valueReference":{"reference":"Patient/ben"}}]}
            """;

        var lines = await Lines(_server, await Export(_server, HttpMethod.Post, "Patient/$export", Body), "output");

        Assert.Equal(["Observation/of-ben", "Patient/ben"], lines.Select(Name));
        Assert.Equal(["resourceType", "id", "meta", "gender"], lines[1].AsObject().Select(p => p.Key));
        Assert.Equal("SUBSETTED", (string?)lines[1]["meta"]!["tag"]![0]!["code"]);
        Assert.Null(lines[0]["subject"]);
        Assert.Equal(400, (await _server.Post("Group/team/$export", Body, Async)).Status);
    }

    [Fact]
    public async Task Deletions_since_a_time_are_told_as_transactions()
    {
        await _server.Put("Location/kept", """{"resourceType":"Location","id":"kept"}""");
        await _server.Put("Location/gone", """{"resourceType":"Location","id":"gone"}""");
        var first = await Export(_server, HttpMethod.Get, "$export?_type=Location", null);
        await _server.Delete("Location/gone");
        await _server.Put("Location/kept", """{"resourceType":"Location","id":"kept","status":"active"}""");

        var next = await Export(
            _server, HttpMethod.Get, $"$export?_type=Location&_since={first.Json["transactionTime"]}", null);

        Assert.Equal(["Location/kept"], (await Lines(_server, next, "output")).Select(Name));
        var bundle = Assert.Single(await Lines(_server, next, "deleted"));
        Assert.Equal("transaction", (string?)bundle["type"]);
        Assert.Equal(
            "DELETE Location/gone",
            $"{bundle["entry"]![0]!["request"]!["method"]} {bundle["entry"]![0]!["request"]!["url"]}");
        Assert.Equal("Bundle", (string?)next.Json["deleted"]![0]!["type"]);
    }

    [Theory]
    [InlineData("$export?_type=Nosuch", "http._type")]
    [InlineData("Patient/$export?_type=Location", "http._type")]
    [InlineData("$export?_outputFormat=text/csv", "http._outputFormat")]
    [InlineData("$export?includeAssociatedData=LatestProvenanceResources", "http.includeAssociatedData")]
    [InlineData("$export?nosuch=1", "http.nosuch")]
    [InlineData("$export?patient=Patient/ann", "http.patient")]
    [InlineData("$export?_typeFilter=Patient?nosuch=1", "http._typeFilter")]
    [InlineData("$export?_typeFilter=Patient?_include=Patient:link", "http._typeFilter")]
    [InlineData("$export?_typeFilter=gender=male", "http._typeFilter")]
    public async Task What_is_not_understood_is_refused_unless_handling_is_lenient(string url, string expression)
    {
        var refused = await _server.Get(url, Async);
        Assert.Equal((400, expression), (refused.Status, refused.Issues.First().Expression));

        var lenient = await _server.Get(url, ("Prefer", "respond-async, handling=lenient"));
        Assert.Equal(202, lenient.Status);
        Assert.Contains(lenient.Issues, i => i.Expression == expression);
    }

    [Theory]
    [InlineData("$export", 400)]
    [InlineData("$export?_since=yesterday", 400, "respond-async")]
    [InlineData("Group/nosuch/$export", 404, "respond-async")]
    [InlineData("Group/adults/$export", 422, "respond-async")]
    [InlineData("$export/nosuch", 404)]
    [InlineData("$export/nosuch/1.ndjson", 404)]
    [InlineData("$export/nosuch/x", 404)]
    public async Task What_cannot_be_is_told(string url, int status, string prefer = "")
    {
        var answer = await _server.Get(url, ("Prefer", prefer));

        Assert.Equal((status, "OperationOutcome"), (answer.Status, (string?)answer.Json["resourceType"]));
    }

    [Fact]
    public async Task Too_many_exports_are_put_off()
    {
        using var busy = FhirServer.With(("Export:Jobs", "1"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => busy.Get("$export", Async)));

        var refused = answers.Where(a => a.Status != 202).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, a => Assert.Equal((429, "throttled"), (a.Status, a.Issues.Single().Code)));
        Assert.All(refused, a => Assert.True(a.Headers.ContainsKey("Retry-After")));
    }

    [Fact]
    public async Task A_file_comes_packed_or_not_and_in_ranges()
    {
        var url =
            (string)(await Export(_server, HttpMethod.Get, "$export?_type=Patient", null)).Json["output"]![0]!["url"]!;

        using var whole = await Get(_server, url);
        var text = await whole.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(
            ("application/fhir+ndjson", "bytes"),
            (whole.Content.Headers.ContentType!.MediaType, whole.Headers.AcceptRanges.Single()));

        using var packed = await Get(_server, url, ("Accept-Encoding", "gzip"), ("Accept", "application/fhir+ndjson"));
        var gzip = await packed.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        Assert.NotEqual(whole.Headers.ETag, packed.Headers.ETag);
        Assert.Equal(text, Unpacked(gzip));

        foreach (var (accept, all, tag) in new[]
        {
            ("identity", text, whole.Headers.ETag!), ("gzip", gzip, packed.Headers.ETag!),
        })
        {
            using var first =
                await Get(_server, url, ("Accept-Encoding", accept), ("Range", "bytes=0-9"), ("If-Range", tag.Tag));
            using var rest =
                await Get(_server, url, ("Accept-Encoding", accept), ("Range", "bytes=10-"), ("If-Range", tag.Tag));
            Assert.Equal(
                (HttpStatusCode.PartialContent, HttpStatusCode.PartialContent), (first.StatusCode, rest.StatusCode));
            byte[] joined =
                [.. await first.Content.ReadAsByteArrayAsync(Ct), .. await rest.Content.ReadAsByteArrayAsync(Ct)];
            Assert.Equal(all, joined);
            using var known = await Get(_server, url, ("Accept-Encoding", accept), ("If-None-Match", tag.Tag));
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }
    }

    [Fact]
    public async Task Files_are_ended_at_a_size()
    {
        using var small = FhirServer.With(("Export:FileBytes", "20000"));
        var done = await Export(small, HttpMethod.Get, "$export?_type=StructureDefinition", null);

        var files = done.Json["output"]!.AsArray();
        Assert.True(files.Count > 5);
        var lines = await Lines(small, done, "output");
        Assert.Equal(lines.Count, lines.Select(Name).Distinct().Count());
        Assert.Equal(lines.Count, files.Sum(f => (int)f!["count"]!));
        Assert.Equal(lines.Count, (int)(await small.Get("StructureDefinition?_summary=count")).Json["total"]!);
    }

    static async Task<Answer> Export(FhirServer server, HttpMethod method, string url, string? body)
    {
        var begun = await server.Send(method, url, body, Async);
        Assert.True(begun.Status == 202, begun.Text);
        return await Done(server, begun.Headers["Content-Location"]);
    }

    static async Task<Answer> Done(FhirServer server, string url)
    {
        for (var attempts = 0; attempts < 300; attempts++)
        {
            var status = await server.Get(url, ("Accept", "application/json"));
            if (status.Status != 202)
            {
                Assert.True(status.Status == 200, status.Text);
                return status;
            }

            Assert.InRange(status.Headers["X-Progress"].Length, 1, 99);
            Assert.InRange(int.Parse(status.Headers["Retry-After"], null), 1, 30);
            await Task.Delay(100, Ct);
        }

        throw new TimeoutException("The export does not come to an end.");
    }

    /// <summary>The lines of all files, in the order of the manifest.</summary>
    static async Task<List<JsonNode>> Lines(FhirServer server, Answer manifest, string files)
    {
        var lines = new List<JsonNode>();
        foreach (var file in manifest.Json[files]!.AsArray())
        {
            var text = (await server.Get((string)file!["url"]!)).Text;
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            lines.AddRange(text.Split('\n')[..^1].Select(l => JsonNode.Parse(l)!));
        }

        return lines;
    }

    static string Name(JsonNode resource) => $"{resource["resourceType"]}/{resource["id"]}";

    static Task<HttpResponseMessage> Get(FhirServer server, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Http.SendAsync(request, Ct);
    }

    static byte[] Unpacked(byte[] gzip)
    {
        using var text = new MemoryStream();
        using var unpacking = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        unpacking.CopyTo(text);
        return text.ToArray();
    }

    /// <summary>A server with two patients, one of whom is in a Group.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public FhirServer Server { get; } = FhirServer.With(("Export:Jobs", "100"));

        public async ValueTask InitializeAsync()
        {
            foreach (var (id, family) in new[] { ("ann", "A"), ("ben", "B") })
            {
                await Server.Put(
                    $"Patient/{id}",
                    $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{family}}"}],"gender":"other"}""");
                await Server.Put($"Observation/of-{id}", $$$"""
                    {"resourceType":"Observation","id":"of-{{{id}}}","status":"final","code":{"text":"x"},
                     "subject":{"reference":"Patient/{{{id}}}"}}
                    """);
            }

            await Server.Put("Group/team", """
                {"resourceType":"Group","id":"team","type":"person","actual":true,"member":[
                  {"entity":{"reference":"Patient/ann"}},{"entity":{"reference":"Patient/ben"},"inactive":true}]}
                """);
            await Server.Put(
                "Group/adults", """{"resourceType":"Group","id":"adults","type":"person","actual":false}""");
        }

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
