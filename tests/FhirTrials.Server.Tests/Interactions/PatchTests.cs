using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Interactions;

public sealed class PatchTests(FhirServer server)
{
    const string JsonPatch = "application/json-patch+json";
    const string Fhir = "application/fhir+json";
    const string ToMale = """[{"op":"add","path":"/gender","value":"male"}]""";

    const string ToFemale =
        """
        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
          {"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
          {"name":"name","valueString":"gender"},{"name":"value","valueCode":"female"}]}]}
        """;

    [Theory]
    [InlineData(JsonPatch, ToMale, "male")]
    [InlineData(Fhir, ToFemale, "female")]
    [InlineData("application/json; charset=utf-8", ToFemale, "female")]
    public async Task A_patch_makes_a_new_version(string type, string patch, string gender)
    {
        var id = $"patch-{gender}-{type.Length}";
        await Put(id);

        var patched = await Patch(id, patch, type);

        Assert.Equal((200, "W/\"2\""), (patched.Status, patched.ETag));
        Assert.Equal(gender, patched.Json["gender"]!.GetValue<string>());
        Assert.EndsWith($"Patient/{id}/_history/2", patched.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(patched.Text, (await server.Get($"Patient/{id}")).Text);
        Assert.Null((await server.Get($"Patient/{id}/_history/1")).Json["gender"]);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_version()
    {
        await Put("patch-nothing");

        var patched = await Patch("patch-nothing", "[]", JsonPatch);

        Assert.Equal((200, "W/\"1\""), (patched.Status, patched.ETag));
    }

    [Theory]
    [InlineData("return=minimal", "")]
    [InlineData("return=OperationOutcome", "OperationOutcome")]
    public async Task A_patch_answers_as_preferred(string prefer, string type)
    {
        var id = $"patch-{prefer.Length}";
        await Put(id);

        var patched = await Patch(id, ToMale, JsonPatch, ("Prefer", prefer));

        Assert.Equal(200, patched.Status);
        Assert.Equal(type, patched.Text.Length == 0 ? "" : patched.Json["resourceType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(JsonPatch, "{", 400, "structure", "patch")]
    [InlineData(JsonPatch, "", 400, "structure", "patch")]
    [InlineData(JsonPatch, """[{"op":"remove"}]""", 400, "invalid", "patch[0]")]
    [InlineData(JsonPatch, """[{"op":"remove","path":"/photo"}]""", 422, "processing", "patch[0]")]
    [InlineData(JsonPatch, """[{"op":"test","path":"/id","value":"other"}]""", 409, "conflict", "patch[0]")]
    [InlineData(JsonPatch,
        """[{"op":"add","path":"/gender","value":"other"},{"op":"replace","path":"/id","value":"x"}]""", 422,
        "processing", "patch")]
    [InlineData(JsonPatch, """[{"op":"add","path":"/colour","value":"red"}]""", 422, "processing", "patch")]
    [InlineData(JsonPatch, """[{"op":"add","path":"/gender","value":"red"}]""", 422, "code-invalid", "Patient.gender")]
    [InlineData(Fhir, """{"resourceType":"Patient"}""", 400, "structure", "Patient")]
    [InlineData(Fhir, """{"resourceType":"Parameters","parameter":[{"name":"op"}]}""", 400, "invalid",
        "Parameters.parameter[0]")]
    [InlineData("application/xml-patch+xml", "<diff/>", 415, "not-supported", null)]
    [InlineData("text/plain", "[]", 415, "not-supported", null)]
    public async Task A_patch_that_cannot_be_applied_changes_nothing(
        string type, string patch, int status, string code, string? expression)
    {
        await Put("patch-refused");

        var refused = await Patch("patch-refused", patch, type);

        Assert.Equal(status, refused.Status);
        Assert.Contains((code, expression), refused.Issues);
        Assert.Equal("W/\"1\"", (await server.Get("Patient/patch-refused")).ETag);
    }

    [Fact]
    public async Task Only_what_is_there_can_be_patched()
    {
        await Put("patch-deleted");
        await server.Delete("Patient/patch-deleted");

        Assert.Equal(404, (await Patch("patch-never", ToMale, JsonPatch)).Status);
        Assert.Equal(410, (await Patch("patch-deleted", ToMale, JsonPatch)).Status);
    }

    [Fact]
    public async Task A_patch_is_of_the_version_that_it_names()
    {
        await Put("patch-version");

        Assert.Equal(412, (await Patch("patch-version", ToMale, JsonPatch, ("If-Match", "W/\"2\""))).Status);
        Assert.Equal(200, (await Patch("patch-version", ToMale, JsonPatch, ("If-Match", "W/\"1\""))).Status);
        Assert.Equal(412, (await Patch("patch-version", ToMale, JsonPatch, ("If-Match", "W/\"1\""))).Status);
        Assert.Equal(400, (await Patch("patch-version", ToMale, JsonPatch, ("If-Match", "two"))).Status);
    }

    [Fact]
    public async Task Patches_at_the_same_time_lose_nothing()
    {
        await Put("patch-together");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Patch(
            "patch-together", $$"""[{"op":"add","path":"/name/0/given/-","value":"G{{i}}"}]""", JsonPatch)));

        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 409 }));
        var given = (await server.Get("Patient/patch-together")).Json["name"]![0]!["given"]!.AsArray().Count;
        Assert.Equal(1 + answers.Count(a => a.Status == 200), given);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await Patch("patch-large", new string(' ', FhirServer.RequestBytes + 1), JsonPatch);

        Assert.Equal((413, "too-long"), (answer.Status, answer.Issues.Single().Code));
    }

    [Fact]
    public async Task The_capability_statement_tells_the_formats()
    {
        var statement = (await server.Get("metadata")).Json;

        Assert.Equal(
            [JsonPatch, Fhir, "application/fhir+xml"],
            statement["patchFormat"]!.AsArray().Select(f => f!.GetValue<string>()));
        Assert.All(statement["rest"]![0]!["resource"]!.AsArray(), r =>
            Assert.Contains("patch", r!["interaction"]!.AsArray().Select(i => i!["code"]!.GetValue<string>())));
    }

    async Task Put(string id)
    {
        var patient = new JsonObject
        {
            ["resourceType"] = "Patient",
            ["id"] = id,
            ["name"] = new JsonArray(new JsonObject { ["given"] = new JsonArray("A") }),
        };
        Assert.InRange((await server.Put($"Patient/{id}", patient.ToJsonString())).Status, 200, 201);
    }

    Task<Answer> Patch(string id, string patch, string type, params (string Name, string Value)[] headers) =>
        server.Send(HttpMethod.Patch, $"Patient/{id}", patch, [("Content-Type", type), .. headers]);
}
