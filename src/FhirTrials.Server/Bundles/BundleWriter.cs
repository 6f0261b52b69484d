using System.Globalization;
using System.Text.Json;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>Writes a Bundle around resources that are JSON already — https://hl7.org/fhir/R4/bundle.html</summary>
static class BundleWriter
{
    /// <param name="content">Writes the properties after <c>type</c>.</param>
    public static ReadOnlyMemory<byte> ToJson(string type, Action<Utf8JsonWriter> content) =>
        ResourceJson.Write("Bundle", json =>
        {
            json.WriteString("type", type);
            content(json);
        });

    /// <summary>The array of entries; left out where there is none, as FHIR knows no empty array.</summary>
    public static void WriteEntries<T>(Utf8JsonWriter json, IReadOnlyCollection<T> entries, Action<T> write)
    {
        if (entries.Count == 0)
        {
            return;
        }

        json.WriteStartArray("entry");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            write(entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteLinks(Utf8JsonWriter json, string self, string? next)
    {
        json.WriteStartArray("link");
        WriteLink(json, "self", self);
        if (next is not null)
        {
            WriteLink(json, "next", next);
        }

        json.WriteEndArray();
    }

    /// <summary>A property whose value is JSON already.</summary>
    public static void WriteRaw(Utf8JsonWriter json, string property, ReadOnlyMemory<byte> value)
    {
        json.WritePropertyName(property);
        json.WriteRawValue(value.Span, skipInputValidation: true);
    }

    /// <summary>An instant in UTC with milliseconds.</summary>
    public static string Instant(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Reference(StoredResource resource) => $"{resource.Type}/{resource.Id}";

    public static string VersionReference(StoredResource resource) =>
        string.Create(CultureInfo.InvariantCulture, $"{resource.Type}/{resource.Id}/_history/{resource.Version}");

    static void WriteLink(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation", relation);
        json.WriteString("url", url);
        json.WriteEndObject();
    }
}
