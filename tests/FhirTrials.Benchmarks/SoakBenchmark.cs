using System.Globalization;

namespace FhirTrials.Benchmarks;

/// <summary>A long load on one server: transactions and searches side by side, and what memory
/// it holds minute by minute.</summary>
static class SoakBenchmark
{
    /// <summary>Between two transactions, and between two searches.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    static readonly string[] Searches =
    [
        "Patient?_count=50",
        "Observation?code=http://loinc.org|8302-2&_sort=-date",
        "Observation?patient.gender=female",
        "Patient?_content=person",
        "ResearchStudy?status=active",
        "ResearchStudy?title=blinatumomab&_include=*",
        "Patient?_sort=-_lastUpdated&_revinclude=Encounter:patient",
    ];

    /// <param name="args">Minutes; 20 where none are given.</param>
    public static async Task<int> Run(string[] args)
    {
        var minutes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        try
        {
            var port = ServerProcess.FreePort();
            using var server = await ServerProcess.Start(port, folder.FullName, "/fhir/ResearchStudy/NCT04521231");
            try
            {
                var load = new HttpLoad(server, port);
                var bundles = new ServerLoads(load, TimeSpan.Zero).Bundles();
                byte[][] searches = [.. Searches.Select(s => HttpLoad.Get("/fhir/" + s))];
                var (written, searched) = (0, 0);
                for (var minute = 1; minute <= minutes; minute++)
                {
                    var time = TimeSpan.FromMinutes(1);
                    var writes = load.Run(1, time, () =>
                    {
                        Thread.Sleep(Pause);
                        return bundles[written++ % bundles.Length].Request;
                    });
                    var reads = load.Run(1, time, () =>
                    {
                        Thread.Sleep(Pause);
                        return searches[searched++ % searches.Length];
                    });
                    await Task.WhenAll(writes, reads);
                    server.Refresh();
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"minute {minute}: {server.WorkingSet64 >> 20} MB resident, {written} transactions, {searched} "
                            + $"searches, "
                        + $"database {new FileInfo(Path.Combine(folder.FullName, "bench.db")).Length >> 20} MB"));
                }
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync();
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
