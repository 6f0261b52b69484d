namespace FhirTrials.Server.Tests.Http;

/// <summary>What has not changed is not sent again.</summary>
public sealed class ConditionalTests(ConditionalTests.Study study) : IClassFixture<ConditionalTests.Study>
{
    readonly FhirServer _server = study.Server;

    [Theory]
    [InlineData("ResearchStudy?status=active")]
    [InlineData("ResearchStudy?status=active&_include=*&_elements=title")]
    [InlineData("ResearchStudy/s/_history")]
    [InlineData("ResearchStudy/_history?_count=1")]
    [InlineData("_history?_since=2020-01-01T00:00:00Z")]
    [InlineData("?_type=Location,Group")]
    [InlineData("ResearchStudy/s/$everything")]
    [InlineData("ResearchStudy/s/$everything?_count=2")]
    public async Task An_answer_is_known_until_something_changes(string url)
    {
        var first = await _server.Get(url);
        Assert.StartsWith("W/\"", first.ETag, StringComparison.Ordinal);

        var known = await _server.Get(url, ("If-None-Match", $"\"other\", {first.ETag}"));
        Assert.Equal((304, "", first.ETag), (known.Status, known.Text, known.ETag));
        Assert.Equal(
            200, (await _server.Get(url, ("If-None-Match", first.ETag!), ("Accept", "application/fhir+xml"))).Status);
        Assert.Equal(200, (await _server.Get(
            url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "_pretty=true",
            ("If-None-Match", first.ETag!))).Status);

        await study.Touch("ResearchStudy/s");
        var changed = await _server.Get(url, ("If-None-Match", first.ETag!));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(first.ETag, changed.ETag);
    }

    [Fact]
    public async Task A_change_of_anything_in_a_study_changes_the_tag_of_all_of_it()
    {
        var parts = (await _server.Get("ResearchStudy/s/$everything")).Found().ToList();
        Assert.Equal(
            ["Group/g", "Location/l", "Organization/o", "PlanDefinition/p", "ResearchStudy/s"],
            parts.Order(StringComparer.Ordinal));

        foreach (var part in parts)
        {
            var tag = (await _server.Get("ResearchStudy/s/$everything")).ETag!;
            await study.Touch("Patient/somebody");
            Assert.Equal(304, (await _server.Get("ResearchStudy/s/$everything", ("If-None-Match", tag))).Status);
            await study.Touch(part);
            Assert.Equal(200, (await _server.Get("ResearchStudy/s/$everything", ("If-None-Match", tag))).Status);
        }
    }

    [Fact]
    public async Task What_a_deletion_takes_away_changes_the_tag()
    {
        await _server.Put("ResearchSubject/r", """
            {"resourceType":"ResearchSubject","id":"r","status":"candidate","study":{"reference":"ResearchStudy/s"},
             "individual":{"display":"x"}}
            """);
        var (all, found) =
            (await _server.Get("ResearchStudy/s/$everything"), await _server.Get("ResearchSubject?study=s"));
        Assert.Contains("ResearchSubject/r", all.Found());

        await _server.Delete("ResearchSubject/r");

        Assert.Equal(200, (await _server.Get("ResearchStudy/s/$everything", ("If-None-Match", all.ETag!))).Status);
        Assert.Equal(200, (await _server.Get("ResearchSubject?study=s", ("If-None-Match", found.ETag!))).Status);
    }

    /// <summary>The same URL may be answered otherwise without a change.</summary>
    [Theory]
    [InlineData("ResearchStudy?date=ap2024-01-01")]
    public async Task What_depends_on_the_time_has_no_tag(string url) => Assert.Null((await _server.Get(url)).ETag);

    [Fact]
    public async Task A_study_is_one_Bundle_however_large_it_is()
    {
        var sites = Enumerable.Range(0, 1100).Select(
            i => $$$"""{"resource":{"resourceType":"Location","id":"site-{{{i}}}"},"request":"""
                + $$$"""{"method":"PUT","url":"Location/site-{{{i}}}"}}""");
        var references = Enumerable.Range(0, 1100).Select(i => $$"""{"reference":"Location/site-{{i}}"}""");
        var answer = await _server.Post("", $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{{{string.Join(',', sites)}}},
            {"resource":{"resourceType":"ResearchStudy","id":"large","status":"active",
             "site":[{{{string.Join(',', references)}}}]},
             "request":{"method":"PUT","url":"ResearchStudy/large"}}]}
            """);
        Assert.True(answer.Status == 200, answer.Text);

        var all = await _server.Get("ResearchStudy/large/$everything");

        Assert.Equal((1101, null), (all.Entries.Count(), all.Link("next")));
    }

    /// <summary>A server with one study.</summary>
    public sealed class Study : IAsyncLifetime
    {
        static readonly Dictionary<string, string> Resources = new()
        {
            ["Organization/o"] = """{"resourceType":"Organization","id":"o","name":"#"}""",
            ["Location/l"] = """{"resourceType":"Location","id":"l","name":"#"}""",
            ["Group/g"] = """{"resourceType":"Group","id":"g","type":"person","actual":false,"name":"#"}""",
            ["PlanDefinition/p"] = """{"resourceType":"PlanDefinition","id":"p","status":"active","title":"#"}""",
            ["Patient/somebody"] = """{"resourceType":"Patient","id":"somebody","name":[{"family":"#"}]}""",
            ["ResearchStudy/s"] = """
                {"resourceType":"ResearchStudy","id":"s","status":"active","title":"#",
                 "sponsor":{"reference":"Organization/o"},
                 "site":[{"reference":"Location/l"}],"enrollment":[{"reference":"Group/g"}],
                 "protocol":[{"reference":"PlanDefinition/p"}]}
                """,
        };

        int _touched;

        public FhirServer Server { get; } = FhirServer.With();

        /// <summary>Gives a resource another version.</summary>
        public async Task Touch(string resource)
        {
            var answer = await Server.Put(
                resource, Resources[resource].Replace("#", $"n{_touched++}", StringComparison.Ordinal));
            Assert.True(answer.Status is 200 or 201, answer.Text);
        }

        public async ValueTask InitializeAsync()
        {
            foreach (var resource in Resources.Keys)
            {
                await Touch(resource);
            }
        }

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
