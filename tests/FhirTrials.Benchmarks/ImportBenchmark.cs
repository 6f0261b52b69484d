using System.Diagnostics;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Fhir.Validation;
using FhirTrials.Storage;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Benchmarks;

/// <summary>Import of generated studies: what each stage costs on one thread, then the command as a user runs it, again
/// with nothing changed, and again after it was killed.</summary>
static class ImportBenchmark
{
    const int Seed = 2026;

    const int Sample = 300;

    /// <summary>So many that in the last ones the program's code is compiled for good.</summary>
    const int Rounds = 8;

    /// <param name="args">How many studies (10,000); <c>stages</c> after it for the stages alone.</param>
    public static async Task<int> Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        try
        {
            await Stages(folder.FullName);
            if (args is not [_, "stages"])
            {
                Commands(folder.FullName, count);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Stages(string folder)
    {
        var definitions = FhirDefinitions.R4.With(
            PackageLoader.Load(Path.Combine(Checkout.Root, "profiles"), FhirDefinitions.R4.Types));
        var (validator, indexer) = (new Validator(definitions, TimeProvider.System), new SearchIndexer(definitions));
        using var database = new FhirDatabase(DatabaseProvider.Sqlite, $"Data Source={folder}/stages.db");
        await database.Migrate(CancellationToken.None);
        var store = new ResourceStore(database, definitions, IdSource.Random(TimeProvider.System));
        var generator = StudyGenerator.Of(Checkout.Root);

        // Each of other studies: the first is cold, the last warm.
        for (var round = 0; round < Rounds; round++)
        {
            var studies = generator.Studies(Seed + round, Sample).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Sample} studies of {studies.Average(s => s.Length) / 1e3:0.0} KB on average, one thread:"));
            var records = Timed("read", studies, s => RegistryReader.Read(s).Record!);
            Timed("criteria", records, r => CriteriaParser.Parse(EligibilityModule.TextOf(r)));
            var mapped = Timed("map, criteria included", records, r => StudyMapper.Map(r, definitions.Types).Resources);
            Timed("validate", mapped, m => m.Sum(r => validator.Validate(r).Count(i => i.IsError)));
            Timed("index", mapped, m => m.Sum(r => indexer.Index(r).Length));
            Timed("write, index included", mapped, m => store.Write(
                [.. m.Select(r => new UpdateOperation(r, r.Id!))], CancellationToken.None).GetAwaiter().GetResult());
        }
    }

    static List<TResult> Timed<T, TResult>(string stage, List<T> items, Func<T, TResult> work)
    {
        GC.Collect();
        var (cpu, bytes, watch) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        var results = items.ConvertAll(item => work(item));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {stage}: {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / items.Count:0.00} ms CPU, "
                + $"{watch.Elapsed.TotalMilliseconds / items.Count:0.00} ms, "
                + $"{(GC.GetTotalAllocatedBytes() - bytes) / 1e6 / items.Count:0.00} MB a study"));
        return results;
    }

    static void Commands(string folder, int count)
    {
        var file = Path.Combine(folder, "studies.ndjson");
        GenerateCommand.Run([count.ToString(CultureInfo.InvariantCulture), file]);
        var megabytes = new FileInfo(file).Length / 1e6;
        Import("import", "bench.db", Timeout.InfiniteTimeSpan);
        Import("again, unchanged", "bench.db", Timeout.InfiniteTimeSpan);
        Import("another, killed after 10 s", "killed.db", TimeSpan.FromSeconds(10));
        Import("resumed", "killed.db", Timeout.InfiniteTimeSpan);

        void Import(string what, string database, TimeSpan end)
        {
            var dll = Path.Combine(
                Checkout.Root, "src", "FhirTrials.Server", "bin", "Release", "net10.0", "FhirTrials.Server.dll");
            string[] arguments =
                [dll, "import", file, "--ConnectionStrings:FhirTrials", $"Data Source={folder}/{database}"];
            var watch = Stopwatch.StartNew();
            using var import = Process.Start(new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = Checkout.Root, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var progress = new List<(int Records, double Seconds, double Cpu, long Memory)>();
            var last = "";
            import.OutputDataReceived += (_, line) => Note(line.Data);
            import.BeginOutputReadLine();
            var errors = import.StandardError.ReadToEndAsync();
            var (peak, cpu) = (0L, TimeSpan.Zero);
            while (!import.WaitForExit(100))
            {
                try
                {
                    import.Refresh();
                    Volatile.Write(ref peak, Math.Max(peak, import.WorkingSet64));
                    cpu = import.TotalProcessorTime;
                }
                catch (InvalidOperationException)
                {
                    // It has ended meanwhile.
                    continue;
                }

                if (end >= TimeSpan.Zero && watch.Elapsed > end)
                {
                    import.Kill();
                }
            }

            import.WaitForExit();
            var seconds = watch.Elapsed.TotalSeconds;
            // Of one that was killed it is not known how many it has done.
            var rates = import.ExitCode != 0 ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"{count / seconds:0} studies/s, {megabytes / seconds:0.0} MB/s, {cpu.TotalMilliseconds / count:0.0} "
                    + $"ms CPU a study, ");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what}: {rates}{seconds:0.0} s, {peak >> 20} MB at most"));
            Console.WriteLine("  " + last);
            Thousands(progress);
            Console.Write(
                string.Concat(errors.Result.Split('\n').Take(3).Where(l => l.Length > 0).Select(l => $"  {l}\n")));

            // The command tells how far it is every ten seconds.
            void Note(string? line)
            {
                last = line ?? last;
                if (line?.IndexOf(" records", StringComparison.Ordinal) is > 0 and var length
                    && int.TryParse(line.AsSpan(0, length), CultureInfo.InvariantCulture, out var records)
                    && !import.HasExited)
                {
                    import.Refresh();
                    progress.Add((records, watch.Elapsed.TotalSeconds, import.TotalProcessorTime.TotalSeconds,
                        import.WorkingSet64));
                }
            }
        }
    }

    /// <summary>How fast each thousand was, and the memory at its end, as far as was told.</summary>
    static void Thousands(List<(int Records, double Seconds, double Cpu, long Memory)> progress)
    {
        var from = (Records: 0, Seconds: 0.0, Cpu: 0.0, Memory: 0L);
        foreach (var to in progress.GroupBy(p => p.Records / 1000).Where(g => g.Key > 0).Select(g => g.First()))
        {
            var (records, seconds) = (to.Records - from.Records, to.Seconds - from.Seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {from.Records} to {to.Records}: {records / seconds:0.0} studies/s, "
                    + $"{(to.Cpu - from.Cpu) * 1e3 / records:0.0} ms CPU a study, {to.Memory >> 20} MB"));
            from = to;
        }
    }
}
