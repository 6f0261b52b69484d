using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>A server in a process of its own, on the database of a folder, as an operator runs it.</summary>
sealed class ServerNode : IDisposable
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "FhirTrials.Server.dll");

    readonly Process _process;
    readonly HttpClient _http;

    ServerNode(Process process, Uri url)
    {
        _process = process;
        _http = new() { BaseAddress = new(url, "/fhir/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>What the last answer that had it said in <c>Retry-After</c>.</summary>
    public string? RetryAfter { get; private set; }

    /// <summary>Starts a node and waits until it serves.</summary>
    public static async Task<ServerNode> Start(string folder, params string[] settings)
    {
        var process = Run(folder, ["--urls", "http://127.0.0.1:0", "--Examples:Load", "false", .. settings]);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is var at and >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync(Ct);
                return new(process, new(line[at..]));
            }
        }

        throw new InvalidOperationException(await errors);
    }

    /// <summary>The <c>check</c> command's exit code and output.</summary>
    public static Task<(int Code, string Output)> Check(string folder) => Command(folder, "check");

    /// <summary>A command's exit code and output.</summary>
    public static async Task<(int Code, string Output)> Command(string folder, params string[] arguments)
    {
        using var process = Run(folder, arguments);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Status and JSON of an answer; throws where the node answers no more.</summary>
    public async Task<(int Status, JsonNode? Json)> Send(
        HttpMethod method, string url, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/fhir+json") },
            };
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, Ct);
        RetryAfter = answer.Headers.RetryAfter?.ToString() ?? RetryAfter;
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<(int Status, JsonNode? Json)> Get(string url) => Send(HttpMethod.Get, url);

    public Task<(int Status, JsonNode? Json)> Put(
        string url, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, url, json, headers);

    /// <summary>The lines of a file at any URL of the server.</summary>
    public async Task<string[]> Lines(string path)
    {
        var text = await _http.GetStringAsync(path, Ct);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The status of any URL of the server.</summary>
    public async Task<int> Status(string path)
    {
        using var answer = await _http.GetAsync(path, Ct);
        return (int)answer.StatusCode;
    }

    /// <summary>The resources of a search or history, over all its pages.</summary>
    public async Task<List<JsonNode>> All(string url)
    {
        var found = new List<JsonNode>();
        for (string? next = url; next is not null;)
        {
            var (status, page) = await Get(next);
            Assert.Equal((int)HttpStatusCode.OK, status);
            found.AddRange((page!["entry"]?.AsArray() ?? []).Select(e => e!["resource"]).OfType<JsonNode>());
            next = page["link"]!.AsArray().FirstOrDefault(l => (string?)l!["relation"] == "next")
                ?["url"]!.GetValue<string>();
        }

        return found;
    }

    /// <summary>As <c>kill -9</c> does it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for the end of the process; gives its exit code.</summary>
    public async Task<int> Exit()
    {
        await _process.WaitForExitAsync(Ct);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _http.Dispose();
    }

    static Process Run(string folder, string[] arguments)
    {
        var database = Path.Combine(folder, "node.db");
        var start = new ProcessStartInfo(
            "dotnet", [Program, .. arguments, "--ConnectionStrings:FhirTrials", $"Data Source={database}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // An empty folder: no profiles to load.
        start.Environment["Profiles__Path"] = Directory.CreateDirectory(Path.Combine(folder, "profiles")).FullName;
        return Process.Start(start)!;
    }
}
