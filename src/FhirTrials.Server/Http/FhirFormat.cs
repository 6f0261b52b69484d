using FhirTrials.Fhir.Outcomes;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>Which formats are read and written: JSON alone so far — https://hl7.org/fhir/R4/http.html#mime-type</summary>
static class FhirFormat
{
    public const string Json = "application/fhir+json";

    public const string JsonPatch = "application/json-patch+json";

    public const string ContentType = "application/fhir+json; fhirVersion=4.0; charset=utf-8";

    static readonly string[] JsonNames = ["json", Json, "application/json", "text/json"];

    /// <summary>Refuses (406) what asks for a format or FHIR version that is not written. <c>_format</c> goes before <c>Accept</c>.</summary>
    public static void Negotiate(HttpRequest request)
    {
        var format = request.Query["_format"].LastOrDefault();
        if (!string.IsNullOrEmpty(format))
        {
            // A plus sign in a query is a space unless it is escaped: application/fhir+json.
            Accept(JsonNames.Contains(format.Replace(' ', '+').Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase));
            return;
        }

        var accepted = request.GetTypedHeaders().Accept;
        Accept(accepted.Count == 0 || accepted.Any(IsWritten));
    }

    /// <summary>Refuses (415) a body that is not JSON, is compressed, or is of another FHIR version.</summary>
    public static void CheckContentType(HttpRequest request)
    {
        CheckEncoding(request);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !JsonNames.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw Unsupported(HttpMethods.IsPatch(request.Method)
                ? $"The Content-Type of a patch must be {JsonPatch}, or {Json} for a Parameters resource."
                : $"The Content-Type of the body must be {Json}.");
        }

        if (Version(type) is { } version and not "4.0")
        {
            throw Unsupported($"FHIR version {version} is not read; this server speaks 4.0.");
        }
    }

    /// <summary>Refuses (415) a compressed body.</summary>
    public static void CheckEncoding(HttpRequest request)
    {
        if (!string.IsNullOrEmpty(request.Headers.ContentEncoding))
        {
            throw Unsupported("The body is compressed; send it without Content-Encoding.");
        }
    }

    public static bool IsJsonPatch(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(JsonPatch, StringComparison.OrdinalIgnoreCase);

    static bool IsWritten(MediaTypeHeaderValue type) =>
        type.Quality is not 0
        && (type.MatchesAllTypes || type.MediaType == "application/*" || type.MediaType == "text/html"
            || JsonNames.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        && Version(type) is null or "4.0";

    static string? Version(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"');

    static void Accept(bool written)
    {
        if (!written)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotSupported, $"The only format that is written is {Json}, FHIR version 4.0."),
                StatusCodes.Status406NotAcceptable);
        }
    }

    public static FhirException Unsupported(string message) =>
        new(Issue.Error(IssueCode.NotSupported, message), StatusCodes.Status415UnsupportedMediaType);
}
