using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Doors;

/// <summary>A card for each of the best studies — https://cds-hooks.hl7.org/2.0/#card-attributes. What is of the
/// patient stands in its detail alone, never in a link.</summary>
static partial class CdsCards
{
    /// <summary>More would be read by nobody.</summary>
    const int MaxCards = 5;

    /// <summary>A summary has fewer than 140 characters.</summary>
    const int MaxSummary = 139;

    const int MaxCriteria = 20;

    const string Reasons = "http://fhirtrials.org/fhir/CodeSystem/match-override-reason";

    public static ImmutableArray<(string Code, string Display)> OverrideReasons { get; } =
    [
        ("patient-declines", "The patient does not want to take part"),
        ("already-enrolled", "The patient takes part in a study already"),
        ("criterion-not-met", "A criterion is not met"),
        ("other-treatment", "Another treatment is preferred"),
        ("too-far", "No site is within reach"),
        ("other", "Another reason"),
    ];

    /// <param name="instance">Of the hook: the same call gives the same cards.</param>
    /// <param name="notes">What was not sent of the record.</param>
    public static IEnumerable<JsonObject> Of(
        HttpRequest request, string instance, MatchAnswer answer, ImmutableArray<string> notes) =>
        answer.Matches.Where(m => m.Match.Grade != MatchGrade.NotEligible && IsOfPatient(m.Match)).Take(MaxCards)
            .Select(m => Card(request, instance, m, notes));

    /// <summary>Whether the record names the study's disease among its conditions, or a broader one, or names it
    /// without being sure: otherwise every study would be possible for who has nothing in the record. Of a study that
    /// names no disease another criterion must be met by a condition.</summary>
    static bool IsOfPatient(StudyMatch match) =>
        match.Verdicts.FirstOrDefault(v => v.Criterion.Number == StudyConditions.Number) is { } disease
            ? RestsOnCondition(disease)
            : match.Best.Verdicts.Any(
                v => v is { Applies: true, Verdict: Verdict.Met, Criterion.Section: CriterionSection.Inclusion }
                && RestsOnCondition(v));

    static bool RestsOnCondition(CriterionVerdict verdict) =>
        verdict.Evidence.Any(e => e.Reference.StartsWith("Condition", StringComparison.Ordinal));

    static JsonObject Card(
        HttpRequest request, string instance, MatchedStudy match, ImmutableArray<string> notes) => new()
    {
        ["uuid"] =
            $"{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{instance}\n{match.Study.Id}")).AsSpan(0, 16))}",
        ["summary"] = Excerpt.Of($"{Grade(match.Match.Grade)}: {match.Title}", MaxSummary),
        ["indicator"] = "info",
        ["detail"] = Detail(match.Match, notes),
        ["source"] = new JsonObject { ["label"] = "FhirTrials" },
        ["overrideReasons"] = new JsonArray([.. OverrideReasons.Select(r => new JsonObject
        {
            ["system"] = Reasons, ["code"] = r.Code, ["display"] = r.Display,
        })]),
        ["links"] = new JsonArray([.. Links(request, match)]),
    };

    static IEnumerable<JsonObject> Links(HttpRequest request, MatchedStudy match)
    {
        if (RegistryNumber().IsMatch(match.Study.Id))
        {
            yield return Link(
                $"{match.Study.Id} at ClinicalTrials.gov", $"https://clinicaltrials.gov/study/{match.Study.Id}");
        }

        yield return Link("The study as FHIR", FhirUrl.Resource(request, match.Study.Type, match.Study.Id));
    }

    static JsonObject Link(string label, string url) =>
        new() { ["label"] = label, ["url"] = url, ["type"] = "absolute" };

    /// <summary>GitHub Flavored Markdown.</summary>
    static string Detail(StudyMatch match, ImmutableArray<string> notes)
    {
        var best = match.Best;
        var applying = best.Verdicts.Where(v => v.Applies).ToList();
        var text = new StringBuilder().Append("**").Append(Grade(match.Grade))
            .Append("** for ").Append(Plain(best.Arm));
        text.Append(best.Cohort is { } cohort ? $", cohort {Plain(cohort)}" : "").Append(".\n");
        Section("Met", applying.Where(v => v.Verdict == Verdict.Met), v => v.Evidence.Select(e => e.Text));
        Section("Unknown", applying.Where(v => v.Verdict == Verdict.Unknown), v => v.Missing);
        if (notes.Length > 0)
        {
            text.Append("\nOf the record ").AppendJoin("; ", notes.Select(Plain)).Append(".\n");
        }

        return text.ToString();

        void Section(
            string title, IEnumerable<CriterionVerdict> verdicts, Func<CriterionVerdict, IEnumerable<string>> why)
        {
            var all = verdicts.ToList();
            text.Append(FormattableString.Invariant($"\n{title}: {all.Count} of {applying.Count} criteria\n\n"));
            foreach (var verdict in all.Take(MaxCriteria))
            {
                var section = verdict.Criterion.Section == CriterionSection.Inclusion ? "required" : "must not apply";
                var reasons = string.Join("; ", why(verdict));
                text.Append("- ").Append(section).Append(": ").Append(Plain(verdict.Criterion.Text))
                    .Append(reasons.Length == 0 ? "" : " — ").Append(Plain(reasons)).Append('\n');
            }

            text.Append(
                all.Count > MaxCriteria ? FormattableString.Invariant($"- and {all.Count - MaxCriteria} more\n") : "");
        }
    }

    static string Grade(MatchGrade grade) => grade switch
    {
        MatchGrade.Eligible => "Eligible",
        MatchGrade.PossiblyEligible => "Possibly eligible",
        MatchGrade.NotEligible => "Not eligible",
    };

    /// <summary>A text of a page or a record as Markdown that shows it, in one line. Pages escape some characters
    /// themselves.</summary>
    static string Plain(string text) => Special().Replace(
        Escape().Replace(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), ""),
        @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>()#!|~]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\\(?=[<>\[\]*_~])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^NCT\d{8}\z")]
    private static partial Regex RegistryNumber();
}
