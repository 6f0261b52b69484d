namespace FhirTrials.Server.Tests.Interactions;

public sealed class WriteTests(FhirServer server)
{
    static string Patient(string? id = null, string family = "Doe") =>
        $$"""{"resourceType":"Patient",{{(id is null ? "" : $"\"id\":\"{id}\",")}}"name":[{"family":"{{family}}"}]}""";

    [Fact]
    public async Task A_created_resource_is_found_at_its_location()
    {
        var created = await server.Post("Patient", Patient());

        Assert.Equal((201, "W/\"1\""), (created.Status, created.ETag));
        var location = created.Headers["Location"];
        Assert.StartsWith(server.Base + "Patient/", location, StringComparison.Ordinal);
        Assert.EndsWith("/_history/1", location, StringComparison.Ordinal);
        Assert.Equal(created.Text, (await server.Get(location)).Text);
    }

    [Fact]
    public async Task The_id_of_a_created_resource_is_the_servers()
    {
        var created = await server.Post("Patient", Patient("mine"));

        Assert.NotEqual("mine", created.Json["id"]!.GetValue<string>());
        Assert.Equal(404, (await server.Get("Patient/mine")).Status);
    }

    [Theory]
    [InlineData("return=minimal", "")]
    [InlineData("return=representation", "Patient")]
    [InlineData("return=OperationOutcome", "OperationOutcome")]
    [InlineData("handling=strict; return=\"minimal\"", "")]
    [InlineData("respond-async, Return = OperationOutcome", "OperationOutcome")]
    [InlineData("return=everything", "Patient")]
    public async Task A_write_answers_as_preferred(string prefer, string type)
    {
        var created = await server.Post("Patient", Patient(), ("Prefer", prefer));
        var id = created.Headers["Location"].Split('/')[^3];
        var updated = await server.Put($"Patient/{id}", Patient(id, "Roe"), ("Prefer", prefer));
        var patched = await server.Send(
            HttpMethod.Patch, $"Patient/{id}", """[{"op":"add","path":"/active","value":true}]""",
            ("Content-Type", "application/json-patch+json"), ("Prefer", prefer));

        Assert.Equal([201, 200, 200], new[] { created, updated, patched }.Select(a => a.Status));
        foreach (var (version, written) in new[] { created, updated, patched }.Index())
        {
            Assert.Equal(type, written.Text.Length == 0 ? "" : written.Json["resourceType"]!.GetValue<string>());
            Assert.Equal($"W/\"{version + 1}\"", written.ETag);
            Assert.True(written.Headers.ContainsKey("Last-Modified"));
            Assert.Equal($"{server.Base}Patient/{id}/_history/{version + 1}", written.Headers["Location"]);
            Assert.Equal(
                type == "Patient" ? written.Headers["Location"] : null,
                written.Headers.GetValueOrDefault("Content-Location"));
        }
    }

    [Fact]
    public async Task A_deletion_tells_of_itself_to_who_prefers_that()
    {
        await server.Put("Patient/delete-told", Patient("delete-told"));

        var (first, again) = (await Delete(), await Delete());

        Assert.Equal((200, "W/\"2\"", "informational"), (first.Status, first.ETag, first.Issues.Single().Code));
        Assert.Equal((200, null, "informational"), (again.Status, again.ETag, again.Issues.Single().Code));

        Task<Answer> Delete() => server.Delete("Patient/delete-told", ("Prefer", "return=OperationOutcome"));
    }

