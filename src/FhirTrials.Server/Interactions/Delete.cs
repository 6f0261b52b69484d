using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR delete and conditional delete; deleting what is not there succeeds —
/// https://hl7.org/fhir/R4/http.html#delete</summary>
static class Delete
{
    /// <summary>How often a deletion of several is begun anew because one of them was written meanwhile.</summary>
    const int Attempts = 5;

    public static async Task<IResult> Handle(
        string type, string id, HttpRequest request, ResourceStore store, CancellationToken ct)
    {
        var ifMatch = await EntityTag.IfMatch(request, type, id, store, ct);
        return Answer(request, await store.Write([new DeleteOperation(type, id, ifMatch)], ct));
    }

    /// <summary>Deletes the one resource that the search in the URL finds, if any; all that it finds where the operator
    /// allows that.</summary>
    public static async Task<IResult> Conditional(
        string type,
        HttpRequest request,
        SearchReader searches,
        FhirSettings settings,
        ServerLimits limits,
        ResourceStore store,
        CancellationToken ct)
    {
        var criteria = searches.Criteria(type, request);
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        return Answer(request, settings.ConditionalDelete == ConditionalDelete.Single || ifMatch is not null
            ? await store.Write([new ConditionalDeleteOperation(criteria, ifMatch)], ct)
            : await All(criteria, limits.BundleEntries, store, ct));
    }

    /// <summary>All matches or none; only what still is as it was when it matched is deleted.</summary>
    static async Task<IReadOnlyList<WriteResult>> All(
        SearchQuery criteria, int most, ResourceStore store, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var matches = await store.All(criteria, most, ct);
            try
            {
                return await store.Write([.. matches.Select(m => new DeleteOperation(m.Type, m.Id, m.Version))], ct);
            }
            catch (FhirException e) when (e.Status == StatusCodes.Status412PreconditionFailed && attempt < Attempts)
            {
                // Another write came between: what matches now?
            }
        }
    }

    /// <summary>204 without a body, or 200 with an OperationOutcome for who prefers it.</summary>
    static FhirResult Answer(HttpRequest request, IReadOnlyList<WriteResult> written)
    {
        var deleted = written.Count(w => w.Outcome == WriteOutcome.Deleted);
        var body = Preferences.Of(request).Body(default, deleted switch
        {
            0 => "There was nothing to delete.",
            1 => "The resource was deleted.",
            _ => $"{deleted} resources were deleted.",
        });
        var only = written.Count == 1 ? written[0].Resource : null;
        return new(body.IsEmpty ? StatusCodes.Status204NoContent : StatusCodes.Status200OK, body)
        {
            Version = only?.Version,
            LastModified = only?.LastUpdated,
        };
    }
}
