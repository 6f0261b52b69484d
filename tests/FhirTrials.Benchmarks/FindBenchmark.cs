using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Storage;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Benchmarks;

/// <summary>What trial finders ask of a server with many studies, one request after another.</summary>
static class FindBenchmark
{
    const int BatchSize = 64;
    const int Seed = 2026;

    static readonly string[] Searches =
    [
        "recruitment-status=RECRUITING",
        "recruitment-status=RECRUITING&_sort=-last-update-posted",
        "phase=PHASE2",
        "condition:below=http://snomed.info/sct|363346000",
        "condition:below=http://snomed.info/sct|91857003",
        "eligible-age=14",
        "eligible-age=14&eligible-sex=female&recruitment-status=RECRUITING",
        "eligible-age=14&eligible-sex=female&recruitment-status=RECRUITING&phase=PHASE3",
        "healthy-volunteers=true",
        "has-results=true",
        "sponsor-class=INDUSTRY",
        "enrollment-count=ge300",
        "start=ge2024",
        "last-update-posted=ge2026-06",
        "country=Germany",
        "site.address-city=Berlin",
        "site-status=RECRUITING",
        "intervention.known-as=pembrolizumab",
        "intervention.code=http://www.whocc.no/atc|L01FF02",
        "identifier=NCT90000777",
        "_content=migraine",
        "title:contains=migraine",
        "near=41.85|-87.65|50",
        "near=41.85|-87.65|50&_sort=near",
        "near=41.85|-87.65|500&_sort=near",
        "near=48.14|11.58|100&_sort=near&recruitment-status=RECRUITING",
        "near=48.14|11.58|100&_sort=near&condition:below=http://snomed.info/sct|363346000&eligible-age=60",
    ];

    /// <param name="args">How many studies, and the folder of a database that an earlier
    /// run has filled, or is to fill.</param>
    public static async Task<int> Run(string[] args)
    {
        var count = int.Parse(args[0], CultureInfo.InvariantCulture);
        var folder = args.Length > 1
            ? Directory.CreateDirectory(args[1]).FullName
            : Directory.CreateTempSubdirectory("fhirtrials-bench-").FullName;
        try
        {
            if (!File.Exists(Path.Combine(folder, "bench.db")))
            {
                await Fill(folder, count);
            }

            await Measure(folder);
        }
        finally
        {
            if (args.Length < 2)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    /// <summary>Mapped as an import maps them, but neither validated nor durable.</summary>
    static async Task Fill(string folder, int count)
    {
        using var database = new FhirDatabase(
            DatabaseProvider.Sqlite, ServerProcess.ConnectionString(folder),
            options: new() { Durability = Durability.Off });
        await database.Migrate(CancellationToken.None);
        var definitions = FhirDefinitions.R4.With(
            PackageLoader.Load(Path.Combine(Checkout.Root, "profiles"), FhirDefinitions.R4.Types));
        var store = new ResourceStore(database, definitions, IdSource.Random(TimeProvider.System));
        foreach (var batch in StudyGenerator.Of(Checkout.Root).Studies(Seed, count).Chunk(BatchSize))
        {
            var mapped = batch.AsParallel().AsOrdered().SelectMany(
                json => StudyMapper.Map(RegistryReader.Read(json).Record!, definitions.Types).Resources)
                    .DistinctBy(r => (r.Type.Name, r.Id));
            await store.Write([.. mapped.Select(r => new UpdateOperation(r, r.Id!))], CancellationToken.None);
        }
    }

    static async Task Measure(string folder)
    {
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.Start(port, folder, "/health/ready");
        try
        {
            var load = new HttpLoad(server, port);
            using var client = new HttpClient
            {
                BaseAddress = new Uri($"http://localhost:{port}/fhir/"), Timeout = TimeSpan.FromMinutes(5),
            };
            await ServerProcess.HasRead(client);
            Console.WriteLine(
                $"studies: {await client.GetStringAsync(new Uri("ResearchStudy?_summary=count", UriKind.Relative))}");
            foreach (var search in Searches)
            {
                // A page of small entries: what is measured is finding, not sending.
                var path =
                    $"ResearchStudy?{search.Replace("|", "%7C", StringComparison.Ordinal)}&_count=20&_elements=status";
                var isFound = (await client.GetStringAsync(new Uri(path, UriKind.Relative)))
                    .Contains("\"fullUrl\"", StringComparison.Ordinal);
                var request = HttpLoad.Get("/fhir/" + path);
                await load.Run(1, TimeSpan.FromSeconds(0.5), () => request);
                Console.WriteLine($"{search}: "
                    + $"{await load.Run(1, TimeSpan.FromSeconds(2), () => request)}"
                    + $"{(isFound ? "" : " (finds nothing)")}");
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }
}
