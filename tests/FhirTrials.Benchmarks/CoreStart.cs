using System.Diagnostics;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Benchmarks;

/// <summary>The core's start, each in a process of its own: definitions ready, then a first resource read and
/// validated.</summary>
static class CoreStart
{
    public const string Command = "core-start";

    const int Runs = 5;

    /// <summary>In the process of its own: milliseconds until the definitions are there and until the first validation
    /// is done, and megabytes resident after each.</summary>
    public static int Report()
    {
        var watch = Stopwatch.StartNew();
        var definitions = FhirDefinitions.R4;
        var ready = (watch.Elapsed.TotalMilliseconds, Environment.WorkingSet >> 20);
        var read = FhirJson.Read(
            """{"resourceType":"Patient","name":[{"family":"Doe"}],"gender":"female"}"""u8, definitions.Types);
        new Validator(definitions, TimeProvider.System).Validate(read.Resource!);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ready.TotalMilliseconds} {ready.Item2} {watch.Elapsed.TotalMilliseconds} "
                + $"{Environment.WorkingSet >> 20}"));
        return 0;
    }

    public static void Print()
    {
        var runs = Enumerable.Range(0, Runs).Select(_ => Start()).ToList();
        double Median(int index) => runs.Select(r => r[index]).Order().ElementAt(Runs / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"core start (median of {Runs} processes): definitions {Median(0):F0} ms, {Median(1):F0} MB resident; "
                + $"first validation done {Median(2):F0} ms, {Median(3):F0} MB; "
                + $"the process {Median(4):F0} ms in all\n"));
    }

    static double[] Start()
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CoreStart).Assembly.Location, Command])
        {
            RedirectStandardOutput = true,
        })!;
        var line = process.StandardOutput.ReadLine()!;
        process.WaitForExit();
        return [
            .. line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
            watch.Elapsed.TotalMilliseconds,
        ];
    }
}
