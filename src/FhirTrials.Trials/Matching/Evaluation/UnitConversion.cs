using System.Collections.Frozen;
using FhirTrials.Fhir.Ucum;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Results in the unit a criterion asks for: by UCUM, and between mass and amount of substance by molar
/// mass.</summary>
static class UnitConversion
{
    /// <summary>Molar masses in g/mol of what laboratories report both ways —
    /// https://pubchem.ncbi.nlm.nih.gov</summary>
    static readonly FrozenDictionary<string, decimal> MolarMass = new Dictionary<string, decimal>
    {
        ["creatinine"] = 113.12m,
        ["bilirubin"] = 584.7m,
        ["direct-bilirubin"] = 584.7m,
        ["glucose"] = 180.16m,
    }.ToFrozenDictionary();

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

    /// <summary>Whether a unit counts molecules. UCUM takes a mole for a mere number, so that a concentration would
    /// convert to a count of cells, and mmol/mol to per cent.</summary>
    static bool IsAmount(string unit) =>
        unit.Contains("mol", StringComparison.Ordinal) || unit.Contains("eq", StringComparison.Ordinal)
        || unit.Contains("osm", StringComparison.Ordinal);

    static decimal? Convert(decimal value, string from, string to, string concept)
    {
        if (IsAmount(from) == IsAmount(to) && Ucum.TryConvert(value, from, to, out var converted))
        {
            return converted;
        }

        if (!MolarMass.TryGetValue(concept, out var mass))
        {
            return null;
        }

        return Ucum.TryConvert(value, from, "g/L", out var grams)
            && Ucum.TryConvert(grams / mass, "mol/L", to, out var moles) ? moles
            : Ucum.TryConvert(value, from, "mol/L", out var amount)
                && Ucum.TryConvert(amount * mass, "g/L", to, out var weight) ? weight
            : null;
    }
}
