using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

[assembly: AssemblyFixture(typeof(FhirTrials.Server.Tests.FhirServer))]

namespace FhirTrials.Server.Tests;

/// <summary>One server for all tests, over HTTP, on a temporary SQLite file with the five trials in it. Tests that
/// write use ids of their own.</summary>
public sealed class FhirServer : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-").FullName;
    readonly WebApplicationFactory<Program> _factory;

    public FhirServer()
        : this([Exports])
    {
    }

    FhirServer((string Name, string Value)[] settings)
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => Configure(host
            .UseSetting("ConnectionStrings:FhirTrials", $"Data Source={Path.Combine(_folder, "test.db")}")
            .UseSetting("urls", "http://127.0.0.1:0")
            .UseSetting("Limits:RequestBytes", $"{RequestBytes}")
            .UseSetting("Examples:Path", Path.Combine(Repository.Root, "examples", "registry"))
            .UseSetting("Profiles:Path", Path.Combine(Repository.Root, "profiles")), settings));
        _factory.UseKestrel();
        Http = _factory.CreateClient();
    }

    /// <summary>Another server for one test, empty but for the conformance resources.</summary>
    public static FhirServer With(params (string Name, string Value)[] settings) =>
        new([("Examples:Load", "false"), Exports, .. settings]);

    /// <summary>Tests export beside one another.</summary>
    static readonly (string Name, string Value) Exports = ("Export:Jobs", "100");

    static IWebHostBuilder Configure(IWebHostBuilder host, (string Name, string Value)[] settings) =>
        settings.Aggregate(host, (h, s) => h.UseSetting(s.Name, s.Value));

    public const int RequestBytes = 4 << 20;

    public HttpClient Http { get; }

    /// <summary>What the server is made of, for what no request can do.</summary>
    public IServiceProvider Services => _factory.Services;

    /// <summary>Where FHIR is, ending in a slash.</summary>
    public string Base => new Uri(Http.BaseAddress!, "/fhir/").ToString();

    public Task<Answer> Get(string url, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, url, null, headers);

    public Task<Answer> Post(string url, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, url, json, headers);

    public Task<Answer> Put(string url, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, url, json, headers);

    public Task<Answer> Delete(string url, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Delete, url, null, headers);

    /// <param name="url">Relative to the FHIR base.</param>
    public async Task<Answer> Send(
        HttpMethod method, string url, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(Base), url));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/fhir+json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Answer.Of(await Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        Http.Dispose();
        _factory.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>An answer as tests look at it.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary><c>code</c> and expression of each issue of an OperationOutcome.</summary>
    public IEnumerable<(string Code, string? Expression)> Issues =>
        Json["issue"]!.AsArray().Select(i => (i!["code"]!.GetValue<string>(), i["expression"]?[0]?.GetValue<string>()));

    public IEnumerable<JsonNode> Entries => Json["entry"]?.AsArray().Select(e => e!) ?? [];

    /// <summary><c>Type/id</c> of each entry of that search mode.</summary>
    public IEnumerable<string> Found(string mode = "match") =>
        Entries.Where(e => e["search"]!["mode"]!.GetValue<string>() == mode)
            .Select(e => $"{e["resource"]!["resourceType"]}/{e["resource"]!["id"]}");

    public string? Link(string relation) =>
        Json["link"]!.AsArray().FirstOrDefault(l => l!["relation"]!.GetValue<string>() == relation)
            ?["url"]!.GetValue<string>();

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }
}
