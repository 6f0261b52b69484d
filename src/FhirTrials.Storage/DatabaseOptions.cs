namespace FhirTrials.Storage;

/// <summary>When an embedded database takes a write for done.</summary>
public enum Durability
{
    /// <summary>It is on the disk: it survives a loss of power.</summary>
    Full,

    /// <summary>It is with the operating system, in order: it survives the process, but the last ones before a loss of
    /// power may be lost.</summary>
    Normal,

    /// <summary>The same, but a loss of power may damage the database.</summary>
    Off,
}

/// <summary>Section <c>Database</c> of the configuration.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Of an embedded database; a server has its own.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>How long a request waits for another process that writes, in seconds.</summary>
    public int BusySeconds { get; init; } = 5;

    /// <summary>The most rows of one statement to a server.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Matches that are sooner sorted than walked past, from 1.</summary>
    internal int FewMatches { get; init; } = 1000;
}
