namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>Results in the unit a criterion asks for.</summary>
static class UnitConversion
{
    /// <summary>The magnitude in another unit, or null where the units measure different things or one is unknown.</summary>
    public static Magnitude? Convert(Magnitude value, string? from, string to) => from == to ? value : null;
}
