namespace FhirTrials.Server.Tests.Operations;

public sealed class ValidateTests(FhirServer server)
{
    const string TrialStudy = "http://fhirtrials.org/fhir/StructureDefinition/trial-study";
    const string Study = """{"resourceType":"ResearchStudy","status":"active"}""";

    static IEnumerable<string> Severities(Answer answer) =>
        answer.Json["issue"]!.AsArray().Select(i => i!["severity"]!.GetValue<string>());

    [Theory]
    [InlineData("ResearchStudy/$validate", Study, false)]
    [InlineData($"ResearchStudy/$validate?profile={TrialStudy}", Study, true)]
    [InlineData("ResearchStudy/$validate", """{"resourceType":"ResearchStudy"}""", true)]
    [InlineData("ResearchStudy/$validate", """{"resourceType":"ResearchStudy","status":"active","foo":1}""", true)]
    [InlineData("Patient/$validate", Study, true)]
    [InlineData("ResearchStudy/x/$validate", """{"resourceType":"ResearchStudy","id":"y","status":"active"}""", true)]
    [InlineData("ResearchStudy/x/$validate?mode=update", Study, true)]
    [InlineData("ResearchStudy/x/$validate?mode=update",
        """{"resourceType":"ResearchStudy","id":"x","status":"active"}""", false)]
    [InlineData("ResearchStudy/x/$validate?mode=create",
        """{"resourceType":"ResearchStudy","id":"y","status":"active"}""", false)]
    [InlineData("ResearchStudy/$validate", "{", true)]
    public async Task What_is_found_is_told_with_200(string url, string body, bool errors)
    {
        var answer = await server.Post(url, body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(errors, Severities(answer).Any(s => s is "error" or "fatal"));
    }

    [Theory]
    [InlineData("""{"name":"profile","valueUri":"http://fhirtrials.org/fhir/StructureDefinition/trial-study"}""", true)]
    [InlineData("""{"name":"mode","valueCode":"create"}""", false)]
    public async Task Parameters_hold_resource_and_wishes(string parameter, bool errors)
    {
        var body =
            $$"""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{{Study}}},{{parameter}}]}""";

        var answer = await server.Post("ResearchStudy/$validate", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(errors, Severities(answer).Contains("error"));
    }

    [Theory]
    [InlineData("ResearchStudy/$validate?profile=http://nosuch.example/p", 400)]
    [InlineData("ResearchStudy/$validate?mode=nosuch", 400)]
    [InlineData("ResearchStudy/$validate?mode=create&mode=update", 400)]
    [InlineData("ResearchStudy/$validate?mode=delete", 400)]
    [InlineData("ResearchStudy/$validate?mode=update", 400)]
    [InlineData("ResearchStudy/$validate?mode=profile", 400)]
    [InlineData("ResearchStudy/NCT04521231/$validate?mode=profile", 400)]
    [InlineData($"ResearchStudy/NCT04521231/$validate?mode=profile&profile={TrialStudy}", 400)]
    [InlineData("ResearchStudy/nosuch/$validate?mode=delete", 404)]
    [InlineData("ResearchStudy/NCT04521231/$validate?mode=delete", 200)]
    public async Task What_cannot_be_done_fails(string url, int status) =>
        Assert.Equal(status, (await server.Post(url, Study)).Status);

    [Theory]
    [InlineData($"mode=profile&profile={TrialStudy}")]
    [InlineData("")]
    public async Task A_stored_resource_is_validated_where_none_is_sent(string query)
    {
        Assert.Empty(Errors(await server.Get($"ResearchStudy/NCT04521231/$validate?{query}")));
        Assert.Empty(Errors(await server.Post($"ResearchStudy/NCT04521231/$validate?{query}", "")));
        Assert.Equal(404, (await server.Get($"ResearchStudy/nosuch/$validate?{query}")).Status);
    }

    [Theory]
    [InlineData("""{"name":"mode","valueCode":"create"}""")]
    [InlineData("""{"name":"resource","resource":{"resourceType":"Group","type":"person","actual":true}},"""
        + """{"name":"resource","resource":{"resourceType":"Group","type":"person","actual":true}}""")]
    [InlineData("""{"name":"profile","valueUri":"http://nosuch.example/p"}""")]
    public async Task Parameters_that_say_nothing_to_validate_fail(string parameters)
    {
        var answer =
            await server.Post("Group/$validate", $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""");
        Assert.Equal(400, answer.Status);
    }

    [Theory]
    [InlineData("""{"resourceType":"ResearchStudy","status":5}""", "structure ResearchStudy.status")]
    [InlineData("""{"resourceType":"ResearchStudy","status":"is  on"}""", "value ResearchStudy.status")]
    [InlineData("""{"resourceType":"ResearchStudy","status":"active","contact":[{"name":5}]}""",
        "structure ResearchStudy.contact[0].name")]
    [InlineData("""{"resourceType":"ResearchStudy","status":"active","contact":[{}],"arm":[{"type":{}}]}""",
        "structure ResearchStudy.contact[0]", "structure ResearchStudy.arm[0].type",
        "required ResearchStudy.arm[0].name")]
    public async Task A_structural_fault_is_told_once_and_by_its_own_path(string resource, params string[] expected)
    {
        Assert.Equal(expected, Errors(await server.Post("ResearchStudy/$validate", resource)));
        var wrapped = """{"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"create"},"""
            + $$"""{"name":"resource","resource":{{resource}} }]}""";
        Assert.Equal(expected, Errors(await server.Post("ResearchStudy/$validate", wrapped)));
    }

    [Fact]
    public async Task An_unknown_parameter_is_passed_over_with_a_warning()
    {
        var answer = await server.Post("Group/$validate", """
            {"resourceType":"Parameters","parameter":[{"name":"usageContext","valueCode":"x"},
             {"name":"resource","resource":{"resourceType":"Group","type":"person","actual":true,
              "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"}}}]}
            """);
        Assert.Equal(["warning"], Severities(answer));
    }

    static IEnumerable<string> Errors(Answer answer) => answer.Json["issue"]!.AsArray()
        .Where(i => i!["severity"]!.GetValue<string>() == "error")
        .Select(i => $"{i!["code"]} {i["expression"]![0]}");

    [Theory]
    [InlineData("NCT01207388")]
    [InlineData("NCT02013167")]
    [InlineData("NCT02458014")]
    [InlineData("NCT04521231")]
    [InlineData("NCT07192237")]
    public async Task An_imported_study_conforms_to_its_profile(string id)
    {
        var answer = await server.Get($"ResearchStudy/{id}/$validate?profile={TrialStudy}");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(Severities(answer), s => s is "error" or "fatal");
    }
}
