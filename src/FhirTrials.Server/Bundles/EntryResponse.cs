using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Bundles;

/// <summary>What became of one entry — https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.response</summary>
/// <param name="Resource">What the entry's own request would have answered with; empty where it failed.</param>
sealed record EntryResponse(int Status, ReadOnlyMemory<byte> Resource)
{
    /// <summary>What is said of a write, beside or instead of the resource.</summary>
    public ReadOnlyMemory<byte> Outcome { get; init; }

    public string? FullUrl { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public static EntryResponse Refused(IReadOnlyCollection<Issue> issues, int status) =>
        new(status, default) { Outcome = OperationOutcome.ToUtf8Bytes(issues) };

    public static EntryResponse Of(SubResponse response)
    {
        var answer = new EntryResponse(response.Status, response.Body)
        {
            Location = response.Headers.Location,
            ETag = response.Headers.ETag,
            LastModified = DateTimeOffset.TryParse(
                response.Headers.LastModified, System.Globalization.CultureInfo.InvariantCulture, out var time)
                ? BundleWriter.Instant(time)
                : null,
        };
        return response.Status >= 400 ? answer.AsOutcome() : answer;
    }

    /// <summary>The answer to the write of a transaction's entry, or to its writes.</summary>
    public static EntryResponse Of(IReadOnlyList<WriteResult> written, HttpRequest request, Preferences preferences)
    {
        var resource = written.Count == 1 ? written[0].Resource : null;
        var status = written.Count == 1 && resource is { IsDeleted: false }
            ? written[0].Outcome == WriteOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK
            : StatusCodes.Status204NoContent;
        var body = preferences.Body(resource?.Json ?? default, "Done.");
        var answer = new EntryResponse(status, body)
        {
            ETag = resource is null ? null : EntityTag.Of(resource.Version),
            LastModified = resource is null ? null : BundleWriter.Instant(resource.LastUpdated),
        };
        if (resource is { IsDeleted: false })
        {
            answer = answer with
            {
                FullUrl = FhirUrl.Resource(request, resource.Type, resource.Id),
                Location = FhirUrl.Version(request, resource),
            };
        }

        return preferences.Return == ReturnPreference.OperationOutcome ? answer.AsOutcome() : answer;
    }

    /// <summary>The body is no resource but tells what was done.</summary>
    public EntryResponse AsOutcome() => this with { Outcome = Resource, Resource = default };

    public static ReadOnlyMemory<byte> ToBundle(string type, IReadOnlyCollection<EntryResponse> responses) =>
        BundleWriter.ToJson(type, json => BundleWriter.WriteEntries(json, responses, r => r.Write(json)));

    void Write(Utf8JsonWriter json)
    {
        if (FullUrl is not null)
        {
            json.WriteString("fullUrl", FullUrl);
        }

        if (!Resource.IsEmpty)
        {
            BundleWriter.WriteRaw(json, "resource", Resource);
        }

        json.WriteStartObject("response");
        json.WriteString("status", $"{Status} {ReasonPhrases.GetReasonPhrase(Status)}".TrimEnd());
        WriteString(json, "location", Location);
        WriteString(json, "etag", ETag);
        WriteString(json, "lastModified", LastModified);
        if (!Outcome.IsEmpty)
        {
            BundleWriter.WriteRaw(json, "outcome", Outcome);
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
