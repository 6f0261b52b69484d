using System.Text.Json.Nodes;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>eligibilityModule → the Group of whom the study is for: the module's own fields and verbatim text here, its
/// criteria as characteristics.</summary>
public static class EligibilityGroup
{
    internal static string ReferenceOf(RegistryRecord record) => $"Group/{IdOf(record)}";

    internal static string IdOf(RegistryRecord record) => $"{record.NctId}-eligibility";

    internal static JsonObject Map(RegistryRecord record)
    {
        var module = record.Eligibility;
        var narrative = new Narrative($"Eligibility: {record.Identification.Text("briefTitle")}")
            .Fact("Minimum age", module.Text("minimumAge"))
            .Fact("Maximum age", module.Text("maximumAge"))
            .Fact("Sex", module.Code("sex", RegistryCodes.Sex)?.Display)
            .Fact("Healthy volunteers",
                module.Flag("healthyVolunteers") switch { true => "Yes", false => "No", null => null })
            .Fact("Population", module.Text("studyPopulation"))
            .Paragraphs(module.Text("eligibilityCriteria"));
        var criteria = EligibilityMapper.Map(CriteriaParser.Parse(TextOf(record)));
        return FhirNode.Resource(
            "Group",
            IdOf(record),
            Canonicals.TrialEligibility,
            narrative,
            ("contained", criteria.Contained.Count > 0 ? criteria.Contained : null),
            ("extension", FhirNode.Array(Extensions(module))),
            ("identifier", FhirNode.Array(
                FhirNode.Object(("system", Canonicals.Identifiers("eligibility")), ("value", record.NctId)))),
            ("type", "person"),
            ("actual", false),
            ("name", $"Eligibility of {record.NctId}"),
            ("characteristic", criteria.Characteristics.Count > 0 ? criteria.Characteristics : null));
    }

    /// <summary>What the record says about who may take part, for the parser.</summary>
    public static EligibilityText TextOf(RegistryRecord record) => new(
        record.Eligibility.Text("eligibilityCriteria") ?? "",
        [.. record.Protocol["armsInterventionsModule"].Items("armGroups").Select(arm => arm.Text("label"))
            .OfType<string>()],
        record.Eligibility.Text("minimumAge"),
        record.Eligibility.Text("maximumAge"),
        record.Eligibility.Code("sex", RegistryCodes.Sex)?.Code,
        record.Eligibility.Flag("healthyVolunteers"))
    {
        StandardAges = [.. record.Eligibility.Codes("stdAges", RegistryCodes.StandardAge).Select(age => age.Code)],
    };

    static IEnumerable<JsonObject?> Extensions(RegistryNode module) =>
    [
        FhirNode.Extension(Canonicals.Ours("eligibility-text"), "valueMarkdown", module.Text("eligibilityCriteria")),
        FhirNode.Extension(
            Canonicals.Ours("eligibility-fields"),
            [
                FhirNode.Extension("sex", "valueCode", module.Code("sex", RegistryCodes.Sex)?.Code),
                FhirNode.Extension("genderBased", "valueBoolean", FhirNode.Boolean(module.Flag("genderBased"))),
                FhirNode.Extension("genderDescription", "valueMarkdown", module.Text("genderDescription")),
                FhirNode.Extension("minimumAge", "valueString", module.Text("minimumAge")),
                FhirNode.Extension("maximumAge", "valueString", module.Text("maximumAge")),
                .. module.Codes("stdAges", RegistryCodes.StandardAge)
                    .Select(age => FhirNode.Extension("stdAge", "valueCode", age.Code)),
                FhirNode.Extension("healthyVolunteers", "valueBoolean",
                    FhirNode.Boolean(module.Flag("healthyVolunteers"))),
                FhirNode.Extension("studyPopulation", "valueMarkdown", module.Text("studyPopulation")),
                FhirNode.Extension(
                    "samplingMethod", "valueCode", module.Code("samplingMethod", RegistryCodes.SamplingMethod)?.Code),
            ]),
    ];
}
