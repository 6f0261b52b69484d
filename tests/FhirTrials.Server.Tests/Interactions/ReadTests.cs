namespace FhirTrials.Server.Tests.Interactions;

public sealed class ReadTests(FhirServer server)
{
    const string Study = "ResearchStudy/NCT04521231";

    [Fact]
    public async Task A_read_answers_with_the_resource_its_version_and_its_time()
    {
        var answer = await server.Get(Study);

        Assert.Equal(200, answer.Status);
        Assert.Equal("NCT04521231", answer.Json["id"]!.GetValue<string>());
        Assert.Equal("W/\"1\"", answer.ETag);
        Assert.Equal("1", answer.Json["meta"]!["versionId"]!.GetValue<string>());
        Assert.StartsWith(
            "application/fhir+json; fhirVersion=4.0", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.True(answer.Headers.ContainsKey("Last-Modified"));
    }

    [Fact]
    public async Task HEAD_answers_like_GET_without_a_body()
    {
        var (get, head) = (await server.Get(Study), await server.Send(HttpMethod.Head, Study, null));

        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Equal(get.ETag, head.ETag);
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData("If-None-Match", "W/\"1\"", 304)]
    [InlineData("If-None-Match", "W/\"7\", W/\"1\"", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "W/\"2\"", 200)]
    [InlineData("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 304)]
    [InlineData("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT", 200)]
    public async Task What_the_client_knows_already_is_not_sent_again(string header, string value, int status)
    {
        foreach (var url in new[] { Study, $"{Study}/_history/1" })
        {
            var answer = await server.Get(url, (header, value));

            Assert.Equal(status, answer.Status);
            Assert.Equal(status == 304, answer.Text.Length == 0);
            Assert.Equal("W/\"1\"", answer.ETag);
            Assert.True(answer.Headers.ContainsKey("Last-Modified"));
        }
    }

    [Fact]
    public async Task A_version_is_read_under_its_number()
    {
        var answer = await server.Get($"{Study}/_history/1");

        Assert.Equal((200, "W/\"1\""), (answer.Status, answer.ETag));
        Assert.Equal((await server.Get(Study)).Text, answer.Text);
    }

    [Theory]
    [InlineData("ResearchStudy/nosuch", 404, "not-found")]
    [InlineData("ResearchStudy/NCT04521231/_history/99", 404, "not-found")]
    [InlineData("ResearchStudy/NCT04521231/_history/x", 404, "not-found")]
    [InlineData("ResearchStudy/nosuch/_history", 404, "not-found")]
    [InlineData("ResearchStudy/no_such", 400, "value")]
    [InlineData("ResearchStudy/$nosuch", 404, "not-supported")]
    [InlineData("Nonsense/1", 404, "not-supported")]
    [InlineData("Parameters/1", 404, "not-supported")]
    [InlineData("DomainResource/1", 404, "not-supported")]
    [InlineData("a/b/c/d/e", 404, "not-found")]
    public async Task What_is_not_there_is_answered_with_an_outcome(string url, int status, string code)
    {
        var answer = await server.Get(url);

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.Issues.Single().Code);
    }

    [Fact]
    public async Task A_summary_is_one_in_depth_and_false_is_no_summary()
    {
        const string Group = "Group/NCT04521231-eligibility";
        var (whole, summary) =
            ((await server.Get($"{Group}?_summary=false")).Json, (await server.Get($"{Group}?_summary=true")).Json);
        var statement = (await server.Get("metadata?_summary=true")).Json;

        Assert.Null(whole["meta"]!["tag"]);
        Assert.NotNull(whole["characteristic"]);
        Assert.Null(summary["characteristic"]);
        Assert.NotNull(statement["rest"]![0]!["mode"]);
        Assert.NotNull(statement["rest"]![0]!["resource"]![0]!["type"]);
        Assert.Null(statement["rest"]![0]!["resource"]![0]!["searchParam"]);
        Assert.Equal("SUBSETTED", statement["meta"]!["tag"]![0]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(Study)]
    [InlineData($"{Study}/_history")]
    [InlineData($"{Study}/_history/1")]
    [InlineData("ResearchStudy/_history?_count=1")]
    [InlineData("_history?_since=2999-01-01T00:00:00Z")]
    [InlineData("ResearchStudy?_count=1")]
    [InlineData("metadata")]
    [InlineData("ResearchStudy/nosuch")]
    public async Task HEAD_tells_the_length_of_what_GET_sends(string url)
    {
        // Page links are sealed anew each time, in the same length.
        var (get, head) = (await server.Get(url), await server.Send(HttpMethod.Head, url, null));

        Assert.Equal((get.Status, ""), (head.Status, head.Text));
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
        Assert.Equal(get.Headers["Content-Type"], head.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("_summary=true", "identifier", "text")]
    [InlineData("_summary=text", "text", "identifier")]
    [InlineData("_summary=data", "identifier", "text")]
    [InlineData("_elements=title", "title", "identifier")]
    public async Task A_part_of_a_resource_is_tagged_as_such(string query, string kept, string left)
    {
        var resource = (await server.Get($"{Study}?{query}")).Json;

        Assert.NotNull(resource[kept]);
        Assert.Null(resource[left]);
        Assert.NotNull(resource["status"]);
        Assert.Equal("SUBSETTED", resource["meta"]!["tag"]![0]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("_elements=extension,site,title")]
    [InlineData("_summary=data")]
    [InlineData("_summary=text")]
    public async Task What_is_kept_of_a_resource_is_as_it_is_in_the_whole(string query)
    {
        var (whole, part) =
            ((await server.Get(Study)).Json.AsObject(), (await server.Get($"{Study}?{query}")).Json.AsObject());

        Assert.Equal(whole.Select(p => p.Key).Where(part.ContainsKey), part.Select(p => p.Key));
        Assert.All(
            part.Where(p => p.Key != "meta"), p => Assert.Equal(whole[p.Key]!.ToJsonString(), p.Value!.ToJsonString()));
        Assert.True(part.Count < whole.Count);
    }

    [Fact]
    public async Task Pretty_is_indented_and_the_same()
    {
        var (plain, pretty) = (await server.Get(Study), await server.Get($"{Study}?_pretty=true"));

        Assert.Contains("\n  \"id\"", pretty.Text, StringComparison.Ordinal);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(plain.Json, pretty.Json));
    }
}
