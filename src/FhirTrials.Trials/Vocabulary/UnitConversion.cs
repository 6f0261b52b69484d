using System.Collections.Frozen;
using FhirTrials.Fhir.Ucum;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>Values in another unit: by UCUM, and between mass and amount of substance by molar mass.</summary>
static class UnitConversion
{
    /// <summary>Units as laboratories write them that are no UCUM, or another unit
    /// in it (<c>K</c> is kelvin).</summary>
    public static readonly FrozenDictionary<string, string> Written = new Dictionary<string, string>
    {
        ["K/uL"] = "10*3/uL",
        ["k/uL"] = "10*3/uL",
        ["10^3/uL"] = "10*3/uL",
        ["x10^3/uL"] = "10*3/uL",
        ["10^9/L"] = "10*9/L",
        ["x10^9/L"] = "10*9/L",
        ["G/L"] = "10*9/L",
        ["cells/uL"] = "/uL",
        ["cells/mm3"] = "/mm3",
    }.ToFrozenDictionary();

    /// <summary>The value in another unit, or null where the units measure
    /// different things or one is unknown.</summary>
    /// <param name="from">UCUM, or as laboratories write it.</param>
    /// <param name="concept">Key of what is measured, for its molar mass.</param>
    /// <remarks>By UCUM, but a unit that counts molecules only to one that does too: UCUM takes a mole for a mere
    /// number, so that a concentration would convert to a count of cells, and mmol/mol to per cent.</remarks>
    public static decimal? Convert(decimal value, string from, string to, string concept)
    {
        var unit = from.Replace('\u00b5', 'u').Replace('\u03bc', 'u');
        unit = Written.GetValueOrDefault(unit, unit);
        if (CountsEntities(unit) == CountsEntities(to) && Ucum.TryConvert(value, unit, to, out var converted))
        {
            return converted;
        }

        return MolarMasses.Of(concept) is { } mass && Ucum.TryConvert(value, unit, to, mass, out var byMass)
            ? byMass
            : null;
    }

    static bool CountsEntities(string unit) =>
        UcumUnit.TryParse(unit, out var known) && known.Counts != EntityCount.None;
}
