using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>Read and vread of a Binary: its content, unless the request asks for the resource —
/// https://hl7.org/fhir/R4/binary.html#rest. Whatever the content is, a browser is to keep it as a file and never to
/// show it as a page of this server.</summary>
static class ReadBinary
{
    const string Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static async Task<IResult> Handle(
        string id, HttpRequest request, ServedTypes types, FhirDefinitions definitions, ResourceStore store,
        Subset subset, CancellationToken ct)
    {
        types.Check(RawContent.Resource);
        return Answer(request, await Read.Current(RawContent.Resource, id, store, ct), definitions, subset);
    }

    public static async Task<IResult> HandleVersion(
        string id, string version, HttpRequest request, ServedTypes types, FhirDefinitions definitions,
        ResourceStore store, Subset subset, CancellationToken ct)
    {
        types.Check(RawContent.Resource);
        return Answer(request, await VRead.Find(RawContent.Resource, id, version, store, ct), definitions, subset);
    }

    static FhirResult Answer(HttpRequest request, StoredResource resource, FhirDefinitions definitions, Subset subset)
    {
        var content = RawContent.Of(FhirJson.Read(resource.Json.Span, definitions.Types, ReadLimits.Stored).Resource!);
        if (!content.IsAskedBy(request))
        {
            FhirFormat.Negotiate(request);
            return Read.Answer(request, resource, subset);
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentDisposition = "attachment";
        headers.ContentSecurityPolicy = Policy;
        if (content.SecurityContext is { } context && context.All(c => c is > ' ' and < (char)127))
        {
            headers[RawContent.SecurityHeader] = context;
        }

        var answer = Read.Answer(request, resource, subset);
        return answer.Status == StatusCodes.Status304NotModified ? answer : answer with { Raw = content };
    }
}
