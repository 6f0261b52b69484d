using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Operations;

/// <summary>Operations on Groups of eligibility, on a server of their own.</summary>
public sealed class EvaluateTests(FhirServer server) : IClassFixture<FhirServer>
{
    const string Eligibility = "Group/NCT04521231-eligibility";

    [Fact]
    public async Task A_group_is_evaluated_as_its_study_is_matched()
    {
        var patient = MatchTests.Patient("other-units");
        var matched = await server.Post("ResearchStudy/NCT04521231/$match", MatchTests.Parameters(patient.DeepClone()));
        var detail = matched.Json["parameter"]![0]!["resource"]!["entry"]!.AsArray()
            .First(e => (string?)e!["search"]!["mode"] == "include")!["resource"]!["contained"]![0]!;

        var answer = await server.Post($"{Eligibility}/$evaluate", Data(patient));

        Assert.Equal(200, answer.Status);
        var verdicts = Verdicts(answer.Json);
        Assert.True(verdicts.Count > 30);
        Assert.Equal(Verdicts(detail).Where(v => v.Number != "0"), verdicts);
        Assert.Equal("not-eligible", (string?)Parameter(answer.Json, "grade")!["valueCode"]);
    }

    [Theory]
    [InlineData("entry.resource.ofType(Patient).exists()", false, "met")]
    [InlineData("entry.resource.ofType(Patient).empty()", false, "not-met")]
    [InlineData("entry.resource.ofType(Patient).exists()", true, "not-met")]
    [InlineData("entry.resource.ofType(Patient).birthDate <= today() - 18 years", false, "met")]
    [InlineData("{}", false, "unknown")]
    [InlineData("nonsense(", false, "unknown")]
    public async Task A_posted_group_of_expressions_alone_is_decided_by_them(
        string expression, bool exclude, string expected)
    {
        var group = JsonNode.Parse($$$"""
            {"resourceType":"Group","type":"person","actual":false,"characteristic":[{"extension":[
              {"url":"http://fhirtrials.org/fhir/StructureDefinition/criterion-expression",
               "valueExpression":{"language":"text/fhirpath","expression":"{{{expression}}}"}}],
              "code":{"text":"A criterion"},"valueBoolean":true,"exclude":{{{(exclude ? "true" : "false")}}} }]}
            """)!;

        var answer = await server.Post("Group/$evaluate", Data(MatchTests.Patient("adult-mrd-remission"), group));

        Assert.Equal(expected, Assert.Single(Verdicts(answer.Json)).Verdict);
    }

