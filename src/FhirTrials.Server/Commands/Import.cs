using System.CommandLine;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Importing;

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
        var progress = new ImportProgress { Total = files.Sum(RecordFiles.Size) };
        var run = new ImportRun(
            app.Services.GetRequiredService<TrialImport>(),
            (record, imported) => progress.Tell(record, imported, record.Content.Length));
        try
        {
            await progress.Run(() => ImportAll(files, run, ct));
        }
        catch (FhirException e)
        {
            Console.Error.WriteLine($"{e.Message} What was told of before is imported; run the command again to go on.");
            return 1;
        }

        return progress.Summary.Refused == 0 ? 0 : 1;
    }

    static async Task ImportAll(IReadOnlyList<string> files, ImportRun run, CancellationToken ct)
    {
        foreach (var record in files.SelectMany(RecordFiles.Read))
        {
            await run.Add(record, ct);
        }

        await run.Finish();
    }
}
