using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Http;

/// <summary>Searches as they come over HTTP, and those inside conditional requests.</summary>
sealed class SearchReader(
    FhirDefinitions definitions,
    SearchParameters searchParameters,
    TimeProvider clock,
    IHttpContextAccessor context,
    PageToken tokens,
    StoredValueSets valueSets,
    ServerLimits limits)
{
    static readonly string[] NotInCriteria =
        ["_sort", "_count", "_total", "_summary", "_elements", "_include", "_revinclude", "_format", "_pretty"];

    /// <summary>The search that the parameters ask for, or go on with; throws (400) for what is not
    /// understood.</summary>
    /// <param name="lenient">Whether unknown parameters are reported in the answer rather than refused.</param>
    public async Task<SearchRequest> Read(
        SearchScope scope, IReadOnlyList<KeyValuePair<string, string>> parameters, bool lenient, CancellationToken ct)
    {
        var token = parameters.FirstOrDefault(p => p.Key == PageToken.Parameter).Value;
        var place = token is null ? null : await tokens.Open(token, scope.Path, ct);
        var asked =
            place is null ? parameters : [.. place.Parameters.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1]))];
        var stored = await valueSets.Read(asked, ct);
        var parsed = Valid(Parser(stored).Parse(Types(scope, asked), asked, lenient, scope.Compartment));
        var query = parsed.Query with { Count = Math.Min(parsed.Query.Count ?? limits.PageSize, limits.MaxPageSize) };
        return new SearchRequest(
            scope.Path, query, query.Used, Value(asked, "_summary"), Value(asked, "_elements"), place?.Next,
            parsed.Issues);
    }

    /// <summary>The criteria of a conditional request: filters alone, all of them understood.</summary>
    public SearchQuery Criteria(string type, string criteria)
    {
        var parameters = QueryHelpers.ParseQuery(criteria)
            .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))
            .ToList();
        if (parameters.FirstOrDefault(p => NotInCriteria.Contains(p.Key.Split(':')[0])) is { Key: { } wrong })
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotSupported, $"{wrong} has no place in the criteria of a conditional request."));
        }

        if (parameters.FirstOrDefault(p => p.Value.Length == 0) is { Key: { } empty })
        {
            throw new FhirException(
                Issue.Error(IssueCode.Value, $"{empty} has no value, and a condition is not to be guessed."));
        }

        var query = Valid(Parser().Parse(type, parameters, lenient: false)).Query;
        return query.Filters.IsEmpty
            ? throw new FhirException(
                Issue.Error(IssueCode.Invalid, "A conditional request needs at least one search parameter."))
            : query;
    }

    /// <summary>The criteria in the URL of a conditional request.</summary>
    public SearchQuery Criteria(string type, HttpRequest request) =>
        Criteria(type, QueryString.Create(request.Query.Where(p => p.Key is not ("_format" or "_pretty"))).Value ?? "");

    /// <summary>https://hl7.org/fhir/R4/search.html#_type</summary>
    static IReadOnlyCollection<string> Types(SearchScope scope, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var asked = parameters.Where(p => p.Key == "_type" && p.Value.Length > 0)
            .Select(p => p.Value.Split(',')).ToList();
        if (asked.Count == 0)
        {
            return scope.Types;
        }

        var wrong = asked.SelectMany(types => types).FirstOrDefault(t => !scope.Types.Contains(t));
        return wrong is null
            ? [.. scope.Types.Where(t => asked.All(types => types.Contains(t)))]
            : throw new FhirException(Issue.Error(
                IssueCode.NotSupported,
                scope.HasManyTypes
                    ? "_type names what is no resource type that is served here."
                    : "_type has its place in searches of several types.",
                "http._type"));
    }

    SearchQueryParser Parser(Func<string, ValueSet?>? stored = null) =>
        new(
            definitions, clock, context.HttpContext is { } http ? FhirUrl.Base(http.Request) : null, stored,
            searchParameters, ConceptCodes.Related);

    static ParsedSearch Valid(ParsedSearch parsed) =>
        parsed.IsValid ? parsed : throw new FhirException(parsed.Issues, StatusCodes.Status400BadRequest);

    static string? Value(IReadOnlyList<KeyValuePair<string, string>> parameters, string name) =>
        parameters.LastOrDefault(p => p.Key == name).Value;
}
