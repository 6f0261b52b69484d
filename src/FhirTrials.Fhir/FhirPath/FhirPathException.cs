namespace FhirTrials.Fhir.FhirPath;

/// <summary>An expression that does not compile, or fails on data. The message carries no values of the data.</summary>
/// <param name="offset">Where in the expression, from 0; -1 where unknown.</param>
public sealed class FhirPathException(string message, int offset = -1) : Exception(message)
{
    public int Offset { get; } = offset;
}
