namespace FhirTrials.Fhir.Ucum;

/// <summary>A scale whose values are no multiples of a unit —
/// https://ucum.org/ucum#section-Special-Units-on-non-ratio-Scales. Temperatures are exact, the rest (logarithms,
/// tangents, roots) are computed in doubles.</summary>
sealed class SpecialScale
{
    const string Celsius = "273.15";
    const string Fahrenheit = "459.67";

    readonly Ratio _offset;
    readonly (Func<double, double> ToUnit, Func<double, double> FromUnit)? _curve;

    SpecialScale(Ratio offset) => _offset = offset;

    SpecialScale(Func<double, double> toUnit, Func<double, double> fromUnit) => _curve = (toUnit, fromUnit);

    /// <summary>The scale of a function's name in UCUM's table.</summary>
    public static SpecialScale Of(string function) => function switch
    {
        "Cel" => new(Ratio.Parse(Celsius)),
        "degF" => new(Ratio.Parse(Fahrenheit)),
        "degRe" => new(Ratio.Parse(Celsius) / new Ratio(5, 4)),
        "tanTimes100" => new(v => Math.Atan(v / 100), u => Math.Tan(u) * 100),
        "hpX" or "pH" => Logarithm(0.1, 1),
        "hpC" => Logarithm(0.01, 1),
        "hpM" => Logarithm(0.001, 1),
        "hpQ" => Logarithm(1.0 / 50_000, 1),
        "ln" => Logarithm(Math.E, 1),
        "lg" => Logarithm(10, 1),
        "lgTimes2" => Logarithm(10, 2),
        "ld" => Logarithm(2, 1),
        "sqrt" => new(v => v * v, Math.Sqrt),
        _ => throw new InvalidDataException($"UCUM's table names the unknown function '{function}'."),
    };

    /// <summary>The multiple of the reference unit that a value on the scale is;
    /// null where no number holds it.</summary>
    public Ratio? ToUnit(Ratio value) => _curve is { } curve ? Exact(curve.ToUnit((double)value)) : value + _offset;

    /// <summary>The value on the scale of a multiple of the reference unit; null where there is none.</summary>
    public Ratio? FromUnit(Ratio multiple) =>
        _curve is { } curve ? Exact(curve.FromUnit((double)multiple)) : multiple - _offset;

    static SpecialScale Logarithm(double @base, int times) =>
        new(v => Math.Pow(@base, v / times), u => times * Math.Log(u) / Math.Log(@base));

    /// <summary>The number to the 14 digits that a chain of doubles leaves.</summary>
    static Ratio? Exact(double value) => double.IsFinite(value)
        ? Ratio.Of(value, digits: 14)
        : null;
}
