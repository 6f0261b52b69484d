using System.Text;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Bundles;

public sealed class TransactionTests(FhirServer server)
{
    static string Bundle(params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";

    static string Entry(
        string method, string url, string? resource = null, string? fullUrl = null, string? more = null) =>
        "{" + (fullUrl is null ? "" : $"\"fullUrl\":\"{fullUrl}\",")
        + (resource is null ? "" : $"\"resource\":{resource},")
        + $"\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"{(more is null ? "" : "," + more)}}}}}";

    static string Status(JsonNode entry) => entry["response"]!["status"]!.GetValue<string>();

    [Fact]
    public async Task References_between_new_resources_point_to_their_ids()
    {
        const string Organization = "urn:uuid:11111111-1111-4111-8111-111111111111";
        var answer = await server.Post("", Bundle(
            Entry("POST", "ResearchStudy", $$"""
            {"resourceType":"ResearchStudy","status":"active","sponsor":{"reference":"{{Organization}}"},
             "text":{"status":"generated",
             "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"{{Organization}}\">x</a></div>"} }
            """),
            Entry("POST", "Organization", """{"resourceType":"Organization","name":"New"}""", Organization)));

        Assert.Equal(200, answer.Status);
        Assert.Equal("transaction-response", answer.Json["type"]!.GetValue<string>());
        Assert.All(answer.Entries, e => Assert.Equal("201 Created", Status(e)));
        var organization = answer.Entries.ElementAt(1)["resource"]!["id"]!.GetValue<string>();
        var study = answer.Entries.First()["resource"]!;
        Assert.Equal($"Organization/{organization}", study["sponsor"]!["reference"]!.GetValue<string>());
        Assert.Contains(
            $"href=\"Organization/{organization}\"", study["text"]!["div"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Equal(200, (await server.Get($"Organization/{organization}")).Status);
    }

    [Fact]
    public async Task Deletions_come_first_then_creations_then_updates_then_reads()
    {
        await server.Put("Patient/order-1", """{"resourceType":"Patient","id":"order-1"}""");

        var answer = await server.Post("", Bundle(
            Entry("GET", "Patient/order-2"),
            Entry("PUT", "Patient/order-2", """{"resourceType":"Patient","id":"order-2","active":true}"""),
            Entry("POST", "Patient", """{"resourceType":"Patient"}"""),
            Entry("DELETE", "Patient/order-1"),
            Entry("GET", "Patient?_id=order-1,order-2")));

        Assert.Equal(
            ["200 OK", "201 Created", "201 Created", "204 No Content", "200 OK"], answer.Entries.Select(Status));
        Assert.True(answer.Entries.First()["resource"]!["active"]!.GetValue<bool>());
        Assert.Single(answer.Entries.Last()["resource"]!["entry"]!.AsArray());
        var changes = (await server.Get("Patient/order-1/_history")).Entries
            .First()["request"]!["method"]!.GetValue<string>();
        Assert.Equal("DELETE", changes);
    }

    public static TheoryData<string, int, string, string> Bad => new()
    {
        { Entry("POST", "Patient", """{"resourceType":"Patient","gender":"diverse"}"""), 422, "code-invalid",
            "Bundle.entry[1].resource.gender" },
        { Entry("POST", "Patient", """{"resourceType":"Patient","foo":1}"""), 400, "structure",
            "Bundle.entry[1].resource.foo" },
        { Entry("POST", "Patient", """{"resourceType":"Group","type":"person","actual":true}"""), 400, "invalid",
            "Bundle.entry[1].resource" },
        { Entry("POST", "Patient"), 400, "required", "Bundle.entry[1].resource" },
        { Entry("POST", "Nonsense", """{"resourceType":"Patient"}"""), 400, "not-supported",
            "Bundle.entry[1].request.url" },
        { Entry("POST", "http://elsewhere.example/Patient", """{"resourceType":"Patient"}"""), 400, "value",
            "Bundle.entry[1].request.url" },
        { Entry("PUT", "Patient/a", """{"resourceType":"Patient","id":"b"}"""), 400, "invalid",
            "Bundle.entry[1].resource.id" },
        {
            Entry(
                "PUT", "ResearchStudy/NCT04521231",
                """{"resourceType":"ResearchStudy","id":"NCT04521231","status":"active"}""",
                more: "\"ifNoneMatch\":\"*\""),
            409, "", ""
        },
        { Entry("DELETE", "Patient/a_b"), 400, "value", "Bundle.entry[1].request.url" },
        { Entry("PATCH", "Patient/a", """{"resourceType":"Patient"}"""), 400, "invalid", "Bundle.entry[1].resource" },
        { Entry("PATCH", "Patient/a", """{"resourceType":"Binary","contentType":"text/plain"}"""), 400, "invalid",
            "Bundle.entry[1].resource" },
        { Entry("PATCH", "Patient/a"), 400, "required", "Bundle.entry[1].resource" },
        { Entry("PATCH", "Patient", """{"resourceType":"Parameters"}"""), 400, "not-supported",
            "Bundle.entry[1].request" },
        { Entry("PATCH", "Patient/nosuch", """{"resourceType":"Parameters"}"""), 404, "not-found",
            "Bundle.entry[1].request" },
        { Entry("PATCH", "Patient?identifier=nosuch", """{"resourceType":"Parameters"}"""), 404, "not-found",
            "Bundle.entry[1].request" },
        {
            Entry(
                "PATCH", "ResearchStudy/NCT04521231", """{"resourceType":"Parameters"}""",
                more: "\"ifMatch\":\"W/\\\"9\\\"\""),
            412, "conflict", "Bundle.entry[1].request"
        },
        { Entry("PATCH", "ResearchStudy/NCT04521231", Patch("ResearchStudy.nosuch.replace")), 422, "processing",
            "Bundle.entry[1].resource" },
        { Entry("PATCH", "Patient/bad-canary", """{"resourceType":"Parameters"}"""), 404, "not-found",
            "Bundle.entry[1].request" },
        { Entry("DELETE", "Patient/bad-canary"), 400, "duplicate", "Bundle.entry[1].request.url" },
        { Entry("POST", "Patient/$validate", """{"resourceType":"Patient"}"""), 400, "not-supported",
            "Bundle.entry[1].request" },
        { Entry("GET", "ResearchStudy/NCT04521231/_history/99"), 404, "processing", "Bundle.entry[1].request.url" },
        { Entry("GET", "ResearchStudy/NCT04521231/_history?nosuch=1"), 400, "processing",
            "Bundle.entry[1].request.url" },
        { Entry("GET", "Nonsense/1"), 404, "not-supported", "Bundle.entry[1].request.url" },
        { Entry(
            "POST", "Patient",
            """{"resourceType":"Patient","managingOrganization":{"reference":"Organization?name:missing=false"}}"""),
            412, "multiple-matches", "Bundle.entry[1].resource.managingOrganization.reference" },
        {
            Entry(
                "POST", "Patient",
                """{"resourceType":"Patient","managingOrganization":{"reference":"Organization?nosuch=a"}}"""),
            400, "not-supported", "Bundle.entry[1].resource.managingOrganization.reference"
        },
        {
            Entry(
                "POST", "Patient",
                """{"resourceType":"Patient","managingOrganization":{"reference":"Nonsense?name=a"}}"""),
            404, "not-supported", "Bundle.entry[1].resource.managingOrganization.reference"
        },
        {
            Entry(
                "POST", "Patient",
                """{"resourceType":"Patient","managingOrganization":{"reference":"urn:oid:1.2.3"}}"""),
            400, "not-found", "Bundle.entry[1].resource.managingOrganization.reference"
        },
        {
            Entry(
                "PUT", "Patient/never", """{"resourceType":"Patient","id":"never"}""",
                more: "\"ifMatch\":\"W/\\\"5\\\"\""),
            412, "", ""
        },
        { Entry("GET", "Patient/nosuch"), 404, "not-found", "Bundle.entry[1].request.url" },
        { Entry("GET", "Patient?nosuch=1"), 400, "not-supported", "Bundle.entry[1].request" },
        {
            Entry(
                "POST", "Patient",
                """{"resourceType":"Patient","managingOrganization":"""
                    + """{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"}}"""),
            400, "not-found", "Bundle.entry[1].resource.managingOrganization.reference"
        },
        {
            Entry(
                "POST", "Patient",
                """{"resourceType":"Patient","managingOrganization":{"reference":"Organization?name=nosuch"}}"""),
            412, "not-found", "Bundle.entry[1].resource.managingOrganization.reference"
        },
        { "{\"resource\":{\"resourceType\":\"Patient\"}}", 400, "required", "Bundle.entry[1].request" },
        { Entry("PUT", "Patient/bad-canary", """{"resourceType":"Patient","id":"bad-canary"}"""), 400, "duplicate",
            "Bundle.entry[1].request.url" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task One_bad_entry_is_named_and_nothing_is_written(
        string entry, int status, string code, string expression)
    {
        var answer = await server.Post("", Bundle(
            Entry("PUT", "Patient/bad-canary", """{"resourceType":"Patient","id":"bad-canary"}"""), entry));

        Assert.Equal(status, answer.Status);
        Assert.Equal("OperationOutcome", answer.Json["resourceType"]!.GetValue<string>());
        Assert.True(code == "" || answer.Issues.Contains((code, expression)), answer.Text);
        Assert.Equal(404, (await server.Get("Patient/bad-canary")).Status);
    }

    static string Patch(string path) =>
        """{"resourceType":"Parameters","parameter":[{"name":"operation","part":"""
        + $$"""[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"{{path}}"},"""
        + """{"name":"value","valueCode":"female"}]}]}""";

    static string JsonPatch(string patch)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch));
        return $$"""{"resourceType":"Binary","contentType":"application/json-patch+json","data":"{{data}}"}""";
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("batch")]
    public async Task Patches_of_both_kinds_are_entries(string type)
    {
        var id = $"patch-{type}";
        await server.Put($"Patient/{id}-1", $$"""{"resourceType":"Patient","id":"{{id}}-1","gender":"male"}""");
        await server.Put(
            $"Patient/{id}-2",
            $$"""{"resourceType":"Patient","id":"{{id}}-2","gender":"male","identifier":[{"value":"{{id}}"}]}""");

        var answer = await server.Post("", Bundle(
            Entry("PATCH", $"Patient/{id}-1", Patch("Patient.gender"), more: "\"ifMatch\":\"W/\\\"1\\\"\""),
            Entry("PATCH", $"Patient?identifier={id}", JsonPatch("""[{"op":"add","path":"/active","value":true}]""")),
            Entry("GET", $"Patient/{id}-1")).Replace("\"transaction\"", $"\"{type}\"", StringComparison.Ordinal));

        Assert.Equal(["200 OK", "200 OK", "200 OK"], answer.Entries.Select(Status));
        Assert.Equal("female", answer.Entries.Last()["resource"]!["gender"]!.GetValue<string>());
        Assert.True((await server.Get($"Patient/{id}-2")).Json["active"]!.GetValue<bool>());
        Assert.All(answer.Entries, e => Assert.Equal("W/\"2\"", e["response"]!["etag"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_patch_may_refer_to_what_the_transaction_makes()
    {
        const string Organization = "urn:oid:1.2.3.4.5";
        await server.Put("Patient/patch-refers", """{"resourceType":"Patient","id":"patch-refers"}""");

        var answer = await server.Post("", Bundle(
            Entry("PATCH", "Patient/patch-refers", JsonPatch(
                $$"""[{"op":"add","path":"/managingOrganization","value":{"reference":"{{Organization}}"} }]""")),
            Entry("POST", "Organization", """{"resourceType":"Organization","name":"Made"}""", Organization)));

        var made = answer.Entries.ElementAt(1)["resource"]!["id"]!.GetValue<string>();
        Assert.Equal(
            $"Organization/{made}",
            answer.Entries.First()["resource"]!["managingOrganization"]!["reference"]!.GetValue<string>());
    }

    [Fact]
    public async Task References_follow_their_source_and_the_condition_of_an_entry()
    {
        const string Elsewhere = "https://elsewhere.example/fhir";
        const string Condition = "identifier=urn:tx%7Csame-condition";
        var answer = await server.Post("", Bundle(
            Entry(
                "POST", "Organization", """{"resourceType":"Organization","id":"7","name":"From elsewhere"}""",
                $"{Elsewhere}/Organization/7"),
            Entry(
                "POST", "Practitioner",
                """{"resourceType":"Practitioner","identifier":[{"system":"urn:tx","value":"same-condition"}]}""",
                more: $"\"ifNoneExist\":\"{Condition}\""),
            Entry("POST", "Patient", $$"""
                {"resourceType":"Patient","id":"8","managingOrganization":{"reference":"Organization/7"},
                 "generalPractitioner":[{"reference":"Practitioner?{{Condition}}"},
                 {"reference":"{{Elsewhere}}/Organization/7"},
                  {"reference":"Practitioner/elsewhere"}]}
                """, $"{Elsewhere}/Patient/8")));

        var ids = answer.Entries.Select(e => $"{e["resource"]!["resourceType"]}/{e["resource"]!["id"]}").ToList();
        var patient = answer.Entries.Last()["resource"]!;
        Assert.Equal(ids[0], patient["managingOrganization"]!["reference"]!.GetValue<string>());
        Assert.Equal(
            [ids[1], ids[0], "Practitioner/elsewhere"],
            patient["generalPractitioner"]!.AsArray().Select(r => r!["reference"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("batch")]
    public async Task Each_response_tells_status_version_and_time(string type)
    {
        await server.Put("Patient/told-deleted", """{"resourceType":"Patient","id":"told-deleted"}""");
        await server.Put("Patient/told-known", """{"resourceType":"Patient","id":"told-known"}""");
        var bundle = Bundle(
            Entry("POST", "Patient", """{"resourceType":"Patient"}"""),
            Entry("DELETE", "Patient/told-deleted"),
            Entry("GET", "Patient/told-known", more: "\"ifNoneMatch\":\"W/\\\"1\\\"\""),
            Entry("GET", "ResearchStudy/NCT04521231/_history/1"))
                .Replace("\"transaction\"", $"\"{type}\"", StringComparison.Ordinal);

        var answer = await server.Post("", bundle, ("Prefer", "return=OperationOutcome"));
        var entries = answer.Entries.ToList();

        Assert.Equal(["201", type == "batch" ? "200" : "204", "304", "200"], entries.Select(e => Status(e)[..3]));
        Assert.All(
            entries,
            e => Assert.StartsWith("W/", e["response"]!["etag"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(entries, e => Assert.NotNull(e["response"]!["lastModified"]));
        Assert.Equal("OperationOutcome", entries[0]["response"]!["outcome"]!["resourceType"]!.GetValue<string>());
        Assert.Null(entries[0]["resource"]);
        Assert.NotNull(entries[3]["resource"]);
        Assert.DoesNotContain(
            (await server.Post("Bundle/$validate", answer.Text)).Json["issue"]!.AsArray(),
            i => i!["severity"]!.GetValue<string>() is "error" or "fatal");
    }

    [Fact]
    public async Task A_conditional_create_makes_one_resource_that_others_refer_to()
    {
        const string Patient = "urn:uuid:33333333-3333-4333-8333-333333333333";
        var bundle = Bundle(
            Entry(
                "POST", "Patient", """{"resourceType":"Patient","identifier":[{"system":"urn:test","value":"tx"}]}""",
                Patient,
                "\"ifNoneExist\":\"identifier=urn:test|tx\""),
            Entry(
                "POST", "Observation",
                """{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":"""
                    + $$"""{"reference":"{{Patient}}"} }"""));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Post("", bundle)));

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.Single(answers, a => Status(a.Entries.First()) == "201 Created");
        var subjects = answers
            .Select(a => a.Entries.ElementAt(1)["resource"]!["subject"]!["reference"]!.GetValue<string>()).Distinct();
        Assert.Equal($"Patient/{answers[0].Entries.First()["resource"]!["id"]}", subjects.Single());
    }

    [Fact]
    public async Task A_conditional_reference_finds_what_is_stored()
    {
        var answer = await server.Post("", Bundle(Entry(
            "POST", "ResearchSubject",
            """{"resourceType":"ResearchSubject","status":"candidate","individual":{"display":"x"},"study":"""
                + """{"reference":"ResearchStudy?identifier=NCT04521231"}}""")));

        Assert.Equal(
            "ResearchStudy/NCT04521231",
            answer.Entries.Single()["resource"]!["study"]!["reference"]!.GetValue<string>());
    }

    /// <summary>What a conditional reference may find, whatever comes first in the Bundle: <c>x-new</c> is to be
    /// created, <c>x-stored</c> was stored before.</summary>
    public static TheoryData<string, string[], string?> ConditionalReferenceCases => new()
    {
        { "identifier=urn:cr|new", [Entry("POST", "Patient", Named("new"))], "Patient/" },
        { "identifier=urn:cr|own", [Entry("PUT", "Patient/cr-own", Named("own", "cr-own"))], "Patient/cr-own" },
        { "identifier=urn:cr|stored", [Entry("POST", "Patient", Named("another"))], "Patient/cr-stored" },
        { "_id=cr-own", [Entry("PUT", "Patient/cr-own", Named("own", "cr-own"))], "Patient/cr-own" },
        { "identifier=urn:cr|changed", [Entry("PUT", "Patient/cr-stored", Named("changed", "cr-stored"))],
            "Patient/cr-stored" },
        { "_has:Observation:patient:code=cr", [
            Entry("PUT", "Patient/cr-own", Named("own", "cr-own")),
            Entry("POST", "Observation", Measured("Patient/cr-own")),
        ], "Patient/cr-own" },
        { "identifier=urn:cr|nobody", [Entry("POST", "Patient", Named("new"))], null },
        { "identifier=urn:cr|twice",
            [Entry("POST", "Patient", Named("twice")), Entry("POST", "Patient", Named("twice"))], null },
        { "identifier=urn:cr|stored", [Entry("POST", "Patient", Named("stored"))], null },
        { "identifier=urn:cr|stored", [Entry("PUT", "Patient/cr-stored", Named("other", "cr-stored"))], null },
        { "identifier=urn:cr|stored", [Entry("DELETE", "Patient/cr-stored")], null },
        { "identifier=urn:cr|stored", [Entry("DELETE", "Patient?identifier=urn:cr|stored")], null },
    };

    [Theory]
    [MemberData(nameof(ConditionalReferenceCases))]
    public async Task A_conditional_reference_finds_what_is_there_when_the_transaction_is_done(
        string search, string[] entries, string? expected)
    {
        using var own = FhirServer.With();
        await own.Put("Patient/cr-stored", Named("stored", "cr-stored"));
        await own.Put("Patient/cr-other", Named("never", "cr-other"));
        var before = await own.Get("_history?_since=2020-01-01&_count=1000");
        var reference = Entry("PUT", "Observation/cr-refers", Measured($"Patient?{search}", "cr-refers"));

        foreach (var bundle in (string[])[Bundle([reference, .. entries]), Bundle([.. entries, reference])])
        {
            var answer = await own.Post("", bundle);

            Assert.True(expected is null ? answer.Status == 412 : answer.Status == 200, answer.Text);
            if (expected is null)
            {
                Assert.Contains(
                    answer.Issues,
                    i => i.Expression?.EndsWith(".resource.subject.reference", StringComparison.Ordinal) ?? false
                    || i.Expression?.EndsWith(".resource.subject", StringComparison.Ordinal) is true);
                Assert.Equal(
                    before.Entries.Count(), (await own.Get("_history?_since=2020-01-01&_count=1000")).Entries.Count());
                continue;
            }

            var subject = (await own.Get("Observation/cr-refers")).Json["subject"]!["reference"]!.GetValue<string>();
            Assert.StartsWith(expected, subject, StringComparison.Ordinal);
            Assert.Equal(200, (await own.Get(subject)).Status);
            return;
        }
    }

    [Fact]
    public async Task Conditional_references_of_two_new_resources_to_each_other_are_found()
    {
        var answer = await server.Post("", Bundle(
            Entry(
                "POST", "Organization",
                """{"resourceType":"Organization","identifier":[{"system":"urn:cr","value":"a"}],"partOf":"""
                    + """{"reference":"Organization?identifier=urn:cr|b"}}"""),
            Entry(
                "POST", "Organization",
                """{"resourceType":"Organization","identifier":[{"system":"urn:cr","value":"b"}],"partOf":"""
                    + """{"reference":"Organization?identifier=urn:cr|a"}}""")));

        Assert.True(answer.Status == 200, answer.Text);
        var organizations = answer.Entries.Select(e => e["resource"]!).ToList();
        Assert.Equal(
            $"Organization/{organizations[1]["id"]}", organizations[0]["partOf"]!["reference"]!.GetValue<string>());
        Assert.Equal(
            $"Organization/{organizations[0]["id"]}", organizations[1]["partOf"]!["reference"]!.GetValue<string>());
        Assert.All(organizations, o => Assert.Equal("1", o["meta"]!["versionId"]!.GetValue<string>()));
    }

    static string Named(string identifier, string? id = null) =>
        $$"""{"resourceType":"Patient",{{(id is null ? "" : $"\"id\":\"{id}\",")}}"identifier":"""
        + $$"""[{"system":"urn:cr","value":"{{identifier}}"}]}""";

    static string Measured(string subject, string? id = null) => $$"""
        {"resourceType":"Observation",{{(id is null ? "" : $"\"id\":\"{id}\",")}}"status":"final",
         "code":{"coding":[{"system":"urn:cr","code":"{{(id is null ? "cr" : "y")}}"}]},
         "subject":{"reference":"{{subject}}"} }
        """;

    [Fact]
    public async Task Absolute_urls_of_this_server_are_its_own()
    {
        var answer = await server.Post("", Bundle(
            Entry(
                "PUT", $"{server.Base}Patient/absolute", """{"resourceType":"Patient","id":"absolute"}""",
                $"{server.Base}Patient/absolute")));

        Assert.Equal("201 Created", Status(answer.Entries.Single()));
        Assert.Equal(200, (await server.Get("Patient/absolute")).Status);
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", "Bundle.type")]
    [InlineData("""{"resourceType":"Patient"}""", null)]
    public async Task Only_a_batch_or_transaction_is_processed(string body, string? expression)
    {
        var answer = await server.Post("", body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Issues, i => i.Expression == expression);
    }

    [Fact]
    public async Task An_empty_transaction_does_nothing() =>
        Assert.Equal(200, (await server.Post("", """{"resourceType":"Bundle","type":"transaction"}""")).Status);

    [Fact]
    public async Task In_a_batch_each_entry_stands_alone()
    {
        var answer = await server.Post("", Bundle(
            Entry("PUT", "Patient/batch-good", """{"resourceType":"Patient","id":"batch-good"}"""),
            Entry("POST", "Patient", """{"resourceType":"Patient","foo":1}"""),
            Entry("POST", "Patient", """{"resourceType":"Patient","gender":"diverse"}"""),
            Entry("GET", "ResearchStudy/NCT04521231"),
            Entry("GET", "ResearchStudy?nosuch=1"),
            Entry("DELETE", "Patient/nosuch"),
            Entry("POST", "Patient/$validate", """{"resourceType":"Patient"}"""),
            Entry("GET", "../swagger")).Replace("\"transaction\"", "\"batch\"", StringComparison.Ordinal));

        Assert.Equal("batch-response", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(
            [201, 400, 422, 200, 400, 204, 200, 400], answer.Entries.Select(e => int.Parse(Status(e)[..3], null)));
        Assert.Equal("NCT04521231", answer.Entries.ElementAt(3)["resource"]!["id"]!.GetValue<string>());
        Assert.Equal(
            "OperationOutcome",
            answer.Entries.ElementAt(4)["response"]!["outcome"]!["resourceType"]!.GetValue<string>());
        Assert.Equal(200, (await server.Get("Patient/batch-good")).Status);
    }
}
