using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The criteria of a registry record, as the import reads them.</summary>
static class FiveTrialsCriteria
{
    public static ImmutableArray<Criterion> Parse(RegistryRecord record) => CriteriaParser.Parse(new(
        record.Eligibility.Text("eligibilityCriteria") ?? "",
        [.. record.Protocol["armsInterventionsModule"].Items("armGroups").Select(a => a.Text("label")!)],
        record.Eligibility.Text("minimumAge"),
        record.Eligibility.Text("maximumAge"),
        record.Eligibility.Text("sex"),
        record.Eligibility.Flag("healthyVolunteers")));
}
