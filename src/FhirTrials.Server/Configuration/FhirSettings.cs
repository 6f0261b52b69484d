namespace FhirTrials.Server.Configuration;

/// <summary>How many resources one conditional delete may delete —
/// https://hl7.org/fhir/R4/valueset-conditional-delete-status.html</summary>
enum ConditionalDelete
{
    Single,
    Multiple,
}

/// <summary>What an operator allows: section <c>Fhir</c> of the configuration.</summary>
sealed record FhirSettings
{
    public ConditionalDelete ConditionalDelete { get; init; } = ConditionalDelete.Single;

    /// <summary>The secret that lets an operator expunge; null lets nobody.</summary>
    public string? OperatorToken { get; init; }
}
