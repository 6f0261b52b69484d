using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;

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

/// <summary>One write of a transaction.</summary>
public abstract record WriteOperation
{
    private protected WriteOperation()
    {
    }
}

/// <summary>Creates a resource under a new id, or <paramref name="Id"/> where the server chose it before (to resolve
/// references); with <paramref name="IfNoneExist"/> only where nothing matches.</summary>
public sealed record CreateOperation(Element Resource, string? Id = null, SearchQuery? IfNoneExist = null) : WriteOperation;

/// <summary>Creates or replaces the resource of that id; where the content is unchanged nothing is written.</summary>
/// <param name="IfMatch">The version that must be current, or null.</param>
public sealed record UpdateOperation(Element Resource, string Id, int? IfMatch = null) : WriteOperation;

/// <summary>Deletes a resource; deleting what is not there succeeds.</summary>
public sealed record DeleteOperation(string Type, string Id, int? IfMatch = null) : WriteOperation;

/// <summary>What a write did.</summary>
public enum WriteOutcome
{
    Created,
    Updated,
    Unchanged,
    Deleted,
    NothingToDelete,
}

/// <param name="Resource">The current version after the write; null where there was nothing to delete.</param>
public sealed record WriteResult(WriteOutcome Outcome, StoredResource? Resource);

/// <summary>One page of a search: matches in order, then what was included.</summary>
/// <param name="Next">Opaque, signed place of the next page; null at the end.</param>
public sealed record SearchPage(
    ImmutableArray<StoredResource> Matches,
    ImmutableArray<StoredResource> Included,
    long? Total,
    string? Next);

/// <summary>One page of history, newest first.</summary>
public sealed record HistoryPage(ImmutableArray<StoredResource> Versions, string? Next);

/// <summary>The store of resources, their versions and their search index, over EF Core.</summary>
public sealed class ResourceStore
{
    /// <summary>The current version (which may be a deletion), or null where there never was one.</summary>
    public Task<StoredResource?> Read(string type, string id, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>One version, or null.</summary>
    public Task<StoredResource?> VRead(string type, string id, int version, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>All writes or none, in one commit; throws a FhirException (409, 412) where a condition fails.</summary>
    public Task<ImmutableArray<WriteResult>> Write(IReadOnlyList<WriteOperation> operations, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <param name="page">The <see cref="SearchPage.Next"/> of the page before, or null for the first.</param>
    public Task<SearchPage> Search(SearchQuery query, string? page, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Versions of one resource, of a type (<paramref name="id"/> null) or of all (<paramref name="type"/> null), newest first.</summary>
    public Task<HistoryPage> History(
        string? type, string? id, DateTimeOffset? since, int count, string? page, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The number of the latest completed change; what was committed up to it is visible.</summary>
    public Task<long> LastChange(CancellationToken ct) => throw new NotImplementedException();
}
