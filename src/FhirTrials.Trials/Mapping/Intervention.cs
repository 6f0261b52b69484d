using System.Collections.Immutable;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Vocabulary;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>An intervention of a study ⇄ an ActivityDefinition: what is given or done, and
/// how, as far as its text says.</summary>
/// <param name="Id"><c>NCT04521231-intervention-1</c>.</param>
/// <param name="Type">Null where the record does not say.</param>
sealed record Intervention(
    string Id, int Number, string NctId, string Name, RegistryCode? Type, string? Description,
    ImmutableArray<string> ArmLabels,
    ImmutableArray<string> OtherNames, ImmutableArray<MeshHeading> Headings)
{
    const string UsageContexts = "http://terminology.hl7.org/CodeSystem/usage-context-type";

    /// <summary>The arms that an intervention names are the plans it is for.</summary>
    public static Rule Rule { get; } = EachResource(
        "interventions", "ActivityDefinition", id => $"{id}-intervention-", Make,
        Coded("type", RegistryCodes.InterventionType, Place.Here.Item("topic", Shapes.Any)),
        Text("name", "title"),
        Text("description", "description"),
        Values("armGroupLabels", Kind.Text, "useContext",
            FhirNode.Object(("code", FhirNode.Coding(UsageContexts, "program", "Program")))!, "valueReference.display"),
        Derived(ReferToPlans),
        Values("otherNames", Kind.Text, "extension",
            FhirNode.Object(("url", Canonicals.Ours("other-name")))!, "valueString"));

    public string Canonical => $"{Canonicals.Base}/ActivityDefinition/{Id}";

    /// <summary>Whether it is a drug; null where the record does not say what it is.</summary>
    public bool? IsDrug => Type is null ? null : Type.Code is "DRUG" or "BIOLOGICAL";

    public static IEnumerable<Intervention> Of(RegistryRecord record)
    {
        var headings = MeshHeading.Of(record, "interventionBrowseModule").Index()
            .ToLookup(heading => heading.Item.Term, StringComparer.OrdinalIgnoreCase);
        return record.Protocol["armsInterventionsModule"].Items("interventions").Select((node, index) =>
        {
            var name = node.Text("name") ?? $"Intervention {index + 1}";
            ImmutableArray<string> otherNames = [.. node.Texts("otherNames")];
            return new Intervention(
                $"{record.NctId}-intervention-{index + 1}",
                index + 1,
                record.NctId,
                name,
                node.Code("type", RegistryCodes.InterventionType),
                node.Text("description"),
                [.. node.Texts("armGroupLabels")],
                otherNames,
                [
                    .. otherNames.Prepend(name).SelectMany(n => headings[n.Trim()]).DistinctBy(h => h.Index)
                        .OrderBy(h => h.Index).Select(h => h.Item),
                ]);
        });
    }

    /// <summary>MeSH headings of the interventions that match none by name: the study's focus.</summary>
    public static Rule Focus { get; } = Derived((_, study, resources) =>
    {
        var placed = resources.Interventions.All.SelectMany(i => i.Headings).ToHashSet();
        foreach (var heading in MeshHeading.Of(resources.Record, "interventionBrowseModule")
            .Where(h => !placed.Contains(h)))
        {
            ((Place)"focus").Add(study, FhirNode.Concept([heading.Coding()])!);
        }
    });

    /// <summary>The resource, and the reference that lets a client find a study's
    /// interventions without its arms.</summary>
    static ObjectNode Make(RegistryNode node, int number, ObjectNode study, StudyResources resources)
    {
        var intervention = resources.Interventions.All[number - 1];
        ((Place)"extension").Add(study, FhirNode.Extension(
            Canonicals.Ours("study-intervention"), "valueReference",
            FhirNode.Reference($"ActivityDefinition/{intervention.Id}", intervention.Name))!);
        var resource = intervention.ToResource();
        if (node.Text("name") is null)
        {
            resource["_title"] = Shapes.Absent();
        }

        return resource;
    }

    static void ReferToPlans(RegistryNode node, ObjectNode resource, StudyResources resources)
    {
        foreach (var reference in ((Place)"useContext").Items(resource, Shapes.AnyTest)
            .Select(context => (ObjectNode)context["valueReference"]!))
        {
            if (resources.Arms.TryGetValue((string)reference["display"]!, out var arm))
            {
                reference["reference"] = $"PlanDefinition/{ArmsModule.IdOf(resources.NctId, arm)}";
            }
        }
    }

    ObjectNode ToResource()
    {
        var what = FhirNode.Concept([.. Headings.Select(h => h.Coding()), .. Concepts()], Name);
        var isProduct = Type?.Code
            is "DRUG" or "BIOLOGICAL" or "DEVICE" or "DIETARY_SUPPLEMENT" or "COMBINATION_PRODUCT" or "GENETIC";
        return FhirNode.Resource(
            "ActivityDefinition",
            Id,
            Canonicals.TrialIntervention,
            new Narrative(Name).Fact("Study", NctId).Fact("Type", Type?.Display).Fact("Other names", OtherNames)
                .Paragraphs(Description),
            ("url", Canonical),
            ("identifier", FhirNode.Array(
                FhirNode.Object(("system", Canonicals.Identifiers("intervention")), ("value", Id)))),
            ("name", $"{NctId}_Intervention_{Number}"),
            ("status", "active"),
            ("kind", CodeMap.InterventionType.Of(Type?.Code)?.Fhir),
            ("code", isProduct ? null : what),
            ("productCodeableConcept", isProduct ? what : null),
            ("dosage", FhirNode.Array(IsDrug == false ? [] : DosageText.Read(Description))));
    }

    /// <summary>The vocabulary's codes of what a whole name says, and of one ingredient its standard codes as well:
    /// those of classes and procedures may stand for something narrower.</summary>
    IEnumerable<ObjectNode> Concepts() =>
        from concept in OtherNames.Prepend(Name).Select(ConceptVocabulary.Default.Lookup).OfType<VocabularyConcept>()
            .Where(c => c.Kind is ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Procedure)
            .DistinctBy(c => c.Key)
        from coding in concept.Codes.Where(c => concept.Kind == ConceptKind.Drug && !c.Code.EndsWith('*'))
            .Select(c => FhirNode.Coding(CodeSystems.UriOf(c.System), c.Code))
            .Prepend(FhirNode.Coding(CodeSystems.Vocabulary, concept.Key, concept.Text))
        select coding;
}
