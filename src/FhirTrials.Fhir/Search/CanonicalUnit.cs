namespace FhirTrials.Fhir.Search;

/// <summary>The canonical form of a UCUM unit: quantities in any unit of one dimension compare in it.</summary>
sealed record CanonicalUnit(string Code, Func<double, double> Convert)
{
    const string Ucum = "http://unitsofmeasure.org";

    /// <summary>The canonical unit, or null where the system is not UCUM or the unit is unknown.</summary>
    public static CanonicalUnit? Find(string? system, string? code) =>
        system == Ucum && code == "1" ? new("1", v => v) : null;

    public NumberRange ConvertRange(NumberRange range) => new(Bound(range.Low), Bound(range.High));

    double Bound(double value) => value is double.MinValue or double.MaxValue ? value : Convert(value);
}
