using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FhirTrials.Benchmarks;

/// <summary>Measures the server from outside: its own process, a fresh SQLite file, HTTP over loopback. Client and server
/// share the machine's cores, so throughput is a lower bound.</summary>
static class ServerBenchmark
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        var port = FreePort();
        var url = $"http://localhost:{port}";
        try
        {
            await ColdStart(url, folder.FullName, "empty database, five trials imported");
            using var server = await ColdStart(url, folder.FullName, "database there", keep: true);
            await Load(server!, port, TimeSpan.FromSeconds(seconds));
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

    static async Task Load(Process server, int port, TimeSpan time)
    {
        var loads = new ServerLoads(new HttpLoad(server, port), time);
        await loads.Queried();
        await loads.Created();
        await loads.Transactions();
        server.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory after the load: {server.WorkingSet64 >> 20} MB resident"));
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
