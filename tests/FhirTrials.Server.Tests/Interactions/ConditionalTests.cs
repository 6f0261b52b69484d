namespace FhirTrials.Server.Tests.Interactions;

/// <summary>Conditional update and conditional delete, alone and in transactions.</summary>
public sealed class ConditionalTests(FhirServer server)
{
    static string Patient(string key, string? id = null, bool active = true) =>
        "{\"resourceType\":\"Patient\"," + (id is null ? "" : $"\"id\":\"{id}\",")
        + $"\"identifier\":[{{\"system\":\"urn:cond\",\"value\":\"{key}\"}}],\"active\":"
        + $"{(active ? "true" : "false")}}}";

    static string By(string key) => $"Patient?identifier=urn:cond|{key}";

    static string Entry(string method, string url, string? resource = null, string? fullUrl = null) =>
        "{" + (fullUrl is null ? "" : $"\"fullUrl\":\"{fullUrl}\",")
        + (resource is null ? "" : $"\"resource\":{resource},")
        + $"\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"}}}}";

    Task<Answer> Bundle(string type, params string[] entries) => server.Post(
        "", $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""");

    static IEnumerable<string> Statuses(Answer answer) =>
        answer.Entries.Select(e => e["response"]!["status"]!.GetValue<string>()[..3]);

    [Fact]
    public async Task An_update_creates_what_it_does_not_find_and_updates_what_it_finds()
    {
        var created = await server.Put(By("a"), Patient("a"));
        var id = created.Json["id"]!.GetValue<string>();
        var updated = await server.Put(By("a") + "&_format=json", Patient("a", active: false));
        var again = await server.Put(By("a"), Patient("a", id, active: false));

        Assert.Equal([201, 200, 200], new[] { created, updated, again }.Select(a => a.Status));
        Assert.Equal(["W/\"1\"", "W/\"2\"", "W/\"2\""], new[] { created, updated, again }.Select(a => a.ETag));
        Assert.Equal($"{server.Base}Patient/{id}/_history/2", updated.Headers["Location"]);
        Assert.False((await server.Get($"Patient/{id}")).Json["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_update_creates_under_the_id_that_it_brings_unless_that_is_taken()
    {
        Assert.Equal(201, (await server.Put(By("b"), Patient("b", "cond-b"))).Status);
        Assert.Equal("cond-b", (await server.Get("Patient/cond-b")).Json["id"]!.GetValue<string>());

        var taken = await server.Put(By("nobody"), Patient("b", "cond-b", active: false));
        var other = await server.Put(By("b"), Patient("b", "cond-other"));

        Assert.Equal((409, "conflict"), (taken.Status, taken.Issues.Single().Code));
        Assert.Equal((400, "invalid"), (other.Status, other.Issues.Single().Code));
        Assert.True((await server.Get("Patient/cond-b")).Json["active"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("PUT", "identifier=urn:cond|twice", 412, "multiple-matches")]
    [InlineData("DELETE", "identifier=urn:cond|twice", 412, "multiple-matches")]
    [InlineData("PUT", "", 400, "invalid")]
    [InlineData("DELETE", "", 400, "invalid")]
    [InlineData("DELETE", "_format=json", 400, "invalid")]
    [InlineData("DELETE", "nosuch=1", 400, "not-supported")]
    [InlineData("DELETE", "_count=1&identifier=urn:cond|twice", 400, "not-supported")]
    public async Task A_condition_that_does_not_name_one_writes_nothing(
        string method, string query, int status, string code)
    {
        await server.Put("Patient/cond-twice-1", Patient("twice", "cond-twice-1"));
        await server.Put("Patient/cond-twice-2", Patient("twice", "cond-twice-2"));

        var answer =
            await server.Send(new HttpMethod(method), $"Patient?{query}", method == "PUT" ? Patient("twice") : null);
        var inTransaction = await Bundle(
            "transaction", Entry(method, $"Patient?{query}", method == "PUT" ? Patient("twice") : null));

        Assert.Equal((status, code), (answer.Status, answer.Issues.Single().Code));
        Assert.Equal(query == "_format=json" ? 400 : status, inTransaction.Status);
        Assert.Equal(2, (await server.Get(By("twice"))).Found().Count());
    }

    [Fact]
    public async Task A_deletion_deletes_the_one_that_it_finds_and_else_nothing()
    {
        await server.Put("Patient/cond-c", Patient("c", "cond-c"));

        var stale = await server.Delete(By("c"), ("If-Match", "W/\"7\""));
        var deleted = await server.Delete(By("c"), ("If-Match", "W/\"1\""));
        var nothing = await server.Delete(By("c"));

        Assert.Equal([412, 204, 204], new[] { stale, deleted, nothing }.Select(a => a.Status));
        Assert.Equal(410, (await server.Get("Patient/cond-c")).Status);
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("batch")]
    public async Task Bundles_hold_conditional_updates_and_deletions(string type)
    {
        await server.Put($"Patient/cond-{type}", Patient($"{type}-old", $"cond-{type}"));
        await server.Put($"Patient/cond-{type}-gone", Patient($"{type}-gone", $"cond-{type}-gone"));

        var answer = await Bundle(
            type,
            Entry("PUT", By($"{type}-old"), Patient($"{type}-old", active: false)),
            Entry("PUT", By($"{type}-new"), Patient($"{type}-new")),
            Entry("DELETE", By($"{type}-gone")),
            Entry("DELETE", By($"{type}-never")));

        Assert.Equal(["200", "201", "204", "204"], Statuses(answer));
        Assert.False((await server.Get($"Patient/cond-{type}")).Json["active"]!.GetValue<bool>());
        Assert.Single((await server.Get(By($"{type}-new"))).Found());
        Assert.Equal(410, (await server.Get($"Patient/cond-{type}-gone")).Status);
    }

    [Fact]
    public async Task References_in_a_transaction_point_to_what_a_condition_finds_or_makes()
    {
        const string There = "urn:uuid:44444444-4444-4444-8444-444444444444";
        const string New = "urn:uuid:55555555-5555-4555-8555-555555555555";
        await server.Put("Patient/cond-there", Patient("there", "cond-there"));

        var answer = await Bundle(
            "transaction",
            Entry("PUT", By("there"), Patient("there", active: false), There),
            Entry("PUT", By("made"), Patient("made"), New),
            Entry("POST", "Observation", Observation(There)),
            Entry("POST", "Observation", Observation(New)));

        Assert.Equal(["200", "201", "201", "201"], Statuses(answer));
        var made = answer.Entries.ElementAt(1)["resource"]!["id"]!.GetValue<string>();
        Assert.Equal(
            ["Patient/cond-there", $"Patient/{made}"],
            answer.Entries.Skip(2).Select(e => e["resource"]!["subject"]!["reference"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("DELETE", "Patient/cond-once", "Bundle.entry[1].request.url")]
    [InlineData("DELETE", "Patient?identifier=urn:cond|once", "Bundle.entry[1].request.url")]
    [InlineData("DELETE", "Patient?identifier=urn:cond|once&active=true", "Bundle.entry[1].request.url")]
    public async Task A_transaction_does_not_write_a_resource_twice(string method, string url, string expression)
    {
        await server.Put("Patient/cond-once", Patient("once", "cond-once"));

        var answer =
            await Bundle("transaction", Entry("PUT", By("once"), Patient("once", active: false)), Entry(method, url));

        Assert.Equal((400, ("duplicate", expression)), (answer.Status, answer.Issues.Single()));
        Assert.Equal("W/\"1\"", (await server.Get("Patient/cond-once")).ETag);
    }

    [Fact]
    public async Task A_patch_is_of_the_one_that_it_finds()
    {
        await server.Put("Patient/cond-patch", Patient("patch", "cond-patch"));

        var patched = await Patch("patch");
        var stale = await Patch("patch", ("If-Match", "W/\"1\""));
        var nobody = await Patch("nobody-to-patch");
        await server.Put("Patient/cond-patch-2", Patient("patch", "cond-patch-2"));
        var several = await Patch("patch");

        Assert.Equal([200, 412, 404, 412], new[] { patched, stale, nobody, several }.Select(a => a.Status));
        Assert.Equal("W/\"2\"", patched.ETag);
        Assert.Equal(400, (await Patch("x&nosuch=1")).Status);

        Task<Answer> Patch(string key, params (string, string)[] headers) => server.Send(
            HttpMethod.Patch, By(key), """[{"op":"replace","path":"/active","value":false}]""",
            [("Content-Type", "application/json-patch+json"), .. headers]);
    }

    [Fact]
    public async Task Where_the_operator_allows_it_a_deletion_deletes_all_that_it_finds_or_none()
    {
        using var other = FhirServer.With(("Fhir:ConditionalDelete", "multiple"), ("Limits:BundleEntries", "5"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => other.Post("Patient", Patient(i < 3 ? "few" : "some"))));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => other.Post("Patient", Patient("many"))));

        var few = await other.Delete(By("few"), ("Prefer", "return=OperationOutcome"));
        var many = await other.Delete(By("many"));
        var none = await other.Delete(By("few"));
        var transaction = await other.Post("", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + Entry("DELETE", By("some")) + "," + Entry("POST", "Patient", Patient("new")) + "]}");

        Assert.Equal([200, 412, 204], new[] { few, many, none }.Select(a => a.Status));
        Assert.Equal(["204", "201"], Statuses(transaction));
        Assert.Equal((0, 6, 0), (await Count("few"), await Count("many"), await Count("some")));
        var patient = (await other.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray()
            .Single(r => r!["type"]!.GetValue<string>() == "Patient")!;
        Assert.Equal("multiple", patient["conditionalDelete"]!.GetValue<string>());

        async Task<int> Count(string key) => (await other.Get(By(key))).Found().Count();
    }

    [Fact]
    public async Task The_capabilities_say_so()
    {
        var patient = (await server.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray()
            .Single(r => r!["type"]!.GetValue<string>() == "Patient")!;

        Assert.True(patient["conditionalUpdate"]!.GetValue<bool>());
        Assert.Equal("single", patient["conditionalDelete"]!.GetValue<string>());
    }

    static string Observation(string subject) =>
        """{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":"""
        + $$"""{"reference":"{{subject}}"} }""";
}
