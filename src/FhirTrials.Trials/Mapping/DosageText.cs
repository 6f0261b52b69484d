using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Mapping;

/// <summary>Reads dose, route and timing from a description, only as far as it states them: what could
/// be read in two ways (two routes, several regimens, a range of doses) is left to the text, which
/// every dosage carries whole.</summary>
static partial class DosageText
{
    /// <summary>No description of one arm or drug is longer; each dose is looked at with what is before it.</summary>
    const int MaxLength = 10_000;

    static readonly (Regex Words, string Code, string Display)[] Routes =
    [
        (Intravenous(), "47625008", "Intravenous route"),
        (Subcutaneous(), "34206005", "Subcutaneous route"),
        (Oral(), "26643006", "Oral route"),
    ];

    /// <summary>A dosage for each dose of a sequence, or one without a dose; none
    /// where the text states nothing.</summary>
    public static IReadOnlyList<ObjectNode> Read(string? text)
    {
        if (text is null || text.Length > MaxLength || ListItem().IsMatch(text))
        {
            return [];
        }

        var doses = Doses(text);
        var route = Route(text);
        var timing = doses.Count < 2 ? Timing(text) : null;
        if (doses.Count == 0 && route is null && timing is null)
        {
            return [];
        }

        return doses.Count < 2
            ? [Dosage(null, text, timing, route, doses.FirstOrDefault())]
            : [.. doses.Select((dose, index) => Dosage(index + 1, text, null, route, dose))];
    }

    static ObjectNode Dosage(int? sequence, string text, Node? timing, Node? route, ObjectNode? dose) =>
        FhirNode.Object(
            ("sequence", FhirNode.Integer(sequence)),
            ("text", text),
            ("timing", timing),
            ("route", route),
            ("doseAndRate", FhirNode.Array(dose)))!;

    static ObjectNode? Route(string text)
    {
        var found = Routes.Where(route => route.Words.IsMatch(text)).ToList();
        return found is [var only] ? FhirNode.Concept([FhirNode.Coding(Canonicals.Snomed, only.Code, only.Display)])
            : null;
    }

    /// <summary>The doses in order; none where one is a range or limit, or where several
    /// are not clearly steps of one.</summary>
    static List<ObjectNode> Doses(string text)
    {
        var matches = Dose().Matches(text).ToList();
        if (matches.Any(m => IsLimit(text, m)) || !AreSteps(text, matches))
        {
            return [];
        }

        return [.. matches.Select(AsDoseAndRate)];
    }

    static bool IsLimit(string text, Match dose)
    {
        var before = text.AsSpan(0, dose.Index).TrimEnd();
        return LimitBefore().IsMatch(before) || RangeAfter().IsMatch(text.AsSpan(dose.Index + dose.Length));
    }

    static bool AreSteps(string text, List<Match> doses) => doses.Zip(doses.Skip(1)).All(pair =>
        pair.First.Groups["unit"].Value == pair.Second.Groups["unit"].Value
        && Step().IsMatch(text.AsSpan(pair.First.Index, pair.Second.Index - pair.First.Index)));

    static ObjectNode AsDoseAndRate(Match dose)
    {
        var unit = dose.Groups["unit"].Value.Replace(" ", "", StringComparison.Ordinal);
        var parts = unit.Split('/');
        var ucum = string.Join('/', parts.Select(UcumOf));
        var value = new NumberNode(dose.Groups["value"].Value);
        var isRate = UcumOf(parts[^1]) is "d" or "h" or "wk";
        return FhirNode.Object((isRate ? "rateQuantity" : "doseQuantity", FhirNode.Quantity(value, unit, ucum)))!;
    }

    static string UcumOf(string unit) => unit switch
    {
        "μg" or "µg" or "mcg" or "ug" => "ug",
        "m²" or "m2" or "m^2" => "m2",
        "day" or "d" => "d",
        "hour" or "hr" or "h" => "h",
        "week" or "wk" => "wk",
        _ => unit,
    };

    /// <summary>How long it is given, and how often that repeats, where the text says each once. A cycle of which the
    /// text does not say for how long of it the drug is given (injections in 35-day cycles) is no frequency.</summary>
    static ObjectNode? Timing(string text)
    {
        var duration = Once(Duration(), text) ?? Once(DayRange(), text);
        var cycle = duration is null ? null : Once(CycleLength(), text) ?? Once(Every(), text);
        return FhirNode.Object(("repeat", FhirNode.Object(
            ("duration", duration?.Count),
            ("durationUnit", duration?.Unit),
            ("frequency", cycle is null ? null : 1),
            ("period", cycle?.Count),
            ("periodUnit", cycle?.Unit))));
    }

    static (Node Count, string Unit)? Once(Regex regex, string text)
    {
        if (regex.Matches(text) is not [var match])
        {
            return null;
        }

        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return (count, match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "week" => "wk",
            "month" => "mo",
            _ => "d",
        });
    }

    [GeneratedRegex(@"^\s*(\*|-|[0-9]+\.)\s", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ListItem();

    [GeneratedRegex(@"\bintravenous(ly)?\b|\bIV\b|\bCIVI?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Intravenous();

    [GeneratedRegex(@"\bsubcutaneous(ly)?\b|\bSC\b|\bSQ\b|\bunder the skin\b", RegexOptions.CultureInvariant)]
    private static partial Regex Subcutaneous();

    [GeneratedRegex(@"\b[Oo]rally\b|\bby mouth\b|\bPO\b", RegexOptions.CultureInvariant)]
    private static partial Regex Oral();

    [GeneratedRegex(
        @"(?<![0-9.,/])(?<value>[0-9]{1,6}(\.[0-9]{1,4})?)\s?(?<unit>(μg|µg|mcg|ug|mg|g)(\s?/\s?(m²|m2|m\^2|"
            + @"kg))?(\s?/\s?(day|d|hour|hr|h|week|wk))?)(?![A-Za-z0-9/²])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Dose();

    [GeneratedRegex(
        @"((?<!(increased|escalated|reduced|decreased) )\bto|\bor|\bup to|\bmaximum( of)?|\band|[-–—≥≤<>~±/])$",
        RegexOptions.CultureInvariant)]
    private static partial Regex LimitBefore();

    [GeneratedRegex(@"^\s?(to|or|-|–|±)\s?[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex RangeAfter();

    [GeneratedRegex(@"\b(increased|escalated|reduced|decreased|followed by|then)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Step();

    [GeneratedRegex(@"\bover (?<count>[0-9]{1,3}) (?<unit>day|week)s?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b(?<unit>day)s 1\s?[-–]\s?(?<count>[0-9]{1,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex DayRange();

    [GeneratedRegex(
        @"\b(?<count>[0-9]{1,3})-(?<unit>day|week)( \([^)]{1,20}\))?( treatment)? cycles?\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex CycleLength();

    [GeneratedRegex(@"\bevery (?<count>[0-9]{1,3}) (?<unit>day|week|month)s\b", RegexOptions.CultureInvariant)]
    private static partial Regex Every();
}
