using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR history of an instance, a type, and the system — https://hl7.org/fhir/R4/http.html#history</summary>
static class History
{
    static readonly string[] Filters = ["_since", "_at", "_count", "_summary", "_elements"];

    static readonly string[] Known = [.. Filters, "_format", "_pretty", PageToken.Parameter];

    public static Task<IResult> OfInstance(
        string type,
        string id,
        HttpRequest request,
        ResourceStore store,
        PageToken tokens,
        Subset subset,
        ServerLimits limits,
        StateTag state,
        CancellationToken ct) =>
        Page($"{type}/{id}/_history", [type], id, request, store, tokens, subset, limits, state, ct);

    public static Task<IResult> OfType(
        string type,
        HttpRequest request,
        ResourceStore store,
        PageToken tokens,
        Subset subset,
        ServerLimits limits,
        StateTag state,
        CancellationToken ct) =>
        Page($"{type}/_history", [type], null, request, store, tokens, subset, limits, state, ct);

    public static Task<IResult> OfSystem(
        HttpRequest request,
        ServedTypes served,
        ResourceStore store,
        PageToken tokens,
        Subset subset,
        ServerLimits limits,
        StateTag state,
        CancellationToken ct) =>
        Page("_history",
            served.IsRestricted ? served.Names : [], null, request, store, tokens, subset, limits, state, ct);

    static async Task<IResult> Page(
        string scope,
        IReadOnlyCollection<string> types,
        string? id,
        HttpRequest request,
        ResourceStore store,
        PageToken tokens,
        Subset subset,
        ServerLimits limits,
        StateTag state,
        CancellationToken ct)
    {
        if (await state.Known(request, ct) is { } known)
        {
            return known;
        }

        var (parameters, place) = await Parameters(request.Query, tokens, scope, ct);
        var (since, at) = (Value(parameters, "_since"), Value(parameters, "_at"));
        var page = await store.History(
            types, id, since is null ? null : Instants.Parse(since, "_since"), at is null ? null : Range(at),
            Count(Value(parameters, "_count"), limits), place, ct);
        if (page.Versions.IsEmpty && id is not null && await store.Read(types.Single(), id, ct) is null)
        {
            throw Read.NotFound(types.Single(), id);
        }

        var url = $"{FhirUrl.Base(request)}/{scope}";
        var next = page.Next is null
            ? null
            : $"{url}?{PageToken.Parameter}={await tokens.Seal(new PagePlace(scope, parameters, page.Next), ct)}";
        var shown = page.Versions.Select(v => v.IsDeleted ? v : v with
        {
            Json = subset.Of(Value(parameters, "_summary"), Value(parameters, "_elements"), v.Json),
        });
        return new FhirResult(
            StatusCodes.Status200OK, HistoryBundle.ToJson(request, [.. shown], url + request.QueryString, next))
        {
            Tag = state.Of(request, page.Change),
        };
    }

    /// <summary>As given, or as sealed in the token of a following page: name and value in turn.</summary>
    static async Task<(string[] Parameters, string? Place)> Parameters(
        IQueryCollection query, PageToken tokens, string scope, CancellationToken ct)
    {
        if (query.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotSupported, $"History has no parameter '{unknown}'.", $"http.{unknown}"));
        }

        if (query[PageToken.Parameter].LastOrDefault() is { } token)
        {
            var place = await tokens.Open(token, scope, ct);
            return (place.Parameters, place.Next);
        }

        var given = Filters.Where(f => query[f].LastOrDefault() is { Length: > 0 });
        return ([.. given.SelectMany(f => new[] { f, query[f].Last()! })], null);
    }

    static string? Value(string[] parameters, string name) =>
        Array.IndexOf(parameters, name) is >= 0 and var at ? parameters[at + 1] : null;

    static int Count(string? text, ServerLimits limits) =>
        text is null
            ? limits.PageSize
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                ? Math.Min(count, limits.MaxPageSize)
                : throw new FhirException(
                    Issue.Error(IssueCode.Value, "_count must be a whole number above 0.", "http._count"));

    static DateRange Range(string text) =>
        DateRange.TryParse(text.Replace(' ', '+'), out var range)
            ? range
            : throw new FhirException(
                Issue.Error(
                    IssueCode.Value, "_at must be a date or time such as 2026-11-21 or 2026-11-21T03:00:00Z.",
                    "http._at"));
}
