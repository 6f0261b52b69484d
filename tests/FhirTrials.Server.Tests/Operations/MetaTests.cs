using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Operations;

public sealed class MetaTests(FhirServer server)
{
    static string Labels(params string[] codes) => Parameters(
        $$"""{"tag":[{{string.Join(',', codes.Select(c => $$"""{"system":"urn:tags","code":"{{c}}"}"""))}}]}""");

    static string Parameters(string meta) =>
        $$"""{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{{meta}}}]}""";

    static IEnumerable<string> Tags(Answer answer) =>
        Meta(answer)["tag"]?.AsArray().Select(t => t!["code"]!.GetValue<string>()) ?? [];

    static JsonNode Meta(Answer answer) =>
        answer.Json["parameter"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "return")!["valueMeta"]!;

    [Fact]
    public async Task Labels_are_added_and_deleted_and_nothing_else()
    {
        const string Url = "Patient/meta";
        await server.Put(Url, """{"resourceType":"Patient","id":"meta","meta":{"tag":"""
            + """[{"system":"urn:tags","code":"a"}]},"active":true}""");

        Assert.Equal(["a", "b", "c"], Tags(await server.Post($"{Url}/$meta-add", Labels("b", "a", "c"))));
        Assert.Equal(["a", "b", "c"], Tags(await server.Get($"{Url}/$meta")));
        Assert.Equal(["a"], Tags(await server.Get($"{Url}/_history/1/$meta")));
        Assert.Equal(["b"], Tags(await server.Post($"{Url}/$meta-delete", Labels("a", "c", "never"))));
        Assert.Equal([], Tags(await server.Post($"{Url}/$meta-delete", Labels("b"))));

        var secured = await server.Post($"{Url}/$meta-add", Parameters(
            """{"profile":["http://example.org/p"],"security":"""
                + """[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}"""));
        Assert.Equal("http://example.org/p", Meta(secured)["profile"]![0]!.GetValue<string>());
        Assert.Equal("R", Meta(secured)["security"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(secured.ETag, $"W/\"{Meta(secured)["versionId"]}\"");
        Assert.True((await server.Get(Url)).Json["active"]!.GetValue<bool>());
        Assert.Equal([Url], (await server.Get("Patient?_id=meta&_profile=http://example.org/p")).Found());
    }

    [Fact]
    public async Task A_type_and_the_server_tell_which_labels_are_in_use()
    {
        using var own = FhirServer.With(("Fhir:ResourceTypes:0", "Patient"), ("Fhir:ResourceTypes:1", "Basic"));
        Assert.Equal("{}", Meta(await own.Get("$meta")).ToJsonString());
        await own.Put("Patient/a", Patient(
            "a",
            """{"tag":[{"system":"urn:tags","code":"x"},{"code":"no-system"}],"profile":"""
                + """["http://example.org/p|1"]}"""));
        await own.Put(
            "Patient/b",
            Patient("b", """{"tag":[{"system":"urn:tags","code":"x"},{"system":"urn:others","code":"x"}]}"""));
        await own.Put("Patient/c", Patient(
            "c", """{"tag":[{"system":"urn:tags","code":"deleted"}],"profile":["http://example.org/deleted"]}"""));
        await own.Delete("Patient/c");
        await own.Put(
            "Basic/d",
            """{"resourceType":"Basic","id":"d","meta":{"security":"""
                + """[{"system":"urn:s","code":"R","display":"restricted"}]},"code":{"text":"t"}}""");
        await own.Put("Patient/b", Patient("b", """{"tag":[{"system":"urn:tags","code":"x"}]}"""));
        const string ofPatients =
            """{"profile":["http://example.org/p|1"],"tag":[{"code":"no-system"},{"system":"urn:tags","code":"x"}]}""";
        const string ofAll = """{"profile":["http://example.org/p|1"],"security":[{"system":"urn:s","code":"R"}]"""
            + ""","tag":[{"code":"no-system"},{"system":"urn:tags","code":"x"}]}""";

        Assert.Equal(ofPatients, Meta(await own.Get("Patient/$meta")).ToJsonString());
        Assert.Equal(ofAll, Meta(await own.Get("$meta")).ToJsonString());
        Assert.Equal(ofAll, Meta(await own.Post("$meta", "")).ToJsonString());
        Assert.Equal(404, (await own.Get("Observation/$meta")).Status);

        await own.Put("Patient/e", Patient("e", """{"profile":["http://example.org/p"]}"""));
        Assert.Equal(2, Meta(await own.Get("Patient/$meta"))["profile"]!.AsArray().Count);
    }

    static string Patient(string id, string meta) => $$"""{"resourceType":"Patient","id":"{{id}}","meta":{{meta}}}""";

    [Theory]
    [InlineData("Patient/meta-never/$meta-add", 404)]
    [InlineData("Patient/meta-never/$meta", 404)]
    [InlineData("ResearchStudy/NCT04521231/_history/99/$meta", 404)]
    public async Task What_is_not_there_has_no_labels(string url, int status) =>
        Assert.Equal(status, (await (url.EndsWith("add", StringComparison.Ordinal)
            ? server.Post(url, Labels("a"))
            : server.Get(url))).Status);

    [Theory]
    [InlineData("""{"resourceType":"Parameters"}""", 422)]
    [InlineData("""{"resourceType":"Patient"}""", 400)]
    [InlineData("", 400)]
    public async Task A_call_without_labels_is_refused(string body, int status)
    {
        await server.Put("Patient/meta-refused", """{"resourceType":"Patient","id":"meta-refused"}""");

        Assert.Equal(status, (await server.Post("Patient/meta-refused/$meta-add", body)).Status);
    }

    [Fact]
    public async Task A_change_is_of_the_version_that_it_names()
    {
        await server.Put("Patient/meta-match", """{"resourceType":"Patient","id":"meta-match"}""");

        Assert.Equal(
            412, (await server.Post("Patient/meta-match/$meta-add", Labels("a"), ("If-Match", "W/\"2\""))).Status);
        Assert.Equal(
            200, (await server.Post("Patient/meta-match/$meta-add", Labels("a"), ("If-Match", "W/\"1\""))).Status);
    }
}
