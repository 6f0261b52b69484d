using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Server.Operations;

/// <summary>$to-registry: a study as the registry's own record, made from what is stored of it now.</summary>
static class ToRegistry
{
    const string Study = "ResearchStudy";

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>GET ResearchStudy/[id]/$to-registry</c>: the record as <c>application/json</c>, ClinicalTrials.gov's
    /// API v2.</summary>
    public static async Task<IResult> Handle(
        string id, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var study = await Read.Current(Study, id, store, ct);
        var parts = (await store.Keys([.. StudyParts.Types], StudyParts.IdPrefix(id), ct)).Where(k => !k.IsDeleted);
        var stored = (await store.Read([.. parts.Select(k => (k.Type, k.Id))], ct))
            .Where(r => !r.IsDeleted).Prepend(study);
        var resources = stored.Select(r => FhirJson.Read(r.Json.Span, definitions.Types, ReadLimits.Stored).Resource!);
        var record = StudyMapper.ToRecord(id, resources);
        return record?["protocolSection"]?["identificationModule"]?["nctId"] is null
            ? throw new FhirException(Issue.Error(
                IssueCode.NotFound,
                $"{Study}/{id} has no number of ClinicalTrials.gov, so there is no record of that registry to make of "
                    + "it.",
                $"{Study}.identifier"))
            : Results.Text(record.ToJsonString(Readable), "application/json");
    }
}
