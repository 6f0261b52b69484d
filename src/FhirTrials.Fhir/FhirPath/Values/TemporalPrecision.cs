namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>How much of a date or time is given. Seconds and their fraction compare as one.</summary>
public enum TemporalPrecision
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}
