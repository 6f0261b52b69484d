using System.Diagnostics;
using System.Globalization;

namespace FhirTrials.Benchmarks;

/// <summary>Measures the server from outside: its own process, a fresh SQLite file, HTTP over loopback. Client and
/// server share the machine's cores, so throughput is a lower bound.</summary>
static class ServerBenchmark
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        var port = ServerProcess.FreePort();
        try
        {
            await ColdStart(port, folder.FullName, "empty database, five trials imported");
            using var server = await ColdStart(port, folder.FullName, "database there", keep: true);
            try
            {
                var loads = new ServerLoads(new HttpLoad(server!, port), TimeSpan.FromSeconds(seconds));
                var part = args.ElementAtOrDefault(1);
                if (part is null or "reads")
                {
                    await loads.Queried();
                    await loads.Matched();
                }

                if (part is null)
                {
                    await RouterPeer.Run(port, TimeSpan.FromSeconds(seconds));
                    Console.WriteLine("-- FhirTrials:");
                }

                if (part is null or "writes")
                {
                    await Writes(server!, loads);
                }
            }
            finally
            {
                server!.Kill(entireProcessTree: true);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<Process?> ColdStart(int port, string folder, string label, bool keep = false)
    {
        var watch = Stopwatch.StartNew();
        var server = await ServerProcess.Start(port, folder, "/fhir/ResearchStudy/NCT04521231");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"cold start to first answer ({label}): {watch.ElapsedMilliseconds} ms"));
        await Task.Delay(2000);
        server.Refresh();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"idle memory: {server.WorkingSet64 >> 20} MB resident"));
        if (keep)
        {
            return server;
        }

        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        return null;
    }

    static async Task Writes(Process server, ServerLoads loads)
    {
        await loads.Created();
        await loads.Transactions();
        await loads.Crawled();
        server.Refresh();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"memory after the load: {server.WorkingSet64 >> 20} MB resident"));
    }
}
