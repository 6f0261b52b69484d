using System.Collections.Immutable;
using System.Globalization;

namespace FhirTrials.Trials.Matching;

/// <summary>A number in a record with its unit; with <c>&lt;</c> or <c>&gt;</c> only a bound of it is known.</summary>
/// <param name="Low">The least it can be; null where unbounded.</param>
/// <param name="High">The most it can be; null where unbounded.</param>
/// <param name="LowIncluded">Whether it can be <paramref name="Low"/> itself.</param>
/// <param name="HighIncluded">Whether it can be <paramref name="High"/> itself.</param>
public readonly record struct Magnitude(decimal? Low, bool LowIncluded, decimal? High, bool HighIncluded)
{
    /// <param name="comparator">FHIR's quantity comparator: <c>&lt; &lt;= &gt;= &gt;</c>, or null for the value
    /// itself.</param>
    public static Magnitude Of(decimal value, string? comparator) => comparator switch
    {
        "<" => new(null, false, value, false),
        "<=" => new(null, false, value, true),
        ">" => new(value, false, null, false),
        ">=" => new(value, true, null, false),
        _ => new(value, true, value, true),
    };

    /// <summary>Whether it is at least (or, exclusive, above) a limit; null where the bounds do not tell.</summary>
    public bool? IsAbove(decimal limit, bool inclusive) =>
        Low is { } low && (low > limit || (low == limit && (inclusive || !LowIncluded))) ? true
        : High is { } high && (high < limit || (high == limit && !(inclusive && HighIncluded))) ? false
        : null;

    /// <summary>Whether it is at most (or, exclusive, below) a limit; null where the bounds do not tell.</summary>
    public bool? IsBelow(decimal limit, bool inclusive) => !IsAbove(limit, !inclusive);

    /// <summary>The same with both bounds converted.</summary>
    public Magnitude Select(Func<decimal, decimal> convert) =>
        new(Low is { } low ? convert(low) : null, LowIncluded, High is { } high ? convert(high) : null, HighIncluded);
}

/// <summary>A measured value: an Observation, or one component of it.</summary>
/// <param name="Unit">UCUM code, or the unit as written; null for scores and other bare numbers.</param>
/// <param name="ReferenceLow">The lower limit of normal, in <paramref name="Unit"/>.</param>
/// <param name="ReferenceHigh">The upper limit of normal, in <paramref name="Unit"/>.</param>
public sealed record PatientResult(
    string Reference,
    string Label,
    ImmutableArray<string> Concepts,
    bool ByText,
    Magnitude Value,
    string? Unit,
    decimal? ReferenceLow,
    decimal? ReferenceHigh,
    DateRange When)
{
    /// <summary>The result as evidence: <c>Hemoglobin 9.4 g/dL on 2026-11-16</c>.</summary>
    public Evidence Evidence =>
        new(Reference, $"{Label} {Number} {Unit} on {When}".Replace("  ", " ", StringComparison.Ordinal)
            + (ByText ? " [by its text]" : ""));

    string Number => Value switch
    {
        { Low: { } low, High: { } high } when low == high => low.ToString(CultureInfo.InvariantCulture),
        { Low: null, High: { } high } =>
            (Value.HighIncluded ? "<=" : "<") + high.ToString(CultureInfo.InvariantCulture),
        { Low: { } low } => (Value.LowIncluded ? ">=" : ">") + low.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}
