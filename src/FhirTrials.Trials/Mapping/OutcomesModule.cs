using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>outcomesModule ⇄ R5's outcome measures with description and time frame; R4's
/// objectives follow from them.</summary>
static class OutcomesModule
{
    const string ObjectiveTypes = "http://terminology.hl7.org/CodeSystem/research-study-objective-type";

    static readonly (string Field, string Code, string Display)[] Kinds =
    [
        ("primaryOutcomes", "primary", "Primary"),
        ("secondaryOutcomes", "secondary", "Secondary"),
        ("otherOutcomes", "exploratory", "Exploratory"),
    ];

    public static Rule Rule { get; } =
        In("outcomesModule", [.. Kinds.Select(k => Outcomes(k.Field, k.Code, k.Display))]);

    /// <summary>The outcomes as people read them: kind, measure, time frame.</summary>
    public static IEnumerable<string> Lines(RegistryRecord record) =>
        from kind in Kinds
        from outcome in record.Protocol["outcomesModule"].Items(kind.Field)
        let frame = outcome.Text("timeFrame")
        select $"{kind.Display}: {outcome.Text("measure")}{(frame is null ? "" : $" ({frame})")}";

    static Rule Outcomes(string field, string code, string display)
    {
        var type = FhirNode.Concept([FhirNode.Coding(ObjectiveTypes, code, display)])!;
        var pattern = FhirNode.Extension(
            Canonicals.R5("outcomeMeasure"), FhirNode.Extension("type", "valueCodeableConcept", type))!;
        return All(
            Each(field, "extension", pattern,
                Text("measure", Place.Here.Extension("name") / "valueString"),
                Text("description", Place.Here.Extension("description") / "valueMarkdown"),
                Text("timeFrame", Shapes.TimeFrame)),
            Derived((module, study, _) =>
            {
                foreach (var outcome in module.Items(field))
                {
                    ((Place)"objective").Add(study, FhirNode.Object(
                        ("name", outcome.Text("measure")), ("type", type.Copy()))!);
                }
            }));
    }
}
