using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR history of an instance, a type, and the system — https://hl7.org/fhir/R4/http.html#history</summary>
static class History
{
    static readonly string[] Known = ["_since", "_count", "_format", "_pretty", PageToken.Parameter];

    public static Task<IResult> OfInstance(
        string type, string id, HttpRequest request, ResourceStore store, PageToken tokens, ServerLimits limits, CancellationToken ct) =>
        Page(type, id, request, store, tokens, limits, ct);

    public static Task<IResult> OfType(
        string type, HttpRequest request, ResourceStore store, PageToken tokens, ServerLimits limits, CancellationToken ct) =>
        Page(type, null, request, store, tokens, limits, ct);

    public static Task<IResult> OfSystem(
        HttpRequest request, ResourceStore store, PageToken tokens, ServerLimits limits, CancellationToken ct) =>
        Page(null, null, request, store, tokens, limits, ct);

    static async Task<IResult> Page(
        string? type,
        string? id,
        HttpRequest request,
        ResourceStore store,
        PageToken tokens,
        ServerLimits limits,
        CancellationToken ct)
    {
        var scope = string.Join('/', new[] { type, id, "_history" }.OfType<string>());
        var (since, count, place) = await Parameters(request.Query, tokens, scope, limits, ct);
        var page = await store.History(type, id, since is null ? null : Instant(since), count, place, ct);
        if (page.Versions.IsEmpty && id is not null && await store.Read(type!, id, ct) is null)
        {
            throw Read.NotFound(type!, id);
        }

        var url = $"{FhirUrl.Base(request)}/{scope}";
        var next = page.Next is null
            ? null
            : $"{url}?{PageToken.Parameter}={await tokens.Seal(new PagePlace(scope, [since ?? "", $"{count}"], page.Next), ct)}";
        return new FhirResult(
            StatusCodes.Status200OK, HistoryBundle.ToJson(request, page, url + request.QueryString, next));
    }

    /// <summary>As given, or as sealed in the token of a following page.</summary>
    static async Task<(string? Since, int Count, string? Place)> Parameters(
        IQueryCollection query, PageToken tokens, string scope, ServerLimits limits, CancellationToken ct)
    {
        if (query.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotSupported, $"History has no parameter '{unknown}'.", $"http.{unknown}"));
        }

        string? token = query[PageToken.Parameter];
        if (token is null)
        {
            return (query["_since"], Count(query["_count"], limits), null);
        }

        var place = await tokens.Open(token, scope, ct);
        return (place.Parameters[0] is { Length: > 0 } since ? since : null, Count(place.Parameters[1], limits), place.Next);
    }

    static int Count(string? text, ServerLimits limits) =>
        string.IsNullOrEmpty(text)
            ? limits.PageSize
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                ? Math.Min(count, limits.MaxPageSize)
                : throw new FhirException(Issue.Error(IssueCode.Value, "_count must be a whole number above 0.", "http._count"));

    static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FhirException(
                Issue.Error(IssueCode.Value, "_since must be an instant such as 2026-11-21T03:00:00Z.", "http._since"));
}
