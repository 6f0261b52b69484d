using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>A date and time with its precision, and its offset from UTC if it has one.</summary>
/// <param name="Start">The first moment of the period in its own offset's time.</param>
/// <param name="FractionDigits">How many digits of a second's fraction were given.</param>
public sealed record SystemDateTime(DateTime Start, TemporalPrecision Precision, TimeSpan? Offset, int FractionDigits)
{
    /// <summary>The first moment after the period.</summary>
    public DateTime End => Temporal.End(Start, Precision);

    public static SystemDateTime Of(DateTimeOffset at) =>
        new(
            new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond)), TemporalPrecision.Millisecond,
            at.Offset, 3);

    /// <summary>Reads <c>yyyy[-mm[-dd[Thh[:mm[:ss[.fff]]][Z|±hh:mm]]]]</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SystemDateTime? dateTime)
    {
        dateTime = null;
        var at = 0;
        if (!Temporal.TryDate(text, ref at, out var start, out var precision))
        {
            return false;
        }

        if (at == text.Length)
        {
            dateTime = new(start, precision, null, 0);
            return true;
        }

        if (precision != TemporalPrecision.Day || text[at++] != 'T'
            || !Temporal.TryTimeOfDay(text, ref at, out var time, out precision, out var digits))
        {
            return false;
        }

        var offset = default(TimeSpan);
        if (at < text.Length && !Temporal.TryOffset(text, at, out offset))
        {
            return false;
        }

        dateTime = new(Temporal.Shift(start, time), precision, at < text.Length ? offset : null, digits);
        return true;
    }

    /// <summary>The order of two; null where precision or a missing offset leaves it open.</summary>
    public static int? Compare(SystemDateTime left, SystemDateTime right) => (left.Offset, right.Offset) switch
    {
        (null, null) => Temporal.Compare(left.Start, left.Precision, right.Start, right.Precision),
        ({ } l, { } r) => Temporal.Compare(
            Temporal.Shift(left.Start, -l), left.Precision, Temporal.Shift(right.Start, -r), right.Precision),
        (not null, null) => Temporal.CompareUnzoned(left, right),
        (null, not null) => -Temporal.CompareUnzoned(right, left),
    };

    public override string ToString() => Temporal.Format(Start, Precision, FractionDigits) + Offset switch
    {
        null => "",
        { Ticks: 0 } => "Z",
        { Ticks: < 0 } o => o.ToString(@"\-hh\:mm", CultureInfo.InvariantCulture),
        { } o => o.ToString(@"\+hh\:mm", CultureInfo.InvariantCulture),
    };
}
