using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>A page of a search as a Bundle — https://hl7.org/fhir/R4/bundle.html#searchset</summary>
static class SearchsetBundle
{
    /// <param name="next">The sealed token of the next page, or null.</param>
    public static ReadOnlyMemory<byte> ToJson(
        HttpRequest request, SearchRequest search, SearchPage page, string? next, Subset subset) =>
        BundleWriter.ToJson("searchset", json =>
        {
            var url = $"{FhirUrl.Base(request)}/{search.Path}".TrimEnd('/');
            if (page.Total is { } total)
            {
                json.WriteNumber("total", total);
            }

            BundleWriter.WriteLinks(
                json, url + QueryString.Create(search.Used!),
                next is null ? null : $"{url}?{PageToken.Parameter}={next}");
            var entries = page.Matches.Select(r => (Resource: r, Mode: "match"))
                .Concat(page.Included.Select(r => (Resource: r, Mode: "include")))
                .Select(e => (
                    e.Mode,
                    FullUrl: FhirUrl.Resource(request, e.Resource.Type, e.Resource.Id),
                    Json: subset.Of(search.Summary, search.Elements, e.Resource.Json),
                    Match: e.Mode == "match" ? e.Resource : null))
                .ToList();
            if (search.Warnings.Length > 0)
            {
                entries.Add(("outcome", "", OperationOutcome.ToUtf8Bytes(search.Warnings), null));
            }

            BundleWriter.WriteEntries(json, entries, e => WriteEntry(json, search, e.FullUrl, e.Json, e.Mode, e.Match));
        });

    static void WriteEntry(
        Utf8JsonWriter json, SearchRequest search, string fullUrl, ReadOnlyMemory<byte> resource, string mode,
        StoredResource? match)
    {
        if (fullUrl.Length > 0)
        {
            json.WriteString("fullUrl", fullUrl);
        }

        BundleWriter.WriteRaw(json, "resource", resource);
        json.WriteStartObject("search");
        if (match is not null && Nearness.PlaceOf(search.Query, match.Type) is { } place)
        {
            Nearness.Write(json, place, match);
        }

        json.WriteString("mode", mode);
        json.WriteEndObject();
    }
}
