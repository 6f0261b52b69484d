using System.Collections.Immutable;

namespace FhirTrials.Fhir.Ucum;

/// <summary>A base or arbitrary unit to a power other than 0.</summary>
readonly record struct Dimension(string Unit, int Exponent);

/// <summary>A factor times powers of base units.</summary>
/// <param name="Dimensions">In the table's order.</param>
sealed record UcumTerm(Ratio Factor, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>Powers in use are small; larger ones are refused.</summary>
    const int MaxExponent = 99;

    public static readonly UcumTerm One = new(Ratio.One, []);

    public bool HasDimensionsOf(UcumTerm other) => Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    public UcumTerm Times(UcumTerm other, int sign) => new(
        sign > 0 ? Factor * other.Factor : Factor / other.Factor,
        Merge(Dimensions.Concat(other.Dimensions.Select(d => d with { Exponent = d.Exponent * sign }))));

    public UcumTerm Power(int exponent) => Math.Abs(exponent) > MaxExponent
        ? throw new OverflowException("The unit's exponent is out of range.")
        : new(
            Ratio.Power(Factor, exponent), Merge(Dimensions.Select(d => d with { Exponent = d.Exponent * exponent })));

    /// <summary>The unit without its factor: <c>g.m-1.s-2</c>, or <c>1</c>.</summary>
    public override string ToString() => Dimensions.IsEmpty
        ? "1"
        : string.Join('.', Dimensions.Select(d => d.Exponent == 1 ? d.Unit : $"{d.Unit}{d.Exponent}"));

    static ImmutableArray<Dimension> Merge(IEnumerable<Dimension> dimensions) =>
    [
        .. dimensions.GroupBy(d => d.Unit, d => d.Exponent)
            .Select(g => new Dimension(g.Key, g.Sum()))
            .Where(d => d.Exponent != 0)
            .OrderBy(d => UcumTable.BaseOrder[d.Unit]),
    ];
}
