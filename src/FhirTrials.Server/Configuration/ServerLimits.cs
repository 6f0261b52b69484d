using FhirTrials.Fhir.Json;
using FhirTrials.Storage;

namespace FhirTrials.Server.Configuration;

/// <summary>What one request may cost: section <c>Limits</c> of the configuration.</summary>
sealed record ServerLimits
{
    static readonly ServerLimits Default = new();

    /// <summary>The largest body accepted, in bytes.</summary>
    public int RequestBytes { get; init; } = 32 << 20;

    /// <summary>How long a request may take, in seconds.</summary>
    public int RequestSeconds { get; init; } = 120;

    /// <summary>How many elements a resource may have.</summary>
    public int Elements { get; init; } = ReadLimits.Default.Elements;

    /// <summary>How many elements of a resource may stand in one another.</summary>
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

    /// <summary>The limits as configured; throws <see cref="InvalidOperationException"/>
    /// where one is out of its range.</summary>
    public static ServerLimits Of(IConfiguration configuration)
    {
        return new()
        {
            RequestBytes = Number(nameof(RequestBytes), Default.RequestBytes, 1, 1 << 30),
            RequestSeconds = Number(nameof(RequestSeconds), Default.RequestSeconds, 1, 86_400),
            Elements = Number(nameof(Elements), Default.Elements, 1, 100_000_000),
            ElementDepth = Number(nameof(ElementDepth), Default.ElementDepth, 1, ReadLimits.MaxDepth),
            StringBytes = Number(nameof(StringBytes), Default.StringBytes, 1, 1 << 30),
            BundleEntries = Number(nameof(BundleEntries), Default.BundleEntries, 1, 1_000_000),
            PageSize = Number(nameof(PageSize), Default.PageSize, 1, 100_000),
            MaxPageSize = Number(nameof(MaxPageSize), Default.MaxPageSize, 1, 100_000),
            ValidationSteps = Setting(nameof(ValidationSteps), Default.ValidationSteps, 1, 1_000_000_000_000)
                .Read(configuration),
        };

        int Number(string name, int missing, int least, int most) =>
            Setting(name, missing, least, most).ReadInt(configuration);

        static NumberSetting Setting(string name, long missing, long least, long most) =>
            new($"Limits:{name}", missing, least, most);
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
