using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>A half-open range of time in UTC ticks: what a date of any precision stands for.</summary>
/// <param name="Start">First tick; <see cref="Earliest"/> where open.</param>
/// <param name="End">First tick after; <see cref="Latest"/> where open.</param>
public readonly partial record struct DateRange(long Start, long End)
{
    public const long Earliest = 0;

    /// <summary>One tick after the last moment of the year 9999.</summary>
    public const long Latest = 3155378976000000000;

    /// <summary>Parses a FHIR date, dateTime or instant (minutes suffice, as in
    /// searches). Without a zone it is UTC.</summary>
    public static bool TryParse(string text, out DateRange range)
    {
        range = default;
        var match = Pattern().Match(text);
        if (!match.Success || !Number(match, "y", 1, 1, 9999, out var year)
            || !Number(match, "mo", 1, 1, 12, out var month)
            || !Number(match, "d", 1, 1, DateTime.DaysInMonth(year, month), out var day)
            || !Number(match, "h", 0, 0, 23, out var hour) || !Number(match, "mi", 0, 0, 59, out var minute)
            || !Number(match, "s", 0, 0, 60, out var second) || !Offset(match.Groups["z"].Value, out var offset))
        {
            return false;
        }

        // A leap second has no place in a tick count: it counts as the second before it.
        var start = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks - offset;
        var (fraction, unit) = Fraction(match.Groups["f"].Value);
        var end = match switch
        {
            _ when match.Groups["s"].Success => start + fraction + unit,
            _ when match.Groups["h"].Success => start + TimeSpan.TicksPerMinute,
            _ when match.Groups["d"].Success => start + TimeSpan.TicksPerDay,
            _ when match.Groups["mo"].Success => start + (TimeSpan.TicksPerDay * DateTime.DaysInMonth(year, month)),
            _ => start + (TimeSpan.TicksPerDay * (DateTime.IsLeapYear(year) ? 366 : 365)),
        };
        range = new(Math.Clamp(start + fraction, Earliest, Latest - 1), Math.Clamp(end, Earliest + 1, Latest));
        return true;
    }

    static bool Number(Match match, string group, int missing, int min, int max, out int value)
    {
        value = missing;
        return !match.Groups[group].Success
            || (int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value >= min && value <= max);
    }

    static bool Offset(string zone, out long ticks)
    {
        ticks = 0;
        if (zone is "" or "Z")
        {
            return true;
        }

        var hours = ((zone[1] - '0') * 10) + zone[2] - '0';
        var minutes = ((zone[4] - '0') * 10) + zone[5] - '0';
        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (zone[0] == '-' ? -1 : 1);
        return hours <= 14 && minutes <= 59;
    }

    /// <summary>The fraction of a second in ticks, and the length of its last digit (a tick at least).</summary>
    static (long Ticks, long Unit) Fraction(string digits)
    {
        var (ticks, unit) = (0L, TimeSpan.TicksPerSecond);
        foreach (var digit in digits.AsSpan(0, Math.Min(digits.Length, 7)))
        {
            unit /= 10;
            ticks += (digit - '0') * unit;
        }

        return (ticks, unit);
    }

    [GeneratedRegex("""
        ^(?<y>[0-9]{4})(-(?<mo>[0-9]{2})(-(?<d>[0-9]{2})
        (T(?<h>[0-9]{2}):(?<mi>[0-9]{2})(:(?<s>[0-9]{2})(\.(?<f>[0-9]{1,20}))?)?
        (?<z>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?\z
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();
}

public sealed record DateEntry(string Index, int Group, DateRange Range) : IndexEntry(Index, Group);

/// <summary>A date with its prefix. With T the resource's range and V this one: <c>eq</c> V contains T;
/// <c>ne</c> it does not; <c>gt</c> T ends after V; <c>lt</c> T starts before V; <c>ge</c>, <c>le</c> those
/// or <c>eq</c>; <c>sa</c> T starts after V's end; <c>eb</c> T ends before V; <c>ap</c> T overlaps V, which
/// is widened when it is read.</summary>
public sealed record DateValue(SearchPrefix Prefix, DateRange Range) : SearchValue;

/// <summary>Date parameters — https://hl7.org/fhir/R4/search.html#date</summary>
static class DateSearch
{
    public static IEnumerable<IndexEntry> Extract(string index, int group, object item) =>
        item is Element element && RangeOf(element) is { } range ? [new DateEntry(index, group, range)] : [];

    static DateRange? RangeOf(Element element) => element.Type.Name switch
    {
        "date" or "dateTime" or "instant" => Parse(element.Value),
        "Period" => PeriodOf(Parse(element.ValueOf("start")), Parse(element.ValueOf("end"))),
        "Timing" => Hull([.. element["event"].Select(e => Parse(e.Value)),
            .. element["repeat"].SelectMany(r => r["bounds"]).Where(b => b.Type.Name == "Period").Select(RangeOf)]),
        _ => null,
    };

    static DateRange? Parse(string? text) => text is not null && DateRange.TryParse(text, out var range) ? range : null;

    static DateRange? PeriodOf(DateRange? start, DateRange? end) =>
        start is null && end is null ? null : new(start?.Start ?? DateRange.Earliest, end?.End ?? DateRange.Latest);

    static DateRange? Hull(IEnumerable<DateRange?> ranges)
    {
        var known = ranges.OfType<DateRange>().ToList();
        return known.Count == 0 ? null : new(known.Min(r => r.Start), known.Max(r => r.End));
    }

    public static bool TryParse(string text, DateTimeOffset now, [NotNullWhen(true)] out SearchValue? value)
    {
        var (prefix, rest) = SearchText.TakePrefix(text);
        value = DateRange.TryParse(rest, out var range)
            ? new DateValue(prefix, prefix == SearchPrefix.Ap ? Widen(range, now.UtcTicks) : range)
            : null;
        return value is not null;
    }

    /// <summary>Approximate: by a tenth of the distance from now, as the specification recommends.</summary>
    static DateRange Widen(DateRange range, long now)
    {
        var tenth = Math.Max(Math.Abs(now - range.Start), Math.Abs(now - range.End)) / 10;
        return new(Math.Max(DateRange.Earliest, range.Start - tenth), Math.Min(DateRange.Latest, range.End + tenth));
    }
}
