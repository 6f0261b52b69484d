using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Doors;

/// <summary>MITRE's protocol, as its app (clinical-trial-matching-app 2.x) speaks it and reads its answers.</summary>
public sealed class GetClinicalTrialTests(FiveTrials trials) : IClassFixture<FiveTrials>
{
    readonly FhirServer _server = trials.Server;

    /// <summary>In the shape that the app sends: the id is one of nanoid's, which FHIR does not allow.</summary>
    const string Recorded = """
        {"resourceType":"Bundle","type":"collection","entry":[
          {"resource":{"resourceType":"Parameters","id":"0","parameter":[
            {"name":"zipCode","valueString":"02108"},{"name":"travelRadius","valueString":"100"}]}},
          {"resource":{"resourceType":"Patient",
           "meta":{"profile":["http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-cancer-patient"]},
             "id":"V1StGXR8_Z5jdHi6B-myT","gender":"male","birthDate":"1966"},
             "fullUrl":"urn:uuid:V1StGXR8_Z5jdHi6B-myT"},
          {"resource":{"resourceType":"Condition",
             "meta":{"profile":["http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition"]},
             "subject":{"reference":"urn:uuid:V1StGXR8_Z5jdHi6B-myT","type":"Patient"},
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"91857003",
             "display":"Acute lymphoid leukemia"}]},
             "category":[{"coding":[{"system":"http://snomed.info/sct","code":"64572001"}]}]}},
          {"resource":{"resourceType":"Observation","status":"final",
           "subject":{"reference":"urn:uuid:V1StGXR8_Z5jdHi6B-myT","type":"Patient"},
             "code":{"coding":[{"system":"http://loinc.org","code":"89247-1"}]},"valueInteger":1}}]}
        """;

