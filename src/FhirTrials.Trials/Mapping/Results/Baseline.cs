using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Results.ResultShapes;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>baselineCharacteristicsModule ⇄ a Measure and its report for the groups and numbers analyzed, and one of
/// each for every baseline measure.</summary>
static class Baseline
{
    public static Rule Rule { get; } = In("baselineCharacteristicsModule", Resource(
        "Measure", id => $"{id}-baseline",
        (_, _, _, study) => Measure(
            $"{study.NctId}-baseline", "baseline", "Baseline characteristics", study, isTitled: false),
        Population,
        UnitsAnalyzed,
        Report(Groups("groups"), Denominators(RowsOf("denominators"))),
        EachResource("measures", "Measure", id => $"{id}-",
            (measure, number, above, study) => Measure(
                FormattableString.Invariant($"{above["id"]}-{number}"), "baseline-measure",
                measure.Text("title") ?? "Baseline measure", study, isTitled: true),
            [
                .. MeasureRules.Definition,
                Coded("dispersionType", RegistryCodes.MeasureDispersionType, MeasureRules.Dispersion),
                Report(MeasureRules.Numbers),
            ])));
}
