using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR delete; deleting what is not there succeeds — https://hl7.org/fhir/R4/http.html#delete</summary>
static class Delete
{
    public static async Task<IResult> Handle(
        string type, string id, HttpRequest request, ResourceStore store, CancellationToken ct)
    {
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        var written = await store.Write([new DeleteOperation(type, id, ifMatch)], ct);
        return new FhirResult(StatusCodes.Status204NoContent, default) { Version = written[0].Resource?.Version };
    }
}
