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
            Description = "Registry records (ClinicalTrials.gov API v2 JSON, pages of it, NDJSON, the old XML), "
                + "zips or folders of them",
        };
        var command = new Command("import", "Import registry records; a record that has not changed changes nothing.") { paths };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(paths)!, settings, ct));
        return command;
    }

    /// <returns>0; 1 where anything was refused or nothing was found.</returns>
    static async Task<int> Run(string[] paths, string[] settings, CancellationToken ct)
    {
        if (!InputFiles.TryFind(paths, RecordFiles.Endings, out var files))
        {
            return 1;
        }

        await using var app = FhirTrialsApp.Build([.. settings, "--Examples:Load=false"]);
        await StartUp.Load(app.Services, ct);
        var watch = Stopwatch.StartNew();
        var summary = await WithProgress(files, app.Services.GetRequiredService<TrialImport>(), ct);
        foreach (var line in summary.Lines)
        {
            Console.Error.WriteLine(line);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{summary.Records} records: {summary.New} new, {summary.Changed} changed, {summary.Unchanged} unchanged, ")
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
                foreach (var record in RecordFiles.Read(file))
                {
                    summary.Add(record.Name, await import.Import(record.Content, ct));
                }

                bar.Increment(1);
            }

            return summary;
        });

    sealed class Summary
    {
        public int Records { get; private set; }

        public int New { get; private set; }

        public int Changed { get; private set; }

        public int Unchanged { get; private set; }

        public int Refused { get; private set; }

        public int Resources { get; private set; }

        public int Removed { get; private set; }

        /// <summary>Why records were refused, and what of others is kept without being understood.</summary>
        public List<string> Lines { get; } = [];

        public void Add(string file, Imported imported)
        {
            Records++;
            Lines.AddRange(imported.Issues.Where(i => i.IsError || !imported.IsRefused)
                .Select(i => IssueLine.Of(file, i)));
            if (imported.IsRefused)
            {
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
