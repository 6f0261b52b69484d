using System.Globalization;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;
using Spectre.Console;

namespace FhirTrials.Server.Commands;

/// <summary>Matches as tables for people.</summary>
static class MatchTable
{
    /// <summary>A row for each study, the best first.</summary>
    public static void PrintAll(MatchAnswer answer)
    {
        var isPlaced = answer.Matches.Any(m => m.Distance is not null);
        var table = new Table().AddColumns("Study", "Grade", "Score");
        if (isPlaced)
        {
            table.AddColumn("Nearest site");
        }

        table.AddColumns("Title", "Why");
        foreach (var match in answer.Matches)
        {
            Text[] grade =
            [
                new(match.Match.StudyId), new(MatchExplanation.Of(match.Match.Grade)),
                new(match.Match.Score.ToString("0.00", CultureInfo.InvariantCulture)),
            ];
            Text[] distance = isPlaced ? [new(Distance(match))] : [];
            table.AddRow([.. grade, .. distance, new Text(match.Title), new Text(MatchExplanation.Of(match.Match))]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{answer.Matches.Length} of {answer.Total} graded studies, best first."));
    }

    /// <summary>The study with its arms and every criterion.</summary>
    public static void PrintOne(MatchedStudy matched)
    {
        var match = matched.Match;
        AnsiConsole.Write(
            new Rule($"[bold]{Markup.Escape(match.StudyId)}[/] {Markup.Escape(matched.Title)}").LeftJustified());
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[bold]{MatchExplanation.Of(match.Grade)}[/], score {match.Score:0.00}");
        AnsiConsole.WriteLine(MatchExplanation.Of(match));
        PrintArms(match);
        PrintCriteria(match);
        AnsiConsole.WriteLine();
    }

    static string Distance(MatchedStudy match) => match.Distance switch
    {
        { Nearest: not null, Kilometres: var kilometres } =>
            string.Create(CultureInfo.InvariantCulture, $"{kilometres:0} km"),
        _ => "unknown",
    };

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
