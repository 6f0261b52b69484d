using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>The content of a Binary as it is, in place of the resource that carries it —
/// https://hl7.org/fhir/R4/binary.html#rest</summary>
/// <param name="SecurityContext">The reference that decides who may see it; null where there is none.</param>
sealed record RawContent(MediaTypeHeaderValue Type, byte[] Bytes, string? SecurityContext)
{
    public const string Resource = "Binary";

    public const string SecurityHeader = "X-Security-Context";

    /// <summary>That of a Binary. A type that cannot stand in a header is told as mere bytes.</summary>
    public static RawContent Of(Element binary) => new(
        MediaTypeHeaderValue.TryParse(binary.ValueOf("contentType"), out var type) && !type.MatchesAllSubTypes
            ? type : new("application/octet-stream"),
        Convert.FromBase64String(binary.ValueOf("data") ?? ""),
        binary.At("securityContext", "reference")?.Value);

    /// <summary>Whether a read asks for the content: it does unless it names a format of FHIR, in <c>_format</c> or
    /// before the content's own type in <c>Accept</c>.</summary>
    public bool IsAskedBy(HttpRequest request)
    {
        if (FhirFormat.IsNamed(request))
        {
            return false;
        }

        var accepted = request.GetTypedHeaders().Accept;
        var own = accepted.Where(Type.IsSubsetOf).OrderBy(r => r.MatchesAllTypes).ThenBy(r => r.MatchesAllSubTypes)
            .Select(r => r.Quality ?? 1).FirstOrDefault();
        var fhir = Quality(accepted.Where(FhirFormat.IsOfFhir));
        return (fhir == 0 || fhir < own) && Quality(accepted.Where(FhirFormat.IsWritten)) <= own;

        static double Quality(IEnumerable<MediaTypeHeaderValue> ranges) =>
            ranges.Select(r => r.Quality ?? 1).DefaultIfEmpty().Max();
    }

    /// <summary>Whether a body is content rather than a resource.</summary>
    public static bool IsSentBy(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && !FhirFormat.IsWritten(type);

    /// <summary>The Binary that carries a body.</summary>
    /// <param name="id">Null where the server gives it.</param>
    public static Element ToBinary(
        HttpRequest request, ReadOnlyMemory<byte> bytes, string? id, FhirDefinitions definitions, ServerLimits limits)
    {
        if (((bytes.Length + 2L) / 3 * 4) > limits.StringBytes)
        {
            throw new FhirException(Issue.Error(
                IssueCode.TooLong,
                $"The content is larger than the {limits.StringBytes / 4L * 3} bytes that a Binary can hold here."));
        }

        var json = ResourceJson.Write(Resource, json =>
        {
            if (id is not null)
            {
                json.WriteString("id", id);
            }

            json.WriteString("contentType", MediaTypeHeaderValue.Parse(request.ContentType).ToString());
            if (request.Headers[SecurityHeader].ToString() is { Length: > 0 } context)
            {
                json.WriteStartObject("securityContext");
                json.WriteString("reference", context);
                json.WriteEndObject();
            }

            json.WriteString("data", Convert.ToBase64String(bytes.Span));
        });
        var read = FhirJson.Read(json.Span, definitions.Types, limits.Reading);
        return read.IsValid ? read.Resource! : throw new FhirException(read.Issues, StatusCodes.Status400BadRequest);
    }
}
