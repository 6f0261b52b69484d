using System.Globalization;

namespace FhirTrials.Trials.Matching;

/// <summary>The days that a FHIR date, dateTime or Period may mean: <c>2026-03</c> is any day of March.</summary>
/// <param name="First">The earliest possible day.</param>
/// <param name="Last">The latest possible day.</param>
public readonly record struct DateRange(DateOnly First, DateOnly Last)
{
    /// <summary>Reads <c>YYYY</c>, <c>YYYY-MM</c>, <c>YYYY-MM-DD</c> or a dateTime, whose local day counts; null for
    /// anything else.</summary>
    public static DateRange? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var date = text.Length > 10 ? text.AsSpan(0, 10) : text;
        var pattern = date.Length switch { 4 => "yyyy", 7 => "yyyy-MM", 10 => "yyyy-MM-dd", _ => null };
        if (pattern is null
            || !DateOnly.TryParseExact(date, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return null;
        }

        var last = date.Length switch { 4 => LastOfYear(first), 7 => LastOfMonth(first), _ => first };
        return new DateRange(first, last);
    }

    /// <summary>The day or the range, in ISO form.</summary>
    public override string ToString() =>
        First == Last ? Iso(First)
        : First.Day == 1 && Last == LastOfMonth(First) ? Iso(First)[..7]
        : $"{Iso(First)} to {Iso(Last)}";

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static DateOnly LastOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    static DateOnly LastOfYear(DateOnly day) => new(day.Year, 12, 31);
}
