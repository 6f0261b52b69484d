using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Benchmarks;

/// <summary><c>match [listed] [SIZE…]</c>: the index of studies in memory, one patient after another on one
/// thread. A quarter of the studies name a condition that the vocabulary does not know, unless
/// <c>listed</c> says that none does.</summary>
static class MatchBenchmark
{
    const int Chunk = 500;

    const int Page = 20;

    static readonly DateOnly Day = new(2026, 11, 21);

    public static int Run(string[] arguments)
    {
        var isListed = arguments is ["listed", ..];
        int[] sizes = arguments.Length > (isListed ? 1 : 0)
            ? [.. arguments.Skip(isListed ? 1 : 0).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).Order()]
            : [100, 1_000, 10_000];
        var patients = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "examples", "patients"), "*.json")
            .Order(StringComparer.Ordinal).Select(Record).ToList();
        var generator = StudyGenerator.Of(Checkout.Root);
        var writer = new StudyIndexWriter();
        patients.Add(PatientOf("Psoriasis"));
        patients.Add(PatientOf("Cystic fibrosis"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var size in sizes)
        {
            var build = Grow(writer, generator, size, isListed);
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            Print(
                $"{size} studies: {bytes / 1e6:F1} MB, {bytes / size:N0} bytes each, {writer.Decisions} decisions, ",
                $"{build.TotalSeconds:F1} s of indexing");
            Measure("  all patients", patients, writer.Index, new() { Count = Page });
            Measure(
                "  all patients, unmentioned diseases too", patients, writer.Index,
                new() { Count = Page, Unmentioned = true });
            var byGraded = patients.Select(p => (Patient: p, writer.Index.Rank(p, new() { Count = Page }).Graded))
                .Where(p => p.Graded < size).OrderBy(p => p.Graded).ToList();
            foreach (var (patient, graded) in byGraded.Take(1).Concat(byGraded.TakeLast(1)))
            {
                Measure($"  {patient.Reference}, {graded} graded", [patient], writer.Index, new() { Count = Page });
            }
        }

        return 0;
    }

    /// <summary>Adds studies up to a number of them; gives the time that the index itself took.</summary>
    static TimeSpan Grow(StudyIndexWriter writer, StudyGenerator generator, int size, bool isListed)
    {
        var watch = new Stopwatch();
        while (writer.Index.Count < size)
        {
            var entries = Enumerable.Range(writer.Index.Count, Math.Min(Chunk, size - writer.Index.Count))
                .AsParallel().AsOrdered()
                .Select(i => StudyEntries.Brief(
                    isListed ? generator.Study(1, i) : WithUnlisted(generator.Study(1, i), i))).ToList();
            watch.Start();
            writer.Apply(entries, []);
            watch.Stop();
        }

        return watch.Elapsed;
    }

    /// <summary>Gives every fourth study a condition that no vocabulary knows, so that it is graded for
    /// everybody.</summary>
    static byte[] WithUnlisted(byte[] record, int number)
    {
        if (number % 4 != 0)
        {
            return record;
        }

        var study = JsonNode.Parse(record)!.AsObject();
        study["protocolSection"]!["conditionsModule"]!["conditions"]!.AsArray()
            .Add(string.Create(CultureInfo.InvariantCulture, $"Foobaritis {number % 1000}"));
        return JsonSerializer.SerializeToUtf8Bytes(study);
    }

    /// <summary>A record without what no match looks at, which takes most of the time of mapping.</summary>
    public static byte[] Lean(byte[] record)
    {
        var study = JsonNode.Parse(record)!.AsObject();
        study.Remove("resultsSection");
        study.Remove("derivedSection");
        var protocol = study["protocolSection"]!.AsObject();
        foreach (var module in (string[])[
            "descriptionModule", "outcomesModule", "referencesModule", "ipdSharingStatementModule",
        ])
        {
            protocol.Remove(module);
        }

        return JsonSerializer.SerializeToUtf8Bytes(study);
    }

    static void Measure(string what, List<PatientRecord> patients, StudyIndex index, RankOptions options)
    {
        patients.ForEach(p => index.Rank(p, options));
        var times = new List<double>();
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        do
        {
            foreach (var patient in patients)
            {
                var start = Stopwatch.GetTimestamp();
                index.Rank(patient, options);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        while (watch.Elapsed < TimeSpan.FromSeconds(2));
        cpu = Environment.CpuUsage.TotalTime - cpu;
        times.Sort();
        Print(
            $"{what}: p50 {times[times.Count / 2]:F2} ms, p99 {times[times.Count * 99 / 100]:F2} ms, ",
            $"CPU {cpu.TotalMilliseconds / times.Count:F2} ms on average");
    }

    static PatientRecord Record(string file) => Record(File.ReadAllBytes(file));

    static PatientRecord Record(byte[] bundle) =>
        PatientRecordReader.Read(FhirJson.Read(bundle, FhirDefinitions.R4.Types).Resource!, Day).Record!;

    /// <summary>A patient with one disease.</summary>
    static PatientRecord PatientOf(string condition) => Record(Encoding.UTF8.GetBytes($$"""
        {"resourceType":"Bundle","type":"collection","entry":[
          {"resource":{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1981-03-07"} },
          {"resource":{"resourceType":"Condition","code":{"text":"{{condition}}"},
           "subject":{"reference":"Patient/p"} } }]}
        """));

    static void Print(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(FormattableString.Invariant)));
}
