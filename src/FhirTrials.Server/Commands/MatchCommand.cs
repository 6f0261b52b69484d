using System.CommandLine;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;
using Spectre.Console;

namespace FhirTrials.Server.Commands;

/// <summary><c>match PATIENT.json</c>: a patient's record against the stored studies, as a table for people.</summary>
static class MatchCommand
{
    public static Command Command(string[] settings)
    {
        var file = new Argument<string>("PATIENT.json") { Description = "A FHIR Bundle with one patient's record" };
        var study = new Option<string?>("--study") { Description = "Only this study: NCT04521231" };
        var day = new Option<string?>("--on")
        {
            Description = "The day that ages and windows count from, YYYY-MM-DD; today if absent",
        };
        var command = new Command("match", "Match a patient's record against the stored studies. Nothing of it is kept.")
        {
            file, study, day,
        };
        command.SetAction((parsed, ct) =>
            Run(parsed.GetValue(file)!, parsed.GetValue(study), parsed.GetValue(day), settings, ct));
        return command;
    }

    /// <returns>0; 1 where the file cannot be read as one patient's record, or the study or day is none.</returns>
    static async Task<int> Run(string file, string? study, string? on, string[] settings, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            return Fail($"{file}: there is no such file.");
        }

        await using var app = FhirTrialsApp.Build(settings);
        if (DayOf(on, app.Services.GetRequiredService<TimeProvider>()) is not { } day)
        {
            return Fail("--on must be a day: YYYY-MM-DD.");
        }

        var definitions = app.Services.GetRequiredService<FhirDefinitions>();
        var text = FhirJson.Read(await File.ReadAllBytesAsync(file, ct), definitions.Types);
        if (!text.IsValid)
        {
            return Fail([.. text.Issues.Select(i => IssueLine.Of(file, i))]);
        }

        var read = PatientRecordReader.Read(text.Resource!, day);
        if (read.Record is not { } record)
        {
            return Fail([.. read.Issues.Select(i => IssueLine.Of(file, i))]);
        }

        await StartUp.Load(app.Services, ct);
        var answer = await app.Services.GetRequiredService<MatchEngine>().Match(record, new() { StudyId = study, Patience = null }, ct);
        if (answer.Total == 0)
        {
            return Fail(study is null
                ? "There are no studies in the store; import some first."
                : $"There is no study {study} in the store.");
        }

        foreach (var match in answer.Matches)
        {
            Print(match.Title, match.Match);
        }

        foreach (var note in record.Notes)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{IssueLine.Of(file, note)}[/]");
        }

        return 0;
    }

    static DateOnly? DayOf(string? text, TimeProvider clock) =>
        text is null ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : null;

    static int Fail(params string[] lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return 1;
    }

    static void Print(string title, StudyMatch match)
    {
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(match.StudyId)}[/] {Markup.Escape(title)}").LeftJustified());
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[bold]{MatchExplanation.Of(match.Grade)}[/], score {match.Score:0.00}");
        AnsiConsole.WriteLine(MatchExplanation.Of(match));
        PrintArms(match);
        PrintCriteria(match);
        AnsiConsole.WriteLine();
    }

    static void PrintArms(StudyMatch match)
    {
        if (match.Arms.Length < 2)
        {
            return;
        }

        var table = new Table().AddColumns("Arm", "Grade", "Unknown");
        foreach (var arm in match.Arms)
        {
            table.AddRow(
                new Text(arm.Cohort is null ? arm.Arm : $"{arm.Arm} (cohort {arm.Cohort})"),
                new Text(MatchExplanation.Of(arm.Grade)),
                new Text(arm.Unknown.ToString(CultureInfo.InvariantCulture)));
        }

        AnsiConsole.Write(table);
    }

    static void PrintCriteria(StudyMatch match)
    {
        var table = new Table().AddColumns("", "Criterion", "Verdict", "Evidence or what is missing");
        foreach (var verdict in match.Verdicts)
        {
            table.AddRow(
                new Text(verdict.Criterion.Section == Trials.Criteria.CriterionSection.Inclusion ? "in" : "ex"),
                new Text(verdict.Criterion.Text),
                new Markup(Coloured(verdict)),
                new Text(string.Join(
                    "\n", verdict.Evidence.Select(e => $"{e.Text} ({e.Reference})").Concat(verdict.Missing))));
        }

        AnsiConsole.Write(table);
    }

    static string Coloured(CriterionVerdict verdict) => verdict.Applies
        ? verdict.Verdict switch
        {
            Verdict.Met => "[green]met[/]",
            Verdict.NotMet => "[red]not met[/]",
            Verdict.Unknown => "[yellow]unknown[/]",
        }
        : "[grey]does not apply[/]";
}
