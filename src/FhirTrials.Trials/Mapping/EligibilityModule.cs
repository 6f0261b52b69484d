using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>eligibilityModule ⇄ the Group of whom the study is for: verbatim text, sex and age groups; what is a yes or
/// no, and how participants are sampled, at the study. The criteria follow from the text as characteristics.</summary>
public static class EligibilityModule
{
    static readonly Place Ages = Place.Here.Extension(Canonicals.Ours("eligibility-ages"));

    internal static Rule Rule { get; } = In(
        "eligibilityModule",
        Shapes.StudyFact("healthyVolunteers", "healthy-volunteers"),
        Shapes.StudyFact("genderBased", "gender-based"),
        Text("genderDescription", Shapes.Classifier("gender-description") / "text"),
        Coded("samplingMethod", RegistryCodes.SamplingMethod, DesignModule.Design("sampling")),
        EligiblePopulation.Rule,
        Resource("Group", IdOf, (_, _, _, study) => study.Find("Group", IdOf(study.NctId))!,
            Text("eligibilityCriteria",
                Place.Here.Extension(Canonicals.R5Element("Group.description")) / "valueMarkdown"),
            Coded("sex", RegistryCodes.Sex, "code"),
            Text("minimumAge", Ages.Extension("minimum") / "valueString"),
            Text("maximumAge", Ages.Extension("maximum") / "valueString"),
            Codings("stdAges", RegistryCodes.StandardAge, "code"),
            Text("studyPopulation", "code.text")));

    /// <summary>The logical id of a study's Group of eligibility.</summary>
    public static string IdOf(string nctId) => $"{nctId}-eligibility";

    /// <summary>The Group with its criteria; the fields of the module are the rule's.</summary>
    internal static ObjectNode Group(RegistryRecord record)
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
            IdOf(record.NctId),
            Canonicals.TrialEligibility,
            narrative,
            ("contained", criteria.Contained.Count > 0 ? criteria.Contained : null),
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
        Conditions = [.. record.Protocol["conditionsModule"].Texts("conditions")],
        StandardAges = [.. record.Eligibility.Codes("stdAges", RegistryCodes.StandardAge).Select(age => age.Code)],
    };
}
