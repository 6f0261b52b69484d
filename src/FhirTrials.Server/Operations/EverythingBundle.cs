using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>A page of an $everything.</summary>
static class EverythingBundle
{
    /// <param name="next">The sealed token of the next page, or null.</param>
    public static FhirResult Of(
        HttpRequest request, string scope, IEnumerable<StoredResource> matches, IEnumerable<StoredResource> included,
        string? next)
    {
        var entries = matches.Select(r => (Resource: r, Mode: "match"))
            .Concat(included.Select(r => (Resource: r, Mode: "include"))).ToList();
        var url = $"{FhirUrl.Base(request)}/{scope}";
        return new(StatusCodes.Status200OK, BundleWriter.ToJson("searchset", json =>
        {
            BundleWriter.WriteLinks(
                json, url + request.QueryString, next is null ? null : $"{url}?{PageToken.Parameter}={next}");
            BundleWriter.WriteEntries(json, entries, entry =>
            {
                json.WriteString("fullUrl", FhirUrl.Resource(request, entry.Resource.Type, entry.Resource.Id));
                BundleWriter.WriteRaw(json, "resource", entry.Resource.Json);
                json.WriteStartObject("search");
                json.WriteString("mode", entry.Mode);
                json.WriteEndObject();
            });
        }));
    }
}
