using System.Text.Json.Nodes;
using FhirTrials.Server.Tests.Operations;

namespace FhirTrials.Server.Tests.Matching;

/// <summary>Which studies a match is asked of: three about psoriasis, with sites in Munich and
/// Houston, and nowhere known.</summary>
public sealed class MatchFilterTests(MatchFilterTests.Psoriasis studies) : IClassFixture<MatchFilterTests.Psoriasis>
{
    [Theory]
    [InlineData("", "houston munich nowhere")]
    [InlineData("near=48.14|11.58|50|km", "munich nowhere")]
    [InlineData("near=29.76|-95.36|50|mi", "houston nowhere")]
    [InlineData("near=0|0|100|km", "nowhere")]
    [InlineData("near=48.14|11.58|20000|km", "houston munich nowhere")]
    [InlineData("zipCode=77030,travelRadius=10", "houston nowhere")]
    [InlineData("zipCode=77030,travelRadius=9000 km", "houston munich nowhere")]
    [InlineData("zipCode=77030,travelRadius=9000", "houston munich nowhere")]
    [InlineData("zipCode=77030", "houston munich nowhere")]
    [InlineData("zipCode=99999,travelRadius=10", "houston munich nowhere")]
    [InlineData("zipCode=10115,travelRadius=10", "houston munich nowhere")]
    [InlineData("zipCode=10115,travelRadius=10,country=United States", "")]
    [InlineData("country=Germany", "munich")]
    [InlineData("country=germany,phase=phase-2", "munich")]
    [InlineData("country=Germany,phase=phase-3", "")]
    [InlineData("recruitmentStatus=RECRUITING", "")]
    [InlineData("recruitmentStatus=active", "houston munich nowhere")]
    [InlineData("condition=psoriasis", "houston munich nowhere")]
    [InlineData("condition=plaque", "houston")]
    [InlineData("condition=asthma", "")]
    [InlineData("_count=1", "houston")]
    [InlineData("_count=0", "")]
    public async Task Studies_are_chosen_by(string parameters, string expected)
    {
        var answer = await studies.Match(Record("Psoriasis"), parameters);

        Assert.Equal(expected, string.Join(' ', Matches(answer).Select(e => (string)e["resource"]!["id"]!)));
    }

    [Theory]
    [InlineData("near=48.14|11.58|50|km", "munich", "0.4")]
    [InlineData("near=48.14|11.58|20000|km", "houston", "8725.9")]
    [InlineData("zipCode=77030", "houston", "0")]
    public async Task The_nearest_site_is_told(string parameters, string study, string kilometres)
    {
        var answer = await studies.Match(Record("Psoriasis"), parameters);
        var site = Detail(answer, study).Single(p => (string?)p["name"] == "nearestSite")["part"]!.AsArray();

        Assert.Equal($"Location/{study}", (string?)site.Single(p => (string?)p!["name"] == "location")!["valueUri"]);
        Assert.Equal(
            kilometres, site.Single(p => (string?)p!["name"] == "kilometres")!["valueDecimal"]!.ToJsonString());
    }

    [Fact]
    public async Task A_site_of_unknown_place_is_told_as_such()
    {
        var detail = Detail(await studies.Match(Record("Psoriasis"), "near=0|0|100|km"), "nowhere");

        Assert.True((bool?)detail.Single(p => (string?)p["name"] == "siteOfUnknownPlace")["valueBoolean"]);
        Assert.DoesNotContain(detail, p => (string?)p["name"] == "nearestSite");
    }

    [Theory]
    [InlineData("zipCode=99999,travelRadius=10", "not-found")]
    [InlineData("zipCode=10115,travelRadius=10", "multiple-matches")]
    [InlineData("travelRadius=10", "required")]
    [InlineData("colour=red", "not-supported")]
    public async Task What_cannot_be_applied_is_told(string parameters, string code) =>
        Assert.Contains(
            code, Outcome(await studies.Match(Record("Psoriasis"), parameters)).Select(i => (string?)i["code"]));

    [Theory]
    [InlineData("near=here", "near")]
    [InlineData("near=91|0", "near")]
    [InlineData("zipCode=77030,travelRadius=ten", "travelRadius")]
    [InlineData("zipCode=77030,travelRadius=10 parsec", "travelRadius")]
    [InlineData("zipCode=77|030", "zipCode")]
    [InlineData("_count=-1", "_count")]
    [InlineData("unmentioned=perhaps", "unmentioned")]
    public async Task What_is_no_value_is_refused_with_its_place(string parameters, string name)
    {
        var answer =
            await studies.Server.Post("ResearchStudy/$match", Psoriasis.Parameters(Record("Psoriasis"), parameters));

        Assert.Equal(400, answer.Status);
        Assert.Equal(("value", $"Parameters.parameter.where(name = '{name}')"), answer.Issues.Single());
    }

