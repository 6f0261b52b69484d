using System.Collections.Immutable;
using FhirTrials.Storage.Jobs;

namespace FhirTrials.Storage.Exports;

/// <summary>What the lines of a file are.</summary>
public enum ExportedKind
{
    /// <summary>Resources.</summary>
    Output,

    /// <summary>Bundles of deletions.</summary>
    Deleted,

    /// <summary>OperationOutcomes about resources that could not be exported.</summary>
    Error,
}

/// <param name="Number">From 1 within its export.</param>
/// <param name="Type">The resource type of the lines; null for deletions, which are of several.</param>
/// <param name="Length">Bytes of the text.</param>
public sealed record ExportedFile(int Number, ExportedKind Kind, string? Type, int Lines, long Length);

/// <summary>How far an export is, and what there is of it.</summary>
/// <param name="TransactionTime">Everything committed up to then is in it, nothing later.</param>
/// <param name="Expires">When it is removed, at the earliest.</param>
public sealed record ExportState(
    JobState Job,
    ExportRequest Request,
    DateTimeOffset TransactionTime,
    DateTimeOffset Expires,
    ImmutableArray<ExportedFile> Files);

/// <summary>The bounds of exports: section <c>Export</c> of the configuration.</summary>
public sealed record ExportOptions
{
    /// <summary>Exports that may be waiting or under way at once.</summary>
    public int Jobs { get; init; } = 4;

    /// <summary>How many hours a finished export is kept.</summary>
    public double Hours { get; init; } = 24;

    /// <summary>Bytes of text after which a file is ended; a line is never cut.</summary>
    public int FileBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all files of one export as they are stored, which is
    /// compressed; one that is larger fails.</summary>
    public long TotalBytes { get; init; } = 10L << 30;
}
