using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>outcomesModule → objectives, and R5's outcome measures with description and time frame.</summary>
static class OutcomesModule
{
    const string ObjectiveTypes = "http://terminology.hl7.org/CodeSystem/research-study-objective-type";

    static readonly (string Field, string Code, string Display)[] Kinds =
    [
        ("primaryOutcomes", "primary", "Primary"),
        ("secondaryOutcomes", "secondary", "Secondary"),
        ("otherOutcomes", "exploratory", "Exploratory"),
    ];

    public static JsonArray? Objectives(RegistryRecord record) => FhirNode.Array(
        Each(record, (outcome, type) => FhirNode.Object(("name", outcome.Text("measure")), ("type", type))));

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record) => Each(record, (outcome, type) =>
        FhirNode.Extension(
            Canonicals.R5("outcomeMeasure"),
            FhirNode.Extension("name", "valueString", outcome.Text("measure")),
            FhirNode.Extension("type", "valueCodeableConcept", type),
            FhirNode.Extension("description", "valueMarkdown", outcome.Text("description")),
            FhirNode.Extension(Canonicals.Ours("outcome-time-frame"), "valueString", outcome.Text("timeFrame"))));

    /// <summary>The outcomes as people read them: kind, measure, time frame.</summary>
    public static IEnumerable<string> Lines(RegistryRecord record) =>
        from kind in Kinds
        from outcome in record.Protocol["outcomesModule"].Items(kind.Field)
        let frame = outcome.Text("timeFrame")
        select $"{kind.Display}: {outcome.Text("measure")}{(frame is null ? "" : $" ({frame})")}";

    static IEnumerable<JsonObject?> Each(RegistryRecord record, Func<RegistryNode, JsonObject, JsonObject?> map) =>
        from kind in Kinds
        from outcome in record.Protocol["outcomesModule"].Items(kind.Field)
        let type = FhirNode.Concept([FhirNode.Coding(ObjectiveTypes, kind.Code, kind.Display)])
        select map(outcome, type);
}
