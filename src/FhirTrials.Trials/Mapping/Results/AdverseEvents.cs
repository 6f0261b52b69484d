using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Results.ResultShapes;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>adverseEventsModule ⇄ a Measure and its report: a table of totals, one of serious events and one of other
/// events, with a row for each event. R4's AdverseEvent is of one patient, so it is not used.</summary>
static class AdverseEvents
{
    public static Rule Rule { get; } = In("adverseEventsModule", Resource(
        "Measure", id => $"{id}-adverse-events",
        (_, _, _, study) => Measure(
            $"{study.NctId}-adverse-events", "adverse-events", "Adverse events", study, isTitled: false),
        Text("frequencyThreshold", "rateAggregation"),
        Text("timeFrame", Shapes.TimeFrame),
        Text("description", "description"),
        Text("allCauseMortalityComment", Place.Here.Item("group", Table("deaths")) / "description"),
        Report(
            Groups("eventGroups"),
            Each("eventGroups", Totals / "stratum", Shapes.Any,
                Derived((group, stratum, _) => stratum["value"] = FhirNode.Text(group.Text("id") ?? "Result group")),
                Field("deathsNumAffected", Kind.Count, Counted("deaths-affected")),
                Field("deathsNumAtRisk", Kind.Count, Counted("deaths-at-risk")),
                Field("seriousNumAffected", Kind.Count, Counted("serious-affected")),
                Field("seriousNumAtRisk", Kind.Count, Counted("serious-at-risk")),
                Field("otherNumAffected", Kind.Count, Counted("other-affected")),
                Field("otherNumAtRisk", Kind.Count, Counted("other-at-risk"))),
            Events("seriousEvents", "serious-event"),
            Events("otherEvents", "other-event"))));

    static Place Totals => Place.Here.Item("group", Table("event-group")).Item("stratifier", Row("event-group"));

    static Rule Events(string name, string kind) => Each(
        name, RowsOf(kind), Row(kind),
        Text("term", RowCode(kind) / "text"),
        Text("organSystem", RowCode("organ-system") / "text"),
        Text("sourceVocabulary", RowCode("source-vocabulary") / "text"),
        Coded("assessmentType", RegistryCodes.EventAssessment,
            Place.Here.Item("code", Shapes.SystemOnly(RegistryCodes.EventAssessment))),
        Text("notes", Shapes.Note),
        Cells("stats",
            Field("numEvents", Kind.Count, Counted("events")),
            Field("numAffected", Kind.Count, Counted("affected")),
            Field("numAtRisk", Kind.Count, Counted("at-risk"))));
}
