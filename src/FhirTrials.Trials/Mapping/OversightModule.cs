using FhirTrials.Trials.Mapping.Rules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;
using static FhirTrials.Trials.Mapping.Shapes;

namespace FhirTrials.Trials.Mapping;

/// <summary>oversightModule ⇄ R5's classifiers of the study.</summary>
static class OversightModule
{
    public static Rule Rule { get; } = In(
        "oversightModule",
        StudyFact("oversightHasDmc", "oversight-has-dmc"),
        StudyFact("isFdaRegulatedDrug", "is-fda-regulated-drug"),
        StudyFact("isFdaRegulatedDevice", "is-fda-regulated-device"),
        StudyFact("isUnapprovedDevice", "is-unapproved-device"),
        StudyFact("isPpsd", "is-ppsd"),
        StudyFact("isUsExport", "is-us-export"),
        StudyFact("fdaaa801Violation", "fdaaa801-violation"));
}
