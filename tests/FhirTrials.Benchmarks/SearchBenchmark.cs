using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Storage;

namespace FhirTrials.Benchmarks;

/// <summary>Searches on generated databases of two sizes, ten times apart: the
/// second must not cost much more.</summary>
static class SearchBenchmark
{
    const int Connections = 16;
    const int BatchSize = 500;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    static readonly string[] Searches =
    [
        "ResearchStudy/study-77",
        "ResearchStudy?status=active",
        "ResearchStudy?title=Study 77 of",
        "ResearchStudy?condition=http://snomed.info/sct|c7",
        "Observation?code=http://loinc.org|code-7",
        "Observation?patient=patient-78",
        "Observation?patient.gender=female",
        "Observation?patient.identifier=mrn-77",
        "Observation?code=code-7&date=ge2023-06",
        "Observation?patient=patient-78&code=code-7&_sort=-date",
        "Observation?_sort=-date&_count=10",
        "Observation?_sort=-_lastUpdated&_count=10",
        "Observation?code-value-quantity=code-7$gt150",
        "Patient?_has:Observation:patient:code=code-7",
        "Patient?name=Given7",
        "Observation?patient=patient-78&_include=Observation:patient",
    ];

    /// <param name="args">Seconds of each measurement, the sizes in thousands of observations (89 and 890), and a
    /// folder in which the databases are kept, or were by an earlier run.</param>
    public static async Task<int> Run(string[] args)
    {
        var time = TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3);
        var kept = args.Skip(1).FirstOrDefault(a => !int.TryParse(a, out _));
        int[] sizes = [.. args.Skip(1).Where(a => a != kept).Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        foreach (var size in sizes is [] ? [89, 890] : sizes)
        {
            var folder = kept is null
                ? Directory.CreateTempSubdirectory("fhirtrials-bench-")
                : Directory.CreateDirectory(Path.Combine(kept, size.ToString(CultureInfo.InvariantCulture)));
            try
            {
                if (!File.Exists(Path.Combine(folder.FullName, "bench.db")))
                {
                    await Fill(folder.FullName, size);
                }

                await Measure(folder.FullName, time);
            }
            finally
            {
                if (kept is null)
                {
                    folder.Delete(recursive: true);
                }
            }
        }

        return 0;
    }

    static async Task Measure(string folder, TimeSpan time)
    {
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.Start(port, folder, "/health/ready");
        try
        {
            var load = new HttpLoad(server, port);
            using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/fhir/") };
            var found = new List<(string Search, byte[] Request)>();
            foreach (var search in Searches)
            {
                if (search.Contains('?', StringComparison.Ordinal)
                    && !(await client.GetStringAsync(new Uri(search, UriKind.Relative)))
                        .Contains("\"fullUrl\"", StringComparison.Ordinal))
                {
                    Console.WriteLine($"{search}: finds nothing, so its figure would say nothing");
                    continue;
                }

                found.Add((search, HttpLoad.Get("/fhir/" + search.Replace(" ", "%20", StringComparison.Ordinal))));
            }

            // The runtime compiles what is used often once more; a server that has run for a minute is past that.
            var next = -1;
            await load.Run(Connections, WarmUp, () => found[Interlocked.Increment(ref next) % found.Count].Request);
            foreach (var (search, request) in found)
            {
                await load.Run(Connections, time / 2, () => request);
                Console.WriteLine($"{search}: {await load.Run(Connections, time, () => request)}");
            }

            await new ServerLoads(load, time).Crawled();
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    /// <param name="size">Observations in thousands; a patient has about ninety, and there are
    /// eight studies for each thousand.</param>
    public static async Task Fill(string folder, int size)
    {
        using var database = new FhirDatabase(
            DatabaseProvider.Sqlite, ServerProcess.ConnectionString(folder),
            options: new() { Durability = Durability.Off });
        await database.Migrate(CancellationToken.None);
        var definitions = FhirDefinitions.R4.With(
            PackageLoader.Load(Path.Combine(Checkout.Root, "profiles"), FhirDefinitions.R4.Types));
        var store = new ResourceStore(database, definitions, IdSource.Random(TimeProvider.System));
        var (patients, studies, observations) = (size * 11, size * 90, size * 1000);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{patients} patients, {studies} studies, {observations} observations"));
        var resources = Enumerable.Range(0, patients).Select(Patient)
            .Concat(Enumerable.Range(0, studies).Select(Study))
            .Concat(Enumerable.Range(0, observations).Select(i => Observation(i, patients)));
        foreach (var batch in resources.Chunk(BatchSize))
        {
            WriteOperation[] writes =
            [
                .. batch.Select(json => FhirJson.Read(Encoding.UTF8.GetBytes(json), definitions.Types).Resource!)
                    .Select(r => new UpdateOperation(r, r.Id!)),
            ];
            await store.Write(writes, CancellationToken.None);
        }
    }

    static string Patient(int i) => FormattableString.Invariant($$$"""
        {"resourceType":"Patient","id":"patient-{{{i}}}","identifier":[{"system":"http://hospital.test",
         "value":"mrn-{{{i}}}"}],"gender":"{{{(i % 2 == 0 ? "female" : "male")}}}",
         "birthDate":"{{{1930 + (i % 80)}}}-0{{{1 + (i % 9)}}}-17",
         "name":[{"family":"Name{{{i}}}","given":["Given{{{i % 50}}}"]}]}
        """);

    static string Study(int i)
    {
        const string Measures = "against standard care, with measures of response, survival and quality of life.";
        string[] statuses = ["active", "completed", "approved", "withdrawn"];
        return FormattableString.Invariant($$$"""
            {"resourceType":"ResearchStudy","id":"study-{{{i}}}","identifier":[{"system":"http://clinicaltrials.gov",
             "value":"NCT{{{i:D8}}}"}],"title":"Study {{{i}}} of drug {{{i % 97}}} in disease {{{i % 31}}}",
             "status":"{{{statuses[i % 4]}}}",
             "condition":[{"coding":[{"system":"http://snomed.info/sct","code":"c{{{i % 500}}}"}],
             "text":"Disease {{{i % 500}}}"}],
             "description":"A randomised study of drug {{{i % 97}}} {{{Measures}}}"}
            """);
    }

    /// <summary>Scattered (by the first step of SplitMix64), so that at every size each
    /// patient has most of the codes.</summary>
    static ulong PatientOf(int observation, int patients)
    {
        var mixed = unchecked((ulong)observation * 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        return (mixed >> 32) % (ulong)patients;
    }

    static string Observation(int i, int patients) => FormattableString.Invariant($$$"""
        {"resourceType":"Observation","id":"observation-{{{i}}}","status":"final",
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
         "code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"code-{{{(i * 7) % 40}}}",
         "display":"Measurement {{{(i * 7) % 40}}}"}]},
         "subject":{"reference":"Patient/patient-{{{PatientOf(i, patients)}}}"},
         "effectiveDateTime":
          "{{{2015 + (i / 40 % 10)}}}-{{{1 + (i % 12):D2}}}-{{{1 + (i % 28):D2}}}T08:{{{i % 60:D2}}}:00Z",
         "valueQuantity":{"value":{{{100 + (i / 7 % 100)}}}.{{{i % 10}}},"unit":"g/L",
         "system":"http://unitsofmeasure.org","code":"g/L"}}
        """);
}
