using System.Text.Json.Nodes;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Operations;

/// <summary>On a server of their own: other tests store studies, which would be matched too.</summary>
public sealed class MatchTests(FhirServer server) : IClassFixture<FhirServer>
{
    const string Day = "2026-11-21";

    [Fact]
    public async Task CodeX_parameters_are_answered_with_the_studies_best_first()
    {
        var answer = await server.Post("ResearchStudy/$match", Parameters(Patient("complete-record-mrd")));

        Assert.Equal(200, answer.Status);
        Assert.Equal("trialMatchOutput", (string?)answer.Json["parameter"]![0]!["name"]);
        var bundle = answer.Json["parameter"]![0]!["resource"]!;
        Assert.Equal("searchset", (string?)bundle["type"]);
        Assert.Equal(
            ["NCT02458014", "NCT04521231", "NCT01207388", "NCT07192237", "NCT02013167"], Studies(bundle).Select(Id));
        Assert.Equal(["certain", "certain", "possible", "possible", "certainly-not"], Studies(bundle).Select(Grade));
        Assert.Equal([1m, 1m], Studies(bundle).Take(2).Select(e => (decimal)e["search"]!["score"]!));
    }

    [Fact]
    public async Task Each_criterion_comes_with_its_verdict_and_evidence()
    {
        var answer = await server.Post("ResearchStudy/NCT04521231/$match", Parameters(Patient("other-units")));
        var detail = Detail(answer.Json["parameter"]![0]!["resource"]!);
        var criteria = detail["contained"]![0]!["parameter"]!.AsArray()
            .Where(p => (string?)p!["name"] == "criterion").ToArray();

        var platelets =
            Assert.Single(criteria, c => Part(c!, "text").StartsWith("Platelet count", StringComparison.Ordinal))!;
        Assert.Equal("not-met", Part(platelets, "verdict"));
        Assert.Equal(
            "Observation/platelets",
            Part(platelets["part"]!.AsArray().Single(p => (string?)p!["name"] == "evidence")!, "reference"));
        Assert.Contains(
            criteria,
            c => Part(c!, "verdict") == "unknown" && c!["part"]!.AsArray().Any(p => (string?)p!["name"] == "missing"));
        Assert.Contains(criteria, c => Part(c!, "verdict") == "not-applicable");
        Assert.Equal(5, detail["contained"]![0]!["parameter"]!.AsArray().Count(p => (string?)p!["name"] == "arm"));
        Assert.Equal("Not eligible", ((string)detail["note"]![0]!["text"]!)[..12]);
    }

    [Fact]
    public async Task The_detail_conforms_to_its_profile()
    {
        var answer = await server.Post("ResearchStudy/NCT07192237/$match", Parameters(Patient("adult-mrd-remission")));
        var detail = Detail(answer.Json["parameter"]![0]!["resource"]!);

        var validated = await server.Post("GuidanceResponse/$validate", detail.ToJsonString());

        Assert.DoesNotContain(validated.Json["issue"]!.AsArray(), i => (string?)i!["severity"] is "error" or "fatal");
    }

    [Fact]
    public async Task A_bare_bundle_is_answered_with_a_bundle()
    {
        var answer = await server.Post("ResearchStudy/$match", Patient("adult-mrd-remission").ToJsonString());

        Assert.Equal(200, answer.Status);
        Assert.Equal("Bundle", (string?)answer.Json["resourceType"]);
        Assert.Equal(5, Studies(answer.Json).Count());
    }

    [Theory]
    [InlineData("phase", "PHASE3", "NCT02013167")]
    [InlineData("phase", "phase-3", "NCT02013167")]
    [InlineData("recruitmentStatus", "RECRUITING", "NCT04521231")]
    [InlineData("recruitmentStatus", "approved", "NCT07192237")]
    public async Task Studies_are_chosen_by_phase_and_recruitment_status(string name, string value, string expected)
    {
        var answer =
            await server.Post("ResearchStudy/$match", Parameters(Patient("adult-mrd-remission"), (name, value)));

        Assert.Equal([expected], Studies(answer.Json["parameter"]![0]!["resource"]!).Select(Id));
    }

