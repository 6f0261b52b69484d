using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>A quantity as it stands or, for one in UCUM, additionally in canonical units.</summary>
/// <param name="Code">The unit's code; the canonical unit where <paramref name="IsCanonical"/>.</param>
/// <param name="Unit">The unit for people.</param>
public sealed record QuantityEntry(
    string Index, int Group, NumberRange Range, string? System, string? Code, string? Unit, bool IsCanonical = false)
    : IndexEntry(Index, Group);

/// <summary>Which units a quantity search accepts.</summary>
public enum QuantityUnit
{
    /// <summary><c>5.4</c></summary>
    Any,

    /// <summary><c>5.4||mg</c>: as code or as text.</summary>
    CodeOrText,

    /// <summary><c>5.4|system|code</c></summary>
    Coded,

    /// <summary><c>5.4|http://unitsofmeasure.org|mg</c>, converted to canonical units.</summary>
    Canonical,
}

public sealed record QuantityValue(NumberValue Number, QuantityUnit Kind, string? System, string? Code) : SearchValue;

/// <summary>Quantity parameters — https://hl7.org/fhir/R4/search.html#quantity</summary>
static class QuantitySearch
{
    const string Currencies = "urn:iso:std:iso:4217";

    public static IEnumerable<IndexEntry> Extract(string index, int group, object item) => item switch
    {
        Element { Type.Name: "Money" } money => Entries(
            index, group, Point(money), Currencies, money.ValueOf("currency"), money.ValueOf("currency")),
        Element { Type.Name: "Range" } range => Entries(
            index, group, NumberSearch.RangeOf(range), UnitOf(range, "system"), UnitOf(range, "code"),
            UnitOf(range, "unit")),
        Element element when element.Type.IsQuantity => Entries(
            index, group, BoundsOf(element), element.ValueOf("system"), element.ValueOf("code"),
            element.ValueOf("unit")),
        _ => [],
    };

    static string? UnitOf(Element range, string part) => range.At("low", part)?.Value ?? range.At("high", part)?.Value;

    static NumberRange? Point(Element quantity) =>
        NumberSearch.ValueOf(quantity.Child("value")) is { } value ? NumberRange.Of(value) : null;

    /// <summary>A comparator makes the quantity a range that is open at one end.</summary>
    static NumberRange? BoundsOf(Element quantity) => Point(quantity) is not { } point ? null
        : quantity.ValueOf("comparator") switch
        {
            "<" => new(double.MinValue, Math.BitDecrement(point.High)),
            "<=" => new(double.MinValue, point.High),
            ">" => new(Math.BitIncrement(point.Low), double.MaxValue),
            ">=" => new(point.Low, double.MaxValue),
            _ => point,
        };

    static IEnumerable<IndexEntry> Entries(
        string index, int group, NumberRange? bounds, string? system, string? code, string? unit)
    {
        if (bounds is not { } range)
        {
            yield break;
        }

        yield return new QuantityEntry(index, group, range, system, code, unit);
        if (CanonicalUnit.Find(system, code) is { } canonical && canonical.Convert(range) is { } converted)
        {
            yield return new QuantityEntry(index, group, converted, system, canonical.Code, null, IsCanonical: true);
        }
    }

    /// <summary><c>[prefix]number</c>, <c>number|system|code</c> or <c>number||code</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        var parts = SearchText.Split(text, '|');
        if (parts.Length is not (1 or 3) || !NumberSearch.TryParse(parts[0], out var number))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            value = new QuantityValue(number, QuantityUnit.Any, null, null);
        }
        else if (SearchText.TryUnescape(parts[1], out var system) && SearchText.TryUnescape(parts[2], out var code)
            && code.Length > 0)
        {
            value = system.Length == 0 ? new QuantityValue(number, QuantityUnit.CodeOrText, null, code)
                : CanonicalUnit.Find(system, code) is { } canonical && canonical.Convert(number) is { } converted
                    ? new QuantityValue(converted, QuantityUnit.Canonical, system, canonical.Code)
                    : new QuantityValue(number, QuantityUnit.Coded, system, code);
        }

        return value is not null;
    }
}
