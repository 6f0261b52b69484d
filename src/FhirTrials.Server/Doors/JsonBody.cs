using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
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
    static readonly JsonDocumentOptions Options = new() { MaxDepth = ReadLimits.MaxJsonDepth + 50 };

    /// <summary>The object; throws where there is none (400, 413, 415).</summary>
    public async Task<JsonElement> Read(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw FhirFormat.Unsupported("The Content-Type of the body must be application/json.");
        }

        var utf8 = await body.ReadBytes(request, ct);
        try
        {
            var root = JsonDocument.Parse(utf8, Options).RootElement;
            if (MayHoldHalves(utf8.Span))
            {
                Unescape(root);
            }

            return root.ValueKind == JsonValueKind.Object ? root : throw Refused("The body must be a JSON object.");
        }
        catch (JsonException)
        {
            throw Refused("The body is not JSON.");
        }
        catch (InvalidOperationException)
        {
            throw Refused("The body holds a text that is none: half of a surrogate pair, or no UTF-8.");
        }
    }

    /// <summary>A resource within, as far as it was understood, with every structural issue.</summary>
    public ReadResult Resource(JsonElement json) =>
        Resource(JsonMarshal.GetRawUtf8Value(json));

    public ReadResult Resource(ReadOnlySpan<byte> json) => FhirJson.Read(json, definitions.Types, limits.Reading);

    static FhirException Refused(string why) =>
        new(Issue.Error(IssueCode.Structure, why), StatusCodes.Status400BadRequest);

    static bool MayHoldHalves(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0 || !Utf8.IsValid(utf8);

    /// <summary>Texts are unescaped when they are first read: halves of surrogate pairs show
    /// themselves now, not later.</summary>
    static void Unescape(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Unescape(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Unescape(item);
                }

                break;
            case JsonValueKind.String:
                _ = json.GetString();
                break;
        }
    }
}
