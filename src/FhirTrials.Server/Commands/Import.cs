using System.CommandLine;
using System.Diagnostics;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using Spectre.Console;

namespace FhirTrials.Server.Commands;

/// <summary><c>import FILE|DIR...</c>: registry records into the store.</summary>
static class Import
{
    public static Command Command(string[] settings)
    {
        var paths = new Argument<string[]>("FILE|DIR")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Registry records (ClinicalTrials.gov API v2 JSON), or folders of them",
        };
        var command = new Command("import", "Import registry records; a record that has not changed changes nothing.") { paths };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(paths)!, settings, ct));
        return command;
    }

    /// <returns>0; 1 where anything was refused or nothing was found.</returns>
    static async Task<int> Run(string[] paths, string[] settings, CancellationToken ct)
    {
        if (!InputFiles.TryFind(paths, out var files))
        {
            return 1;
        }

        await using var app = FhirTrialsApp.Build([.. settings, "--Examples:Load=false"]);
        await StartUp.Load(app.Services, ct);
        var watch = Stopwatch.StartNew();
        var summary = await WithProgress(files, app.Services.GetRequiredService<TrialImport>(), ct);
        foreach (var refusal in summary.Refusals)
        {
            Console.Error.WriteLine(refusal);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{files.Count} records: {summary.New} new, {summary.Changed} changed, {summary.Unchanged} unchanged, ")
            + FormattableString.Invariant($"{summary.Refused} refused; {summary.Resources} resources written, ")
            + FormattableString.Invariant($"{summary.Removed} removed in {watch.Elapsed.TotalSeconds:0.0} s"));
        return summary.Refused == 0 ? 0 : 1;
    }

    static Task<Summary> WithProgress(IReadOnlyList<string> files, TrialImport import, CancellationToken ct) =>
        AnsiConsole.Progress().HideCompleted(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("Importing", maxValue: files.Count);
            var summary = new Summary();
            foreach (var file in files)
            {
                summary.Add(file, await import.Import(await File.ReadAllBytesAsync(file, ct), ct));
                bar.Increment(1);
            }

            return summary;
        });

    sealed class Summary
    {
        public int New { get; private set; }

        public int Changed { get; private set; }

        public int Unchanged { get; private set; }

        public int Refused { get; private set; }

        public int Resources { get; private set; }

        public int Removed { get; private set; }

        public List<string> Refusals { get; } = [];

        public void Add(string file, Imported imported)
        {
            if (imported.IsRefused)
            {
                Refusals.AddRange(imported.Issues.Where(i => i.IsError).Select(i => IssueLine.Of(file, i)));
                Refused++;
                return;
            }

            var changes = imported.Written + imported.Removed;
            Resources += imported.Written;
            Removed += imported.Removed;
            New += imported.IsNew ? 1 : 0;
            Changed += !imported.IsNew && changes > 0 ? 1 : 0;
            Unchanged += changes == 0 ? 1 : 0;
        }
    }
}
