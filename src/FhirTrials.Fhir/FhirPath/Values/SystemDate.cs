using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>A date with its precision: <c>2024-03</c> is a month, not its first day.</summary>
/// <param name="Start">The first moment of the period; midnight.</param>
/// <param name="Precision">Year, month or day.</param>
public sealed record SystemDate(DateTime Start, TemporalPrecision Precision)
{
    /// <summary>The first moment after the period.</summary>
    public DateTime End => Temporal.End(Start, Precision);

    /// <summary>Reads <c>yyyy[-mm[-dd]]</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SystemDate? date)
    {
        var at = 0;
        date = Temporal.TryDate(text, ref at, out var start, out var precision) && at == text.Length
            ? new(start, precision)
            : null;
        return date is not null;
    }

    public SystemDateTime ToDateTime() => new(Start, Precision, null, 0);

    public override string ToString() => Temporal.Format(Start, Precision, 0);
}
