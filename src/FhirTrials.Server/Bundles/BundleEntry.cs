using System.Collections.Immutable;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Bundles;

/// <summary>An entry of a batch or transaction — https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry</summary>
/// <param name="Url">Relative to the service's base; an absolute URL of this server has been made relative.</param>
sealed record BundleEntry(
    int Index,
    string? FullUrl,
    Element? Resource,
    string Method,
    string Url,
    string? IfMatch,
    string? IfNoneMatch,
    string? IfModifiedSince,
    string? IfNoneExist)
{
    static readonly string[] WithBody = ["POST", "PUT", "PATCH"];

    /// <summary>Where the entry is: <c>Bundle.entry[2]</c>.</summary>
    public string Place => $"Bundle.entry[{Index}]";

    public bool IsWrite => Method is "POST" or "PUT" or "PATCH" or "DELETE";

    /// <summary>The JSON Patch that a Binary carries; null for anything else —
    /// https://hl7.org/fhir/R4/http.html#patch</summary>
    public byte[]? JsonPatch =>
        Method == "PATCH" && Resource is { Type.Name: "Binary" } binary
            && binary.ValueOf("contentType") == FhirFormat.JsonPatch
            ? Convert.FromBase64String(binary.ValueOf("data") ?? "")
            : null;

    /// <summary>What a request of its own would carry: type and content.</summary>
    public (string Type, byte[] Content)? Body =>
        Resource is null || !WithBody.Contains(Method) ? null
        : JsonPatch is { } patch ? (FhirFormat.JsonPatch, patch)
        : (FhirFormat.Json, FhirJson.ToUtf8Bytes(Resource));

    /// <summary>The URL without its query.</summary>
    public string Path => Url.Split('?')[0].TrimEnd('/');

    /// <summary>The search on which a conditional create, update, patch or deletion
    /// depends; null for anything else.</summary>
    public string? Criteria => Method switch
    {
        "POST" when !string.IsNullOrEmpty(IfNoneExist) => IfNoneExist,
        "PUT" or "PATCH" or "DELETE"
            when Url.Split('?', 2) is [_, var query] && !Path.Contains('/', StringComparison.Ordinal) => query,
        _ => null,
    };

    /// <summary>The type, and for an instance the id, of a write; null for anything
    /// else (an operation, a search).</summary>
    public (string Type, string? Id)? Target => Path.Split('/') switch
    {
        [{ Length: > 0 } type] when (Method == "POST" || Criteria is not null)
            && !type.StartsWith('$') && !type.StartsWith('_') => (type, null),
        [{ Length: > 0 } type, { Length: > 0 } id] when Method is "PUT" or "PATCH" or "DELETE" or "GET" or "HEAD"
            && !id.StartsWith('$') && !id.StartsWith('_') => (type, id),
        _ => null,
    };

    /// <summary>The type that the entry searches with GET; null for anything else.</summary>
    public string? SearchedType =>
        Method is "GET" or "HEAD" && Path.Split('/') is [{ Length: > 0 } type] && char.IsAsciiLetterUpper(type[0])
            ? type
            : null;

    /// <summary>The parameters in the URL, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query =>
        Url.Split('?', 2) is [_, var query]
            ? [.. QueryHelpers.ParseQuery(query)
                .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))]
            : [];

    public static ImmutableArray<BundleEntry> All(Element bundle, string baseUrl) =>
        [.. bundle["entry"].Select((entry, index) => Of(entry, index, baseUrl))];

    /// <summary>What is wrong with the entry's request itself.</summary>
    public IEnumerable<Issue> Issues()
    {
        if (Method.Length == 0 || Url.Length == 0 && Method != "GET")
        {
            yield return Issue.Error(
                IssueCode.Required, "The entry needs a request with method and url.", $"{Place}.request");
            yield break;
        }

        if (!SubRequests.IsRelative(Url))
        {
            yield return Issue.Error(
                IssueCode.Value, "The url must be relative to this server's base, such as Patient/1.",
                $"{Place}.request.url");
        }

        if (WithBody.Contains(Method) && Resource is null && !Path.Contains('$', StringComparison.Ordinal)
            && !Path.EndsWith("_search", StringComparison.Ordinal))
        {
            yield return Issue.Error(IssueCode.Required, $"{Method} needs a resource.", $"{Place}.resource");
        }

        if (Method == "PATCH" && Resource is not null && Resource.Type.Name != "Parameters" && JsonPatch is null)
        {
            yield return Issue.Error(
                IssueCode.Invalid, $"A patch is a Parameters resource, or a Binary of type {FhirFormat.JsonPatch}.",
                $"{Place}.resource");
        }

        if (Path.Length == 0 && Method == "POST")
        {
            yield return Issue.Error(
                IssueCode.NotSupported, "A batch or transaction cannot hold another one.", $"{Place}.request.url");
        }
    }

    static BundleEntry Of(Element entry, int index, string baseUrl)
    {
        var request = entry.Child("request");
        var url = request?.ValueOf("url") ?? "";
        return new BundleEntry(
            index,
            entry.ValueOf("fullUrl"),
            entry.Child("resource"),
            request?.ValueOf("method") ?? "",
            url.StartsWith(baseUrl + "/", StringComparison.Ordinal) ? url[(baseUrl.Length + 1)..] : url,
            request?.ValueOf("ifMatch"),
            request?.ValueOf("ifNoneMatch"),
            request?.ValueOf("ifModifiedSince"),
            request?.ValueOf("ifNoneExist"));
    }

    /// <summary>The headers that a request of its own would have.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Headers(HttpRequest outer) =>
    [
        new("If-Match", IfMatch),
        new("If-None-Match", IfNoneMatch),
        new("If-Modified-Since", HttpDate(IfModifiedSince)),
        new("If-None-Exist", IfNoneExist),
        new("Prefer", outer.Headers["Prefer"].ToString()),
    ];

    static string? HttpDate(string? instant) =>
        DateTimeOffset.TryParse(instant, System.Globalization.CultureInfo.InvariantCulture, out var time)
            ? time.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
