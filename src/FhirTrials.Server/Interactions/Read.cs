using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR read — https://hl7.org/fhir/R4/http.html#read</summary>
static class Read
{
    public static async Task<IResult> Handle(
        string type, string id, HttpRequest request, ResourceStore store, Subset subset, CancellationToken ct) =>
        Answer(request, await Current(type, id, store, ct), subset);

    /// <summary>The current version of what is there; throws (404, 410) for anything else.</summary>
    public static async Task<StoredResource> Current(string type, string id, ResourceStore store, CancellationToken ct)
    {
        var current = await store.Read(type, id, ct) ?? throw NotFound(type, id);
        return current.IsDeleted ? throw Deleted(type, id) : current;
    }

    /// <summary>A version, or 304 where the client has it already — https://hl7.org/fhir/R4/http.html#cread</summary>
    public static FhirResult Answer(HttpRequest request, StoredResource resource, Subset subset) =>
        IsKnown(request, resource)
            ? FhirResult.Of(resource, StatusCodes.Status304NotModified) with { Body = default }
            : FhirResult.Of(resource) with { Body = subset.Of(request.Query, resource.Json) };

    public static FhirException NotFound(string type, string id) =>
        new(Issue.Error(IssueCode.NotFound, $"There is no {type}/{id}."));

    public static FhirException Deleted(string type, string id) =>
        new(Issue.Error(IssueCode.Deleted, $"{type}/{id} has been deleted."));

    // RFC 9110 §13.2.2: If-Modified-Since counts only where If-None-Match is absent.
    static bool IsKnown(HttpRequest request, StoredResource resource) =>
        request.Headers.IfNoneMatch.Count > 0
            ? EntityTag.IfNoneMatchNames(request.Headers.IfNoneMatch, resource.Version)
            : DateTimeOffset.TryParseExact(
                request.Headers.IfModifiedSince, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
              && resource.LastUpdated < since.AddSeconds(1);
}
