using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Configuration;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>Patches as they come over HTTP: JSON Patch, or FHIRPath Patch in a Parameters resource.</summary>
sealed class PatchBody(
    FhirBody body, FhirDefinitions definitions, Validator validator, ServerLimits limits, TimeProvider clock)
{
    /// <summary>How many FHIRPath steps the conditions of a patch may take in all.</summary>
    const int MaxSteps = 2_000_000;

    /// <summary>What the patch in a request's body makes of a stored resource; throws where the body is no resource
    /// (400, 413, 415).</summary>
    public async Task<Func<StoredResource, PatchResult>> Read(HttpRequest request, CancellationToken ct) =>
        FhirFormat.IsJsonPatch(request)
            ? Of(await body.ReadBytes(request, ct))
            : Of(await body.Read(request, ct));

    /// <summary>A JSON Patch.</summary>
    public Func<StoredResource, PatchResult> Of(ReadOnlyMemory<byte> jsonPatch) =>
        stored => JsonPatch.Apply(Resource(stored), jsonPatch.Span, definitions.Types, limits.Reading);

    /// <summary>A FHIRPath Patch.</summary>
    public Func<StoredResource, PatchResult> Of(Element parameters)
    {
        var context = validator.Answering(new(definitions) { Now = clock.GetUtcNow(), MaxSteps = MaxSteps });
        return stored => FhirPathPatch.Apply(Resource(stored), parameters, context, limits.Reading);
    }

    Element Resource(StoredResource stored) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
}
