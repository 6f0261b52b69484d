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
    [InlineData("ResearchStudy/$validate?mode=update", Study, true)]
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
        var body = $$"""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{{Study}}},{{parameter}}]}""";

        var answer = await server.Post("ResearchStudy/$validate", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(errors, Severities(answer).Contains("error"));
    }

    [Theory]
    [InlineData("ResearchStudy/$validate?profile=http://nosuch.example/p", 400)]
    [InlineData("ResearchStudy/$validate?mode=nosuch", 400)]
    [InlineData("ResearchStudy/$validate?mode=delete", 400)]
    [InlineData("ResearchStudy/nosuch/$validate?mode=delete", 404)]
    [InlineData("ResearchStudy/NCT04521231/$validate?mode=delete", 200)]
    public async Task What_cannot_be_done_fails(string url, int status) =>
        Assert.Equal(status, (await server.Post(url, Study)).Status);

    [Fact]
    public async Task Every_imported_study_conforms_to_its_profile()
    {
        foreach (var study in (await server.Get("ResearchStudy?identifier=http://clinicaltrials.gov|&_elements=id")).Found().DefaultIfEmpty("ResearchStudy/NCT04521231"))
        {
            var answer = await server.Get($"{study}/$validate?profile={TrialStudy}");

            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain(Severities(answer), s => s is "error" or "fatal");
        }
    }
}
