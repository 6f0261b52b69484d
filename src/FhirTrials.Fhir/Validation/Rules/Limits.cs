using System.Globalization;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Smallest and largest value, and longest text —
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_</summary>
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

        if (definition.MinValue is { } smallest && Compare(element, smallest) < 0)
        {
            walk.Error(IssueCode.Value, "minValue", $"{definition.Path} must not be less than {Describe(smallest)}.");
        }

        if (definition.MaxValue is { } largest && Compare(element, largest) > 0)
        {
            walk.Error(IssueCode.Value, "maxValue", $"{definition.Path} must not be greater than {Describe(largest)}.");
        }
    }

    /// <summary>How two values of one type are ordered; null where that cannot be said (other type, unit or
    /// precision).</summary>
    internal static int? Compare(Element left, Element right)
    {
        if (left.Type.Name != right.Type.Name)
        {
            return null;
        }

        return left.Type.Name switch
        {
            "integer" or "positiveInt" or "unsignedInt" or "decimal" => CompareNumbers(left.Value, right.Value),
            "date" or "dateTime" or "instant" or "time" => CompareTimes(left.Value, right.Value),
            _ when left.Type.IsA("Quantity") => CompareQuantities(left, right),
            _ => null,
        };
    }

    static int? CompareNumbers(string? left, string? right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : null;

    // A date without a time is compared by its digits as far as both go; with times, both are instants.
    static int? CompareTimes(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        if (left.Contains('T', StringComparison.Ordinal) && right.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var a)
            && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var b))
        {
            return a.CompareTo(b);
        }

        var common = Math.Min(DigitsEnd(left), DigitsEnd(right));
        var order = string.CompareOrdinal(left, 0, right, 0, common);
        return order != 0 || left.Length == right.Length ? order : null;
    }

    static int DigitsEnd(string time)
    {
        var end = time.IndexOf('T', StringComparison.Ordinal);
        return end < 0 ? time.Length : end;
    }

    static int? CompareQuantities(Element left, Element right) =>
        left.ValueOf("system") == right.ValueOf("system") && left.ValueOf("code") == right.ValueOf("code")
            ? CompareNumbers(left.ValueOf("value"), right.ValueOf("value"))
            : null;

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
