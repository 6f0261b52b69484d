using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>$expunge: removes for good, for who has the operator's token. Ours; R4 has no such operation.</summary>
static class Expunge
{
    /// <summary><c>POST [type]/[id]/$expunge</c>: the resource with its history.</summary>
    public static Task<IResult> Handle(
        string type, string id, HttpRequest request, OperatorAccess access, ResourceStore store,
        CancellationToken ct) =>
        Remove(type, id, version: null, request, access, store, ct);

    /// <summary><c>POST [type]/[id]/_history/[version]/$expunge</c>: one version that is no longer current.</summary>
    public static Task<IResult> HandleVersion(
        string type, string id, string version, HttpRequest request, OperatorAccess access, ResourceStore store,
        CancellationToken ct) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Remove(type, id, number, request, access, store, ct)
            : throw new FhirException(Issue.Error(IssueCode.NotFound, $"There is no such version of {type}/{id}."));

    static async Task<IResult> Remove(
        string type, string id, int? version, HttpRequest request, OperatorAccess access, ResourceStore store,
        CancellationToken ct)
    {
        access.Check(request);
        var removed = await store.Expunge(type, id, version, ct);
        return removed == 0
            ? throw Read.NotFound(type, id)
            : new FhirResult(StatusCodes.Status200OK, ResourceJson.Write("Parameters", json =>
            {
                json.WriteStartArray("parameter");
                json.WriteStartObject();
                json.WriteString("name", "count");
                json.WriteNumber("valueInteger", removed);
                json.WriteEndObject();
                json.WriteEndArray();
            }));
    }
}
