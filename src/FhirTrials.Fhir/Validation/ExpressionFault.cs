namespace FhirTrials.Fhir.Validation;

/// <summary>What is wrong with a FHIRPath expression.</summary>
/// <param name="Offset">At which character, from 0; negative where that is not known.</param>
/// <param name="IsCompiled">Whether it is an expression at all, though one that no data can satisfy.</param>
sealed record ExpressionFault(string Message, int Offset, bool IsCompiled)
{
    public override string ToString() =>
        Offset < 0 ? $"FHIRPath: {Message}" : $"FHIRPath, at character {Offset + 1}: {Message}";
}
