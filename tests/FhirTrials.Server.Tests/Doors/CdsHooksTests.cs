using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Doors;

/// <summary>https://cds-hooks.hl7.org/2.0/</summary>
public sealed class CdsHooksTests(FiveTrials trials) : IClassFixture<FiveTrials>
{
    const string Id = "complete-record-mrd";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discovery_tells_the_hook_and_what_to_prefetch()
    {
        var service = Assert.Single((await Send(HttpMethod.Get, "cds-services", null)).Json["services"]!.AsArray())!;

        Assert.Equal(
            ("trial-match", "patient-view"), (service["id"]!.GetValue<string>(), service["hook"]!.GetValue<string>()));
        Assert.NotEmpty(service["description"]!.GetValue<string>());
        var prefetch = service["prefetch"]!.AsObject();
        Assert.Equal("Patient/{{context.patientId}}", prefetch["patient"]!.GetValue<string>());
        Assert.All(
            [
                "Condition", "Observation", "MedicationRequest", "MedicationStatement", "MedicationAdministration",
                "Procedure", "AllergyIntolerance",
            ],
            type => Assert.Contains(
                prefetch, p => p.Value!.GetValue<string>() == $"{type}?patient={{{{context.patientId}}}}"));
    }

    [Fact]
    public async Task A_study_that_recruits_and_may_fit_is_a_card()
    {
        var answer = await Call(Request());

        Assert.Equal(200, answer.Status);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        var card = Assert.Single(answer.Json["cards"]!.AsArray())!;
        Assert.InRange(card["summary"]!.GetValue<string>().Length, 1, 139);
        Assert.StartsWith("Possibly eligible: ", card["summary"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("info", card["indicator"]!.GetValue<string>());
        Assert.NotEmpty(card["source"]!["label"]!.GetValue<string>());
        Assert.True(Guid.TryParse(card["uuid"]!.GetValue<string>(), out _));
        Assert.Contains("Met: ", card["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("allergies were not sent", card["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(card["links"]!.AsArray(), l => Assert.Equal("absolute", l!["type"]!.GetValue<string>()));
        Assert.Contains(
            card["links"]!.AsArray(),
            l => l!["url"]!.GetValue<string>() == "https://clinicaltrials.gov/study/NCT04521231");
        Assert.DoesNotContain(
            Id, card["links"]!.ToJsonString() + card["source"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(answer.Text, (await Call(Request())).Text);
    }

    [Fact]
    public async Task Every_reason_to_set_a_card_aside_is_a_code_of_its_system()
    {
        var reasons = (await Call(Request())).Json["cards"]![0]!["overrideReasons"]!.AsArray();
        var system = (await trials.Server.Get("CodeSystem/match-override-reason")).Json;

        Assert.All(reasons, r => Assert.Equal(system["url"]!.GetValue<string>(), r!["system"]!.GetValue<string>()));
        Assert.Equal(
            system["concept"]!.AsArray()
                .Select(c => (c!["code"]!.GetValue<string>(), c["display"]!.GetValue<string>())),
            reasons.Select(r => (r!["code"]!.GetValue<string>(), r["display"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Who_has_no_condition_that_a_study_asks_for_gets_no_card()
    {
        var request = Request();
        request["prefetch"]!["conditions"] = Searchset([]);

        Assert.Equal("""{"cards":[]}""", (await Call(request)).Text);
    }

    [Fact]
    public async Task A_token_that_the_EHR_lends_changes_nothing()
    {
        var request = Request();
        request["fhirServer"] = "https://ehr.test/fhir";
        request["fhirAuthorization"] = new JsonObject
        {
            ["access_token"] = "some-opaque-token", ["token_type"] = "Bearer", ["expires_in"] = 300,
            ["scope"] = "patient/*.read", ["subject"] = "us",
        };

        Assert.Equal((await Call(Request())).Text, (await Call(request)).Text);
    }

    [Fact]
    public async Task Null_stands_for_data_that_the_EHR_does_not_have()
    {
        var request = Request();
        request["prefetch"]!["allergies"] = null;
        Assert.DoesNotContain(
            "allergies", (await Call(request)).Json["cards"]![0]!["detail"]!.GetValue<string>(),
            StringComparison.Ordinal);

        request["prefetch"]!["conditions"] = null;
        Assert.Equal("""{"cards":[]}""", (await Call(request)).Text);
    }

    [Theory]
    [InlineData("Acute lymphoblastic leukemia", "confirmed", 1)]
    [InlineData("B-cell acute lymphoblastic leukemia", "provisional", 1)]
    [InlineData("B-cell acute lymphoblastic leukemia", "refuted", 0)]
    [InlineData("Family history of B-cell acute lymphoblastic leukemia", "confirmed", 0)]
    [InlineData("Hypertension", "confirmed", 0)]
    public async Task A_card_is_for_who_has_the_disease_of_the_study_or_may_have_it(
        string condition, string verification, int cards)
    {
        var request = Request();
        request["prefetch"]!["conditions"] = Searchset([JsonNode.Parse($$"""
            {"resourceType":"Condition","id":"c","subject":{"reference":"Patient/{{Id}}"},
             "code":{"text":"{{condition}}"},
             "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status",
             "code":"{{verification}}"}] } }
            """)!]);
        request["prefetch"]!["observations"] = Searchset([]);

        Assert.Equal(cards, (await Call(request)).Json["cards"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("patient", null)]
    [InlineData("patient", "null")]
    [InlineData("conditions", null)]
    [InlineData("conditions", """{"resourceType":"OperationOutcome","issue":[]}""")]
    public async Task Without_what_is_needed_the_precondition_fails(string key, string? json)
    {
        var request = Request();
        request["prefetch"]!.AsObject().Remove(key);
        if (json is not null)
        {
            request["prefetch"]![key] = JsonNode.Parse(json);
        }

        var answer = await Call(request);

        Assert.Equal(412, answer.Status);
        Assert.Contains(answer.Issues, i => i.Expression == $"prefetch.{key}");
        request["prefetch"] = null;
        Assert.Equal(412, (await Call(request)).Status);
    }

    [Theory]
    [InlineData("hook", null, "hook")]
    [InlineData("hook", "\"order-sign\"", "hook")]
    [InlineData("hookInstance", null, "hookInstance")]
    [InlineData("context", null, "context.userId")]
    [InlineData("context", """{"userId":"Practitioner/1"}""", "context.patientId")]
    [InlineData("context", """{"userId":"Practitioner/1","patientId":"another"}""", "prefetch.patient.id")]
    public async Task A_call_that_is_none_of_this_hook_is_refused(string name, string? json, string expression)
    {
        var request = Request();
        request[name] = json is null ? null : JsonNode.Parse(json);
        var answer = await Call(request);

        Assert.Equal((400, expression), (answer.Status, answer.Issues.Single().Expression));
    }

    [Fact]
    public async Task A_record_with_an_error_is_matched_by_the_rest_and_says_so()
    {
        var request = Request();
        request["prefetch"]!["patient"]!["gender"] = 5;
        var answer = await Call(request);

        Assert.Equal(200, answer.Status);
        Assert.Contains(
            "parts of the record have errors and could not be read",
            answer.Json["cards"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_with_more_errors_than_can_be_told_is_refused()
    {
        var request = Request();
        for (var i = 0; i < 101; i++)
        {
            request["prefetch"]!["patient"]![$"wrong{i}"] = 5;
        }

        Assert.Equal(400, (await Call(request)).Status);
    }

    [Fact]
    public async Task A_record_that_goes_on_is_told_to_be_of_one_page()
    {
        var request = Request();
        request["prefetch"]!["observations"]!["link"] =
            JsonNode.Parse("""[{"relation":"next","url":"http://ehr.test/next"}]""");

        Assert.Contains(
            "of observations only the first page was sent",
            (await Call(request)).Json["cards"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"feedback":[{"card":"a","outcome":"accepted","acceptedSuggestions":[]"""
        + ""","outcomeTimestamp":"2026-11-21T10:00:00Z"}]}""", 200)]
    [InlineData("""{"feedback":[{"card":"a","outcome":"overridden","overrideReason":{"reason":{"code":"too-far"}"""
        + ""","userComment":"x"}}]}""", 200)]
    [InlineData("""{"feedback":[]}""", 200)]
    [InlineData("""{"feedback":[{"card":"a"}]}""", 400)]
    [InlineData("""{"feedback":[{"card":"a","outcome":"ignored"}]}""", 400)]
    [InlineData("""{"feedback":[5]}""", 400)]
    [InlineData("""{"feedback":{}}""", 400)]
    [InlineData("""{"feedback":[{"card":"\ud800","outcome":"accepted"}]}""", 400)]
    [InlineData("""{"\ud800eedback":1,"feedback":[]}""", 400)]
    [InlineData("{}", 400)]
    public async Task Feedback_names_cards_and_outcomes(string body, int status) =>
        Assert.Equal(status, (await Send(HttpMethod.Post, "cds-services/trial-match/feedback", body)).Status);

    [Theory]
    [InlineData("cds-services/trial-match", "{\"hookInstance\":\"\\ud800\",\"hook\":\"patient-view\"}")]
    [InlineData("cds-services/trial-match", "{\"\\ud800ookInstance\":1,\"hook\":\"patient-view\"}")]
    [InlineData("cds-services/trial-match/feedback", "{\"feedback\":[{\"card\":\"\\udc00\"}]}")]
    [InlineData("getClinicalTrial", "{\"patientData\":\"\\ud800\"}")]
    public async Task Half_of_a_character_is_refused(string url, string body) =>
        Assert.Equal(400, (await Send(HttpMethod.Post, url, body)).Status);

    [Theory]
    [InlineData("cds-services/other")]
    [InlineData("cds-services/other/feedback")]
    public async Task Another_service_is_not_there(string url) =>
        Assert.Equal(404, (await Send(HttpMethod.Post, url, "{}")).Status);

    [Fact]
    public async Task Pages_of_the_origins_configured_may_call()
    {
        using var own = FhirServer.With(("Cors:Origins:0", "https://ehr.test"));
        using var request = new HttpRequestMessage(
            HttpMethod.Options, new Uri("/cds-services/trial-match", UriKind.Relative));
        request.Headers.Add("Origin", "https://ehr.test");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        using var answer = await own.Http.SendAsync(request, Ct);

        Assert.Equal("https://ehr.test", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    static JsonObject Request()
    {
        var record =
            JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples", "patients", $"{Id}.json")))!;
        var resources = record["entry"]!.AsArray().Select(e => e!["resource"]!)
            .ToLookup(r => r["resourceType"]!.GetValue<string>());
        return new()
        {
            ["hook"] = "patient-view",
            ["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            ["context"] = new JsonObject { ["userId"] = "Practitioner/1", ["patientId"] = Id },
            ["prefetch"] = new JsonObject
            {
                ["patient"] = resources["Patient"].Single().DeepClone(),
                ["conditions"] = Searchset(resources["Condition"]),
                ["observations"] = Searchset(resources["Observation"]),
                ["medicationAdministrations"] = Searchset(resources["MedicationAdministration"]),
                ["procedures"] = Searchset(resources["Procedure"]),
            },
        };
    }

    static JsonObject Searchset(IEnumerable<JsonNode> resources)
    {
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset" };
        if (resources.Any())
        {
            bundle["entry"] = new JsonArray(
                [.. resources.Select(r => new JsonObject { ["resource"] = r.DeepClone() })]);
        }

        return bundle;
    }

    Task<Answer> Call(JsonObject request) => Send(HttpMethod.Post, "cds-services/trial-match", request.ToJsonString());

    async Task<Answer> Send(HttpMethod method, string url, string? json)
    {
        using var request = new HttpRequestMessage(method, new Uri("/" + url, UriKind.Relative));
        request.Content =
            json is null ? null : new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await Answer.Of(await trials.Server.Http.SendAsync(request, Ct));
    }
}
