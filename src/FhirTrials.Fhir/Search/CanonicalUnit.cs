namespace FhirTrials.Fhir.Search;

/// <summary>The canonical form of a UCUM unit: quantities in any unit of one dimension compare in it.</summary>
/// <param name="unit">The unit to convert from.</param>
sealed class CanonicalUnit(string unit, string code)
{
    const string System = "http://unitsofmeasure.org";

    public string Code { get; } = code;

    /// <summary>The canonical unit, or null where the system is not UCUM or the unit is unknown.</summary>
    public static CanonicalUnit? Find(string? system, string? unit) =>
        system == System && unit is not null && Ucum.Ucum.TryCanonical(1.0, unit, out _, out var code)
            ? new(unit, code)
            : null;

    /// <summary>Null where one of the bounds cannot be converted; those that are open stay so.</summary>
    public NumberRange? Convert(NumberRange range) =>
        new NumberRange(Convert(range.Low), Convert(range.High)) is var converted
        && double.IsFinite(converted.Low) && double.IsFinite(converted.High) ? converted : null;

    /// <summary>Null where it cannot be converted.</summary>
    public NumberValue? Convert(NumberValue number) =>
        number.Scale(Convert) is var converted
        && double.IsFinite(converted.Exact) && double.IsFinite(converted.Low) && double.IsFinite(converted.High)
            ? converted
            : null;

    /// <summary>Not a number where it cannot be converted.</summary>
    double Convert(double value) => value is double.MinValue or double.MaxValue ? value
        : Ucum.Ucum.TryCanonical(value, unit, out var canonical, out _) ? canonical
        : double.NaN;
}