    [Fact]
    public async Task What_was_left_out_of_the_record_is_reported()
    {
        var answer = await server.Post("ResearchStudy/$match", Parameters(Patient("entered-in-error")));

        var outcome = answer.Json["parameter"]![0]!["resource"]!["entry"]!.AsArray()
            .Single(e => (string?)e!["search"]!["mode"] == "outcome")!;
        Assert.Equal(4, outcome["resource"]!["issue"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"p"}""", 400, "invalid")]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", 422, "required")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"phase","valueString":"phase-2"}]}""", 422,
        "required")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"}},"""
            + """{"resource":{"resourceType":"Patient"}}]}""",
        422,
        "business-rule")]
    [InlineData(
        """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}}"""
            + ""","red"]}""",
        400, "structure")]
    [InlineData("""{"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"Patient"}}]}""", 422,
        "business-rule")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":{"resource":{"resourceType":"Patient"}}}""",
        400, "structure")]
    [InlineData("not json", 400, "structure")]
    public async Task What_is_no_patients_record_is_refused(string body, int status, string code)
    {
        var answer = await server.Post("ResearchStudy/$match", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.Issues.First().Code);
    }

    [Theory]
    [InlineData("mcode-patient-01.json", 0)]
    [InlineData("mcode-patient-data.json", 3)]
    public async Task A_record_with_errors_is_matched_without_what_they_are_in(string file, int lost)
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "data", "patients", file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not there.");

        var answer = await server.Post(
            "ResearchStudy/$match",
            Parameters(JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!));

        Assert.Equal(200, answer.Status);
        var bundle = answer.Json["parameter"]![0]!["resource"]!;
        Assert.Equal(5, Studies(bundle).Count());
        var issues = bundle["entry"]!.AsArray()
            .Single(e => (string?)e!["search"]!["mode"] == "outcome")!["resource"]!["issue"]!.AsArray();
        Assert.Equal(
            lost, issues.Count(i => (string?)i!["severity"] == "warning" && (string?)i["code"] == "incomplete"));
    }

    [Fact]
    public async Task A_study_that_is_not_there_is_not_found()
    {
        var answer = await server.Post("ResearchStudy/NCT99999999/$match", Parameters(Patient("adult-mrd-remission")));

        Assert.Equal((404, "not-found"), (answer.Status, answer.Issues.Single().Code));
    }

    internal static JsonNode Patient(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples", "patients", name + ".json")))!;

    internal static string Parameters(JsonNode record, params (string Name, string Value)[] strings) => new JsonObject
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
        [
            new JsonObject { ["name"] = "referenceDate", ["valueDate"] = Day },
            .. strings.Select(s => new JsonObject { ["name"] = s.Name, ["valueString"] = s.Value }),
            new JsonObject { ["name"] = "trialMatchClinicalData", ["resource"] = record },
        ]),
    }.ToJsonString();

    /// <summary>The matches among the five trials: other tests store studies of their own.</summary>
    static IEnumerable<JsonNode> Studies(JsonNode bundle) =>
        bundle["entry"]!.AsArray().Select(e => e!).Where(
            e => (string?)e["search"]!["mode"] == "match" && Id(e).StartsWith("NCT", StringComparison.Ordinal));

    static JsonNode Detail(JsonNode bundle) =>
        bundle["entry"]!.AsArray().First(e => (string?)e!["search"]!["mode"] == "include")!["resource"]!;

    static string Id(JsonNode entry) => (string)entry["resource"]!["id"]!;

    internal static string? Grade(JsonNode entry) => (string?)entry["search"]!["extension"]![0]!["valueCode"];

    static string Part(JsonNode parameter, string name) =>
        parameter["part"]!.AsArray().Where(p => (string?)p!["name"] == name)
            .Select(p => (string?)(p!["valueString"] ?? p["valueCode"]) ?? "").FirstOrDefault() ?? "";
}
