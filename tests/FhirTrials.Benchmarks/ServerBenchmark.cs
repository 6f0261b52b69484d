using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace FhirTrials.Benchmarks;

/// <summary>Measures the server from outside: its own process, a fresh SQLite file, HTTP over loopback. Client and server
/// share the machine's cores, so throughput is a lower bound.</summary>
static class ServerBenchmark
{
    const int Connections = 16;

    public static async Task<int> Run(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        var url = $"http://localhost:{FreePort()}";
        try
        {
            await ColdStart(url, folder.FullName, "empty database, five trials imported");
            using var server = await ColdStart(url, folder.FullName, "database there", keep: true);
            await Load(server!, url, seconds);
            server!.Kill(entireProcessTree: true);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<Process?> ColdStart(string url, string folder, string label, bool keep = false)
    {
        var root = Checkout.Root;
        var dll = Path.Combine(root, "src", "FhirTrials.Server", "bin", "Release", "net10.0", "FhirTrials.Server.dll");
        var start = new ProcessStartInfo("dotnet", [dll, "--urls", url, "--ConnectionStrings:FhirTrials", $"Data Source={folder}/bench.db"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        var watch = Stopwatch.StartNew();
        var server = Process.Start(start)!;
        _ = server.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient();
        while (!await Answers(client, $"{url}/fhir/ResearchStudy/NCT04521231"))
        {
            if (server.HasExited || watch.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException("The server did not start.");
            }

            await Task.Delay(5);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cold start to first answer ({label}): {watch.ElapsedMilliseconds} ms"));
        await Task.Delay(2000);
        server.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle memory: {server.WorkingSet64 >> 20} MB resident"));
        if (keep)
        {
            return server;
        }

        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        return null;
    }

    static async Task Load(Process server, string url, int seconds)
    {
        var root = Checkout.Root;
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(url) };
        var patient = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(root, "examples", "patients"), "*.json")
            .Where(f => !f.EndsWith(".expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First());
        (string Name, Func<HttpRequestMessage> Request)[] loads =
        [
            ("read ResearchStudy/NCT04521231", () => new(HttpMethod.Get, "/fhir/ResearchStudy/NCT04521231")),
            ("search ResearchStudy?status=active", () => new(HttpMethod.Get, "/fhir/ResearchStudy?status=active")),
            ("search ResearchStudy?title=blinatumomab", () => new(HttpMethod.Get, "/fhir/ResearchStudy?title=blinatumomab")),
            ("search Location?address-country=Germany", () => new(HttpMethod.Get, "/fhir/Location?address-country=Germany&_count=10")),
            ("$match of one patient", () => new(HttpMethod.Post, "/fhir/ResearchStudy/$match")
            {
                Content = new ByteArrayContent(patient) { Headers = { ContentType = new MediaTypeHeaderValue("application/fhir+json") } },
            }),
        ];
        foreach (var (name, request) in loads)
        {
            await Measure(client, name, request, 1, TimeSpan.FromSeconds(2), report: false);
            await Measure(client, name, request, 1, TimeSpan.FromSeconds(seconds), report: true);
            await Measure(client, name, request, Connections, TimeSpan.FromSeconds(seconds), report: true);
        }

        server.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory after the load: {server.WorkingSet64 >> 20} MB resident"));
    }

    static async Task Measure(
        HttpClient client, string name, Func<HttpRequestMessage> request, int connections, TimeSpan time, bool report)
    {
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed < time)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request());
                await answer.Content.CopyToAsync(Stream.Null);
                answer.EnsureSuccessStatusCode();
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return own;
        })));
        var all = latencies.SelectMany(l => l).Order().ToList();
        if (report)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {connections} connection(s): {all.Count / watch.Elapsed.TotalSeconds:F0}/s, p50 {At(.5):F2} ms, p99 {At(.99):F2} ms"));
        }

        double At(double share) => all[(int)(share * (all.Count - 1))];
    }

    static async Task<bool> Answers(HttpClient client, string url)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(url));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
