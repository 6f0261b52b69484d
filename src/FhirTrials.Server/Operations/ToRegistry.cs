using System.Text.Json.Nodes;
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

    /// <summary><c>GET ResearchStudy/[id]/$to-registry</c>: the record as <c>application/json</c>,
    /// ClinicalTrials.gov's API v2.</summary>
    public static async Task<IResult> Handle(
        string id, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var study = await Read.Current(Study, id, store, ct);
        var parts = (await store.Keys([.. StudyParts.Types], StudyParts.IdPrefix(id), ct)).Where(k => !k.IsDeleted);
        var stored = (await store.Read([.. parts.Select(k => (k.Type, k.Id))], ct))
            .Where(r => !r.IsDeleted).Prepend(study);
        var resources = stored.Select(r => FhirJson.Read(r.Json.Span, definitions.Types, ReadLimits.Stored).Resource!);
        var record = StudyMapper.ToRecord(id, resources);
        return record is null || !HasNumber(record)
            ? throw new FhirException(Issue.Error(
                IssueCode.NotFound,
                $"{Study}/{id} has no number of ClinicalTrials.gov: no record of that registry can be made of it.",
                $"{Study}.identifier"))
            : Results.Text(record.ToJsonString(FhirJson.SerializerOptions), "application/json");
    }

    static bool HasNumber(JsonObject record) => record["protocolSection"] is JsonObject protocol
        && protocol["identificationModule"] is JsonObject identification && identification["nctId"] is not null;
}
