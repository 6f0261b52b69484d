using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>conditionsModule, with the MeSH headings that the registry derived → conditions and keywords.</summary>
static class ConditionsModule
{
    /// <summary>Each condition as written; with its MeSH heading where that says the same words. Headings that match
    /// none follow on their own.</summary>
    public static JsonArray? Conditions(RegistryRecord record)
    {
        var headings = MeshHeading.Of(record, "conditionBrowseModule").ToList();
        var conditions = record.Protocol["conditionsModule"].Texts("conditions").ToList();
        return FhirNode.Array(
        [
            .. conditions.Select(text =>
                FhirNode.Concept([.. headings.Where(h => h.Says(text)).Select(h => h.Coding())], text)),
            .. headings.Where(h => !conditions.Any(h.Says)).Select(h => FhirNode.Concept([h.Coding()])),
        ]);
    }

    public static JsonArray? Keywords(RegistryRecord record) => FhirNode.Array(
        record.Protocol["conditionsModule"].Texts("keywords").Select(keyword => FhirNode.Text(keyword)));
}
