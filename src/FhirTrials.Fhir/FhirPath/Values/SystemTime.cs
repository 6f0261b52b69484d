using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>A time of day with its precision.</summary>
/// <param name="Start">Since midnight.</param>
/// <param name="Precision">Hour, minute, second or millisecond.</param>
/// <param name="FractionDigits">How many digits of a second's fraction were given.</param>
public sealed record SystemTime(TimeSpan Start, TemporalPrecision Precision, int FractionDigits)
{
    /// <summary>Reads <c>hh[:mm[:ss[.fff]]]</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SystemTime? time)
    {
        var at = 0;
        time = Temporal.TryTimeOfDay(text, ref at, out var start, out var precision, out var digits)
            && at == text.Length
            ? new(start, precision, digits)
            : null;
        return time is not null;
    }

    public static int? Compare(SystemTime left, SystemTime right) =>
        Temporal.Compare(left.OnFirstDay, left.Precision, right.OnFirstDay, right.Precision);

    internal DateTime OnFirstDay => DateTime.MinValue + Start;

    public override string ToString() => Temporal.Format(OnFirstDay, Precision, FractionDigits)["yyyy-MM-ddT".Length..];
}
