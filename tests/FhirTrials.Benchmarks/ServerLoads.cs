using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Benchmarks;

/// <summary>What the server is loaded with.</summary>
sealed class ServerLoads(HttpLoad load, TimeSpan time)
{
    const int Connections = 16;

    /// <summary>Reads and searches of the example studies.</summary>
    static readonly string[] Queries =
    [
        "ResearchStudy/NCT04521231",
        "ResearchStudy?status=active",
        "ResearchStudy?title=blinatumomab",
        "Location?address-country=Germany&_count=10",
    ];

    /// <summary>Reads and searches, at one connection and at many.</summary>
    public async Task Queried()
    {
        foreach (var query in Queries)
        {
            await Measure(query, HttpLoad.Get("/fhir/" + query));
        }
    }

    /// <summary>Matches of one patient with the example studies.</summary>
    public async Task Matched()
    {
        var patient = await File.ReadAllBytesAsync(Files(Path.Combine(Checkout.Root, "examples", "patients"), "*.json")
            .First(f => !f.EndsWith(".expected.json", StringComparison.Ordinal)));
        await Measure("$match of one patient", HttpLoad.Post("/fhir/ResearchStudy/$match", patient));
    }

    /// <summary>Creates, one resource a request, of what patients have most.</summary>
    public async Task Created()
    {
        var bundle = JsonNode.Parse(await File.ReadAllBytesAsync(Synthea().First()))!;
        foreach (var type in (string[])["Patient", "Observation"])
        {
            var resource = bundle["entry"]!.AsArray().Select(e => e!["resource"]!)
                .First(r => r["resourceType"]!.GetValue<string>() == type && r["component"] is null).DeepClone();
            Unlink(resource);
            await Measure(
                $"create {type}", HttpLoad.Post("/fhir/" + type, Encoding.UTF8.GetBytes(resource.ToJsonString())));
        }
    }

    /// <summary>Synthea's transaction bundles, again and again.</summary>
    public async Task Transactions()
    {
        var bundles = Bundles();
        foreach (var connections in (int[])[1, Connections])
        {
            var (next, resources) = (-1, 0);
            var result = await load.Run(connections, time, () =>
            {
                var (entries, request) = bundles[Interlocked.Increment(ref next) % bundles.Length];
                Interlocked.Add(ref resources, entries);
                return request;
            });
            var rate = resources / result.Time.TotalSeconds;
            Console.WriteLine(FormattableString.Invariant(
                $"Synthea transactions, {connections} connection(s): {rate:F0} resources/s, {result}"));
        }
    }

    /// <summary>Synthea's transaction bundles as requests, once sent each, without
    /// those that the server refuses.</summary>
    public (int Entries, byte[] Request)[] Bundles()
    {
        var bundles = Synthea().Select(File.ReadAllBytes)
            .Select(json =>
                (Entries: JsonNode.Parse(json)!["entry"]!.AsArray().Count, Request: HttpLoad.Post("/fhir", json)))
            .Where(b => Accepts(b.Request)).ToArray();
        Console.WriteLine(
            FormattableString.Invariant($"{bundles.Length} of {Synthea().Count()} Synthea bundles are accepted"));
        return bundles;
    }

    bool Accepts(byte[] request)
    {
        using var connection = new HttpConnection(load.Port);
        return connection.Send(request).GetAwaiter().GetResult() == 200;
    }

    /// <summary>Follows a type's changes from the first to the last, page by page.</summary>
    public async Task Crawled()
    {
        using var client = new HttpClient();
        var (pages, resources) = (new List<double>(), 0);
        string? next = $"http://localhost:{load.Port}/fhir/Observation?_sort=_lastUpdated&_count=1000";
        while (next is not null)
        {
            var start = Stopwatch.GetTimestamp();
            using var page = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(next)));
            pages.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            resources += page.RootElement.TryGetProperty("entry", out var entries) ? entries.GetArrayLength() : 0;
            next = page.RootElement.GetProperty("link").EnumerateArray()
                .Where(l => l.GetProperty("relation").GetString() == "next")
                .Select(l => l.GetProperty("url").GetString()).FirstOrDefault();
        }

        var part = Math.Max(1, pages.Count / 5);
        var fifths = pages.Chunk(part).Take(5).Select(c => c.Average().ToString("F0", CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"crawl of {resources} Observations by _lastUpdated: {pages.Sum() / 1000:F1} s, "
                + $"ms a page of 1000 in its fifths: {string.Join(' ', fifths)}"));
    }

    async Task Measure(string name, byte[] request)
    {
        await load.Run(Connections, time / 2, () => request);
        foreach (var connections in (int[])[1, Connections])
        {
            Console.WriteLine(
                $"{name}, {connections} connection(s): {await load.Run(connections, time, () => request)}");
        }
    }

    static IEnumerable<string> Synthea() =>
        Files(Path.Combine(Checkout.Root, "..", "shared", "data", "patients"), "synthea-*.json");

    static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal);

    /// <summary>Takes away what refers to other entries of the bundle.</summary>
    static void Unlink(JsonNode resource)
    {
        foreach (var (name, value) in resource.AsObject().ToList())
        {
            if (value?.ToJsonString().Contains("\"urn:uuid:", StringComparison.Ordinal) == true)
            {
                resource.AsObject().Remove(name);
            }
        }
    }
}
