using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage;

/// <summary>One write of a transaction.</summary>
public abstract record WriteOperation
{
    private protected WriteOperation()
    {
    }
}

/// <summary>Creates a resource under a new id, or <paramref name="Id"/> where the server chose it before (to resolve
/// references); with <paramref name="IfNoneExist"/> only where nothing matches.</summary>
public sealed record CreateOperation(Element Resource, string? Id = null, SearchQuery? IfNoneExist = null)
    : WriteOperation;

/// <summary>Creates or replaces the resource of that id; where the content is unchanged nothing is written.</summary>
/// <param name="IfMatch">The version that must be current, or null.</param>
public sealed record UpdateOperation(Element Resource, string Id, int? IfMatch = null) : WriteOperation;

/// <summary>Replaces the one resource that matches, or creates it where none does —
/// https://hl7.org/fhir/R4/http.html#cond-update</summary>
/// <param name="Id">The id of the resource where it is created; null for a new one. Where a resource matches, an id
/// that is not its own is an error; where none does, so is the id of a resource that is there.</param>
public sealed record ConditionalUpdateOperation(
    Element Resource, SearchQuery Condition, string? Id = null, int? IfMatch = null) : WriteOperation;

/// <summary>Deletes a resource; deleting what is not there succeeds.</summary>
public sealed record DeleteOperation(string Type, string Id, int? IfMatch = null) : WriteOperation;

/// <summary>Deletes the one resource that matches, if any — https://hl7.org/fhir/R4/http.html#3.1.0.7.1</summary>
/// <param name="IfMatch">The version of it that must be current, or null.</param>
public sealed record ConditionalDeleteOperation(SearchQuery Condition, int? IfMatch = null) : WriteOperation;

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
