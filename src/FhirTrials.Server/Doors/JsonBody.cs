using System.Runtime.InteropServices;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Doors;

/// <summary>Reads bodies that are JSON but no resource, with resources in them.</summary>
sealed class JsonBody(FhirBody body, FhirDefinitions definitions, ServerLimits limits)
{
    /// <summary>Each element of a resource takes two levels at most, and the door's own few stand around it.</summary>
    static readonly JsonDocumentOptions Options = new() { MaxDepth = (2 * ReadLimits.MaxDepth) + 50 };

    /// <summary>The object; throws where there is none (400, 413, 415).</summary>
    public async Task<JsonElement> Read(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw FhirFormat.Unsupported("The Content-Type of the body must be application/json.");
        }

        try
        {
            var root = JsonDocument.Parse(await body.ReadBytes(request, ct), Options).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : throw new FhirException(
                Issue.Error(IssueCode.Structure, "The body must be a JSON object."), StatusCodes.Status400BadRequest);
        }
        catch (JsonException)
        {
            throw new FhirException(
                Issue.Error(IssueCode.Structure, "The body is not JSON."), StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>A resource within, as far as it was understood, with every structural issue.</summary>
    public ReadResult Resource(JsonElement json) =>
        Resource(JsonMarshal.GetRawUtf8Value(json));

    public ReadResult Resource(ReadOnlySpan<byte> json) => FhirJson.Read(json, definitions.Types, limits.Reading);
}
