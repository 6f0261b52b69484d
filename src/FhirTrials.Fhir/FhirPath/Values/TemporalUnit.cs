namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>The units of calendar durations — https://hl7.org/fhirpath/N1/#time-valued-quantities</summary>
public enum TemporalUnit
{
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}
