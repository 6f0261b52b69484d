namespace FhirTrials.Fhir.Json;

/// <summary>What a hostile text may cost at most.</summary>
public sealed record ReadLimits
{
    public static readonly ReadLimits Default = new();

    public int Bytes { get; init; } = 64 << 20;

    /// <summary>How many elements may stand in one another.</summary>
    public int Depth { get; init; } = 64;

    public int Elements { get; init; } = 2_000_000;

    /// <summary>The longest value, as UTF-8.</summary>
    public int StringBytes { get; init; } = 8 << 20;

    /// <summary>Reading goes on after this many issues but reports no more.</summary>
    public int Issues { get; init; } = 200;
}