    [Fact]
    public async Task An_update_may_be_for_what_is_there_or_for_what_is_not()
    {
        var absent = await server.Put("Patient/star", Patient("star"), ("If-Match", "*"));
        var first = await server.Put("Patient/star", Patient("star"), ("If-None-Match", "*"));
        var second = await server.Put("Patient/star", Patient("star", "Roe"), ("If-None-Match", "*"));
        var present = await server.Put("Patient/star", Patient("star", "Poe"), ("If-Match", "*"));
        var gone = await server.Delete("Patient/star", ("If-Match", "*"));
        var goneAgain = await server.Delete("Patient/star", ("If-Match", "*"));

        Assert.Equal(
            [412, 201, 412, 200, 204, 412],
            new[] { absent, first, second, present, gone, goneAgain }.Select(a => a.Status));
        Assert.Equal(
            "Doe", (await server.Get("Patient/star/_history/1")).Json["name"]![0]!["family"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_conditional_create_makes_one_resource()
    {
        const string Body = """{"resourceType":"Patient","identifier":[{"system":"urn:test","value":"once"}]}""";
        var condition = ("If-None-Exist", "identifier=urn:test|once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.Post("Patient", Body, condition)));

        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(15, answers.Count(a => a.Status == 200));
        Assert.Single(answers.Select(a => a.Json["id"]!.GetValue<string>()).Distinct());
    }

    [Theory]
    [InlineData("_count=1", 400)]
    [InlineData("nosuch=1", 400)]
    [InlineData("active=true", 412)]
    public async Task A_condition_that_cannot_decide_is_refused(string condition, int status)
    {
        const string Active = """{"resourceType":"Practitioner","active":true}""";
        await server.Post("Practitioner", Active);
        await server.Post("Practitioner", Active);

        Assert.Equal(status, (await server.Post("Practitioner", Active, ("If-None-Exist", condition))).Status);
    }

    [Fact]
    public async Task An_update_creates_then_replaces_and_keeps_what_is_unchanged()
    {
        var created = await server.Put("Patient/update", Patient("update"));
        var updated = await server.Put("Patient/update", Patient("update", "Roe"));
        var unchanged = await server.Put("Patient/update", Patient("update", "Roe"));

        Assert.Equal((201, "W/\"1\""), (created.Status, created.ETag));
        Assert.Equal((200, "W/\"2\""), (updated.Status, updated.ETag));
        Assert.Equal((200, "W/\"2\""), (unchanged.Status, unchanged.ETag));
        Assert.Equal(
            "Doe", (await server.Get("Patient/update/_history/1")).Json["name"]![0]!["family"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("W/\"1\"", 412)]
    [InlineData("W/\"2\"", 200)]
    [InlineData("\"2\"", 200)]
    [InlineData("2", 200)]
    [InlineData("W/\"1\", W/\"2\"", 400)]
    [InlineData("W/\"-1\"", 400)]
    [InlineData("nonsense", 400)]
    public async Task An_update_goes_ahead_from_the_version_it_names_alone(string ifMatch, int status)
    {
        var id = $"match-{string.Concat(ifMatch.Where(char.IsAsciiLetterOrDigit))}-{ifMatch.Length}";
        await server.Put($"Patient/{id}", Patient(id, "One"));
        await server.Put($"Patient/{id}", Patient(id, "Two"));

        Assert.Equal(status, (await server.Put($"Patient/{id}", Patient(id, "Three"), ("If-Match", ifMatch))).Status);
    }

    [Theory]
    [InlineData("Patient/a", """{"resourceType":"Patient","id":"b"}""", 400)]
    [InlineData("Patient/a", """{"resourceType":"Patient"}""", 400)]
    [InlineData("Patient/a", """{"resourceType":"Group","id":"a","type":"person","actual":true}""", 400)]
    [InlineData("Patient/a_b", """{"resourceType":"Patient","id":"a_b"}""", 400)]
    [InlineData("Nonsense/a", """{"resourceType":"Patient","id":"a"}""", 404)]
    public async Task An_update_whose_url_and_body_disagree_is_refused(string url, string body, int status) =>
        Assert.Equal(status, (await server.Put(url, body)).Status);

    [Fact]
    public async Task A_deleted_resource_is_gone_until_it_is_written_again()
    {
        await server.Put("Patient/gone", Patient("gone"));

        Assert.Equal(204, (await server.Delete("Patient/gone")).Status);
        Assert.Equal(204, (await server.Delete("Patient/gone")).Status);
        var read = await server.Get("Patient/gone");
        Assert.Equal((410, "deleted"), (read.Status, read.Issues.Single().Code));
        Assert.Equal(410, (await server.Get("Patient/gone/_history/2")).Status);
        Assert.Equal(200, (await server.Get("Patient/gone/_history/1")).Status);
        Assert.Equal(201, (await server.Put("Patient/gone", Patient("gone"))).Status);
        Assert.Equal("W/\"3\"", (await server.Get("Patient/gone")).ETag);
    }

    [Fact]
    public async Task Deleting_what_never_was_succeeds() =>
        Assert.Equal(204, (await server.Delete("Patient/never-was")).Status);

    [Fact]
    public async Task A_delete_goes_ahead_from_the_version_it_names_alone()
    {
        await server.Put("Patient/delete-match", Patient("delete-match"));

        Assert.Equal(412, (await server.Delete("Patient/delete-match", ("If-Match", "W/\"9\""))).Status);
        Assert.Equal(200, (await server.Get("Patient/delete-match")).Status);
        Assert.Equal(204, (await server.Delete("Patient/delete-match", ("If-Match", "W/\"1\""))).Status);
    }

    [Fact]
    public async Task The_history_of_a_resource_tells_each_write_newest_first()
    {
        await server.Put("Patient/story", Patient("story", "One"));
        await server.Put("Patient/story", Patient("story", "Two"));
        await server.Delete("Patient/story");

        var history = await server.Get("Patient/story/_history");

        Assert.Equal("history", history.Json["type"]!.GetValue<string>());
        Assert.Equal(
            ["DELETE W/\"3\"", "PUT W/\"2\"", "POST W/\"1\""],
            history.Entries.Select(e => $"{e["request"]!["method"]} {e["response"]!["etag"]}"));
        Assert.Null(history.Entries.First()["resource"]);
        Assert.Equal("Two", history.Entries.ElementAt(1)["resource"]!["name"]![0]!["family"]!.GetValue<string>());
    }

    [Fact]
    public async Task History_is_read_page_by_page()
    {
        foreach (var family in new[] { "One", "Two", "Three" })
        {
            await server.Put("Patient/pages", Patient("pages", family));
        }

        var etags = new List<string>();
        for (var next = "Patient/pages/_history?_count=2"; next is not null;)
        {
            var page = await server.Get(next);
            etags.AddRange(page.Entries.Select(e => e["response"]!["etag"]!.GetValue<string>()));
            next = page.Link("next");
        }

        Assert.Equal(["W/\"3\"", "W/\"2\"", "W/\"1\""], etags);
    }

    [Theory]
    [InlineData("Patient/_history?_since=2100-01-01T00:00:00Z", 0)]
    [InlineData("ResearchStudy/_history?_since=2000-01-01T00:00:00Z&_count=2", 2)]
    [InlineData("_history?_count=3", 3)]
    public async Task History_of_a_type_and_of_the_system_begins_where_asked(string url, int count) =>
        Assert.Equal(count, (await server.Get(url)).Entries.Count());

    [Fact]
    public async Task History_at_a_time_tells_what_was_current_then()
    {
        // Writes within one millisecond could not be told apart by time.
        await server.Put("Patient/at", Patient("at", "One"));
        await Task.Delay(2, TestContext.Current.CancellationToken);
        await server.Put("Patient/at", Patient("at", "Two"));
        await Task.Delay(2, TestContext.Current.CancellationToken);
        await server.Delete("Patient/at");
        var all = (await server.Get("Patient/at/_history")).Entries.ToList();
        var times = all.Select(e => e["response"]!["lastModified"]!.GetValue<string>()).ToList();

        Assert.Equal(["W/\"1\""], await Versions($"_at={times[2]}"));
        Assert.Equal(["W/\"2\""], await Versions($"_at={times[1]}"));
        Assert.Equal(["W/\"3\""], await Versions("_at=2100-01-01"));
        Assert.Equal(["W/\"3\"", "W/\"2\"", "W/\"1\""], await Versions($"_at={times[0][..4]}"));
        Assert.Empty(await Versions("_at=2000-01-01T00:00:00Z"));

        async Task<IEnumerable<string>> Versions(string query) =>
            (await server.Get($"Patient/at/_history?{query}")).Entries
                .Select(e => e["response"]!["etag"]!.GetValue<string>());
    }

    [Fact]
    public async Task History_may_show_a_part_of_each_version()
    {
        var first = await server.Get("StructureDefinition/_history?_elements=title&_count=1");
        var second = await server.Get(first.Link("next")!);

        foreach (var resource in new[] { first, second }.Select(p => p.Entries.Single()["resource"]!))
        {
            Assert.NotNull(resource["title"]);
            Assert.Null(resource["differential"]);
            Assert.Equal("SUBSETTED", resource["meta"]!["tag"]![0]!["code"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("_since=yesterday")]
    [InlineData("_at=2026-13")]
    [InlineData("_summary=some")]
    [InlineData("_count=0")]
    [InlineData("_count=x")]
    [InlineData("nosuch=1")]
    [InlineData("_page=forged")]
    public async Task History_refuses_what_it_does_not_understand(string query) =>
        Assert.Equal(400, (await server.Get($"ResearchStudy/_history?{query}")).Status);

    [Theory]
    [InlineData("POST", "ResearchSubject")]
    [InlineData("PUT", "ResearchSubject/own-put")]
    [InlineData("POST", "")]
    public async Task An_absolute_reference_to_this_server_is_stored_and_found_as_a_relative_one(
        string method, string url)
    {
        var patient = $"Patient/own-{method}{url.Length}";
        var id = url.Contains('/', StringComparison.Ordinal) ? "\"id\":\"own-put\"," : "";
        var resource = $$"""
            {"resourceType":"ResearchSubject",{{id}}"status":"candidate",
             "individual":{"reference":"{{server.Base}}{{patient}}" },
             "study":{"reference":"https://elsewhere.example/fhir/ResearchStudy/1"} }
            """;
        var body = url.Length > 0 ? resource : $$"""
            {"resourceType":"Bundle","type":"transaction",
             "entry":[{"resource":{{resource}},"request":{"method":"POST","url":"ResearchSubject"} }]}
            """;

        await server.Send(new HttpMethod(method), url, body);

        foreach (var asked in new[] { patient, patient["Patient/".Length..], server.Base + patient })
        {
            var found = (await server.Get($"ResearchSubject?individual={asked}")).Entries.Single()["resource"]!;
            Assert.Equal(patient, found["individual"]!["reference"]!.GetValue<string>());
            Assert.Equal(
                "https://elsewhere.example/fhir/ResearchStudy/1", found["study"]!["reference"]!.GetValue<string>());
        }
    }
}
