using FhirTrials.Fhir.FhirPath.Operators;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Terminology;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Smallest and largest value, longest text, and the regular expression of a profile —
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_</summary>
/// <remarks>Only what is certainly outside is an error: 2024 may be before or after 2024-06.</remarks>
static class Limits
{
    public static void Check(Walk walk, Element element, ElementDefinition definition)
    {
        if (definition.MaxLength is { } longest && element.Value is { } text && LengthOf(text) > longest)
        {
            walk.Error(
                IssueCode.TooLong,
                "maxLength",
                $"{definition.Path} has {LengthOf(text)} characters but at most {longest} are allowed.");
        }

        if (definition.Regex is { } pattern && element.Value is { } literal)
        {
            CheckRegex(walk, definition, pattern, literal);
        }

        if (definition.MinValue is { } smallest)
        {
            CheckBound(walk, element, definition, smallest, isMinimum: true);
        }

        if (definition.MaxValue is { } largest)
        {
            CheckBound(walk, element, definition, largest, isMinimum: false);
        }
    }

    static void CheckRegex(Walk walk, ElementDefinition definition, string pattern, string literal)
    {
        walk.Spend(literal.Length / 8);
        if (walk.Plans.RegexOf(pattern) is not { } regex)
        {
            if (walk.FirstTime(pattern))
            {
                walk.Warning(
                    IssueCode.NotSupported,
                    "regex",
                    $"{definition.Path} has a regular expression that is not supported here: not checked.");
            }
        }
        else if (!regex.IsMatch(literal))
        {
            walk.Error(IssueCode.Value, "regex", $"{definition.Path} must match the regular expression {pattern}.");
        }
    }

    static void CheckBound(Walk walk, Element element, ElementDefinition definition, Element limit, bool isMinimum)
    {
        var key = isMinimum ? "minValue" : "maxValue";
        var (order, isComparable) = Compare(walk, element, limit, isMinimum);
        if (!isComparable)
        {
            walk.Warning(
                IssueCode.Value, key,
                $"{definition.Path} cannot be compared with {Describe(limit)}: use a unit that can.");
        }
        else if (isMinimum ? IsBelow(element, order) : IsAbove(element, order))
        {
            var side = isMinimum ? "less" : "greater";
            walk.Error(IssueCode.Value, key, $"{definition.Path} must not be {side} than {Describe(limit)}.");
        }
    }

    // What is 'less than 5' is certainly below 5, whatever it is; of what is 'more than 5' that is not known.
    static bool IsBelow(Element element, int? order) => element.ValueOf("comparator") switch
    {
        "<" => order <= 0,
        ">" or ">=" => false,
        _ => order < 0,
    };

    static bool IsAbove(Element element, int? order) => element.ValueOf("comparator") switch
    {
        ">" => order >= 0,
        "<" or "<=" => false,
        _ => order > 0,
    };

    /// <summary>How a value is ordered with its limit: null where precision leaves that open. Not comparable are units
    /// of different kinds.</summary>
    static (int? Order, bool IsComparable) Compare(Walk walk, Element element, Element limit, bool isMinimum)
    {
        if (element.Type.IsQuantity && limit.Type.IsQuantity)
        {
            return CompareQuantities(element, limit);
        }

        if (SystemValue.Of(element) is not { } value)
        {
            return (null, true);
        }

        var bound = limit.Type.IsQuantity ? RelativeToNow(walk.Now, limit, isMinimum) : SystemValue.Of(limit);
        return (bound is null ? null : OrderOf(value, bound), true);
    }

    static int? OrderOf(object value, object bound) => (value, bound) switch
    {
        (int or decimal, int or decimal) => Comparison.Compare(value, bound),
        _ => Comparison.TryTemporal(value, bound, out var order) ? order : null,
    };

    /// <summary>A date's limit may be a duration: so long before now at the
    /// earliest, after now at the latest.</summary>
    static SystemDateTime? RelativeToNow(DateTimeOffset now, Element duration, bool isMinimum) =>
        SystemValue.Of(duration) is SystemQuantity length && UnitOf(length) is { } unit
        && Temporal.Add(
            now.UtcDateTime, TemporalPrecision.Millisecond, isMinimum ? -length.Value : length.Value, unit) is { } at
            ? SystemDateTime.Of(new DateTimeOffset(at, TimeSpan.Zero))
            : null;

    static TemporalUnit? UnitOf(SystemQuantity length) => length.Unit switch
    {
        "a" => TemporalUnit.Year,
        "mo" => TemporalUnit.Month,
        _ => length.Duration,
    };

    static (int? Order, bool IsComparable) CompareQuantities(Element left, Element right)
    {
        if (Number(left) is not { } value || Number(right) is not { } limit)
        {
            return (null, true);
        }

        var (code, unit) = (left.ValueOf("code"), right.ValueOf("code"));
        var system = left.ValueOf("system");
        if (system != right.ValueOf("system"))
        {
            return (null, false);
        }

        var order = code == unit ? value.CompareTo(limit)
            : system == CodeSyntax.Ucum && code is not null && unit is not null
            ? Units.Compare(value, code, limit, unit)
            : null;
        return (order, order is not null);
    }

    static decimal? Number(Element quantity) =>
        quantity.Child("value") is { } value && SystemValue.Of(value) is decimal number ? number : null;

    static string Describe(Element limit) =>
        limit.Value ?? $"{limit.ValueOf("value")} {limit.ValueOf("unit") ?? limit.ValueOf("code")}".TrimEnd();

    static int LengthOf(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        return length;
    }
}
