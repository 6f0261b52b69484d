namespace FhirTrials.Server.Tests.Operations;

/// <summary>Search parameters that are posted, and <c>$reindex</c>.</summary>
public sealed class ReindexTests
{
    const string Token = "an operator's token of the tests, long enough";

    [Fact]
    public async Task A_posted_parameter_becomes_active_and_tells_when_its_index_is_complete()
    {
        using var server = FhirServer.With();
        await server.Put(
            "Patient/ann",
            """{"resourceType":"Patient","id":"ann","maritalStatus":{"coding":"""
                + """[{"system":"http://m.test","code":"M"}]}}""");
        var created = await server.Put("SearchParameter/marital", """
            {"resourceType":"SearchParameter","id":"marital","url":"http://posted.test/marital","name":"Marital",
             "status":"active","description":"Marital status","code":"marital","base":["Patient"],"type":"token",
             "expression":"Patient.maritalStatus"}
            """);
        Assert.Equal(201, created.Status);

        await Until(async () => (await Status(server))["complete"] == "true");

        Assert.Equal(["Patient/ann"], (await server.Get("Patient?marital=M")).Found());
        Assert.Contains("posted.test/marital", (await server.Get("metadata")).Text, StringComparison.Ordinal);
        Assert.Equal("Healthy", await server.Http.GetStringAsync(
            new Uri(new Uri(server.Base), "/health/ready"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_posted_composite_takes_a_code_that_stands_for_several()
    {
        using var server = FhirServer.With();
        await server.Put("ResearchStudy/all", """
            {"resourceType":"ResearchStudy","id":"all","status":"active","condition":[{"text":"B-ALL","coding":[
              {"system":"http://fhirtrials.org/fhir/CodeSystem/vocabulary","code":"all"}]}]}
            """);
        await server.Put("SearchParameter/marital", """
            {"resourceType":"SearchParameter","id":"marital","url":"http://posted.test/condition-status",
             "name":"ConditionStatus","status":"active",
             "description":"Condition and status","code":"condition-status","base":["ResearchStudy"],"type":"composite",
             "expression":"ResearchStudy",
             "component":[{"definition":"http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-condition",
             "expression":"condition"},
               {"definition":"http://hl7.org/fhir/SearchParameter/ResearchStudy-status","expression":"status"}]}
            """);
        await Until(async () => (await Status(server))["complete"] == "true");

        Assert.Equal(
            ["ResearchStudy/all"],
            (await server.Get("ResearchStudy?condition-status=http://snomed.info/sct|91857003$active")).Found());
        Assert.Empty(
            (await server.Get("ResearchStudy?condition-status=http://snomed.info/sct|91857003$completed")).Found());
    }

    [Fact]
    public async Task A_parameter_that_could_not_be_searched_by_is_refused()
    {
        using var server = FhirServer.With();

        var answer = await server.Post("SearchParameter", """
            {"resourceType":"SearchParameter","url":"http://posted.test/wrong","name":"Wrong","status":"active",
             "description":"Wrong","code":"wrong","base":["Patient"],"type":"token","expression":"Patient.nonsense"}
            """);

        Assert.Equal(422, answer.Status);
        Assert.Equal(("business-rule", "SearchParameter.expression"), answer.Issues.Single());
    }

    [Fact]
    public async Task An_operator_has_everything_indexed_anew_and_follows_it()
    {
        using var server = FhirServer.With(("Fhir:OperatorToken", Token));
        Assert.Equal(401, (await server.Post("$reindex", "{}")).Status);
        var operations = (await server.Get("metadata")).Json["rest"]![0]!["operation"]!.AsArray();
        Assert.Superset(
            new HashSet<string> { "reindex", "job" }, operations.Select(o => (string)o!["name"]!).ToHashSet());

        var queued = await server.Send(HttpMethod.Post, "$reindex", null, ("Authorization", $"Bearer {Token}"));
        Assert.Equal(202, queued.Status);
        var job = queued.Headers["Content-Location"];
        await Until(async () => (await server.Get(job)) is { Status: 200 } done
            && done.Text.Contains("completed", StringComparison.Ordinal));

        Assert.Equal(404, (await server.Get("$job/nosuch")).Status);
    }

    static async Task<Dictionary<string, string>> Status(FhirServer server) =>
        (await server.Get("SearchParameter/marital/$reindex")).Json["parameter"]!.AsArray()
            .ToDictionary(p => p!["name"]!.GetValue<string>(), p => (p!["valueBoolean"] ?? p["valueUri"])!.ToString());

    static async Task Until(Func<Task<bool>> isSo)
    {
        for (var attempts = 0; !await isSo(); attempts++)
        {
            Assert.True(attempts < 600, "It does not come to an end.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
