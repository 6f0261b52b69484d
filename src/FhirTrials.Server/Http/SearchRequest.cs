using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Server.Http;

/// <summary>A search as asked over HTTP: the query, and how its answer is to be shown.</summary>
/// <param name="Path">Of the URL below the service's base.</param>
/// <param name="Used">What the self link shows.</param>
/// <param name="Page">The store's token of a following page; null for the first.</param>
/// <param name="Warnings">About parameters that were ignored.</param>
sealed record SearchRequest(
    string Path,
    SearchQuery Query,
    ImmutableArray<KeyValuePair<string, string>> Used,
    string? Summary,
    string? Elements,
    string? Page,
    ImmutableArray<Issue> Warnings)
{
    /// <summary>The used parameters as name and value in turn.</summary>
    public string[] Flat() => [.. Used.SelectMany(p => new[] { p.Key, p.Value })];
}
