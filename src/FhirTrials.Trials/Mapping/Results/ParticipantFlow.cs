using FhirTrials.Trials.Mapping.Rules;
using static FhirTrials.Trials.Mapping.Results.ResultShapes;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>participantFlowModule ⇄ a Measure and its report: a table for each period, a row for each milestone and
/// each reason of those who left.</summary>
static class ParticipantFlow
{
    public static Rule Rule { get; } = In("participantFlowModule", Resource(
        "Measure", id => $"{id}-participant-flow",
        (_, _, _, study) => Measure(
            $"{study.NctId}-participant-flow", "participant-flow", "Participant flow", study, isTitled: false),
        Text("preAssignmentDetails", "guidance"),
        Text("recruitmentDetails", "description"),
        UnitsAnalyzed,
        Report(
            Groups("groups"),
            Each("periods", "group", Table("period"),
                Text("title", "code.text"),
                Numbers("milestones", "milestone", "achievements"),
                Numbers("dropWithdraws", "drop-withdraw", "reasons")))));

    static Rule Numbers(string name, string kind, string cells) => Each(
        name, "stratifier", Row(kind),
        Text("type", RowCode(kind) / "text"),
        Text("comment", Shapes.Note),
        Cells(cells,
            Text("comment", Shapes.Note),
            Field("numSubjects", Kind.CountText, Counted("subjects")),
            Field("numUnits", Kind.CountText, Counted("units"))));
}