    [Fact]
    public async Task Studies_of_diseases_that_the_record_does_not_mention_are_counted_and_graded_only_if_asked()
    {
        var record = Record("Asthma");
        var answer = await studies.Match(record, "");
        Assert.Empty(Matches(answer));
        Assert.Equal(0, (int?)answer["total"]);
        Assert.StartsWith("3 more studies", (string?)Outcome(answer).Single()["diagnostics"], StringComparison.Ordinal);

        var all = await studies.Match(record, "unmentioned=true");
        Assert.Equal(["houston", "munich", "nowhere"], Matches(all).Select(e => (string)e["resource"]!["id"]!));
        Assert.Equal(3, (int?)all["total"]);
        Assert.False(
            (bool?)Detail(all, "munich").Single(p => (string?)p["name"] == "conditionMentioned")["valueBoolean"]);
    }

    [Fact]
    public async Task To_a_record_that_names_no_disease_every_study_is_alike() =>
        Assert.Equal(3, Matches(await studies.Match(Record(null), "")).Count());

    static JsonNode Record(string? condition)
    {
        var named = condition is null ? "" : $$$"""
            ,{"resource":{"resourceType":"Condition","subject":{"reference":"Patient/p"},
            "code":{"text":"{{{condition}}}"},
              "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
              "code":"active"}]} } }
            """;
        return JsonNode.Parse($$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Patient","id":"p","gender":"male","birthDate":"1980-01-01"}}{{{named}}}]}
            """)!;
    }

    static IEnumerable<JsonNode> Matches(JsonNode bundle) => Entries(bundle, "match");

    static IEnumerable<JsonNode> Entries(JsonNode bundle, string mode) =>
        bundle["entry"]!.AsArray().Select(e => e!).Where(e => (string?)e["search"]!["mode"] == mode);

    static IEnumerable<JsonNode> Outcome(JsonNode bundle) =>
        Entries(bundle, "outcome").SelectMany(e => e["resource"]!["issue"]!.AsArray().Select(i => i!));

    static List<JsonNode> Detail(JsonNode bundle, string study) =>
    [
        .. Entries(bundle, "include")
            .Single(e => ((string)e["resource"]!["moduleUri"]!).EndsWith($"/{study}", StringComparison.Ordinal))
            ["resource"]!["contained"]![0]!["parameter"]!.AsArray().Select(p => p!),
    ];

    /// <summary>A server with the studies.</summary>
    public sealed class Psoriasis : IAsyncLifetime
    {
        public FhirServer Server { get; } = FhirServer.With();

        public async ValueTask InitializeAsync()
        {
            await Put(
                "Location", "munich",
                """ "position":{"latitude":48.1374,"longitude":11.5755},"address":"""
                    + """{"postalCode":"80331","country":"Germany"}""");
            await Put(
                "Location", "houston",
                """ "position":{"latitude":29.7079,"longitude":-95.4010},"address":"""
                    + """{"postalCode":"77030","country":"United States"}""");
            await Put(
                "Location", "berlin",
                """ "position":{"latitude":52.53,"longitude":13.38},"address":"""
                    + """{"postalCode":"10115","country":"Germany"}""");
            await Put(
                "Location", "new-york",
                """ "position":{"latitude":40.81,"longitude":-73.95},"address":"""
                    + """{"postalCode":"10115","country":"United States"}""");
            await Put("Location", "nowhere", """ "address":{"country":"France"}""");
            await Study("munich", "Psoriasis", "Germany", "phase-2");
            await Study("houston", "Plaque psoriasis", "United States", "phase-3");
            await Study("nowhere", "Psoriasis", "France", "phase-3");
        }

        public async Task<JsonNode> Match(JsonNode record, string parameters)
        {
            var answer = await Server.Post("ResearchStudy/$match", Parameters(record, parameters));
            Assert.True(answer.Status == 200, answer.Text);
            return answer.Json["parameter"]![0]!["resource"]!;
        }

        internal static string Parameters(JsonNode record, string parameters) => MatchTests.Parameters(
            record.DeepClone(),
            [.. parameters.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(p => (p.Split('=')[0], p.Split('=')[1]))]);

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            return ValueTask.CompletedTask;
        }

        Task Study(string id, string condition, string country, string phase) => Put("ResearchStudy", id, $$"""
            "status":"active","condition":[{"text":"{{condition}}"}],"location":[{"text":"{{country}}"}],
            "phase":{"coding":[{"code":"{{phase}}"}]},"site":[{"reference":"Location/{{id}}"}]
            """);

        async Task Put(string type, string id, string more)
        {
            var answer = await Server.Put($"{type}/{id}", $$"""{"resourceType":"{{type}}","id":"{{id}}",{{more}}}""");
            Assert.True(answer.Status == 201, answer.Text);
        }
    }
}