    [Fact]
    public async Task A_patient_who_is_stored_is_evaluated_and_matched_by_reference()
    {
        var bundle = MatchTests.Patient("complete-record-mrd");
        foreach (var resource in bundle["entry"]!.AsArray().Select(e => e!["resource"]!))
        {
            var written = await server.Put($"{resource["resourceType"]}/{resource["id"]}", resource.ToJsonString());
            Assert.InRange(written.Status, 200, 201);
        }

        var id = (string)bundle["entry"]!.AsArray()
            .Single(e => (string?)e!["resource"]!["resourceType"] == "Patient")!["resource"]!["id"]!;
        var parameters = new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                new JsonObject { ["name"] = "referenceDate", ["valueDate"] = "2026-11-21" },
                new JsonObject { ["name"] = "subject", ["valueString"] = $"Patient/{id}" }),
        }.ToJsonString();

        var bySubject = await server.Post($"{Eligibility}/$evaluate", parameters);
        var byData = await server.Post($"{Eligibility}/$evaluate", Data(bundle));
        var matched = await server.Post("ResearchStudy/NCT04521231/$match", parameters);
        var byUrl = await server.Post(
            $"{Eligibility}/$evaluate",
            parameters.Replace($"Patient/{id}", $"{server.Base.TrimEnd('/')}/Patient/{id}", StringComparison.Ordinal));

        Assert.Equal(Verdicts(byData.Json), Verdicts(bySubject.Json));
        Assert.Equal(bySubject.Text, byUrl.Text);
        Assert.Equal("eligible", (string?)Parameter(bySubject.Json, "grade")!["valueCode"]);
        var match = matched.Json["parameter"]![0]!["resource"]!["entry"]![0]!["search"]!;
        Assert.Equal("certain", (string?)match["extension"]![0]!["valueCode"]);
    }

    [Theory]
    [InlineData("Group/$evaluate", """{"resourceType":"Parameters","parameter":[{"name":"x","valueString":"y"}]}""",
        422, "required")]
    [InlineData(Eligibility + "/$evaluate",
        """{"resourceType":"Parameters","parameter":[{"name":"x","valueString":"y"}]}""", 422, "required")]
    [InlineData(Eligibility + "/$evaluate",
        """{"resourceType":"Parameters","parameter":[{"name":"subject","valueString":"Patient/nobody"}]}""", 404,
        "not-found")]
    [InlineData(Eligibility + "/$evaluate",
        """{"resourceType":"Parameters","parameter":[{"name":"subject","valueString":"http://other/Patient/1"}]}""",
        400, "value")]
    [InlineData(Eligibility + "/$evaluate", """{"resourceType":"Bundle","type":"collection"}""", 422, "required")]
    [InlineData("Group/nosuch/$evaluate", """{"resourceType":"Bundle","type":"collection"}""", 404, "not-found")]
    public async Task What_cannot_be_evaluated_is_refused(string url, string body, int status, string code)
    {
        var answer = await server.Post(url, body);

        Assert.Equal((status, code), (answer.Status, answer.Issues.First().Code));
    }

    [Theory]
    [InlineData("NCT04521231")]
    [InlineData("NCT02458014")]
    [InlineData("NCT02013167")]
    public async Task The_group_as_one_expression_is_valid_and_never_contradicts(string nctId)
    {
        var group = (await server.Get($"Group/{nctId}-eligibility/$as-expression")).Json;

        Assert.Null(group["characteristic"]);
        Assert.Equal(
            "http://hl7.org/fhir/StructureDefinition/characteristicExpression",
            (string?)group["extension"]![0]!["url"]);
        var validated = await server.Post("Group/$validate", group.ToJsonString());
        Assert.Equal([], validated.Json["issue"]!.AsArray()
            .Where(i => (string?)i!["severity"] is "error" or "fatal" or "warning").Select(i => i!.ToJsonString()));
        foreach (var name in new[]
        {
            "complete-record-mrd", "adult-mrd-remission", "other-units", "adolescent-14-lansky",
        })
        {
            var whole = await server.Post($"Group/{nctId}-eligibility/$evaluate", Data(MatchTests.Patient(name)));
            var derived = Assert.Single(Verdicts((await server.Post(
                "Group/$evaluate", Data(MatchTests.Patient(name), group.DeepClone()))).Json)).Verdict;
            var grade = (string)Parameter(whole.Json, "grade")!["valueCode"]!;
            Assert.Contains(derived, grade switch
            {
                "eligible" => ["met", "unknown"],
                "not-eligible" => ["not-met", "unknown"],
                _ => new[] { "unknown" },
            });
        }
    }

    [Fact]
    public async Task A_difference_names_what_changed_between_two_versions()
    {
        var group = (await server.Get("Group/NCT02458014-eligibility")).Json;
        var characteristics = group["characteristic"]!.AsArray();
        group["id"] = "diff-test";
        group["meta"]!.AsObject().Remove("versionId");
        await server.Put("Group/diff-test", group.ToJsonString());
        var total = characteristics.Count;
        characteristics[1]!["exclude"] = true;
        var source = characteristics[2]!["extension"]!.AsArray()
            .Single(e => ((string)e!["url"]!).EndsWith("criterion-source", StringComparison.Ordinal))!;
        source["extension"]!.AsArray().Single(e => (string?)e!["url"] == "text")!["valueString"] += " at screening";
        characteristics.RemoveAt(characteristics.Count - 1);
        await server.Put("Group/diff-test", group.ToJsonString());

        var diff = await server.Get("Group/diff-test/$criteria-diff?from=1&to=2");

        var kinds = diff.Json["parameter"]!.AsArray().Where(p => (string?)p!["name"] == "change")
            .Select(p => Part(p!, "kind"));
        Assert.Equal(["reading-changed", "text-changed", "removed"], kinds);
        Assert.Equal(total - 3, (int)Parameter(diff.Json, "unchanged")!["valueInteger"]!);
        Assert.Equal(404, (await server.Get("Group/diff-test/$criteria-diff?from=7")).Status);
        Assert.Equal(400, (await server.Get("Group/diff-test/$criteria-diff?from=x")).Status);
    }

    static string Data(JsonNode record, JsonNode? group = null)
    {
        var parameters = new JsonArray(
            new JsonObject { ["name"] = "referenceDate", ["valueDate"] = "2026-11-21" },
            new JsonObject { ["name"] = "data", ["resource"] = record });
        if (group is not null)
        {
            parameters.Add(new JsonObject { ["name"] = "group", ["resource"] = group });
        }

        return new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters }.ToJsonString();
    }

    static JsonNode? Parameter(JsonNode parameters, string name) =>
        parameters["parameter"]!.AsArray().FirstOrDefault(p => (string?)p!["name"] == name);

    static List<(string Number, string Verdict)> Verdicts(JsonNode parameters) =>
        [.. parameters["parameter"]!.AsArray().Where(p => (string?)p!["name"] == "criterion")
            .Select(p => (Part(p!, "number"), Part(p!, "verdict")))];

    static string Part(JsonNode parameter, string name) =>
        parameter["part"]!.AsArray().Where(p => (string?)p!["name"] == name)
            .Select(p => (p!["valueString"] ?? p["valueCode"] ?? p["valueInteger"])?.ToString() ?? "")
            .FirstOrDefault() ?? "";
}
