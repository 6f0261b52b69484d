using FhirTrials.Storage.Exports;

namespace FhirTrials.Storage.Rows;

/// <summary>A file of an export. It was written in one commit with the place to which the export had come, so that one
/// that is taken up again has neither a gap nor anything twice.</summary>
sealed class ExportFileRow
{
    public required string JobId { get; init; }

    /// <summary>From 1 within its export.</summary>
    public int Number { get; init; }

    public ExportedKind Kind { get; init; }

    /// <summary>The resource type of its lines; null where these are of several.</summary>
    public string? Type { get; init; }

    /// <summary>How many lines it has.</summary>
    public int Lines { get; init; }

    /// <summary>Bytes of the text.</summary>
    public long Length { get; init; }

    /// <summary>Bytes of <see cref="Content"/>.</summary>
    public long Stored { get; init; }

    /// <summary>NDJSON, by gzip. The last column, so that the others are read without it.</summary>
    public required byte[] Content { get; init; }
}
