using System.Collections.Concurrent;

namespace FhirTrials.Fhir.Ucum;

/// <summary>Converts and compares values by their units, exactly but for logarithmic scales —
/// https://ucum.org/ucum</summary>
/// <remarks>As UCUM has it, a mole is a number of things, so <c>mol/L</c> and <c>10*9/L</c> are commensurable; mass and
/// amount of a substance (<c>mg/dL</c>, <c>mmol/L</c>) are not: that takes the substance's molar mass, which the caller
/// has to give. Arbitrary units (<c>[iU]</c>) are commensurable with themselves only.</remarks>
public static class Ucum
{
    const int MaxKept = 10_000;

    static readonly ConcurrentDictionary<string, UcumUnit> Kept = new(StringComparer.Ordinal);

    public static bool IsValid(string code) => Find(code) is not null;

    /// <summary>Whether values of the two units can be converted into each other; null where one is no unit.</summary>
    public static bool? AreCommensurable(string left, string right) =>
        Find(left) is { } l && Find(right) is { } r ? l.IsCommensurableWith(r) : null;

    /// <summary>Converts a value; false where a code is no unit, the units are not commensurable, or no decimal holds
    /// the result.</summary>
    public static bool TryConvert(decimal value, string from, string to, out decimal converted)
    {
        if (from == to && IsValid(from))
        {
            converted = value;
            return true;
        }

        converted = 0;
        return Find(from) is { } source && Find(to) is { } target && source.IsCommensurableWith(target)
            && Try(() =>
                source.ToCanonical(value) is { } canonical ? target.FromCanonical(canonical) : null) is { } result
            && result.TryDecimal(out converted);
    }

    /// <summary>Converts between a unit with a mass in it and one with moles in its place (<c>mg/dL</c>,
    /// <c>umol/L</c>), for a substance of a molar mass in g/mol; false where the units are not so related, or no
    /// decimal holds the result. Equivalents and osmoles are refused: they depend on more than the mass.</summary>
    public static bool TryConvert(decimal value, string from, string to, decimal molarMass, out decimal converted)
    {
        converted = 0;
        if (molarMass <= 0 || Find(from) is not { IsSpecial: false } source
            || Find(to) is not { IsSpecial: false } target)
        {
            return false;
        }

        var (mole, gram) = (Find("mol")!.Term.Factor, Find("g")!.Term);
        var result = (source.Counts, target.Counts) switch
        {
            (EntityCount.None, EntityCount.Moles) when source.Term.HasDimensionsOf(target.Term.Times(gram, 1)) =>
                Try(() => value * source.Term.Factor / molarMass * mole / target.Term.Factor),
            (EntityCount.Moles, EntityCount.None) when target.Term.HasDimensionsOf(source.Term.Times(gram, 1)) =>
                Try(() => value * source.Term.Factor / mole * molarMass / target.Term.Factor),
            _ => null,
        };
        return result is { } known && known.TryDecimal(out converted);
    }

    /// <summary>The value in base units, with the code of these; false where the code is no unit or no decimal holds
    /// the value (then <see cref="TryCanonical(double,string,out double,out string)"/> may).</summary>
    public static bool TryCanonical(decimal value, string unit, out decimal canonicalValue, out string canonicalUnit)
    {
        (canonicalValue, canonicalUnit) = (0, "");
        if (Find(unit) is not { } known || Try(() => known.ToCanonical(value)) is not { } result
            || !result.TryDecimal(out canonicalValue))
        {
            return false;
        }

        canonicalUnit = known.CanonicalCode;
        return true;
    }

    /// <summary>As the exact form, in floating point: for search indexes, whose values
    /// span what no decimal does.</summary>
    public static bool TryCanonical(double value, string unit, out double canonicalValue, out string canonicalUnit)
    {
        (canonicalValue, canonicalUnit) = (0, "");
        if (!double.IsFinite(value) || Find(unit) is not { } known
            || Try(() => known.ToCanonical(Ratio.Of(value))) is not { } result)
        {
            return false;
        }

        (canonicalValue, canonicalUnit) = ((double)result, known.CanonicalCode);
        return true;
    }

    /// <summary>The order of two values; null where a code is no unit or the units are not commensurable.</summary>
    public static int? Compare(decimal left, string leftUnit, decimal right, string rightUnit)
    {
        if (Find(leftUnit) is not { } l || Find(rightUnit) is not { } r || !l.IsCommensurableWith(r))
        {
            return null;
        }

        if (!l.IsSpecial && !r.IsSpecial)
        {
            return CompareRoughly((double)left * l.RoughFactor, (double)right * r.RoughFactor)
                ?? Ratio.CompareProducts(left, l.Term.Factor, right, r.Term.Factor);
        }

        return Try(() => l.ToCanonical(left)) is { } canonicalLeft
            && Try(() => r.ToCanonical(right)) is { } canonicalRight
            ? canonicalLeft.CompareTo(canonicalRight)
            : null;
    }

    /// <summary>The order of two values that are so far apart that rounding cannot have
    /// turned it; null for others.</summary>
    static int? CompareRoughly(double left, double right)
    {
        const double Gap = 1e-9;
        const double LeastPrecise = 1e-270;
        var size = Math.Max(Math.Abs(left), Math.Abs(right));
        return size > LeastPrecise && double.IsFinite(size) && Math.Abs(left - right) > Gap * size
            ? left.CompareTo(right)
            : null;
    }

    /// <summary>The unit of a code; null where it is none.</summary>
    internal static UcumUnit? Find(string code)
    {
        if (Kept.TryGetValue(code, out var kept))
        {
            return kept;
        }

        var unit = UcumParser.Parse(code);
        if (unit is not null && Kept.Count < MaxKept)
        {
            Kept.TryAdd(code, unit);
        }

        return unit;
    }

    static Ratio? Try(Func<Ratio?> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
