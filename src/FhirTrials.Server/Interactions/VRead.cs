using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR vread — https://hl7.org/fhir/R4/http.html#vread</summary>
static class VRead
{
    public static async Task<IResult> Handle(
        string type, string id, string version, HttpRequest request, ResourceStore store, Subset subset,
        CancellationToken ct) =>
        Read.Answer(request, await Find(type, id, version, store, ct), subset);

    /// <summary>Throws (404, 410) where there is no such version, or it is a deletion.</summary>
    public static async Task<StoredResource> Find(
        string type, string id, string version, ResourceStore store, CancellationToken ct)
    {
        var found = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await store.VRead(type, id, number, ct)
            : null;
        return found switch
        {
            null =>
                throw new FhirException(Issue.Error(IssueCode.NotFound, $"There is no such version of {type}/{id}.")),
            { IsDeleted: true } => throw Read.Deleted(type, id),
            _ => found,
        };
    }
}
