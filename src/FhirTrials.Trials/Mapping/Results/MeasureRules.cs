using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Results.ResultShapes;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>What a baseline measure and an outcome measure have in common.</summary>
static class MeasureRules
{
    /// <summary>What is measured, and how.</summary>
    public static Rule[] Definition { get; } =
    [
        Text("title", "title"),
        Text("description", "description"),
        Population,
        Coded("paramType", RegistryCodes.MeasureParam, "scoring"),
        Text("unitOfMeasure", Place.Here.Extension(Canonicals.R5Element("Measure.scoringUnit"))
            / "valueCodeableConcept.text"),
        TopicFact("calculatePct", "calculate-pct"),
        Text("denomUnitsSelected", Topic("denominator-units") / "text"),
    ];

    /// <summary>The concept of how the spread is given.</summary>
    public static Place Dispersion { get; } = Estimate("spread").Extension("type") / "valueCodeableConcept";

    /// <summary>The numbers: a table of numbers analyzed, then one for each class,
    /// with a row for each category.</summary>
    public static Rule[] Numbers { get; } =
    [
        Denominators(RowsOf("denominators")),
        Each("classes", "group", Table("class"),
            Text("title", "code.text"),
            Denominators("stratifier"),
            Each("categories", "stratifier", Row("category"),
                Text("title", RowCode("category") / "text"),
                Cells("measurements",
                    Quantity("value", "measureScore"),
                    Quantity("spread", EstimateOf("spread")),
                    Quantity("lowerLimit", EstimateOf("lower-limit")),
                    Quantity("upperLimit", EstimateOf("upper-limit")),
                    Text("comment", Shapes.Note)))),
    ];

    static Place EstimateOf(string what) => Estimate(what).Extension("quantity") / "valueQuantity";
}
