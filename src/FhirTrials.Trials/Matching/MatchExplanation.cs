using System.Collections.Immutable;
using System.Globalization;

namespace FhirTrials.Trials.Matching;

/// <summary>A match in plain words, for people.</summary>
public static class MatchExplanation
{
    const int Shown = 5;

    /// <summary>The grade in words.</summary>
    public static string Of(MatchGrade grade) => grade switch
    {
        MatchGrade.Eligible => "eligible",
        MatchGrade.PossiblyEligible => "possibly eligible",
        MatchGrade.NotEligible => "not eligible",
    };

    /// <summary>The verdict in words.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.NotMet => "not met",
        Verdict.Unknown => "unknown",
    };

    /// <summary>Two or three sentences: the grade, the arm it is for, and what decides it or is missing.</summary>
    public static string Of(StudyMatch match)
    {
        var best = match.Best;
        var applying = best.Verdicts.Where(v => v.Applies).ToImmutableArray();
        var met = applying.Count(v => v.Verdict == Verdict.Met);
        var place = best.Cohort is { } cohort ? $"{best.Arm}, cohort {cohort}" : best.Arm;
        return match.Grade switch
        {
            MatchGrade.Eligible => Invariant($"Eligible for {place}: all {applying.Length} criteria are met."),
            MatchGrade.PossiblyEligible => Invariant(
                $"Possibly eligible for {place}: {met} of {applying.Length} criteria are met, none is failed, ")
                + Invariant($"{best.Unknown} are unknown. ")
                + $"To decide: {Sample([.. applying.SelectMany(v => v.Missing).Distinct()])}.",
            MatchGrade.NotEligible => Invariant($"Not eligible: {Sample(Reasons(match))}."),
        };
    }

    /// <summary>Why not: the failed criteria of the best arm.</summary>
    static ImmutableArray<string> Reasons(StudyMatch match) =>
        [.. match.Best.Verdicts.Where(v => v is { Applies: true, Verdict: Verdict.NotMet }).Select(v =>
            v.Evidence.IsEmpty ? Short(v.Criterion.Text) : $"{Short(v.Criterion.Text)} ({v.Evidence[0].Text})")];

    static string Sample(ImmutableArray<string> items) =>
        string.Join("; ", items.Take(Shown))
        + (items.Length > Shown ? Invariant($"; and {items.Length - Shown} more") : "");

    static string Short(string text) => text.Length <= 120 ? text : text[..117] + "...";

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
