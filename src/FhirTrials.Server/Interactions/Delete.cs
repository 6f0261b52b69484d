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
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        var written = await store.Write([new DeleteOperation(type, id, ifMatch)], ct);
        return Answer(written[0]);
    }

    /// <summary>Deletes the one resource that the search in the URL finds, if any.</summary>
    public static async Task<IResult> Conditional(
        string type, HttpRequest request, SearchReader searches, ResourceStore store, CancellationToken ct)
    {
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        var deletion = new ConditionalDeleteOperation(searches.Criteria(type, request), ifMatch);
        var written = await store.Write([deletion], ct);
        return Answer(written[0]);
    }

    static FhirResult Answer(WriteResult written) =>
        new(StatusCodes.Status204NoContent, default) { Version = written.Resource?.Version };
}
