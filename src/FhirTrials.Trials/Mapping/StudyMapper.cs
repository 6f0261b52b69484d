using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Mapping.Results;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>A study as FHIR resources, each after those it refers to.</summary>
/// <param name="Issues">What could not be mapped, and where.</param>
public sealed record MappedStudy(ImmutableArray<Element> Resources, ImmutableArray<Issue> Issues);

/// <summary>Registry record ⇄ FHIR R4: a ResearchStudy, a PlanDefinition per arm, an ActivityDefinition per
/// intervention, the eligibility Group, the results, and the organizations, people and sites they name. The same record
/// always gives the same resources, and the resources give the record again.</summary>
public static class StudyMapper
{
    /// <summary>A resource stands after those that it refers to.</summary>
    static readonly string[] TypeOrder =
    [
        "Organization", "Practitioner", "PractitionerRole", "Location", "PlanDefinition", "ActivityDefinition", "Group",
        "Measure", "MeasureReport", "EffectEvidenceSynthesis", "ResearchStudy",
    ];

    /// <summary>The mapping, both ways.</summary>
    static readonly Rule[] Record =
    [
        In("protocolSection",
            IdentificationModule.Rule,
            StatusModule.Rule,
            PartiesModule.Sponsors,
            OversightModule.Rule,
            In("descriptionModule",
                Text("briefSummary", Place.Here.Extension(Canonicals.R5("descriptionSummary")) / "valueMarkdown"),
                Text("detailedDescription", "description")),
            ConditionsModule.Rule,
            DesignModule.Rule,
            ArmsModule.Rule,
            OutcomesModule.Rule,
            EligibilityModule.Rule,
            ContactsModule.Rule,
            ReferencesModule.References,
            ReferencesModule.IpdSharingStatement),
        ResultsSection.Rule,
        AnnotationSection.Rule,
        In("documentSection", ReferencesModule.Documents),
        DerivedSection.Rule,
        Shapes.StudyFact("hasResults", "has-results"),
        DesignModule.Recruits,
        ConditionsModule.Headings,
        Intervention.Focus,
    ];

    /// <summary>Where each leaf of the registry's format is.</summary>
    internal static IEnumerable<LeafPlace> Leaves => Record.SelectMany(rule => rule.Leaves("", "ResearchStudy."));

    public static MappedStudy Map(RegistryRecord record, FhirTypes types)
    {
        var resources = ImmutableArray.CreateBuilder<Element>();
        var issues = ImmutableArray.CreateBuilder<Issue>();
        var (mapped, kept) = Mapped(record);
        issues.AddRange(kept.Select(field => field.Warning).OfType<Issue>());
        issues.AddRange(EligiblePopulation.Warnings(record));
        var builder = new ElementBuilder(types, issues);
        foreach (var json in mapped)
        {
            if (builder.Build(json) is { } resource)
            {
                resources.Add(resource);
            }
        }

        return new(resources.DrainToImmutable(), issues.DrainToImmutable());
    }

    /// <summary>The record of a study, as JSON; null where the resources hold no ResearchStudy with that id.</summary>
    /// <param name="resources">At least all that are parts of the study (<see cref="StudyParts"/>).</param>
    public static JsonObject? ToRecord(string nctId, IEnumerable<Element> resources) => ToRecord(
        new StudyResources(nctId, resources.Select(NodeOf)));

    /// <summary>The resources as JSON, each after those it refers to.</summary>
    internal static ImmutableArray<JsonObject> ToJson(RegistryRecord record) =>
        [.. Map(record, FhirDefinitions.R4.Types).Resources.Select(FhirJson.ToJsonObject)];

    static ObjectNode NodeOf(Element resource)
    {
        using var json = JsonDocument.Parse(FhirJson.ToUtf8Bytes(resource), FhirJson.DocumentOptions);
        return (ObjectNode)Node.Of(json.RootElement)!;
    }

    static (ImmutableArray<ObjectNode> Resources, List<KeptField> Kept) Mapped(RegistryRecord record)
    {
        var resources = new StudyResources(record);
        resources.Add(EligibilityModule.Group(record));
        var study = resources.Add(Study(record));
        Record.WriteAll(record.Root, study, resources);
        var kept = KeptFields.Of(record.Root.Json, Rebuilt(study, resources));
        KeptFields.Write(kept, study);
        var inOrder = resources.All.OrderBy(r => Array.IndexOf(TypeOrder, (string)r["resourceType"]!));
        return ([.. inOrder], kept);
    }

    static JsonObject? ToRecord(StudyResources resources)
    {
        if (resources.Find("ResearchStudy", resources.NctId) is not { } study)
        {
            return null;
        }

        var record = Rebuilt(study, resources).ToJson();
        KeptFields.Read(study, record);
        return record;
    }

    /// <summary>The record without the fields that are kept as they are.</summary>
    static ObjectNode Rebuilt(ObjectNode study, StudyResources resources)
    {
        var record = new ObjectNode();
        Record.ReadAll(study, record, resources);
        return record;
    }

    /// <summary>What a study has that follows from its record, or from none.</summary>
    static ObjectNode Study(RegistryRecord record)
    {
        var status = record.Protocol["statusModule"].Text("overallStatus");
        return FhirNode.Resource(
            "ResearchStudy",
            record.NctId,
            Canonicals.TrialStudy,
            StudyNarrative.Of(record),
            ("status", StatusModule.StatusOf(status)),
            ("_status", StatusModule.StatusAbsent(status)),
            ("enrollment", FhirNode.Array(FhirNode.Reference($"Group/{EligibilityModule.IdOf(record.NctId)}"))));
    }
}
