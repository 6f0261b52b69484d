namespace FhirTrials.Server.Tests;

/// <summary>A server for the tests of one class that count studies: no other test adds any.</summary>
public sealed class FiveTrials : IDisposable
{
    public FhirServer Server { get; } = FhirServer.With(("Examples:Load", "true"));

    public void Dispose() => Server.Dispose();
}
