using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Writing;

/// <summary>An operation with what could be made ready before its turn: most of its work, so that
/// the one writer has little.</summary>
/// <param name="Type">The interned resource type.</param>
/// <param name="Id">The id that the operation names, or a new one for what it creates;
/// null for a conditional delete.</param>
/// <param name="Draft">The resource under that id; null for a deletion.</param>
/// <param name="Rows">Its index rows, still without the resource's key.</param>
sealed record PreparedWrite(
    WriteOperation Operation, short Type, string? Id, Draft? Draft, ImmutableArray<IndexRow> Rows)
{
    public static string TypeOf(WriteOperation operation) => operation switch
    {
        DeleteOperation o => o.Type,
        ConditionalDeleteOperation o => o.Condition.ResourceType,
        _ => ResourceOf(operation)!.Type.Name,
    };

    /// <summary>Null for a deletion.</summary>
    public static Element? ResourceOf(WriteOperation operation) => operation switch
    {
        CreateOperation o => o.Resource,
        UpdateOperation o => o.Resource,
        ConditionalUpdateOperation o => o.Resource,
        _ => null,
    };

    public static string? IdOf(WriteOperation operation, IdSource ids) => operation switch
    {
        CreateOperation o => o.Id ?? ids.Next(),
        UpdateOperation o => o.Id,
        ConditionalUpdateOperation o => o.Id ?? ids.Next(),
        DeleteOperation o => o.Id,
        _ => null,
    };

    /// <summary>The resource as it will be stored under an id that may be another than was expected.</summary>
    public Draft DraftOf(string id) => id == Id ? Draft! : Draft.Of(ResourceOf(Operation)!, id);
}
