using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Patch;
using FhirTrials.Server.Configuration;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>Reads the patch in a request's body: JSON Patch, or FHIRPath Patch in a Parameters resource.</summary>
sealed class PatchBody(FhirBody body, FhirDefinitions definitions, ServerLimits limits, TimeProvider clock)
{
    /// <summary>How many FHIRPath steps the conditions of a patch may take in all.</summary>
    const int MaxSteps = 2_000_000;

    /// <summary>What the patch makes of a stored resource; throws where the body is no resource (400, 413, 415).</summary>
    public async Task<Func<StoredResource, PatchResult>> Read(HttpRequest request, CancellationToken ct)
    {
        if (FhirFormat.IsJsonPatch(request))
        {
            var patch = await body.ReadBytes(request, ct);
            return stored => JsonPatch.Apply(Resource(stored), patch.Span, definitions.Types, limits.Reading);
        }

        var parameters = await body.Read(request, ct);
        var context = new FhirPathContext(definitions) { Now = clock.GetUtcNow(), MaxSteps = MaxSteps };
        return stored => FhirPathPatch.Apply(Resource(stored), parameters, context, limits.Reading);
    }

    Element Resource(StoredResource stored) => FhirJson.Read(stored.Json.Span, definitions.Types).Resource!;
}
