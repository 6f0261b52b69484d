using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>What all results have in common: a Measure says what was measured, a summary MeasureReport of the same id
/// the numbers, and a Group (actual) who was measured.</summary>
/// <remarks>A report's <c>group</c> is a table, its <c>stratifier</c> a row, a <c>stratum</c>
/// the cell of one result group.</remarks>
static class ResultShapes
{
    const string MeasureTypes = "http://terminology.hl7.org/CodeSystem/measure-type";

    /// <summary>A table, row or topic of a kind.</summary>
    public static ObjectNode Part(string kind) => Shapes.Concept(MappingCodes.ResultPart, kind);

    /// <summary>The concept among a row's codes that is of a kind.</summary>
    public static Place RowCode(string kind) => Place.Here.Item("code", Part(kind));

    /// <summary>What a row of a kind holds.</summary>
    public static ObjectNode Row(string kind) => FhirNode.Object(("code", FhirNode.Array(Part(kind))))!;

    /// <summary>What a table of a kind holds.</summary>
    public static ObjectNode Table(string kind) => FhirNode.Object(("code", Part(kind)))!;

    /// <summary>The rows of the only table of a kind.</summary>
    public static Place RowsOf(string table) => Place.Here.Item("group", Table(table)) / "stratifier";

    /// <summary>The topic of a measure that is of a kind.</summary>
    public static Place Topic(string kind) => Place.Here.Item("topic", Part(kind));

    /// <summary>A yes or no of a measure or an analysis.</summary>
    public static Rule TopicFact(string name, string code) =>
        Fact(name, code, fact => Place.Here.Item("topic", FhirNode.Concept(fact)!));

    /// <summary>A code of a measure or an analysis.</summary>
    public static Place TopicOf(RegistryCodes codes) => Place.Here.Item("topic", Shapes.SystemOnly(codes));

    /// <summary>How many of a cell.</summary>
    public static Place Counted(string what) => Place.Here.Item("population", FhirNode.Object(
        ("code", Shapes.Concept(MappingCodes.Counted, what)))!) / "count";

    /// <summary>R5's estimate beside a value.</summary>
    public static Place Estimate(string what) => Place.Here.Item("extension", FhirNode.Extension(
        Canonicals.R5Element("Evidence.statistic.attributeEstimate"),
        FhirNode.Extension("type", "valueCodeableConcept", Shapes.Concept(MappingCodes.Estimate, what)))!);

    /// <summary>R5's definition of the population in words.</summary>
    public static Rule Population { get; } = Text(
        "populationDescription",
        Place.Here.Item("extension", FhirNode.Extension(
            Canonicals.R5Element("Evidence.variableDefinition"),
            FhirNode.Extension("variableRole", "valueCodeableConcept", FhirNode.Text("population")))!)
            .Extension("description") / "valueMarkdown");

    /// <summary>What the numbers are numbers of, if not of participants.</summary>
    public static Rule UnitsAnalyzed { get; } = Text("typeUnitsAnalyzed", "subjectCodeableConcept.text");

    /// <summary>The cells of a row, each of one result group; R4 asks which.</summary>
    public static Rule Cells(string name, params Rule[] rules) => Each(
        name, "stratum", Shapes.Any,
        [
            Text("groupId", "value.text"),
            Derived((cell, stratum, _) =>
            {
                if (cell.Text("groupId") is null)
                {
                    stratum["value"] = Shapes.Absent();
                }
            }),
            .. rules,
        ]);

    /// <summary>Numbers analyzed, a row for each kind of unit.</summary>
    public static Rule Denominators(Place rows) => Each(
        "denoms", rows, Row("denominator"),
        Text("units", RowCode("denominator") / "text"),
        Cells("counts", Field("value", Kind.CountText, Counted("analyzed"))));

    /// <summary>The result groups, in the report's order. Groups of the same number and text are one.</summary>
    public static Rule Groups(string name) => EachReferred(
        name, "Group", "evaluatedResource", Shapes.Any, Place.Here,
        (group, _, _, study) =>
        {
            var (id, title, description) = (group.Text("id"), group.Text("title"), group.Text("description"));
            return FhirNode.Resource(
                "Group",
                $"{study.NctId}-group-{StableId.Hash(id, title, description)}",
                Canonicals.TrialResultGroup,
                new Narrative(title ?? id ?? "Result group").Fact("Study", study.NctId).Paragraphs(description),
                ("type", "person"),
                ("actual", true));
        },
        [
            Derived((group, reference, _) =>
                reference["display"] = group.Text("title") ?? group.Text("id") ?? "Result group"),
        ],
        Text("id", Place.Here.Item("identifier", FhirNode.Object(("system", Canonicals.Identifiers("result-group")))!)
            / "value"),
        Text("title", "name"),
        Text("description", Place.Here.Extension(Canonicals.R5Element("Group.description")) / "valueMarkdown"));

    /// <summary>Makes a Measure.</summary>
    public static ObjectNode Measure(string id, string kind, string title, StudyResources study, bool isTitled) =>
        FhirNode.Resource(
            "Measure",
            id,
            Canonicals.TrialMeasure,
            new Narrative(title).Fact("Study", study.NctId)
                .Fact("Part of the results", MappingCodes.ResultPart.Find(kind)!.Display),
            ("url", $"{Canonicals.Base}/Measure/{id}"),
            ("title", isTitled ? null : title),
            ("status", "active"),
            ("topic", FhirNode.Array(Part(kind))),
            ("type", FhirNode.Array(FhirNode.Concept([FhirNode.Coding(MeasureTypes, "outcome", "Outcome")]))));

    /// <summary>The report of the measure above, and the study's reference to it.</summary>
    public static Rule Report(params Rule[] rules) => Resource(
        "MeasureReport", id => id,
        (from, _, measure, study) =>
        {
            var (id, title) = ((string)measure["id"]!, from.Text("title"));
            AddResult($"MeasureReport/{id}", title ?? (string?)measure["title"], study);
            return FhirNode.Resource(
                "MeasureReport",
                id,
                Canonicals.TrialResult,
                new Narrative(title ?? (string?)measure["title"] ?? "Result").Fact("Study", study.NctId),
                ("status", from.Text("reportingStatus") == "NOT_POSTED" ? "pending" : "complete"),
                ("type", "summary"),
                ("measure", $"{Canonicals.Base}/Measure/{id}"),
                ("period", StatusModule.Period(study.Record.Protocol["statusModule"]) ?? Shapes.Absent()));
        },
        rules);

    /// <summary>Refers to a result from the study.</summary>
    public static void AddResult(string reference, string? title, StudyResources study) => ((Place)"extension").Add(
        study.Find("ResearchStudy", study.NctId)!,
        FhirNode.Extension(Canonicals.R5("result"), "valueReference", FhirNode.Reference(reference, title))!);
}
