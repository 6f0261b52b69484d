using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>An answer: canonical JSON bytes with FHIR's headers — https://hl7.org/fhir/R4/http.html#ops</summary>
sealed record FhirResult(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        SkipValidation = true,
    };

    public int? Version { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public string? Location { get; init; }

    /// <summary>A version of a resource with its ETag and Last-Modified.</summary>
    public static FhirResult Of(StoredResource resource, int status = StatusCodes.Status200OK) =>
        new(status, resource.Json) { Version = resource.Version, LastModified = resource.LastUpdated };

    public static FhirResult Of(IReadOnlyCollection<Issue> issues, int status = StatusCodes.Status200OK) =>
        new(status, OperationOutcome.ToUtf8Bytes(issues));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Version is { } version)
        {
            response.Headers.ETag = EntityTag.Of(version);
        }

        if (LastModified is { } time)
        {
            response.Headers.LastModified = time.ToString("R", CultureInfo.InvariantCulture);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Body.IsEmpty)
        {
            return;
        }

        var body = httpContext.Request.Query["_pretty"] == "true" ? Pretty(Body) : Body;
        response.ContentType = FhirFormat.ContentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    static ReadOnlyMemory<byte> Pretty(ReadOnlyMemory<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length * 2);
        using var document = JsonDocument.Parse(json);
        using var writer = new Utf8JsonWriter(buffer, Indented);
        document.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
