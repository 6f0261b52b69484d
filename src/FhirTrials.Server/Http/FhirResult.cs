using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Xml;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>An answer: a resource in the format asked for, with FHIR's headers —
/// https://hl7.org/fhir/R4/http.html#ops</summary>
/// <param name="Body">Canonical JSON; empty for an answer without a body.</param>
sealed record FhirResult(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        MaxDepth = 1000,
        SkipValidation = true,
    };

    public int? Version { get; init; }

    /// <summary>The entity tag of what is no version of a resource.</summary>
    public string? Tag { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The versioned URL of what was written.</summary>
    public string? Location { get; init; }

    /// <summary>The same where the body is what was written.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>Goes over the wire in place of the body.</summary>
    public RawContent? Raw { get; init; }

    /// <summary>A version of a resource with its ETag and Last-Modified.</summary>
    public static FhirResult Of(StoredResource resource, int status = StatusCodes.Status200OK) =>
        new(status, resource.Json) { Version = resource.Version, LastModified = resource.LastUpdated };

    /// <summary>The answer to a write, with the body that the client prefers.</summary>
    /// <param name="done">What was done, for an OperationOutcome.</param>
    public static FhirResult Written(HttpRequest request, StoredResource resource, int status, string done)
    {
        var (preferences, url) = (Preferences.Of(request), FhirUrl.Version(request, resource));
        return Of(resource, status) with
        {
            Location = url,
            ContentLocation = preferences.Return == ReturnPreference.Representation ? url : null,
            Body = preferences.Body(resource.Json, $"{resource.Type}/{resource.Id} {done}."),
        };
    }

    public static FhirResult Of(IReadOnlyCollection<Issue> issues, int status = StatusCodes.Status200OK) =>
        new(status, OperationOutcome.ToUtf8Bytes(issues));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var format = FhirFormat.Of(httpContext.Request);
        var body = Raw is not null ? Raw.Bytes : Body.IsEmpty ? Body : Written(format, httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Version is { } version)
        {
            response.Headers.ETag = EntityTag.Of(version);
        }

        if (Tag is not null)
        {
            response.Headers.ETag = Tag;
        }

        if (LastModified is { } time)
        {
            response.Headers.LastModified = time.ToString("R", CultureInfo.InvariantCulture);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (ContentLocation is not null)
        {
            response.Headers.ContentLocation = ContentLocation;
        }

        if (body.IsEmpty && Raw is null)
        {
            return;
        }

        response.ContentType = Raw?.Type.ToString() ?? FhirFormat.ContentType(format);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    ReadOnlyMemory<byte> Written(WireFormat format, HttpContext http)
    {
        var pretty = FhirFormat.IsPretty(http.Request);
        return format switch
        {
            WireFormat.Json => pretty ? Pretty(Body) : Body,
            WireFormat.Xml => ToXml(Body, pretty, http.RequestServices.GetRequiredService<FhirDefinitions>()),
        };
    }

    static byte[] ToXml(ReadOnlyMemory<byte> json, bool pretty, FhirDefinitions definitions) =>
        FhirXml.ToUtf8Bytes(FhirJson.Read(json.Span, definitions.Types, ReadLimits.Stored).Resource!, pretty);

    static ReadOnlyMemory<byte> Pretty(ReadOnlyMemory<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length * 2);
        using var document = JsonDocument.Parse(json, new() { MaxDepth = Indented.MaxDepth });
        using var writer = new Utf8JsonWriter(buffer, Indented);
        document.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
