using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Results.ResultShapes;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>outcomeMeasuresModule ⇄ a Measure and its report for each outcome measure, and an EffectEvidenceSynthesis
/// for each statistical analysis.</summary>
static class OutcomeMeasures
{
    static readonly Place Effect = Place.Here.Item("effectEstimate", Shapes.Any);

    static readonly Place ConfidenceInterval = Precision("confidence-interval");

    static readonly Place PValue = Effect / Estimate("p-value");

    /// <summary>The statistical analyses of an outcome measure.</summary>
    static readonly Rule Analyses = EachResource(
        "analyses", "EffectEvidenceSynthesis", id => $"{id}-analysis-", Analysis,
        Text("paramType", Effect / "type.text"),
        Field("paramValue", Kind.DecimalText, Effect / "value"),
        Coded("dispersionType", RegistryCodes.AnalysisDispersionType, Precision("dispersion") / "type"),
        Field("dispersionValue", Kind.DecimalText, Precision("dispersion") / "from"),
        Text("statisticalMethod",
            Place.Here.Extension(Canonicals.R5Element("Evidence.statistic.modelCharacteristic")).Extension("code")
                / "valueCodeableConcept.text"),
        Text("statisticalComment", Shapes.Note),
        Quantity("pValue", PValue.Extension("quantity") / "valueQuantity"),
        Text("pValueComment", PValue.Extension("note") / "valueAnnotation.text"),
        Coded("ciNumSides", RegistryCodes.ConfidenceIntervalNumSides, ConfidenceInterval / "type"),
        Field("ciPctValue", Kind.DecimalText, ConfidenceInterval / "level"),
        Field("ciLowerLimit", Kind.DecimalText, ConfidenceInterval / "from"),
        Field("ciUpperLimit", Kind.DecimalText, ConfidenceInterval / "to"),
        Text("ciLowerLimitComment", ConfidenceInterval / "_from" / Shapes.Note),
        Text("ciUpperLimitComment", ConfidenceInterval / "_to" / Shapes.Note),
        Text("estimateComment", Effect / "description"),
        TopicFact("testedNonInferiority", "tested-non-inferiority"),
        Coded("nonInferiorityType", RegistryCodes.NonInferiorityType, TopicOf(RegistryCodes.NonInferiorityType)),
        Text("nonInferiorityComment", TopicOf(RegistryCodes.NonInferiorityType) / "text"),
        Text("otherAnalysisDescription", Place.Here.Item("note", Shapes.Any) / "text"),
        Text("groupDescription", "description"),
        Values("groupIds", Kind.Text, "resultsByExposure",
            FhirNode.Object(("riskEvidenceSynthesis", Shapes.Absent("not-applicable")))!, "description"));

    public static Rule Rule { get; } = In("outcomeMeasuresModule", EachResource(
        "outcomeMeasures", "Measure", id => $"{id}-outcome-",
        (measure, number, _, study) => Measure(
            FormattableString.Invariant($"{study.NctId}-outcome-{number}"), "outcome-measure",
            measure.Text("title") ?? "Outcome measure", study, isTitled: true),
        [
            Coded("type", RegistryCodes.OutcomeMeasureType, TopicOf(RegistryCodes.OutcomeMeasureType)),
            .. MeasureRules.Definition,
            Coded("reportingStatus", RegistryCodes.ReportingStatus, TopicOf(RegistryCodes.ReportingStatus)),
            Date("anticipatedPostingDate", "effectivePeriod.start"),
            Text("dispersionType", MeasureRules.Dispersion / "text"),
            Text("timeFrame", Shapes.TimeFrame),
            UnitsAnalyzed,
            Report([Groups("groups"), .. MeasureRules.Numbers]),
            Analyses,
        ]));

    static Place Precision(string what) => Effect.Item("precisionEstimate", FhirNode.Object(
        ("type", Shapes.Concept(MappingCodes.Estimate, what)))!);

    /// <summary>R4 wants variables for population, exposures and outcome: their names
    /// are all that a record says.</summary>
    static ObjectNode Analysis(RegistryNode analysis, int number, ObjectNode measure, StudyResources study)
    {
        var id = FormattableString.Invariant($"{measure["id"]}-analysis-{number}");
        var outcome = (string?)measure["title"] ?? "Outcome measure";
        var groups = analysis.Texts("groupIds").ToList();
        AddResult($"EffectEvidenceSynthesis/{id}", $"Analysis of: {outcome}", study);
        return FhirNode.Resource(
            "EffectEvidenceSynthesis",
            id,
            Canonicals.TrialAnalysis,
            new Narrative(outcome).Fact("Study", study.NctId)
                .Fact("Method", analysis.Text("statisticalMethod"))
                .Fact(analysis.Text("paramType") ?? "Estimate", analysis.Text("paramValue"))
                .Fact("P value", analysis.Text("pValue")),
            ("title", outcome),
            ("status", "active"),
            ("population", FhirNode.Object(("display", "Participants analyzed"))),
            ("exposure", FhirNode.Object(("display", groups.FirstOrDefault() ?? "Not stated"))),
            ("exposureAlternative", FhirNode.Object(("display", groups.ElementAtOrDefault(1) ?? "None"))),
            ("outcome", FhirNode.Object(("display", outcome))));
    }
}
