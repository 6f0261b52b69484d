using System.Text.RegularExpressions;

namespace FhirTrials.Tests.Chia;

/// <summary>A number that the annotators linked to what is measured.</summary>
sealed record GoldValue(Entity Value, Entity[] Measured, AnnotatedValue Limits, bool IsAge);

/// <summary>A time that looks back: <c>within 4 weeks</c>, <c>in the last year</c>.</summary>
sealed record GoldWindow(Entity Temporal, decimal Days, bool IsLonger);

/// <summary>What the annotations of a document say, in the terms of the score.</summary>
sealed partial class ChiaGold
{
    public ChiaGold(ChiaDocument document)
    {
        Document = document;
        Values = [.. ReadValues(document)];
        Windows = [.. ReadWindows(document)];
        var negations = document.Relations.Where(r => r.Type == "Has_negation").ToList();
        Negated = [.. negations.SelectMany(r => document.Members(r.From)).Where(IsFact).Distinct()];
        var signs = document.Relations.Where(r => r.Type is "Has_value" or "Has_negation")
            .Where(r => document.Entities.TryGetValue(r.To, out var e)
                && (e.Type == "Negation" || NegativeResult().IsMatch(e.Text)));
        var denied = signs.SelectMany(r => document.Members(r.From)).ToHashSet();
        var alike = document.Relations.Where(r => r.Type is "Subsumes" or "OR" or "AND").ToList();
        MayBeNegated =
        [
            .. denied,
            .. denied.Where(e => Treatment().IsMatch(e.Text)).SelectMany(e => OnLineAfter(document, e)),
            .. alike.Where(r => document.Members(r.From).Any(denied.Contains)).SelectMany(r => document.Members(r.To)),
            .. alike.Where(r => r.Type != "Subsumes" && document.Members(r.To).Any(denied.Contains))
                .SelectMany(r => document.Members(r.From)),
            .. document.Entities.Values.Where(e => NegativeResult().IsMatch(e.Text)),
            .. document.Entities.Values.Where(e => Excepted()
                .IsMatch(document.Text[Math.Max(0, e.Hull.Start - 30)..e.Hull.Start])),
        ];
        Facts = [.. document.Entities.Values.Where(IsFact)];
    }

    public ChiaDocument Document { get; }

    public IReadOnlyList<GoldValue> Values { get; }

    public IReadOnlyList<GoldWindow> Windows { get; }

    /// <summary>Conditions, drugs and procedures that are denied.</summary>
    public IReadOnlyList<Entity> Negated { get; }

    /// <summary>All that is denied, with its examples and what is joined to it (the annotators often mark the first of
    /// a list alone), and all whose result is negative or normal.</summary>
    public IReadOnlyList<Entity> MayBeNegated { get; }

    /// <summary>Conditions, drugs and procedures.</summary>
    public IReadOnlyList<Entity> Facts { get; }

    /// <summary>What a denied <c>treatment</c> is with.</summary>
    static IEnumerable<Entity> OnLineAfter(ChiaDocument document, Entity treatment)
    {
        var end = document.Text.IndexOf('\n', treatment.Hull.End);
        return document.Entities.Values.Where(e => e.Type == "Drug" && e.Hull.Start > treatment.Hull.End
            && (end < 0 || e.Hull.End <= end));
    }

    static bool IsFact(Entity entity) => entity.Type is "Condition" or "Drug" or "Procedure";

    static IEnumerable<GoldValue> ReadValues(ChiaDocument document)
    {
        var linked = document.Relations.Where(r => r.Type is "Has_value" or "Has_scope")
            .SelectMany(r => document.Members(r.To).Where(v => v.Type == "Value")
                .Select(v => (Value: v, Measured: document.Members(r.From))))
            .GroupBy(l => l.Value, l => l.Measured);
        foreach (var link in linked)
        {
            var measured = link.SelectMany(m => m).Where(m => m.Type is "Person" or "Measurement" or "Observation")
                .Distinct().ToArray();
            if (measured.Length > 0 && AnnotatedValue.Read(link.Key.Text) is { } limits)
            {
                var isAge = limits.Unit is "a" or "mo" or "" && !OtherUnit().IsMatch(link.Key.Text)
                    && measured.All(m => m.Type == "Person" || Age().IsMatch(m.Text));
                yield return new(link.Key, measured, limits, isAge);
            }
        }
    }

    static IEnumerable<GoldWindow> ReadWindows(ChiaDocument document)
    {
        foreach (var temporal in document.Entities.Values.Where(e => e.Type == "Temporal"
            && LooksBack().IsMatch(e.Text) && !Lasts().IsMatch(e.Text)))
        {
            if (AnnotatedTime.DaysIn(temporal.Text) is { } days)
            {
                yield return new(temporal, days, Longer().IsMatch(temporal.Text));
            }
        }
    }

    /// <summary>What stands before an exception; the annotators do not always mark it.</summary>
    [GeneratedRegex(@"\b(other than|except|except for|excluding|with the exception of)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Excepted();

    [GeneratedRegex(@"^(treatment|therapy|use|administration|exposure)$", RegexOptions.IgnoreCase)]
    private static partial Regex Treatment();

    [GeneratedRegex(@"kg|g/|/l|cm\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherUnit();

    [GeneratedRegex(@"(?<!gestational )\b(age|aged|ages|old)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Age();

    [GeneratedRegex(@"\b(within|last|past|previous|preceding|prior|before|ago|since)\b|^\s*<", RegexOptions.IgnoreCase)]
    private static partial Regex LooksBack();

    /// <summary>How long something lasts, or what comes later: no window.</summary>
    [GeneratedRegex(
        @"\bfor\b|\bstable\b|\bafter\b|\bnext\b|\bduring\b|\bfollowing\b|\bevery\b|\bof (age|birth|delivery|life)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Lasts();

    [GeneratedRegex(@"^\s*(?!no|not)(more than|greater than|at least|over(?! the)|longer|>|≥|=>)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Longer();

    [GeneratedRegex(@"\b(negative|normal|absen\w*|no|not|non|without|never|free)\b|^non", RegexOptions.IgnoreCase)]
    private static partial Regex NegativeResult();
}

/// <summary>The length of time that an annotation names.</summary>
static partial class AnnotatedTime
{
    /// <summary>In days; null where none is named, or more than one.</summary>
    public static decimal? DaysIn(string text)
    {
        var found = Time().Matches(text.ToLowerInvariant());
        return found is [var one] ? Number(one.Groups["n"].Value) * Days(one.Groups["u"].Value) : null;
    }

    public static decimal Days(string unit) => unit switch
    {
        "a" or ['y', ..] => 365,
        "wk" or ['w', ..] => 7,
        "min" => 1m / 1440,
        ['h', ..] => 1m / 24,
        ['m', ..] => 30,
        _ => 1,
    };

    static decimal Number(string text) => Words.IndexOf(text) is >= 0 and var at ? at
        : text.Length == 0 ? 1
        : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static readonly List<string> Words =
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen",
        ];

    [GeneratedRegex(@"(?:(?<n>\d+(?:\.\d+)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        + @"|thirteen|fourteen)\s*(?:\([^)]*\)|or less|or fewer|full|calendar|consecutive)?\s*-?\s*|(?<=past |last "
        + @"|previous |preceding |prior |a |within |the )(?<n>))(?<u>years?|yrs?|months?|mos?\b|weeks?|wks?|days?|hours"
        + @"?|hrs?|h\b|d\b)")]
    private static partial Regex Time();
}
