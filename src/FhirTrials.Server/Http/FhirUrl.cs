using System.Globalization;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>Absolute URLs of this server as the client sees it.</summary>
static class FhirUrl
{
    public const string Path = "/fhir";

    /// <summary>The service base URL: <c>http://localhost:8080/fhir</c>, or what <c>Fhir:BaseUrl</c> says behind a
    /// proxy. A request keeps it, since a page names it with each of its resources.</summary>
    public static string Base(HttpRequest request)
    {
        var items = request.HttpContext.Items;
        if (items.TryGetValue(typeof(FhirUrl), out var known))
        {
            return (string)known!;
        }

        var url = request.HttpContext.RequestServices.GetRequiredService<IConfiguration>()["Fhir:BaseUrl"]?.TrimEnd('/')
            ?? $"{request.Scheme}://{request.Host}{request.PathBase}{Path}";
        items[typeof(FhirUrl)] = url;
        return url;
    }

    public static string Resource(HttpRequest request, string type, string id) => $"{Base(request)}/{type}/{id}";

    public static string Version(HttpRequest request, StoredResource resource) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Base(request)}/{resource.Type}/{resource.Id}/_history/{resource.Version}");
}
