using System.CommandLine;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Matching;
using FhirTrials.Server.Operations;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Commands;

/// <summary><c>match PATIENT.json</c>: a patient's record against the stored studies, as a table for people.</summary>
static class MatchCommand
{
    /// <summary>Studies that are told where no number is given.</summary>
    const int UsualCount = 20;

    public static Command Command(string[] settings)
    {
        var file = new Argument<string>("PATIENT.json") { Description = "A FHIR Bundle with one patient's record" };
        var study =
            new Option<string?>("--study") { Description = "Only this study, with all its criteria: NCT04521231" };
        var day = new Option<string?>("--on")
        {
            Description = "The day that ages and windows count from, YYYY-MM-DD; today if absent",
        };
        var phase = new Option<string?>("--phase") { Description = "Only studies of that phase: PHASE2" };
        var status =
            new Option<string?>("--status") { Description = "Only studies of that recruitment status: RECRUITING" };
        var country = new Option<string?>("--country") { Description = "Only studies with a site in that country" };
        var condition = new Option<string?>("--condition") { Description = "Only studies about that disease" };
        var near =
            new Option<string?>("--near") { Description = "Only studies that may have a site near: 48.1|11.6|100|km" };
        var zip = new Option<string?>("--zip") { Description = "In place of --near: a postal code" };
        var radius = new Option<string?>("--radius") { Description = "How far from --zip: 50 (miles), 80 km" };
        var unmentioned = new Option<bool>("--unmentioned")
        {
            Description = "Grade studies too whose disease the record does not mention",
        };
        var count = new Option<int>("--count")
        {
            Description = "At most so many studies", DefaultValueFactory = _ => UsualCount,
        };
        var json = new Option<bool>("--json") { Description = "A GuidanceResponse for each study, one a line" };
        var command = new Command(
            "match", "Match a patient's record against the stored studies. Nothing of it is kept.")
        {
            file, study, day, phase, status, country, condition, near, zip, radius, unmentioned, count, json,
        };
        command.SetAction((parsed, ct) =>
        {
            var (place, distance) = (parsed.GetValue(near), parsed.GetValue(radius));
            var options = new MatchOptions
            {
                StudyId = parsed.GetValue(study),
                Phase = parsed.GetValue(phase),
                RecruitmentStatus = parsed.GetValue(status),
                Country = parsed.GetValue(country),
                Condition = parsed.GetValue(condition),
                Near = place is null ? null : NearSearch.Parse(place),
                ZipCode = parsed.GetValue(zip),
                TravelRadius = distance is null ? null : TravelRadius.Kilometres(distance),
                Unmentioned = parsed.GetValue(unmentioned),
                Count = Math.Max(0, parsed.GetValue(count)),
                Patience = null,
            };
            return place is not null && options.Near is null
                ? Task.FromResult(Fail("--near must be latitude|longitude, or latitude|longitude|distance|unit."))
                : distance is not null && options.TravelRadius is null
                    ? Task.FromResult(Fail("--radius must be a number of miles, or a number with its unit: 80 km."))
                    : Run(parsed.GetValue(file)!, options, parsed.GetValue(day), parsed.GetValue(json), settings, ct);
        });
        return command;
    }

    /// <returns>0; 1 where the file cannot be read as one patient's record, or the study or day is none.</returns>
    static async Task<int> Run(
        string file, MatchOptions options, string? on, bool json, string[] settings, CancellationToken ct)
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
        if (text.Resource is null)
        {
            return Fail([.. text.Issues.Select(i => IssueLine.Of(file, i))]);
        }

        var read = PatientRecordReader.Read(text.Resource, day, faults: text.Issues);
        if (read.Record is not { } record)
        {
            return Fail([.. read.Issues.Select(i => IssueLine.Of(file, i))]);
        }

        await StartUp.Load(app.Services, ct);
        try
        {
            return Tell(
                file, record, options, json,
                await app.Services.GetRequiredService<MatchEngine>().Match(record, options, ct));
        }
        catch (FhirException e)
        {
            return Fail([.. e.Issues.Select(i => i.Diagnostics)]);
        }
    }

    static int Tell(string file, PatientRecord record, MatchOptions options, bool json, MatchAnswer answer)
    {
        if (options.StudyId is { } study && answer.Total == 0)
        {
            return Fail($"There is no study {study} in the store.");
        }

        if (json)
        {
            foreach (var match in answer.Matches)
            {
                Console.WriteLine(
                    Encoding.UTF8.GetString(MatchDetail.ToJson($"ResearchStudy/{match.Match.StudyId}", match).Span));
            }
        }
        else if (options.StudyId is null)
        {
            MatchTable.PrintAll(answer);
        }
        else
        {
            MatchTable.PrintOne(answer.Matches[0]);
        }

        foreach (var note in record.Notes.Concat(answer.Issues))
        {
            Console.Error.WriteLine(IssueLine.Of(file, note));
        }

        return 0;
    }

    static DateOnly? DayOf(string? text, TimeProvider clock) =>
        text is null ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : null;

    static int Fail(params string[] lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return 1;
    }
}
