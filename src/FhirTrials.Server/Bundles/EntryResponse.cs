using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Bundles;

/// <summary>What became of one entry — https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.response</summary>
/// <param name="Resource">What the entry's own request would have answered with; an outcome where it failed.</param>
sealed record EntryResponse(int Status, ReadOnlyMemory<byte> Resource)
{
    public string? FullUrl { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public static EntryResponse Refused(IReadOnlyCollection<Issue> issues, int status) => new(status, OperationOutcome.ToUtf8Bytes(issues));

    public static EntryResponse Of(SubResponse response) => new(response.Status, response.Body)
    {
        Location = response.Headers.Location,
        ETag = response.Headers.ETag,
        LastModified = DateTimeOffset.TryParse(
            response.Headers.LastModified, System.Globalization.CultureInfo.InvariantCulture, out var time)
            ? BundleWriter.Instant(time)
            : null,
    };

    /// <summary>The answer to a write of a transaction.</summary>
    public static EntryResponse Of(WriteResult written, HttpRequest request, Preferences preferences)
    {
        var status = written.Outcome switch
        {
            WriteOutcome.Created => StatusCodes.Status201Created,
            WriteOutcome.Updated or WriteOutcome.Unchanged => StatusCodes.Status200OK,
            WriteOutcome.Deleted or WriteOutcome.NothingToDelete => StatusCodes.Status204NoContent,
        };
        return written.Resource is not { IsDeleted: false } resource
            ? new EntryResponse(status, default)
            : new EntryResponse(status, preferences.Body(resource.Json, "Done."))
            {
                FullUrl = FhirUrl.Resource(request, resource.Type, resource.Id),
                Location = FhirUrl.Version(request, resource),
                ETag = EntityTag.Of(resource.Version),
                LastModified = BundleWriter.Instant(resource.LastUpdated),
            };
    }

    public static ReadOnlyMemory<byte> ToBundle(string type, IReadOnlyCollection<EntryResponse> responses) =>
        BundleWriter.ToJson(type, json => BundleWriter.WriteEntries(json, responses, r => r.Write(json)));

    void Write(Utf8JsonWriter json)
    {
        var failed = Status >= 400;
        if (FullUrl is not null)
        {
            json.WriteString("fullUrl", FullUrl);
        }

        if (!failed && !Resource.IsEmpty)
        {
            BundleWriter.WriteRaw(json, "resource", Resource);
        }

        json.WriteStartObject("response");
        json.WriteString("status", $"{Status} {ReasonPhrases.GetReasonPhrase(Status)}".TrimEnd());
        WriteString(json, "location", Location);
        WriteString(json, "etag", ETag);
        WriteString(json, "lastModified", LastModified);
        if (failed && !Resource.IsEmpty)
        {
            BundleWriter.WriteRaw(json, "outcome", Resource);
        }

        json.WriteEndObject();
    }

    static void WriteString(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
