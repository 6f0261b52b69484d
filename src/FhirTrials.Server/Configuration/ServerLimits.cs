using FhirTrials.Fhir.Json;

namespace FhirTrials.Server.Configuration;

/// <summary>What one request may cost: section <c>Limits</c> of the configuration.</summary>
sealed record ServerLimits
{
    /// <summary>The largest body accepted, in bytes.</summary>
    public int RequestBytes { get; init; } = 32 << 20;

    /// <summary>How long a request may take, in seconds.</summary>
    public int RequestSeconds { get; init; } = 120;

    /// <summary>How many elements a resource may have.</summary>
    public int Elements { get; init; } = ReadLimits.Default.Elements;

    /// <summary>How many elements of a resource may stand in one another, 1 to <see cref="ReadLimits.MaxDepth"/>.</summary>
    public int ElementDepth { get; init; } = ReadLimits.Default.Depth;

    /// <summary>The longest value of an element, in bytes.</summary>
    public int StringBytes { get; init; } = ReadLimits.Default.StringBytes;

    /// <summary>How many entries a batch or transaction may have.</summary>
    public int BundleEntries { get; init; } = 10_000;

    /// <summary>Resources or versions on a page where <c>_count</c> is absent.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>The largest page; a greater <c>_count</c> is lowered to it.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>How many steps one validation may take; about 6 for each element of a resource.</summary>
    public long ValidationSteps { get; init; } = 50_000_000;

    /// <summary>The limits as configured; throws <see cref="InvalidOperationException"/> where one cannot be.</summary>
    public static ServerLimits Of(IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<ServerLimits>() ?? new ServerLimits();
        return limits.ElementDepth is >= 1 and <= ReadLimits.MaxDepth
            ? limits
            : throw new InvalidOperationException(
                $"Limits:ElementDepth is {limits.ElementDepth}; it must be a number from 1 to {ReadLimits.MaxDepth}.");
    }

    /// <summary>How much of a body that is too large is read, and dropped, before it is refused.</summary>
    public long DrainedBytes => 4L * RequestBytes;

    /// <summary>The limits of a resource's text, in JSON and XML alike.</summary>
    public ReadLimits Reading => ReadLimits.Default with
    {
        Bytes = RequestBytes,
        Elements = Elements,
        Depth = ElementDepth,
        StringBytes = StringBytes,
    };
}
