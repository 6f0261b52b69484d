using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>What the criteria of a conditional request find — https://hl7.org/fhir/R4/http.html#ccreate</summary>
static class CriteriaMatches
{
    /// <summary>The one resource that matches, or null; throws (412) where there are more.</summary>
    public static async Task<StoredResource?> Single(
        this ResourceStore store, SearchQuery criteria, CancellationToken ct)
    {
        var page = await store.Search(criteria with { Count = 2 }, page: null, ct);
        return page.Matches.Length > 1
            ? throw new FhirException(
                Issue.Error(IssueCode.MultipleMatches, $"More than one {criteria.ResourceType} matches the criteria."))
            : page.Matches.FirstOrDefault();
    }

    /// <summary>All that match; throws (412) where there are more than the most allowed.</summary>
    public static async Task<ImmutableArray<StoredResource>> All(
        this ResourceStore store, SearchQuery criteria, int most, CancellationToken ct)
    {
        var page = await store.Search(criteria with { Count = most }, page: null, ct);
        return page.Next is null
            ? page.Matches
            : throw new FhirException(Issue.Error(
                IssueCode.MultipleMatches, $"More than {most} {criteria.ResourceType} resources match the criteria."));
    }
}
