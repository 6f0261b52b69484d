using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>Answers that are sent again only where they have changed —
/// https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2</summary>
static class Conditional
{
    /// <summary>How old a time must be to stand for a state: it tells seconds, in which more than one commit may fall —
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    /// <summary>304 where the client has that answer, which then is not made.</summary>
    /// <param name="tag">An entity tag, which every change changes.</param>
    /// <param name="modified">Since when the answer is the same; null where that is not known.</param>
    public static IResult Answer(HttpRequest request, string tag, DateTimeOffset? modified, Func<IResult> answer)
    {
        var (http, now) =
            (request.HttpContext, request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var settled = modified < now - Settled ? modified : null;
        http.Response.Headers.ETag = tag;
        http.Response.Headers.LastModified = settled?.ToString("R", CultureInfo.InvariantCulture);
        return IsKnown(request, tag, settled) ? Results.StatusCode(StatusCodes.Status304NotModified) : answer();
    }

    /// <summary>Whether If-None-Match names the tag or, where that is absent,
    /// If-Modified-Since the time or a later one.</summary>
    public static bool IsKnown(HttpRequest request, string tag, DateTimeOffset? modified) =>
        request.Headers.IfNoneMatch.Count > 0
            ? EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var known)
                && known.Any(k => k.Equals(EntityTagHeaderValue.Any)
                    || k.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false))
            : modified is { } time
                && DateTimeOffset.TryParseExact(
                    request.Headers.IfModifiedSince, "R", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out var since)
                && time < since.AddSeconds(1);
}
