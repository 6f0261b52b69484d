using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR delete and conditional delete; deleting what is not there succeeds —
/// https://hl7.org/fhir/R4/http.html#delete</summary>
static class Delete
{
    public static async Task<IResult> Handle(
        string type, string id, HttpRequest request, ResourceStore store, CancellationToken ct)
    {
        var ifMatch = await EntityTag.IfMatch(request, type, id, store, ct);
        var written = await store.Write([new DeleteOperation(type, id, ifMatch)], ct);
        return Answer(request, written[0]);
    }

    /// <summary>Deletes the one resource that the search in the URL finds, if any.</summary>
    public static async Task<IResult> Conditional(
        string type, HttpRequest request, SearchReader searches, ResourceStore store, CancellationToken ct)
    {
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        var deletion = new ConditionalDeleteOperation(searches.Criteria(type, request), ifMatch);
        var written = await store.Write([deletion], ct);
        return Answer(request, written[0]);
    }

    /// <summary>204 without a body, or 200 with an OperationOutcome for who prefers it.</summary>
    static FhirResult Answer(HttpRequest request, WriteResult written)
    {
        var done = written.Outcome == WriteOutcome.Deleted ? "The resource was deleted." : "There was nothing to delete.";
        var body = Preferences.Of(request).Body(default, done);
        return new(body.IsEmpty ? StatusCodes.Status204NoContent : StatusCodes.Status200OK, body)
        {
            Version = written.Resource?.Version,
            LastModified = written.Resource?.LastUpdated,
        };
    }
}