    [Fact]
    public async Task The_app_finds_in_every_study_what_it_shows()
    {
        var answer = await Post(Recorded);

        Assert.Equal((200, "application/json; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal("searchset", answer.Json["type"]!.GetValue<string>());
        Assert.Equal(5, answer.Json["total"]!.GetValue<int>());
        Assert.Equal(5, answer.Entries.Count());
        Assert.All(answer.Entries, entry =>
        {
            var study = entry["resource"]!;
            Assert.InRange(entry["search"]!["score"]!.GetValue<decimal>(), 0, 1);
            Assert.Equal(study["id"]!.GetValue<string>(), study["identifier"]![0]!["value"]!.GetValue<string>());
            Assert.NotEmpty(study["enrollment"]![0]!["display"]!.GetValue<string>());
            Assert.NotEmpty(study["phase"]!["text"]!.GetValue<string>());
            Assert.Contains(
                study["category"]!.AsArray(), c => c!["text"]?.GetValue<string>() == "Study Type: Interventional");
            Assert.All(
                Each(study, "condition").Concat(Each(study, "keyword")),
                c => Assert.NotEmpty(c["text"]!.GetValue<string>()));
            Assert.NotNull(Contained(study, study["sponsor"]!)["name"]);
            Assert.All(
                Each(study, "site"),
                s => Assert.Equal("Location", Contained(study, s)["resourceType"]!.GetValue<string>()));
            var arms = Each(study, "arm").Select(a => a["name"]!.GetValue<string>()).ToHashSet();
            Assert.All(Each(study, "protocol"), p => Assert.Contains(
                Contained(study, p)["subjectCodeableConcept"]!["text"]!.GetValue<string>(), arms));
        });
    }

    [Fact]
    public async Task Each_intervention_of_each_arm_is_a_plan()
    {
        var study = (await Post(Recorded)).Entries.Select(e => e["resource"]!)
            .Single(s => s["id"]!.GetValue<string>() == "NCT02013167");

        var plans = Each(study, "protocol").Select(p => Contained(study, p)).ToList();

        Assert.Contains(
            plans,
            p => p["title"]!.GetValue<string>() == "Blinatumomab" && p["type"]!["text"]!.GetValue<string>() == "Drug"
            && p["subjectCodeableConcept"]!["text"]!.GetValue<string>() == "Blinatumomab");
        Assert.StartsWith(
            "Exclusion Criteria:", study["enrollment"]![0]!["display"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_studies_answered_are_valid()
    {
        foreach (var entry in (await Post(Recorded)).Entries)
        {
            var outcome = await _server.Post("ResearchStudy/$validate", entry["resource"]!.ToJsonString());
            var errors = outcome.Json["issue"]!.AsArray()
                .Where(i => i!["severity"]!.GetValue<string>() is "error" or "fatal");
            Assert.Equal("", string.Join('\n', errors.Select(e => e!.ToJsonString())));
        }
    }

    [Fact]
    public async Task Patient_data_may_be_wrapped_as_an_object_or_as_text()
    {
        var bare = await Post(Recorded);
        var wrapped = await Post(new JsonObject { ["patientData"] = JsonNode.Parse(Recorded) }.ToJsonString());
        var asText = await Post(new JsonObject { ["patientData"] = Recorded }.ToJsonString());

        Assert.Equal(bare.Text, wrapped.Text);
        Assert.Equal(bare.Text, asText.Text);
    }

    [Theory]
    [InlineData("recruitmentStatus", "RECRUITING", 1)]
    [InlineData("phase", "phase-3", 1)]
    [InlineData("phase", "", 5)]
    public async Task Parameters_choose_the_studies(string name, string value, int expected)
    {
        var answer = await Post(Recorded.Replace(
            """{"name":"zipCode",""",
            $$"""{"name":"{{name}}","valueString":"{{(value.Length == 0 ? " " : value)}}"},{"name":"zipCode",""",
            StringComparison.Ordinal));

        Assert.Equal(expected, answer.Entries.Count());
    }

    [Theory]
    [InlineData("\"gender\":\"male\"", "\"gender\":5")]
    [InlineData("\"valueInteger\":1", "\"valueInteger\":\"one\"")]
    public async Task A_record_with_an_error_is_matched_by_the_rest(string right, string wrong)
    {
        var answer = await Post(Recorded.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal((200, 5), (answer.Status, answer.Entries.Count()));
    }

    [Theory]
    [InlineData("{}", "application/json", 400, "Invalid patientBundle")]
    [InlineData("[]", "application/json", 400, "The body must be a JSON object.")]
    [InlineData("{", "application/json", 400, "The body is not JSON.")]
    [InlineData("""{"\uDC00atientData":1}""", "application/json", 400, null)]
    [InlineData("{}", "text/plain", 415, "The Content-Type of the body must be application/json.")]
    [InlineData("""{"patientData":{"resourceType":"Patient"}}""", "application/json", 400, "Invalid patientBundle")]
    [InlineData("""{"patientData":5}""", "application/json", 400, "Invalid patientBundle")]
    [InlineData("""{"patientData":"x"}""", "application/json", 400, "Invalid patientBundle")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"}},"""
            + """{"resource":{"resourceType":"Patient"}}]}""",
        "application/json", 400, null)]
    public async Task What_is_no_record_is_refused_in_the_protocols_own_way(
        string body, string type, int status, string? error)
    {
        var answer = await Post(body, type);

        Assert.Equal(status, answer.Status);
        var told = answer.Json["error"]!.GetValue<string>();
        Assert.True(error is null ? told.Length > 0 : told == error, told);
    }

    static IEnumerable<JsonNode> Each(JsonNode node, string name) => node[name]?.AsArray().Select(n => n!) ?? [];

    static JsonNode Contained(JsonNode study, JsonNode reference) =>
        Each(study, "contained").Single(c => $"#{c["id"]}" == reference["reference"]!.GetValue<string>());

    async Task<Answer> Post(string json, string type = "application/json")
    {
        using var content = new StringContent(json, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        return await Answer.Of(await _server.Http.PostAsync(
            new Uri("/getClinicalTrial", UriKind.Relative), content, TestContext.Current.CancellationToken));
    }
}
