using System.Text;
using FhirTrials.Server.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FhirTrials.Server.Bundles;

/// <summary>The answer to one entry of a batch.</summary>
sealed record SubResponse(int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300 or StatusCodes.Status304NotModified;
}

/// <summary>Sends an entry of a Bundle down the same pipeline as a request of its own, so that both are the same in
/// every respect.</summary>
sealed class SubRequests
{
    RequestDelegate? _pipeline;

    /// <summary>The middleware that marks where entries enter the pipeline.</summary>
    public RequestDelegate Mark(RequestDelegate next) => _pipeline = next;

    /// <param name="url">Relative to the service's base, with its query.</param>
    public async Task<SubResponse> Send(
        HttpRequest outer,
        string method,
        string url,
        IEnumerable<KeyValuePair<string, string?>> headers,
        (string Type, byte[] Content)? body,
        CancellationToken ct)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = outer.HttpContext.RequestServices,
            User = outer.HttpContext.User,
            RequestAborted = ct,
            TraceIdentifier = outer.HttpContext.TraceIdentifier,
        };
        http.Features.Set(new EmbeddedAnswer());
        var (path, query) = url.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (url, "");
        var request = http.Request;
        request.Method = method;
        request.Scheme = outer.Scheme;
        request.Host = outer.Host;
        request.PathBase = outer.PathBase;
        request.Path = PathString.FromUriComponent($"{FhirUrl.Path}/{path.TrimEnd('/')}".TrimEnd('/'));
        request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers.Where(h => !string.IsNullOrEmpty(h.Value)))
        {
            request.Headers[name] = value;
        }

        if (body is var (type, content))
        {
            request.ContentType = type;
            request.ContentLength = content.Length;
            request.Body = new MemoryStream(content, writable: false);
        }

        var answer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await _pipeline!(http);
        return new SubResponse(http.Response.StatusCode, http.Response.Headers, answer.ToArray());
    }

    /// <summary>Whether a URL stays below the service's base: relative, without a way up or out, as
    /// a web server would take it.</summary>
    public static bool IsRelative(string url) =>
        !url.StartsWith('/') && !url.Contains("://", StringComparison.Ordinal)
        && !url.Contains("%00", StringComparison.Ordinal) && !url.Any(char.IsControl)
        && !url.Split('?')[0].Contains("..", StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(url) <= 8192;
}
