namespace FhirTrials.Storage;

/// <summary>One version of a resource as stored.</summary>
/// <param name="Change">The change number: orders all versions of all resources by commit.</param>
/// <param name="Json">Canonical UTF-8 JSON with id, versionId and lastUpdated in it; empty for a deletion.</param>
public sealed record StoredResource(
    string Type,
    string Id,
    int Version,
    DateTimeOffset LastUpdated,
    long Change,
    StoredBy Method,
    ReadOnlyMemory<byte> Json)
{
    public bool IsDeleted => Method == StoredBy.Delete;
}

/// <summary>Which interaction made a version.</summary>
public enum StoredBy
{
    Create,
    Update,
    Delete,
}
