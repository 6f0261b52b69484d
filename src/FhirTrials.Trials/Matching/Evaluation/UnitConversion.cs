using System.Collections.Frozen;
using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Results in the unit a criterion asks for: by UCUM, and between mass and amount of substance by molar
/// mass.</summary>
static class UnitConversion
{
    /// <summary>Units as laboratories write them that are no UCUM, or another unit in it (<c>K</c> is
    /// kelvin).</summary>
    static readonly FrozenDictionary<string, string> Written = new Dictionary<string, string>
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

    /// <summary>The magnitude in another unit, or null where the units measure different things or one is
    /// unknown.</summary>
    /// <param name="concept">Key of what is measured, for its molar mass.</param>
    public static Magnitude? Convert(Magnitude value, string? from, string to, string concept)
    {
        if (from is null)
        {
            return null;
        }

        var unit = from.Replace('\u00b5', 'u').Replace('\u03bc', 'u');
        unit = Written.GetValueOrDefault(unit, unit);
        var low = value.Low is { } l ? Convert(l, unit, to, concept) : null;
        var high = value.High is { } h ? Convert(h, unit, to, concept) : null;
        return (low is null && value.Low is not null) || (high is null && value.High is not null)
            ? null
            : value with { Low = low, High = high };
    }

    /// <summary>By UCUM, but a unit that counts molecules only to one that does too: UCUM takes a mole for a mere number,
    /// so that a concentration would convert to a count of cells, and mmol/mol to per cent.</summary>
    static decimal? Convert(decimal value, string from, string to, string concept)
    {
        if (CountsEntities(from) == CountsEntities(to) && Ucum.TryConvert(value, from, to, out var converted))
        {
            return converted;
        }

        return MolarMasses.Of(concept) is { } mass && Ucum.TryConvert(value, from, to, mass, out var byMass) ? byMass : null;
    }

    static bool CountsEntities(string unit) => UcumUnit.TryParse(unit, out var known) && known.Counts != EntityCount.None;
}
