using System.Text.Json;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>How far a match of a search by <c>near</c> is: HL7's extension of its entry, and of a study ours that names
/// the nearest site — https://hl7.org/fhir/R4/extension-location-distance.html</summary>
static class Nearness
{
    const string LocationDistance = "http://hl7.org/fhir/StructureDefinition/location-distance";
    const string NearestSite = "http://fhirtrials.org/fhir/StructureDefinition/nearest-site";
    const string SitePosition = "http://fhirtrials.org/fhir/StructureDefinition/site-position";

    /// <summary>The place that distances of resources of a type count from; null where the search has none.</summary>
    public static NearValue? PlaceOf(SearchQuery query, string type) => query.Types.Where(t => t.ResourceType == type)
        .SelectMany(t => t.Filters).OfType<IndexFilter>().SelectMany(f => f.Values)
        .OfType<NearValue>().FirstOrDefault();

    /// <summary>Writes the extensions of an entry's search; nothing for a resource without a position.</summary>
    public static void Write(Utf8JsonWriter json, NearValue place, StoredResource match)
    {
        using var resource = JsonDocument.Parse(match.Json, FhirJson.DocumentOptions);
        var positions = match.Type switch
        {
            "Location" => Position(resource.RootElement, "position") is { } point
                ? [(Site: default(JsonElement), Point: point)]
                : [],
            "ResearchStudy" => Sites(resource.RootElement).ToList(),
            _ => [],
        };
        if (positions.Count == 0)
        {
            return;
        }

        var (site, nearest) = positions.MinBy(p => NearSearch.Square(place, p.Point));
        json.WriteStartArray("extension");
        WriteDistance(json, NearSearch.Distance(place, nearest));
        if (site.ValueKind == JsonValueKind.Object)
        {
            WriteSite(json, site);
        }

        json.WriteEndArray();
    }

    static void WriteDistance(Utf8JsonWriter json, double kilometres)
    {
        json.WriteStartObject();
        json.WriteString("url", LocationDistance);
        json.WriteStartObject("valueDistance");
        json.WriteNumber("value", Math.Round((decimal)kilometres, 1));
        json.WriteString("unit", "km");
        json.WriteString("system", "http://unitsofmeasure.org");
        json.WriteString("code", "km");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteSite(Utf8JsonWriter json, JsonElement site)
    {
        json.WriteStartObject();
        json.WriteString("url", NearestSite);
        json.WriteStartObject("valueReference");
        foreach (var part in new[] { "reference", "display" })
        {
            if (site.TryGetProperty(part, out var text))
            {
                json.WriteString(part, text.GetString());
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static IEnumerable<(JsonElement Site, SpherePoint Point)> Sites(JsonElement study) =>
        from site in Items(study, "site")
        from extension in Items(site, "extension")
        where Text(extension, "url") == SitePosition
        let parts = Items(extension, "extension").ToDictionary(
            part => Text(part, "url") ?? "",
            part => part.TryGetProperty("valueDecimal", out var v) ? v.GetDouble() : double.NaN)
        where parts.ContainsKey("latitude") && parts.ContainsKey("longitude")
        select (site, SpherePoint.Of(parts["latitude"], parts["longitude"]));

    static SpherePoint? Position(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var position)
        && position.TryGetProperty("latitude", out var latitude)
        && position.TryGetProperty("longitude", out var longitude)
            ? SpherePoint.Of(latitude.GetDouble(), longitude.GetDouble())
            : null;

    static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) ? text.GetString() : null;
}
