using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>Weak entity tags of answers that depend on many resources: the number of the last change with all of the
/// request that shapes the answer. Every change of anything changes them, so an answer of 304 is certain; asking costs
/// one number.</summary>
sealed class StateTag(ResourceStore store, SearchParameters parameters, ServedTypes types, ServerLimits limits)
{
    readonly string _server = $"{ProductVersion.Text} {limits} {string.Join(',', types.Names)}";

    /// <summary>304 where the client has the answer that would be given now; otherwise null.</summary>
    public async Task<IResult?> Known(HttpRequest request, CancellationToken ct) =>
        request.Headers.IfNoneMatch.Count > 0 && Of(request, await store.LastChange(ct)) is { } tag
        && Conditional.IsKnown(request, tag, modified: null)
            ? new FhirResult(StatusCodes.Status304NotModified, default) { Tag = tag }
            : null;

    /// <summary>The tag of an answer that has all changes up to a number. Null where the same request may be answered
    /// otherwise without a change: by POST, of a page after the first, or about a time that counts from now.</summary>
    public string? Of(HttpRequest request, long change)
    {
        var isTimed = request.Query.Any(p => p.Value.Any(v => v!.Contains("ap", StringComparison.Ordinal)));
        if (HttpMethods.IsPost(request.Method) || isTimed || request.Query.ContainsKey(PageToken.Parameter))
        {
            return null;
        }

        var indexed = string.Join(',', parameters.Posted.Select(p => $"{p.Parameter.Url} {p.IsComplete}"));
        return Of(
            change.ToString(CultureInfo.InvariantCulture), FhirUrl.Base(request), request.Path,
            request.QueryString.Value, FhirFormat.Of(request).ToString(), Preferences.Of(request).Lenient.ToString(),
            indexed, _server);
    }

    /// <summary>The tag of an answer that is the same wherever these texts are.</summary>
    public static string Of(params IEnumerable<string?> parts) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32]}\"";
}
