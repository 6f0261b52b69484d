using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Bundles;

/// <summary>FHIR batch: each entry on its own — https://hl7.org/fhir/R4/http.html#transaction</summary>
sealed class Batch(SubRequests requests)
{
    /// <param name="issues">What the reader found in the Bundle's text; an entry with errors
    /// is refused, the others go on.</param>
    public async Task<ReadOnlyMemory<byte>> Process(
        ImmutableArray<BundleEntry> entries, ImmutableArray<Issue> issues, HttpRequest outer, CancellationToken ct)
    {
        var responses = new EntryResponse[entries.Length];
        foreach (var entry in entries.OrderBy(e => ProcessingOrder.Of(e.Method)))
        {
            var wrong = issues.Where(i => i.IsError && IsWithin(i, entry)).Concat(entry.Issues()).ToList();
            responses[entry.Index] = wrong.Count > 0
                ? EntryResponse.Refused(wrong, StatusCodes.Status400BadRequest)
                : await Send(entry, outer, ct);
        }

        return EntryResponse.ToBundle("batch-response", responses);
    }

    /// <summary>One entry as a request of its own.</summary>
    public async Task<EntryResponse> Send(BundleEntry entry, HttpRequest outer, CancellationToken ct)
    {
        var response = EntryResponse.Of(
            await requests.Send(outer, entry.Method, entry.Url, entry.Headers(outer), entry.Body, ct));
        return entry is { IsWrite: true, Target: not null }
            && Preferences.Of(outer).Return == ReturnPreference.OperationOutcome ? response.AsOutcome() : response;
    }

    public static bool IsWithin(Issue issue, BundleEntry entry) =>
        issue.Expression is { } at
        && at.StartsWith(entry.Place, StringComparison.Ordinal)
        && (at.Length == entry.Place.Length || at[entry.Place.Length] == '.');
}

/// <summary>DELETE, POST, PUT and PATCH, then reads — https://hl7.org/fhir/R4/http.html#trules</summary>
static class ProcessingOrder
{
    public static int Of(string method) => method switch
    {
        "DELETE" => 0,
        "POST" => 1,
        "PUT" or "PATCH" => 2,
        _ => 3,
    };
}
