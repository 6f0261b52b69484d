using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Ucum;

/// <summary>Whether a unit counts entities, and as what.</summary>
public enum EntityCount
{
    None,

    /// <summary>In equivalents or osmoles: how many there are of a substance depends
    /// on more than its molar mass.</summary>
    Equivalents,

    /// <summary>In moles.</summary>
    Moles,
}

/// <summary>A unit of measure by its UCUM code — https://ucum.org/ucum</summary>
public sealed class UcumUnit
{
    readonly SpecialScale? _special;
    readonly Ratio _specialPrefix;

    internal UcumUnit(string code, UcumTerm term, SpecialScale? special, Ratio specialPrefix, EntityCount counts)
    {
        Code = code;
        Term = term;
        RoughFactor = (double)term.Factor;
        CanonicalCode = term.ToString();
        Counts = counts;
        _special = special;
        _specialPrefix = specialPrefix;
    }

    public string Code { get; }

    /// <summary>The same dimension in base units, without a factor: <c>g.m-3</c> for <c>mg/dL</c>. Units of one
    /// dimension share it.</summary>
    public string CanonicalCode { get; }

    /// <summary>Whether values are no multiples of the unit (temperatures but K, pH, decibels).</summary>
    public bool IsSpecial => _special is not null;

    /// <summary>Which entities it counts: UCUM takes them all for plain numbers.</summary>
    public EntityCount Counts { get; }

    internal UcumTerm Term { get; }

    /// <summary>The term's factor in floating point, to within some parts in 10¹².</summary>
    internal double RoughFactor { get; }

    /// <summary>Reads a case-sensitive code such as <c>10*9/L</c>.</summary>
    public static bool TryParse(string? code, [NotNullWhen(true)] out UcumUnit? unit)
    {
        unit = code is null ? null : Ucum.Find(code);
        return unit is not null;
    }

    public bool IsCommensurableWith(UcumUnit other) => Term.HasDimensionsOf(other.Term);

    public override string ToString() => Code;

    /// <summary>The value in base units; null where no number holds it.</summary>
    internal Ratio? ToCanonical(Ratio value) =>
        _special is null ? value * Term.Factor
        : _special.ToUnit(value * _specialPrefix) is { } multiple ? multiple * Term.Factor
        : null;

    /// <summary>The value in this unit of one in base units; null where there is none.</summary>
    internal Ratio? FromCanonical(Ratio value) =>
        _special is null ? value / Term.Factor
        : _special.FromUnit(value / Term.Factor) is { } onScale ? onScale / _specialPrefix
        : null;
}
