using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Search;

/// <summary>Our special parameter <c>eligible-age</c>: an age against the Range of ages that somebody takes. Quantities
/// of R4 are equal to a Range only where they contain it; here the Range must contain the age.</summary>
static class AgeSearch
{
    public const string Code = "eligible-age";

    const string Years = "a";
    const string Ucum = "http://unitsofmeasure.org";

    /// <summary><c>[prefix]14</c>, <c>6||mo</c> or <c>6|http://unitsofmeasure.org|mo</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchValue? value)
    {
        value = text.Split('|') switch
        {
            [var number] => Of(number, Years),
            [var number, "" or Ucum, var unit] => Of(number, unit),
            _ => null,
        };
        return value is not null;
    }

    static QuantityValue? Of(string number, string unit) =>
        CanonicalUnit.Find(Ucum, unit) is { Code: "s" } canonical
            && NumberSearch.TryParse(number, out var age) && age.Exact >= 0
        && canonical.Convert(Contained(age)) is { } converted
            ? new QuantityValue(converted, QuantityUnit.Canonical, Ucum, canonical.Code)
            : null;

    /// <summary>Two ranges of which one is a point overlap where the other contains it.</summary>
    static NumberValue Contained(NumberValue age) =>
        age.Prefix == SearchPrefix.Eq ? new(SearchPrefix.Ap, age.Exact, age.Exact, age.Exact) : age;
}
