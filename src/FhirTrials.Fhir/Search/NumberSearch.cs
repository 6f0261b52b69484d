using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>Bounds of a number, both included; open ends are the greatest doubles.</summary>
public readonly record struct NumberRange(double Low, double High)
{
    public static NumberRange Of(double value) => new(value, value);
}

public sealed record NumberEntry(string Index, int Group, NumberRange Range) : IndexEntry(Index, Group);

/// <summary>A number with its prefix. <c>eq</c>, <c>ne</c> and <c>ap</c> compare with [<paramref name="Low"/>,
/// <paramref name="High"/>), which the written precision gives; the other prefixes with
/// <paramref name="Exact"/>.</summary>
public sealed record NumberValue(SearchPrefix Prefix, double Exact, double Low, double High) : SearchValue
{
    /// <summary>The same search in another unit.</summary>
    public NumberValue Scale(Func<double, double> convert) => new(Prefix, convert(Exact), convert(Low), convert(High));
}

/// <summary>Number parameters — https://hl7.org/fhir/R4/search.html#number</summary>
static class NumberSearch
{
    static readonly SearchValues<char> Characters = SearchValues.Create("+-.0123456789eE");

    public static IEnumerable<IndexEntry> Extract(string index, int group, object item) => item switch
    {
        Element { Type.IsPrimitive: true, Value: { } text } when TryParseDouble(text, out var number) =>
            [new NumberEntry(index, group, NumberRange.Of(number))],
        Element { Type.Name: "Range" } range =>
            RangeOf(range) is { } bounds ? [new NumberEntry(index, group, bounds)] : [],
        _ => [],
    };

    /// <summary>The bounds of a Range; null where it has none.</summary>
    public static NumberRange? RangeOf(Element range)
    {
        var low = ValueOf(range.At("low", "value"));
        var high = ValueOf(range.At("high", "value"));
        return low is null && high is null ? null : new(low ?? double.MinValue, high ?? double.MaxValue);
    }

    public static double? ValueOf(Element? number) =>
        number?.Value is { } text && TryParseDouble(text, out var value) ? value : null;

    static bool TryParseDouble(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryParse(string text, [NotNullWhen(true)] out NumberValue? value)
    {
        value = null;
        var (prefix, digits) = SearchText.TakePrefix(text);
        if (digits.Length is 0 or > 40 || digits.AsSpan().ContainsAnyExcept(Characters)
            || !TryParseDouble(digits, out var exact))
        {
            return false;
        }

        var margin = prefix == SearchPrefix.Ap ? Math.Max(Math.Abs(exact) / 10, Margin(digits)) : Margin(digits);
        value = new(prefix, exact, Bound(exact, -margin), Bound(exact, margin));
        return double.IsFinite(value.Low) && double.IsFinite(value.High);
    }

    /// <summary>Half of the last written digit. Of a number with an exponent a twentieth, as in the specification's
    /// example (1e2 is 95 to 105).</summary>
    static double Margin(string digits)
    {
        var exponentAt = digits.IndexOfAny(['e', 'E']);
        var mantissa = exponentAt < 0 ? digits : digits[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : ExponentOf(digits.AsSpan(exponentAt + 1));
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        return (exponentAt < 0 ? 0.5 : 0.05) * Math.Pow(10, exponent - decimals);
    }

    /// <summary>Not a number where it is beyond all reason.</summary>
    static double ExponentOf(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? exponent
            : double.NaN;

    /// <summary>Added in decimals where they reach, so that 5.4 ± 0.05 ends at 5.45 and not beside it.</summary>
    static double Bound(double exact, double margin) =>
        Math.Abs(exact) < 1e15 && Math.Abs(margin) > 1e-12
            ? (double)((decimal)exact + (decimal)margin)
            : exact + margin;
}
