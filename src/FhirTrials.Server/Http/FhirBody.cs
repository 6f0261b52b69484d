using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Xml;
using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Http;

/// <summary>Reads the resource in a request's body.</summary>
sealed class FhirBody(FhirDefinitions definitions, ServerLimits limits)
{
    static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>The resource, structurally sound; throws with every issue found (400, 413, 415).</summary>
    public async Task<Element> Read(HttpRequest request, CancellationToken ct)
    {
        var read = await ReadWithIssues(request, ct);
        return read.IsValid ? read.Resource! : throw new FhirException(read.Issues, StatusCodes.Status400BadRequest);
    }

    /// <summary>The resource, which must be of that type. A Binary may come as its content alone.</summary>
    /// <param name="id">The id of a Binary that comes so; null where the server gives it.</param>
    public async Task<Element> Read(HttpRequest request, string type, CancellationToken ct, string? id = null)
    {
        if (type == RawContent.Resource && RawContent.IsSentBy(request))
        {
            return RawContent.ToBinary(request, await ReadBytes(request, ct), id, definitions, limits);
        }

        var resource = await Read(request, ct);
        return resource.Type.Name == type
            ? resource
            : throw new FhirException(
                Issue.Error(
                    IssueCode.Invalid,
                    $"The URL names {type}, but the body is of type {resource.Type.Name}.",
                    resource.Type.Name,
                    resource.Position));
    }

    /// <summary>The resource as far as it was understood, with every structural issue.</summary>
    public async Task<ReadResult> ReadWithIssues(HttpRequest request, CancellationToken ct)
    {
        var format = FhirFormat.OfBody(request);
        var bytes = await Bytes(request, ct);
        if (bytes.Length == 0)
        {
            throw new FhirException(Issue.Error(IssueCode.Invalid, "The body is empty; a resource is expected."));
        }

        return format switch
        {
            WireFormat.Json =>
                FhirJson.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), definitions.Types, limits.Reading),
            WireFormat.Xml => FhirXml.Read(bytes.ToArray(), definitions.Types, limits.Reading),
        };
    }

    /// <summary>The bytes of a body whose type the caller has checked; throws where they are too many, or compressed in
    /// a way that is not read (413, 415).</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBytes(HttpRequest request, CancellationToken ct)
    {
        FhirFormat.CheckEncoding(request);
        var bytes = await Bytes(request, ct);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    async Task<MemoryStream> Bytes(HttpRequest request, CancellationToken ct)
    {
        var chunk = new byte[16 * 1024];
        if (request.ContentLength > limits.RequestBytes)
        {
            await Drain(request, chunk, ct);
            throw TooLong();
        }

        // What a header promises costs no memory before it has come.
        var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, 256 * 1024));
        while (await ReadChunk(request, chunk, ct) is var count and > 0)
        {
            if (bytes.Length + count > limits.RequestBytes)
            {
                await Drain(request, chunk, ct);
                throw TooLong();
            }

            bytes.Write(chunk, 0, count);
        }

        return bytes;
    }

    static async ValueTask<int> ReadChunk(HttpRequest request, byte[] chunk, CancellationToken ct)
    {
        try
        {
            return await request.Body.ReadAsync(chunk, ct);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new FhirException(
                Issue.Error(IssueCode.Structure, "The body ends early, or its chunks are malformed."));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // Thus the streams that decompress gzip, deflate and br.
            throw new FhirException(
                Issue.Error(IssueCode.Structure, "The body is not compressed as its Content-Encoding says."));
        }
    }

    /// <summary>Reads on to the end, within bounds: many clients look at the answer only when they have sent all, and a
    /// connection that is closed before takes the answer with it.</summary>
    async Task Drain(HttpRequest request, byte[] chunk, CancellationToken ct)
    {
        if (HttpProtocol.IsHttp11(request.Protocol))
        {
            request.HttpContext.Response.Headers.Connection = "close";
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(DrainTime);
        try
        {
            var left = limits.DrainedBytes;
            while (left > 0 && await request.Body.ReadAsync(chunk, time.Token) is var count and > 0)
            {
                left -= count;
            }
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException
            or InvalidDataException or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The rest is beyond Kestrel's limit, or never comes: who sent it is answered now.
        }
    }

    FhirException TooLong() =>
        new(Issue.Error(
            IssueCode.TooLong, $"The body is larger than the {limits.RequestBytes} bytes that are accepted."));
}
