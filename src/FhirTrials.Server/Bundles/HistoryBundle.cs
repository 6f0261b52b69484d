using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>A page of versions as a Bundle — https://hl7.org/fhir/R4/bundle.html#history</summary>
static class HistoryBundle
{
    public static ReadOnlyMemory<byte> ToJson(
        HttpRequest request, IReadOnlyList<StoredResource> versions, string self, string? next) =>
        BundleWriter.ToJson("history", json =>
        {
            BundleWriter.WriteLinks(json, self, next);
            BundleWriter.WriteEntries(json, versions, version =>
            {
                json.WriteString("fullUrl", FhirUrl.Resource(request, version.Type, version.Id));
                if (!version.IsDeleted)
                {
                    BundleWriter.WriteRaw(json, "resource", version.Json);
                }

                var (method, url, status) = Interaction(version);
                json.WriteStartObject("request");
                json.WriteString("method", method);
                json.WriteString("url", url);
                json.WriteEndObject();
                json.WriteStartObject("response");
                json.WriteString("status", status);
                json.WriteString("etag", EntityTag.Of(version.Version));
                json.WriteString("lastModified", BundleWriter.Instant(version.LastUpdated));
                json.WriteEndObject();
            });
        });

    static (string Method, string Url, string Status) Interaction(StoredResource version) => version.Method switch
    {
        StoredBy.Create => ("POST", version.Type, "201 Created"),
        StoredBy.Update => ("PUT", BundleWriter.Reference(version), version.Version == 1 ? "201 Created" : "200 OK"),
        StoredBy.Delete => ("DELETE", BundleWriter.Reference(version), "204 No Content"),
    };
}
