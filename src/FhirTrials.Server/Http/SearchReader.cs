using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Http;

/// <summary>Searches as they come over HTTP, and those inside conditional requests.</summary>
sealed class SearchReader(
    FhirDefinitions definitions, TimeProvider clock, IHttpContextAccessor context, PageToken tokens, ServerLimits limits)
{
    static readonly string[] NotInCriteria = ["_sort", "_count", "_total", "_summary", "_elements", "_include", "_revinclude", "_format", "_pretty"];

    /// <summary>The search that the parameters ask for, or go on with; throws (400) for what is not understood.</summary>
    /// <param name="lenient">Whether unknown parameters are reported in the answer rather than refused.</param>
    public async Task<SearchRequest> Read(
        string type, IReadOnlyList<KeyValuePair<string, string>> parameters, bool lenient, CancellationToken ct)
    {
        var token = parameters.FirstOrDefault(p => p.Key == PageToken.Parameter).Value;
        if (token is null)
        {
            return Read(type, parameters, lenient, page: null);
        }

        var place = await tokens.Open(token, type, ct);
        var first = place.Parameters.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1])).ToList();
        return Read(type, first, lenient, place.Next);
    }

    /// <summary>The criteria of a conditional request: filters alone, all of them understood.</summary>
    public SearchQuery Criteria(string type, string criteria)
    {
        var parameters = QueryHelpers.ParseQuery(criteria)
            .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))
            .ToList();
        if (parameters.FirstOrDefault(p => NotInCriteria.Contains(p.Key.Split(':')[0])) is { Key: { } wrong })
        {
            throw new FhirException(Issue.Error(IssueCode.NotSupported, $"{wrong} has no place in the criteria of a conditional request."));
        }

        if (parameters.FirstOrDefault(p => p.Value.Length == 0) is { Key: { } empty })
        {
            throw new FhirException(Issue.Error(IssueCode.Value, $"{empty} has no value, and a condition is not to be guessed."));
        }

        var query = Parse(type, parameters, lenient: false).Query;
        return query.Filters.IsEmpty
            ? throw new FhirException(Issue.Error(IssueCode.Invalid, "A conditional request needs at least one search parameter."))
            : query;
    }

    /// <summary>The criteria in the URL of a conditional request.</summary>
    public SearchQuery Criteria(string type, HttpRequest request) =>
        Criteria(type, QueryString.Create(request.Query.Where(p => p.Key is not ("_format" or "_pretty"))).Value ?? "");

    SearchRequest Read(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, bool lenient, string? page)
    {
        var parsed = Parse(type, parameters, lenient);
        var query = parsed.Query with { Count = Math.Min(parsed.Query.Count ?? limits.PageSize, limits.MaxPageSize) };
        return new SearchRequest(
            query, parsed.Query.Used, Value(parameters, "_summary"), Value(parameters, "_elements"), page, parsed.Issues);
    }

    ParsedSearch Parse(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, bool lenient)
    {
        var baseUrl = context.HttpContext is { } http ? FhirUrl.Base(http.Request) : null;
        var parsed = new SearchQueryParser(definitions, clock, baseUrl).Parse(type, parameters, lenient);
        return parsed.IsValid ? parsed : throw new FhirException(parsed.Issues, StatusCodes.Status400BadRequest);
    }

    static string? Value(IReadOnlyList<KeyValuePair<string, string>> parameters, string name) =>
        parameters.LastOrDefault(p => p.Key == name).Value;
}
