using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.OpenApi;

public sealed class OpenApiTests(FhirServer server)
{
    /// <summary>What Swagger UI sends when Execute is pressed: one request for each example of a body, in whatever
    /// order somebody presses it.</summary>
    [Theory]
    [InlineData("get post put patch delete")]
    [InlineData("delete patch put post get")]
    public async Task Every_example_works_on_the_loaded_data(string methods)
    {
        using var fresh = FhirServer.With(("Examples:Load", "true"));
        var (count, failed) = (0, new List<string>());
        foreach (var (path, method, operation) in Operations(await Document(fresh))
            .OrderBy(o => methods.IndexOf(o.Method, StringComparison.Ordinal)))
        {
            foreach (var content in Bodies(operation))
            {
                using var request = Request(fresh, path, method, operation, content);
                using var response = await fresh.Http.SendAsync(request, TestContext.Current.CancellationToken);
                count++;
                if (!response.IsSuccessStatusCode)
                {
                    var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    failed.Add($"{method} {request.RequestUri}: {(int)response.StatusCode} {text}");
                }
            }
        }

        Assert.True(count > 80, $"There are only {count} examples.");
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    /// <summary>Where nothing is stored, the examples that change something are of
    /// what PUT writes, and say so.</summary>
    [Fact]
    public async Task An_empty_server_says_what_must_be_made_first()
    {
        using var empty = FhirServer.With();
        var paths = (await Document(empty))["paths"]!;

        foreach (var operation in new[]
        {
            paths["/Location/{id}"]!["patch"]!, paths["/Location/{id}/$meta-add"]!["post"]!,
            paths["/Location/{id}/$meta-delete"]!["post"]!,
        })
        {
            var id = Parameters(operation).Single(p => p["name"]!.GetValue<string>() == "id");
            Assert.Equal("example", id["example"]!.GetValue<string>());
            Assert.Contains("PUT", id["description"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_match_example_carries_a_patient_whom_studies_fit()
    {
        var operation = (await Document())["paths"]!["/ResearchStudy/$match"]!["post"]!;

        using var request = Request(server, "/ResearchStudy/$match", "post", operation, Bodies(operation).Last());
        var answer = await Answer.Of(await server.Http.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Contains("ResearchStudy/NCT04521231", answer.Found());
    }

    [Fact]
    public async Task Every_operation_is_grouped_described_and_has_its_own_id()
    {
        var document = await Document();
        var tags = document["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ToHashSet();
        var operations = Operations(document).ToList();

        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(operations, o => Assert.Contains(o.Operation["tags"]![0]!.GetValue<string>(), tags));
        Assert.All(operations, o => Assert.NotEmpty(o.Operation["summary"]!.GetValue<string>()));
        Assert.Distinct(operations.Select(o => o.Operation["operationId"]!.GetValue<string>()));
        Assert.All(
            operations.SelectMany(o => Parameters(o.Operation)),
            p => Assert.NotEmpty(p["description"]!.GetValue<string>()));
        Assert.All(operations, o => Assert.Equal(
            o.Path.Split('{').Skip(1).Select(p => p.Split('}')[0]),
            Parameters(o.Operation).Where(p => p["in"]!.GetValue<string>() == "path")
                .Select(p => p["name"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Every_search_parameter_of_a_study_is_described()
    {
        var described = Parameters((await Document())["paths"]!["/ResearchStudy"]!["get"]!)
            .Select(p => p["name"]!.GetValue<string>());
        var study = (await server.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray()
            .Single(r => r!["type"]!.GetValue<string>() == "ResearchStudy")!;

        Assert.Subset(
            described.ToHashSet(),
            study["searchParam"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ToHashSet());
    }

    [Theory]
    [InlineData("/swagger")]
    [InlineData("/swagger/swagger-ui-bundle.js")]
    [InlineData("/swagger/swagger-ui.css")]
    public async Task The_user_interface_comes_from_this_server_alone(string url)
    {
        using var response =
            await server.Http.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode);
        Assert.DoesNotContain("src=\"http", text, StringComparison.Ordinal);
        Assert.Contains(
            "default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
    }

    Task<JsonNode> Document() => Document(server);

    static async Task<JsonNode> Document(FhirServer of)
    {
        var text = await of.Http.GetStringAsync(
            new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonNode.Parse(text)!;
    }

    static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(o => (path.Key, o.Key, o.Value!)));

    static IEnumerable<JsonNode> Parameters(JsonNode operation) =>
        operation["parameters"]?.AsArray().Select(p => p!) ?? [];

    static IEnumerable<HttpContent?> Bodies(JsonNode operation)
    {
        if (operation["requestBody"] is not { } body)
        {
            return [null];
        }

        return body["content"]!.AsObject().SelectMany(c => Bodies(c.Key, c.Value!));
    }

    static IEnumerable<HttpContent> Bodies(string type, JsonNode content) =>
        content["examples"] is { } examples
            ? examples.AsObject().Select(e => Content(type, e.Value!["value"]!.ToJsonString()))
            : [new FormUrlEncodedContent(content["schema"]!["properties"]!.AsObject()
                .Select(p => KeyValuePair.Create(p.Key, p.Value!["example"]!.GetValue<string>())))];

    static StringContent Content(string type, string text) =>
        new(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));

    static HttpRequestMessage Request(
        FhirServer to, string path, string method, JsonNode operation, HttpContent? content)
    {
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()), Content = content };
        var query = new List<string>();
        foreach (var parameter in Parameters(operation).Where(p => p["example"] is not null))
        {
            var (name, example) = (parameter["name"]!.GetValue<string>(), parameter["example"]!.GetValue<string>());
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(example), StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{name}={Uri.EscapeDataString(example)}");
                    break;
                default:
                    request.Headers.TryAddWithoutValidation(name, example);
                    break;
            }
        }

        var root = operation["servers"] is null ? to.Base : new Uri(new Uri(to.Base), "/").ToString();
        request.RequestUri = new Uri($"{root.TrimEnd('/')}{path}?{string.Join('&', query)}");
        return request;
    }
}
