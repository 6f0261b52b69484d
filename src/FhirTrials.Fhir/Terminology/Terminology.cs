namespace FhirTrials.Fhir.Terminology;

/// <summary>Whether a code is in a value set, as far as that can be decided offline.</summary>
public enum Membership
{
    In,
    NotIn,
    Undecidable,
}
