using System.Globalization;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>What dates, dateTimes and times have in common: a start and a precision.</summary>
static class Temporal
{
    /// <summary>The range of offsets in use; a value without one may have any of them.</summary>
    static readonly TimeSpan Earliest = TimeSpan.FromHours(14);
    static readonly TimeSpan Latest = TimeSpan.FromHours(12);

    /// <summary>The first tick after the period that starts at <paramref name="start"/>.</summary>
    public static DateTime End(DateTime start, TemporalPrecision precision)
    {
        try
        {
            return precision switch
            {
                TemporalPrecision.Year => start.AddYears(1),
                TemporalPrecision.Month => start.AddMonths(1),
                TemporalPrecision.Day => start.AddDays(1),
                TemporalPrecision.Hour => start.AddHours(1),
                TemporalPrecision.Minute => start.AddMinutes(1),
                TemporalPrecision.Second => start.AddSeconds(1),
                TemporalPrecision.Millisecond => start.AddMilliseconds(1),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MaxValue;
        }
    }

    /// <summary>The start of the period of that precision that <paramref name="at"/> lies in.</summary>
    public static DateTime Truncate(DateTime at, TemporalPrecision precision) => precision switch
    {
        TemporalPrecision.Year => new(at.Year, 1, 1),
        TemporalPrecision.Month => new(at.Year, at.Month, 1),
        TemporalPrecision.Day => at.Date,
        TemporalPrecision.Hour => at.Date.AddHours(at.Hour),
        TemporalPrecision.Minute => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute)),
        TemporalPrecision.Second => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)),
        TemporalPrecision.Millisecond => at,
    };

    /// <summary>Compares part by part up to the coarser precision; null where that does not decide —
    /// https://hl7.org/fhirpath/N1/#datetime-comparison</summary>
    public static int? Compare(
        DateTime left, TemporalPrecision leftPrecision, DateTime right, TemporalPrecision rightPrecision)
    {
        var (leftGrain, rightGrain) = (Grain(leftPrecision), Grain(rightPrecision));
        var common = leftGrain < rightGrain ? leftGrain : rightGrain;
        var order = Truncate(left, common).CompareTo(Truncate(right, common));
        return order != 0 || leftGrain == rightGrain ? order : null;
    }

    /// <summary>Compares two periods of which just one has an offset: decided only where every offset of the other
    /// gives the same answer.</summary>
    public static int? CompareUnzoned(SystemDateTime zoned, SystemDateTime unzoned)
    {
        var (start, end) = (Shift(zoned.Start, -zoned.Offset!.Value), Shift(zoned.End, -zoned.Offset.Value));
        return end <= Shift(unzoned.Start, -Earliest) ? -1
            : start >= Shift(unzoned.End, Latest) ? 1
            : null;
    }

    /// <summary>The same instant elsewhere, kept within the calendar.</summary>
    public static DateTime Shift(DateTime at, TimeSpan by)
    {
        var ticks = at.Ticks + by.Ticks;
        return new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
    }

    /// <summary>Adds a time-valued quantity; a value less precise than the quantity's unit takes the quantity converted
    /// to its own precision, without decimals. Null where the result leaves the calendar —
    /// https://hl7.org/fhirpath/N1/#datetime-arithmetic</summary>
    public static DateTime? Add(DateTime start, TemporalPrecision precision, decimal amount, TemporalUnit unit)
    {
        try
        {
            var whole = decimal.Truncate(amount);
            return (precision, unit) switch
            {
                (_, TemporalUnit.Year) => start.AddMonths((int)(whole * 12)),
                (TemporalPrecision.Year, TemporalUnit.Month) => start.AddYears((int)decimal.Truncate(whole / 12)),
                (_, TemporalUnit.Month) => start.AddMonths((int)whole),
                (TemporalPrecision.Year, _) => start.AddYears((int)decimal.Truncate(Days(amount, unit) / 365)),
                (TemporalPrecision.Month, _) => start.AddMonths((int)decimal.Truncate(Days(amount, unit) / 30)),
                (TemporalPrecision.Day, _) => start.AddDays((int)Days(amount, unit)),
                (_, TemporalUnit.Second or TemporalUnit.Millisecond) => start.AddTicks((long)(amount * Ticks(unit))),
                _ => start.AddTicks((long)(whole * Ticks(unit))),
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary><c>hh[:mm[:ss[.fff]]]</c> from <paramref name="at"/> on, which is moved behind it. A leap second counts
    /// as the next minute's first.</summary>
    public static bool TryTimeOfDay(
        ReadOnlySpan<char> text, ref int at, out TimeSpan time, out TemporalPrecision precision, out int fractionDigits)
    {
        (time, precision, fractionDigits) = (default, TemporalPrecision.Hour, 0);
        if (!TryDigits(text, ref at, 2, out var hour) || hour > 23)
        {
            return false;
        }

        time = TimeSpan.FromHours(hour);
        if (!Next(text, ref at, ':'))
        {
            return true;
        }

        precision = TemporalPrecision.Minute;
        if (!TryDigits(text, ref at, 2, out var minute) || minute > 59)
        {
            return false;
        }

        time += TimeSpan.FromMinutes(minute);
        if (!Next(text, ref at, ':'))
        {
            return true;
        }

        precision = TemporalPrecision.Second;
        if (!TryDigits(text, ref at, 2, out var second) || second > 60)
        {
            return false;
        }

        time += TimeSpan.FromSeconds(second);
        if (!Next(text, ref at, '.'))
        {
            return true;
        }

        precision = TemporalPrecision.Millisecond;
        var scale = TimeSpan.TicksPerSecond / 10;
        var start = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, scale /= 10)
        {
            time += TimeSpan.FromTicks((text[at] - '0') * scale);
        }

        fractionDigits = Math.Min(at - start, 7);
        return at > start;
    }

    /// <summary><c>yyyy[-mm[-dd]]</c> from <paramref name="at"/> on, which is moved behind it.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, ref int at, out DateTime start, out TemporalPrecision precision)
    {
        (start, precision) = (default, TemporalPrecision.Year);
        if (!TryDigits(text, ref at, 4, out var year) || year == 0)
        {
            return false;
        }

        var (month, day) = (1, 1);
        if (Next(text, ref at, '-'))
        {
            precision = TemporalPrecision.Month;
            if (!TryDigits(text, ref at, 2, out month) || month is 0 or > 12)
            {
                return false;
            }

            if (Next(text, ref at, '-'))
            {
                precision = TemporalPrecision.Day;
                if (!TryDigits(text, ref at, 2, out day) || day == 0 || day > DateTime.DaysInMonth(year, month))
                {
                    return false;
                }
            }
        }

        start = new(year, month, day);
        return true;
    }

    /// <summary><c>Z</c>, <c>+hh:mm</c> or <c>-hh:mm</c> from <paramref name="at"/> to the end.</summary>
    public static bool TryOffset(ReadOnlySpan<char> text, int at, out TimeSpan offset)
    {
        offset = default;
        if (text[at..] is "Z")
        {
            return true;
        }

        var isMinus = text[at] == '-';
        if ((!isMinus && text[at] != '+')
            || !TimeSpan.TryParseExact(text[(at + 1)..], @"hh\:mm", CultureInfo.InvariantCulture, out offset)
            || offset > Earliest)
        {
            return false;
        }

        offset = isMinus ? -offset : offset;
        return true;
    }

    /// <summary>A value's text of that precision, by the pattern whose prefixes give the coarser ones.</summary>
    public static string Format(DateTime at, TemporalPrecision precision, int fractionDigits) =>
        at.ToString(
            precision switch
            {
                TemporalPrecision.Year => "yyyy",
                TemporalPrecision.Month => "yyyy-MM",
                TemporalPrecision.Day => "yyyy-MM-dd",
                TemporalPrecision.Hour => "yyyy-MM-ddTHH",
                TemporalPrecision.Minute => "yyyy-MM-ddTHH:mm",
                TemporalPrecision.Second => "yyyy-MM-ddTHH:mm:ss",
                TemporalPrecision.Millisecond => "yyyy-MM-ddTHH:mm:ss." + new string('f', fractionDigits),
            },
            CultureInfo.InvariantCulture);

    static decimal Days(decimal amount, TemporalUnit unit) => decimal.Truncate(
        unit is TemporalUnit.Second or TemporalUnit.Millisecond
            ? amount * Ticks(unit) / TimeSpan.TicksPerDay
            : decimal.Truncate(amount) * Ticks(unit) / TimeSpan.TicksPerDay);

    static decimal Ticks(TemporalUnit unit) => unit switch
    {
        TemporalUnit.Year => 365 * TimeSpan.TicksPerDay,
        TemporalUnit.Month => 30 * TimeSpan.TicksPerDay,
        TemporalUnit.Week => 7 * TimeSpan.TicksPerDay,
        TemporalUnit.Day => TimeSpan.TicksPerDay,
        TemporalUnit.Hour => TimeSpan.TicksPerHour,
        TemporalUnit.Minute => TimeSpan.TicksPerMinute,
        TemporalUnit.Second => TimeSpan.TicksPerSecond,
        TemporalUnit.Millisecond => TimeSpan.TicksPerMillisecond,
    };

    static TemporalPrecision Grain(TemporalPrecision precision) =>
        precision == TemporalPrecision.Second ? TemporalPrecision.Millisecond : precision;

    static bool TryDigits(ReadOnlySpan<char> text, ref int at, int count, out int value)
    {
        value = 0;
        if (text.Length - at < count)
        {
            return false;
        }

        for (var end = at + count; at < end; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                return false;
            }

            value = (value * 10) + (text[at] - '0');
        }

        return true;
    }

    static bool Next(ReadOnlySpan<char> text, ref int at, char c)
    {
        if (at >= text.Length || text[at] != c)
        {
            return false;
        }

        at++;
        return true;
    }
}
