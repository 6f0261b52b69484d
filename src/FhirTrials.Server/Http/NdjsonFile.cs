using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>A file of NDJSON that never changes, kept by gzip: given as it is to who takes gzip, otherwise unpacked.
/// Ranges are of what is given, so each form has a tag of its own —
/// https://www.rfc-editor.org/rfc/rfc9110#section-14</summary>
static class NdjsonFile
{
    public const string Type = "application/fhir+ndjson";

    /// <param name="tag">Tells the file from every other.</param>
    public static IResult Of(HttpRequest request, byte[] gzip, string tag)
    {
        var response = request.HttpContext.Response;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (TakesGzip(request))
        {
            response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(gzip, Type, enableRangeProcessing: true, entityTag: new($"\"{tag}-gzip\""));
        }

        return Results.Bytes(Unpacked(gzip), Type, enableRangeProcessing: true, entityTag: new($"\"{tag}\""));
    }

    /// <summary>https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3</summary>
    public static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding
            .FirstOrDefault(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase)) is { } gzip
            && gzip.Quality != 0;

    static byte[] Unpacked(byte[] gzip)
    {
        using var text = new MemoryStream();
        using var unpacking = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        unpacking.CopyTo(text);
        return text.ToArray();
    }
}
