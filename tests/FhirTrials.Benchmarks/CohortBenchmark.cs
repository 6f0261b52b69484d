using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Benchmarks;

/// <summary><c>match patients COUNT</c>: one study against so many stored patients, each read with its record by its
/// compartment.</summary>
static class CohortBenchmark
{
    const int Chunk = 50;

    const string Study = "NCT04521231";

    static readonly ImmutableArray<string> Types =
    [
        "Condition", "Observation", "MedicationAdministration", "MedicationStatement", "MedicationDispense",
        "MedicationRequest", "Procedure", "ServiceRequest", "AllergyIntolerance", "List", "QuestionnaireResponse",
    ];

    static readonly DateOnly Day = new(2026, 11, 21);

    public static async Task<int> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        try
        {
            using var database = new FhirDatabase(
                DatabaseProvider.Sqlite, ServerProcess.ConnectionString(folder.FullName),
                options: new() { Durability = Durability.Off });
            await database.Migrate(CancellationToken.None);
            var store = new ResourceStore(database, FhirDefinitions.R4, IdSource.Random(TimeProvider.System));
            var resources = await Fill(store, count);
            var eligibility = StudyEntries
                .Of(await File.ReadAllBytesAsync(
                    Path.Combine(Checkout.Root, "examples", "registry", Study + ".json"))).Eligibility;
            var (reading, matching, possible) = (new Stopwatch(), new Stopwatch(), 0);
            for (var patient = 0; patient < count; patient++)
            {
                reading.Start();
                var record = await Record(store, patient);
                reading.Stop();
                matching.Start();
                possible += Matcher.Match(record, eligibility).Grade == MatchGrade.NotEligible ? 0 : 1;
                matching.Stop();
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Study} against {count} stored patients ({resources} resources), one thread: "
                    + $"{(reading.Elapsed + matching.Elapsed).TotalSeconds:F1} s, a patient "
                    + $"{reading.Elapsed.TotalMilliseconds / count:F2} ms to read and "
                    + $"{matching.Elapsed.TotalMilliseconds / count:F2} ms to match; {possible} may be eligible"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Stores copies of the example patients; gives how many resources these are.</summary>
    static async Task<int> Fill(ResourceStore store, int count)
    {
        var bundles = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "examples", "patients"), "*.json")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var resources = 0;
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Chunk))
        {
            var copies = numbers.SelectMany(n => Copy(bundles[n % bundles.Count], n))
                .Select(json => FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types).Resource!)
                .ToList();
            resources += copies.Count;
            await store.Write([.. copies.Select(r => new UpdateOperation(r, r.Id!))], CancellationToken.None);
        }

        return resources;
    }

    /// <summary>The resources of a patient with ids of their own.</summary>
    static IEnumerable<string> Copy(string bundle, int number)
    {
        var resources = JsonNode.Parse(bundle)!["entry"]!.AsArray().Select(e => e!["resource"]!).ToList();
        var names = resources.ToDictionary(
            r => $"\"{r["resourceType"]}/{r["id"]}\"",
            r => (string?)r["resourceType"] == "Patient"
                ? $"\"Patient/{number}\""
                : $"\"{r["resourceType"]}/{r["id"]}-{number}\"");
        foreach (var resource in resources)
        {
            resource["id"] =
                (string?)resource["resourceType"] == "Patient" ? $"{number}" : $"{resource["id"]}-{number}";
            yield return names.Aggregate(
                resource.ToJsonString(), (json, name) => json.Replace(name.Key, name.Value, StringComparison.Ordinal));
        }
    }

    static async Task<PatientRecord> Record(ResourceStore store, int patient)
    {
        var id = patient.ToString(CultureInfo.InvariantCulture);
        var query = new SearchQueryParser(FhirDefinitions.R4, TimeProvider.System)
            .Parse(Types, [], lenient: false, ("Patient", id)).Query with { Count = 1000 };
        var found = (await store.Search(query, null, CancellationToken.None)).Matches
            .Prepend((await store.Read("Patient", id, CancellationToken.None))!);
        var entries =
            string.Join(',', found.Select(r => $$"""{"resource":{{Encoding.UTF8.GetString(r.Json.Span)}}}"""));
        var bundle = FhirJson.Read(
            Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"collection","entry":[{{entries}}]}"""),
            FhirDefinitions.R4.Types);
        return PatientRecordReader.Read(bundle.Resource!, Day).Record!;
    }
}
