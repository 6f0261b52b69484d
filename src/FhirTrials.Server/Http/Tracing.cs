using System.Diagnostics;
using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Http;

/// <summary>A span for each request and each entry of a Bundle. It tells the route, never the URL: that may hold ids
/// and what was searched for — https://opentelemetry.io/docs/specs/semconv/http/http-spans/</summary>
sealed class Tracing(RequestDelegate next, ServedTypes types)
{
    /// <summary>The name of the source of the spans.</summary>
    public const string Source = "FhirTrials";

    static readonly ActivitySource Spans = new(Source, ProductVersion.Text);

    public async Task Invoke(HttpContext http)
    {
        using var span = Start(http.Request);
        await next(http);
        if (span is null)
        {
            return;
        }

        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? span.DisplayName : $"{span.DisplayName} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.GetRouteValue("type") is string type && types.Contains(type))
        {
            span.SetTag("fhir.resource_type", type);
        }

        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Below the caller's span, which a header names; an entry of a Bundle is below the Bundle's.</summary>
    static Activity? Start(HttpRequest request)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        var isEntry = request.HttpContext.Features.Get<EmbeddedAnswer>() is not null;
        if (!isEntry)
        {
            // The framework's own, which is not exported, would be the parent.
            Activity.Current = null;
        }

        ActivityContext.TryParse(
            request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var caller);
        var method = HttpMethods.GetCanonicalizedValue(request.Method);
        return Spans.StartActivity(
            method,
            isEntry ? ActivityKind.Internal : ActivityKind.Server,
            caller,
            new TagList { { "http.request.method", method }, { "url.scheme", request.Scheme } });
    }
}
