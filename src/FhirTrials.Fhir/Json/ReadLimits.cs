namespace FhirTrials.Fhir.Json;

/// <summary>What a hostile text may cost at most.</summary>
public sealed record ReadLimits
{
    /// <summary>The deepest that <see cref="Depth"/> may be: what is read is also walked by methods that call
    /// themselves, and a thread's stack of 1 MB has to do.</summary>
    public const int MaxDepth = 256;

    /// <summary>How deep the JSON of a resource may nest: an element is an object, which may
    /// stand in an array.</summary>
    public const int MaxJsonDepth = 2 * MaxDepth;

    public static readonly ReadLimits Default = new();

    /// <summary>For what was stored within the limits of its day: it is read again, whatever they are now.</summary>
    public static readonly ReadLimits Stored = new()
    {
        Bytes = int.MaxValue,
        Depth = int.MaxValue,
        Elements = int.MaxValue,
        StringBytes = int.MaxValue,
    };

    public int Bytes { get; init; } = 64 << 20;

    /// <summary>How many elements may stand in one another, the resource among them.</summary>
    public int Depth { get; init; } = 64;

    public int Elements { get; init; } = 2_000_000;

    /// <summary>The longest value, as UTF-8.</summary>
    public int StringBytes { get; init; } = 8 << 20;

    /// <summary>Reading goes on after this many issues but reports no more.</summary>
    public int Issues { get; init; } = 200;
}
