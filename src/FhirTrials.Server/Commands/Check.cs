using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FhirTrials.Server.Hosting;
using FhirTrials.Storage;
using FhirTrials.Storage.Checking;

namespace FhirTrials.Server.Commands;

/// <summary><c>check</c>: proves that the stored resources can be read and that the search index agrees with them; exit
/// code 1 where it does not.</summary>
static class Check
{
    static readonly Option<bool> RepairOption = new("--repair")
    {
        Description = "Write index rows that are wrong anew, and delete those of no resource.",
    };

    public static Command Command(string[] settings)
    {
        var command = new Command("check", "Check that every resource can be read and that the search index agrees.")
        {
            RepairOption,
        };
        command.SetAction((result, ct) => Run(settings, result.GetValue(RepairOption), ct));
        return command;
    }

    static async Task<int> Run(string[] settings, bool repair, CancellationToken ct)
    {
        await using var app = FhirTrialsApp.Build(settings);
        if (!await app.Services.GetRequiredService<FhirDatabase>().IsUpToDate(ct))
        {
            Console.Error.WriteLine("The database is that of an earlier version of this program. Run migrate first.");
            return 1;
        }

        var watch = Stopwatch.StartNew();
        var report = await app.Services.GetRequiredService<ResourceStore>().Check(repair, ct);
        Write(report, watch.Elapsed, repair);
        return report.Problems == 0 ? 0 : 1;
    }

    static void Write(CheckReport report, TimeSpan time, bool repair)
    {
        foreach (var finding in report.Findings)
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Checked {report.Resources:N0} resources, {report.Versions:N0} older versions and {report.IndexRows:N0} "
                + $"index rows in {time.TotalSeconds:0.0} s."));
        Console.WriteLine(report.Problems == 0 ? "No problem was found."
            : string.Create(CultureInfo.InvariantCulture, $"{report.Problems:N0} problems were found.")
                + (repair ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" The index of {report.Repaired:N0} resources was written anew; check again.") : ""));
    }
}
