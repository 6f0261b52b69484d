using System.Collections.Frozen;
using FhirTrials.Fhir.Outcomes;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>A format in which resources go over the wire.</summary>
enum WireFormat
{
    Json,
    Xml,
}

/// <summary>Marks a request that is an entry of a Bundle: whatever it asks for, its
/// answer is embedded as JSON.</summary>
sealed record EmbeddedAnswer;

/// <summary>Which format a request is in and which one it asks for —
/// https://hl7.org/fhir/R4/http.html#mime-type</summary>
static class FhirFormat
{
    public const string Json = "application/fhir+json";

    public const string Xml = "application/fhir+xml";

    public const string JsonPatch = "application/json-patch+json";

    const string VersionAndCharset = "; fhirVersion=4.0; charset=utf-8";

    static readonly string[] Versions = ["4.0", "4.0.1"];

    static readonly string[] Charsets = ["utf-8", "utf8", "us-ascii"];

    static readonly FrozenDictionary<string, WireFormat> Names = new Dictionary<string, WireFormat>
    {
        ["json"] = WireFormat.Json,
        [Json] = WireFormat.Json,
        ["application/json"] = WireFormat.Json,
        ["text/json"] = WireFormat.Json,
        ["xml"] = WireFormat.Xml,
        [Xml] = WireFormat.Xml,
        ["application/xml"] = WireFormat.Xml,
        ["text/xml"] = WireFormat.Xml,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string ContentType(WireFormat format) => format switch
    {
        WireFormat.Json => Json + VersionAndCharset,
        WireFormat.Xml => Xml + VersionAndCharset,
    };

    /// <summary>Refuses (406) what asks for a format or FHIR version that is not written.</summary>
    public static void Negotiate(HttpRequest request)
    {
        if (Asked(request) is null)
        {
            throw new FhirException(
                Issue.Error(
                    IssueCode.NotSupported, $"The formats that are written are {Json} and {Xml}, FHIR version 4.0."),
                StatusCodes.Status406NotAcceptable);
        }
    }

    /// <summary>Whether a request names its format outright: in <c>_format</c>, or as an entry of a Bundle.</summary>
    public static bool IsNamed(HttpRequest request) =>
        IsEmbedded(request) || Parameter(request, "_format") is { Length: > 0 };

    /// <summary>Whether a media type is FHIR's own.</summary>
    public static bool IsOfFhir(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals(Xml, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a media type names a format of resources, FHIR's own or a general one.</summary>
    public static bool IsWritten(MediaTypeHeaderValue type) => Names.ContainsKey(type.MediaType.Value!);

    /// <summary>The format to answer in; JSON also for who asks for something that is not written.</summary>
    public static WireFormat Of(HttpRequest request) => Asked(request) ?? WireFormat.Json;

    /// <summary>Whether the answer is to be indented.</summary>
    public static bool IsPretty(HttpRequest request) => !IsEmbedded(request) && Parameter(request, "_pretty") == "true";

    /// <summary>The format of a body; refuses (415) one that is of another format, charset or FHIR version.</summary>
    public static WireFormat OfBody(HttpRequest request)
    {
        CheckEncoding(request);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Value!.Contains('/', StringComparison.Ordinal)
            || !Names.TryGetValue(type.MediaType.Value, out var format))
        {
            throw Unsupported(HttpMethods.IsPatch(request.Method)
                ? $"The Content-Type of a patch must be {JsonPatch}, or {Json} or {Xml} for a Parameters resource."
                : $"The Content-Type of the body must be {Json} or {Xml}.");
        }

        if (!IsVersion(type))
        {
            throw Unsupported("A FHIR version is named that is not read; this server speaks 4.0.");
        }

        return type.Charset.Length == 0
            || Charsets.Contains(type.Charset.Value!.Trim('"'), StringComparer.OrdinalIgnoreCase)
            ? format
            : throw Unsupported("The charset of a body must be utf-8.");
    }

    /// <summary>Refuses (415) a body compressed in a way that is not read: gzip, br and
    /// deflate have been undone before.</summary>
    public static void CheckEncoding(HttpRequest request)
    {
        if (!string.IsNullOrEmpty(request.Headers.ContentEncoding))
        {
            throw Unsupported("The Content-Encoding of a body must be gzip, br or deflate, and only one of them.");
        }
    }

    public static bool IsJsonPatch(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(JsonPatch, StringComparison.OrdinalIgnoreCase);

    public static FhirException Unsupported(string message) =>
        new(Issue.Error(IssueCode.NotSupported, message), StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The format asked for, <c>_format</c> before <c>Accept</c>; null where none
    /// that is asked for is written.</summary>
    static WireFormat? Asked(HttpRequest request)
    {
        if (IsEmbedded(request))
        {
            return WireFormat.Json;
        }

        if (Parameter(request, "_format") is { Length: > 0 } format)
        {
            return Named(format);
        }

        return request.Headers.Accept.ToString() is "" or "*/*" or Json
            ? WireFormat.Json
            : Best(request.GetTypedHeaders().Accept);
    }

    /// <summary>That of a short name or of a media type.</summary>
    static WireFormat? Named(string name)
    {
        // A plus sign in a query is a space unless it is escaped: application/fhir+json.
        var text = name.Trim().Replace(' ', '+');
        var (media, isVersion) = MediaTypeHeaderValue.TryParse(text, out var type)
            ? (type.MediaType.Value!, IsVersion(type))
            : (text, true);
        return isVersion && Names.TryGetValue(media, out var format) ? format : null;
    }

    static bool IsEmbedded(HttpRequest request) => request.HttpContext.Features.Get<EmbeddedAnswer>() is not null;

    /// <summary>A parameter of the URL, or of a search by POST.</summary>
    static string? Parameter(HttpRequest request, string name) =>
        request.Query[name].LastOrDefault()
        ?? request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IFormFeature>()
            ?.Form?[name].LastOrDefault();

    /// <summary>The format of the greatest quality, JSON where there are two — RFC 9110 §12.5.1.</summary>
    static WireFormat? Best(IList<MediaTypeHeaderValue> accepted)
    {
        var (json, xml) =
            accepted.Count == 0 ? (1, 0) : (Quality(accepted, WireFormat.Json), Quality(accepted, WireFormat.Xml));
        return json == 0 && xml == 0 ? null : xml > json ? WireFormat.Xml : WireFormat.Json;
    }

    /// <summary>That of the most specific range which covers the format.</summary>
    static double Quality(IList<MediaTypeHeaderValue> accepted, WireFormat format) => accepted
        .Where(IsVersion)
        .Select(range => (Specificity: Specificity(range, format), Quality: range.Quality ?? 1))
        .Where(range => range.Specificity > 0)
        .OrderByDescending(range => range.Specificity)
        .ThenByDescending(range => range.Quality)
        .Select(range => range.Quality)
        .FirstOrDefault();

    /// <summary>How closely a range names a format, 0 where not at all. Who asks for a page is given JSON.</summary>
    static int Specificity(MediaTypeHeaderValue range, WireFormat format) =>
        Names.TryGetValue(range.MediaType.Value!, out var named) ? (named == format ? 3 : 0)
        : range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) ? (format == WireFormat.Json ? 3 : 0)
        : range.MatchesAllTypes ? 1
        : range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) ? 2
        : 0;

    static bool IsVersion(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase))
            ?.Value.Value?.Trim('"') is not { } version
        || Versions.Contains(version);
}
