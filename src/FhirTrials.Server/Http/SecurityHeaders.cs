namespace FhirTrials.Server.Http;

/// <summary>Headers that keep a browser from doing with an answer what it is not for. The pages of Swagger UI need
/// their own scripts and styles; everything else is data.</summary>
sealed class SecurityHeaders(RequestDelegate next)
{
    const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    const string PagePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' "
        + "data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task Invoke(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            http.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
                ? PagePolicy
                : DataPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.Path.StartsWithSegments(FhirUrl.Path, StringComparison.OrdinalIgnoreCase))
        {
            // May hold what is of a patient: no shared cache keeps it, and a private one asks again.
            headers.CacheControl = "private, no-cache";
            headers.Vary = "Accept";
        }

        return next(http);
    }
}
