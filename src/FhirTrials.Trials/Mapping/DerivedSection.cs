using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>derivedSection, what the registry itself adds to a record ⇄ R5's classifiers of the study, and dates of
/// registration.</summary>
static class DerivedSection
{
    public static Rule Rule { get; } = In(
        "derivedSection",
        In("miscInfoModule",
            StatusModule.Registered("versionHolder", "version"),
            Values("removedCountries", Kind.Text, "location",
                Shapes.Concept(MappingCodes.Classification, "removed-country"), "text"),
            In("submissionTracking",
                StatusModule.Registered("estimatedResultsFirstSubmitDate", "estimated-results-first-submit"),
                In("firstMcpInfo", StatusModule.Posted("postDateStruct", "first-mcp-post")),
                Each("submissionInfos", "extension", StatusModule.RegistrationPattern("results-submission"),
                    Date("releaseDate", Period / "start"),
                    When(info => RegistryDate.AreInOrder(info.Date("releaseDate"), info.Date("unreleaseDate")),
                        Date("unreleaseDate", Period / "end")),
                    Fact("unreleaseDateUnknown", "date-unknown",
                        fact => (Activity / "valueCodeableConcept").Item("coding", FhirNode.Coding(fact)!)),
                    Date("resetDate", Period.Extension(Canonicals.Ours("submission-reset")) / "valueDate"),
                    Field("mcpReleaseN", Kind.Count,
                        Period.Extension(Canonicals.Ours("submission-mcp-release")) / "valueUnsignedInt"))),
            In("modelPredictions", In("bmiLimits",
                Field("minBmi", Kind.Number, BmiLimits.Extension("minimum") / "valueDecimal"),
                Field("maxBmi", Kind.Number, BmiLimits.Extension("maximum") / "valueDecimal")))),
        In("conditionBrowseModule", Browse("condition")),
        In("interventionBrowseModule", Browse("intervention")));

    static Place Activity => Place.Here.Extension("activity");

    static Place Period => Place.Here.Extension("period") / "valuePeriod";

    static Place BmiLimits => Place.Here.Extension(Canonicals.Ours("bmi-limits"));

    static Rule[] Browse(string what) =>
    [
        Headings("meshes", $"{what}-mesh"),
        Headings("ancestors", $"{what}-ancestor"),
        Each("browseLeaves", "extension", Pattern($"{what}-leaf"),
            Field("id", Kind.CodeLike, Coding("registry-browse-leaf") / "code"),
            Text("name", Coding("registry-browse-leaf") / "display"),
            Text("asFound", "valueCodeableConcept.text"),
            Coded("relevance", RegistryCodes.BrowseLeafRelevance, "valueCodeableConcept")),
        Each("browseBranches", "extension", Pattern($"{what}-branch"),
            Field("abbrev", Kind.CodeLike, Coding("registry-browse-branch") / "code"),
            Text("name", Coding("registry-browse-branch") / "display")),
    ];

    static Rule Headings(string name, string kind) => Each(
        name, "extension", Pattern(kind),
        Field("id", Kind.MeshId, Coding(Canonicals.Mesh) / "code"),
        Text("term", Coding(Canonicals.Mesh) / "display"));

    static ObjectNode Pattern(string kind) =>
        Shapes.ClassifierPattern(Shapes.Concept(MappingCodes.Classification, kind));

    static Place Coding(string system) => ((Place)"valueCodeableConcept").Item("coding", FhirNode.Object(
        ("system", system.Contains("://", StringComparison.Ordinal) ? system : Canonicals.CodeSystem(system)))!);
}
