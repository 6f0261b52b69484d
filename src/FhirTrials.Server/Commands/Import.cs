using System.CommandLine;
using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Importing;
using FhirTrials.Storage;

namespace FhirTrials.Server.Commands;

/// <summary><c>import FILE|DIR...</c>, <c>import URL</c>: registry records into the store.</summary>
static class Import
{
    const int MaxPageSize = 1000;

    static readonly Argument<string[]> Paths = new("FILE|DIR|URL")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Registry records (ClinicalTrials.gov API v2 JSON, pages of it, NDJSON, the old XML), "
            + "zips or folders of them; or the address of an API like ClinicalTrials.gov's v2",
    };

    static readonly Option<string[]> Query = new("--query")
    {
        Description =
            "What to ask an API: NAME=VALUE, such as cond=leukemia (cond, term, locn, titles, intr, outc, spons, "
            + "lead, id, patient)",
    };

    static readonly Option<string[]> Filter = new("--filter")
    {
        Description =
            "How to narrow it: NAME=VALUE, such as overallStatus=RECRUITING (overallStatus, geo, ids, advanced, "
            + "synonyms)",
    };

    static readonly Option<string> Since = new("--since")
    {
        Description =
            "Only what was posted on that day (YYYY-MM-DD) or later; last: since the same query was last polled",
    };

    static readonly Option<int> PageSize = new("--page-size")
    {
        Description = "How many studies to ask for at a time (at most 1,000)",
        DefaultValueFactory = _ => 100,
    };

    public static Command Command(string[] settings)
    {
        var command = new Command("import", "Import registry records; a record that has not changed changes nothing.")
        {
            Paths, Query, Filter, Since, PageSize,
        };
        command.SetAction((parsed, ct) => Run(parsed, settings, ct));
        return command;
    }

    /// <returns>0; 1 where anything was refused, nothing was found, or the import could not be finished.</returns>
    static async Task<int> Run(ParseResult parsed, string[] settings, CancellationToken ct)
    {
        var paths = parsed.GetValue(Paths)!;
        var isPoll = paths.Any(p => p.Contains("://", StringComparison.Ordinal));
        var isAsking = new Option[] { Query, Filter, Since }.Any(o => parsed.GetResult(o) is not null);
        if (isPoll ? paths.Length > 1 : isAsking)
        {
            return Fail(
                isPoll ? "One address at a time." : "--query, --filter and --since go with the address of an API.");
        }

        return isPoll
            ? await Poll(paths[0], parsed, settings, ct)
            : InputFiles.TryFind(paths, RecordFiles.Endings, out var files) ? await Files(files, settings, ct) : 1;
    }

    static Task<int> Files(IReadOnlyList<string> files, string[] settings, CancellationToken ct)
    {
        var progress = new ImportProgress { Total = files.Sum(RecordFiles.Size) };
        return ImportBy(progress, record => record.Content.Length, settings, async (_, run) =>
        {
            foreach (var record in files.SelectMany(RecordFiles.Read))
            {
                await run.Add(record, ct);
            }

            await run.Finish();
        }, ct);
    }

    static async Task<int> Poll(string address, ParseResult parsed, string[] settings, CancellationToken ct)
    {
        var (sinceText, pageSize) = (parsed.GetValue(Since), parsed.GetValue(PageSize));
        DateOnly? since = DateOnly.TryParseExact(
            sinceText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (sinceText is not (null or "last") && since is null)
        {
            return Fail("--since must be a day, YYYY-MM-DD, or last.");
        }

        if (pageSize is < 1 or > MaxPageSize)
        {
            return Fail($"--page-size must be from 1 to {MaxPageSize}.");
        }

        RegistryQuery query;
        try
        {
            query = RegistryQuery.Parse(address, parsed.GetValue(Query) ?? [], parsed.GetValue(Filter) ?? []) with
            {
                PageSize = pageSize,
            };
        }
        catch (FormatException e)
        {
            return Fail(e.Message);
        }

        var progress = new ImportProgress();
        return await ImportBy(progress, _ => 1, settings, async (services, run) =>
        {
            using var http = RegistryClient.Http();
            var clock = services.GetRequiredService<TimeProvider>();
            var client = new RegistryClient(http, new(), clock, progress.Tell);
            var poll = new RegistryPoll(client, services.GetRequiredService<ResourceStore>(), clock, progress.Tell);
            await poll.Run(query, since, sinceText == "last", run, total => progress.Total = total, ct);
        }, ct);
    }

    /// <param name="part">How much of the whole a record is.</param>
    static async Task<int> ImportBy(
        ImportProgress progress, Func<InputRecord, double> part, string[] settings,
        Func<IServiceProvider, ImportRun, Task> work, CancellationToken ct)
    {
        await using var app = FhirTrialsApp.Build([.. settings, "--Examples:Load=false"]);
        foreach (var note in app.Services.GetService<SiteVocabulary>()?.Notes ?? [])
        {
            Console.Error.WriteLine(note);
        }

        await StartUp.Load(app.Services, ct);
        var run = new ImportRun(
            app.Services.GetRequiredService<TrialImport>().Import,
            (record, imported) => progress.Tell(record, imported, part(record)));
        try
        {
            await progress.Run(() => work(app.Services, run));
        }
        catch (Exception e) when (e is FhirException or RegistryException)
        {
            return Fail(progress.Summary.Line(progress.Elapsed), $"{e.Message} The same command goes on from here.");
        }

        return progress.Summary.Refused == 0 ? 0 : 1;
    }

    static int Fail(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return 1;
    }
}
