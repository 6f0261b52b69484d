using FhirTrials.Fhir.FhirPath.Values;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary><c>lowBoundary</c>, <c>highBoundary</c> and <c>precision</c> —
/// https://hl7.org/fhirpath/#lowboundaryprecision-integer-decimal--date--datetime--time</summary>
static class Boundaries
{
    /// <summary>Precisions by their number of digits: of dates and dateTimes, and of times.</summary>
    static readonly Dictionary<int, TemporalPrecision> DateDigits = new()
    {
        [4] = TemporalPrecision.Year,
        [6] = TemporalPrecision.Month,
        [8] = TemporalPrecision.Day,
        [10] = TemporalPrecision.Hour,
        [12] = TemporalPrecision.Minute,
        [14] = TemporalPrecision.Second,
        [17] = TemporalPrecision.Millisecond,
    };

    static readonly Dictionary<int, TemporalPrecision> TimeDigits = new()
    {
        [2] = TemporalPrecision.Hour,
        [4] = TemporalPrecision.Minute,
        [6] = TemporalPrecision.Second,
        [9] = TemporalPrecision.Millisecond,
    };

    const int MaxDecimals = 28;

    public static Items Of(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments, bool isHigh)
    {
        var digits = arguments.IsEmpty ? null : Singleton.Integer(arguments[0](scope));
        return Singleton.Value(input) switch
        {
            int number => Decimal(number, digits ?? 8, isHigh),
            decimal number => Decimal(number, digits ?? 8, isHigh),
            SystemQuantity quantity => Decimal(quantity.Value, digits ?? 8, isHigh) is { } value
                ? Items.One(quantity with { Value = value })
                : Items.Empty,
            SystemDate date =>
                DateDigits.TryGetValue(digits ?? 8, out var precision) && precision <= TemporalPrecision.Day
                    ? Items.One(new SystemDate(Bound(date.Start, date.End, precision, isHigh), precision))
                    : Items.Empty,
            SystemDateTime at => DateDigits.TryGetValue(digits ?? 17, out var precision)
                ? Items.One(DateTime(at, precision, isHigh))
                : Items.Empty,
            SystemTime time => TimeDigits.TryGetValue(digits ?? 9, out var precision)
                ? Items.One(Time(time, precision, isHigh))
                : Items.Empty,
            _ => Items.Empty,
        };
    }

    /// <summary>How many digits are given: decimals of a number, digits of a date or time.</summary>
    public static Items Precision(Items input) => Singleton.Value(input) switch
    {
        int => 0,
        decimal number => (int)number.Scale,
        SystemDate date => Digits(DateDigits, date.Precision),
        SystemDateTime at => Digits(DateDigits, at.Precision),
        SystemTime time => Digits(TimeDigits, time.Precision),
        _ => Items.Empty,
    };

    static int Digits(Dictionary<int, TemporalPrecision> table, TemporalPrecision precision) =>
        table.First(p => p.Value == precision).Key;

    /// <summary>Half a unit of the last digit beyond the value, rounded outwards to the digits asked for.</summary>
    static decimal? Decimal(decimal value, int digits, bool isHigh)
    {
        if (digits is < 0 or > MaxDecimals)
        {
            return null;
        }

        try
        {
            var half = new decimal(5, 0, 0, false, (byte)Math.Min(value.Scale + 1, MaxDecimals));
            var bound = isHigh ? value + half : value - half;
            var outwards = isHigh ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity;
            return Math.Round(bound, digits, outwards) + new decimal(0, 0, 0, false, (byte)digits);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    static SystemDateTime DateTime(SystemDateTime at, TemporalPrecision precision, bool isHigh)
    {
        var start = Bound(at.Start, at.End, precision, isHigh);
        return precision <= TemporalPrecision.Day
            ? new(start, precision, null, 0)
            : new(start, precision, at.Offset ?? TimeSpan.FromHours(isHigh ? -12 : 14), Fraction(precision));
    }

    static SystemTime Time(SystemTime time, TemporalPrecision precision, bool isHigh)
    {
        var start = time.OnFirstDay;
        var end = Temporal.End(start, time.Precision);
        return new(Bound(start, end, precision, isHigh).TimeOfDay, precision, Fraction(precision));
    }

    static DateTime Bound(DateTime start, DateTime end, TemporalPrecision precision, bool isHigh) =>
        precision == TemporalPrecision.Millisecond && isHigh
            ? end.AddMilliseconds(-1)
            : Temporal.Truncate(isHigh ? end.AddTicks(-1) : start, precision);

    static int Fraction(TemporalPrecision precision) => precision == TemporalPrecision.Millisecond ? 3 : 0;
}
