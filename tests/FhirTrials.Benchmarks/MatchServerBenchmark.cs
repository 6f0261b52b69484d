using System.Diagnostics;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Storage;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Benchmarks;

/// <summary><c>match server SIZE</c>: $match over HTTP at one connection, on a store with
/// so many generated studies.</summary>
static class MatchServerBenchmark
{
    const int Chunk = 200;

    static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    /// <summary>What a study is made of when it is matched.</summary>
    static readonly string[] Types = ["ResearchStudy", "Group", "Location"];

    public static async Task<int> Run(int size)
    {
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        try
        {
            var last = await Fill(folder.FullName, size);
            var port = ServerProcess.FreePort();
            var watch = Stopwatch.StartNew();
            using var server = await ServerProcess.Start(port, folder.FullName, "/health/live");
            try
            {
                var started = watch.Elapsed;
                await Ready(port);
                Print(
                    $"{size} studies: started in {started.TotalSeconds:F1} s, ready to match ",
                    $"{(watch.Elapsed - started).TotalSeconds:F1} s later");
                await Match(new HttpLoad(server, port));
                await Change(port, last);
                server.Refresh();
                Print($"memory of the server: {server.WorkingSet64 >> 20} MB resident");
            }
            finally
            {
                server.Kill(entireProcessTree: true);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Stores the studies; gives the last.</summary>
    static async Task<Element> Fill(string folder, int size)
    {
        using var database = new FhirDatabase(
            DatabaseProvider.Sqlite, ServerProcess.ConnectionString(folder),
            options: new() { Durability = Durability.Off });
        await database.Migrate(CancellationToken.None);
        var definitions = FhirDefinitions.R4.With(
            PackageLoader.Load(Path.Combine(Checkout.Root, "profiles"), FhirDefinitions.R4.Types));
        var store = new ResourceStore(database, definitions, IdSource.Random(TimeProvider.System));
        var generator = StudyGenerator.Of(Checkout.Root);
        Element? last = null;
        foreach (var numbers in Enumerable.Range(0, size).Chunk(Chunk))
        {
            var resources = numbers.AsParallel().AsOrdered()
                .SelectMany(i => StudyMapper.Map(
                    RegistryReader.Read(MatchBenchmark.Lean(generator.Study(1, i))).Record!, definitions.Types)
                    .Resources.Where(r => Types.Contains(r.Type.Name)))
                .ToList();
            await store.Write([.. resources.Select(r => new UpdateOperation(r, r.Id!))], CancellationToken.None);
            last = resources.Last(r => r.Type.Name == "ResearchStudy");
        }

        return last!;
    }

    static async Task Ready(int port)
    {
        using var client = new HttpClient();
        while (await client.GetStringAsync(new Uri($"http://localhost:{port}/health/ready")) != "Healthy")
        {
            await Task.Delay(50);
        }
    }

    static async Task Match(HttpLoad load)
    {
        var requests = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "examples", "patients"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(f => (Name: Path.GetFileNameWithoutExtension(f),
                Request: HttpLoad.Post("/fhir/ResearchStudy/$match", File.ReadAllBytes(f))))
            .ToList();
        var next = -1;
        Task<LoadResult> InTurn() =>
            load.Run(1, Time, () => requests[Interlocked.Increment(ref next) % requests.Count].Request);
        await InTurn();
        Print($"$match of all patients in turn, 1 connection: {await InTurn()}");
        foreach (var (name, request) in requests.Take(3))
        {
            Print($"$match of {name}, 1 connection: {await load.Run(1, Time, () => request)}");
        }
    }

    /// <summary>How long from a change of a study to a match with it in its new form.</summary>
    static async Task Change(int port, Element study)
    {
        using var client = new HttpClient();
        var url = $"http://localhost:{port}/fhir/ResearchStudy/{study.Id}";
        const string Patient = """{"resourceType":"Bundle","type":"collection","entry":[{"resource":"""
            + """{"resourceType":"Patient","id":"p"}}]}""";
        var times = new List<double>();
        for (var round = 0; round < 50; round++)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"Title {round}");
            var json = Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(study))
                .Replace($"\"title\":\"{study.ValueOf("title")}\"", $"\"title\":\"{title}\"", StringComparison.Ordinal);
            using var put = await client.PutAsync(new Uri(url), Content(json));
            put.EnsureSuccessStatusCode();
            var start = Stopwatch.GetTimestamp();
            using var matched = await client.PostAsync(new Uri($"{url}/$match"), Content(Patient));
            var answer = await matched.Content.ReadAsStringAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!answer.Contains(title, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("A study was matched in its old form.");
            }
        }

        times.Sort();
        Print(
            $"$match with a study just changed, in its new form: p50 {times[times.Count / 2]:F1} ms, ",
            $"slowest {times[^1]:F1} ms");
    }

    static StringContent Content(string json) => new(json, Encoding.UTF8, "application/fhir+json");

    static void Print(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(FormattableString.Invariant)));
}
