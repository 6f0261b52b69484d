using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching;

/// <summary>Dates compared with a <see cref="Window"/> whose anchor is the reference date.</summary>
static class TimeWindow
{
    /// <summary>The day that lies <paramref name="value"/> <paramref name="unit"/> before a day; hours round up to
    /// whole days;
    /// null for a unit that is no time or a span out of the calendar.</summary>
    public static DateOnly? Before(DateOnly day, decimal value, string unit)
    {
        var count = (int)Math.Ceiling(Math.Min(Math.Abs(value), 100_000));
        try
        {
            return unit switch
            {
                "a" => day.AddYears(-count),
                "mo" => day.AddMonths(-count),
                "wk" => day.AddDays(-7 * count),
                "d" => day.AddDays(-count),
                "h" => day.AddDays(-(count + 23) / 24),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether something of that date falls in the window; null where the date is unknown or too
    /// imprecise.</summary>
    public static bool? Contains(Window window, DateRange? date, DateOnly reference) =>
        Contains(window.Direction, date, Before(reference, window.Value, window.Unit));

    /// <summary>The same for many dates.</summary>
    /// <param name="limit">The day that lies the window's time before the reference date; null where there is
    /// none.</param>
    public static bool? Contains(WindowDirection direction, DateRange? date, DateOnly? limit)
    {
        if (date is not { } when || limit is null)
        {
            return null;
        }

        return direction switch
        {
            WindowDirection.Before => when.First >= limit ? true : when.Last < limit ? false : null,
            WindowDirection.MoreThanBefore => when.Last < limit ? true : when.First >= limit ? false : null,
            WindowDirection.After => null,
        };
    }

    /// <summary>The window in words: <c>in the last 4 weeks</c>.</summary>
    public static string Describe(Window window)
    {
        var span = $"{window.Value:0.##} {Word(window.Unit, window.Value)}";
        return window.Direction switch
        {
            WindowDirection.Before => $"in the last {span}",
            WindowDirection.MoreThanBefore => $"more than {span} ago",
            WindowDirection.After => $"in the next {span}",
        };
    }

    static string Word(string unit, decimal value)
    {
        var word =
            unit switch { "a" => "year", "mo" => "month", "wk" => "week", "d" => "day", "h" => "hour", _ => unit };
        return value == 1 ? word : word + "s";
    }
}
