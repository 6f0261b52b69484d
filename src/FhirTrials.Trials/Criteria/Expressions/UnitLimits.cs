using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>Units in which a limit is the same number.</summary>
/// <param name="Limits">The criterion's limits in these units, ascending.</param>
sealed record UnitLimits(ImmutableArray<string> Units, ImmutableArray<decimal> Limits)
{
    /// <summary>Units that laboratories report in; a value in another one is left undecided.</summary>
    static readonly ImmutableArray<string> Known =
    [
        "/uL", "/mm3", "/mL", "/L", "10*3/uL", "10*3/mm3", "10*6/uL", "10*6/mm3", "10*6/mL", "10*6/L", "10*9/L",
        "10*12/L", "g/dL", "g/L", "mg/dL", "mg/L", "mg/mL", "ug/dL", "ug/mL", "ug/L", "ng/dL", "ng/mL", "ng/L", "pg/mL",
        "pg/dL", "mol/L", "mmol/L", "umol/L", "nmol/L", "pmol/L", "mmol/mol", "meq/L", "%", "1", "U/L", "[IU]/L",
        "IU/L", "U/mL", "[IU]/mL", "m[IU]/mL", "m[IU]/L", "u[IU]/mL", "ukat/L", "mL/min", "mL/s", "L/h",
        "mL/min/{1.73_m2}", "mL/min/1.73.m2", "mm[Hg]", "kPa", "kg", "g", "[lb_av]", "cm", "m", "[in_i]", "kg/m2", "s",
        "ms", "min", "h", "d", "wk", "mo", "a", "/min", "fL", "pg", "mg/g", "g/mol", "mg/mmol", "10*-2", "10*-4", "L",
        "mL", "W", "mg", "{score}", .. UnitConversion.Written.Keys,
    ];

    /// <summary>The groups for a measured concept, the usual unit's first; empty where nothing converts.</summary>
    public static ImmutableArray<UnitLimits> Of(string concept, string unit, ImmutableArray<decimal> limits) =>
    [
        .. Known.Append(unit).Distinct()
            .Select(u => (Unit: u, Factor: Factor(u, unit, concept)))
            .Where(u => u.Factor is > 0)
            .GroupBy(u => u.Factor!.Value)
            .OrderByDescending(g => g.Key == 1)
            .Select(
                g => new UnitLimits([.. g.Select(u => u.Unit)], [.. limits.Select(l => Math.Round(l / g.Key, 16))])),
    ];

    /// <summary>What one of a unit is in another; null where it is no mere factor (°C, °F) or does not
    /// convert.</summary>
    static decimal? Factor(string from, string to, string concept) =>
        from == to ? 1
        : UnitConversion.Convert(0, from, to, concept) is 0 ? UnitConversion.Convert(1, from, to, concept)
        : null;
}
