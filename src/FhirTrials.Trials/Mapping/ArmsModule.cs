using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>armsInterventionsModule ⇄ the study's arms with a PlanDefinition each, and an ActivityDefinition per
/// intervention. R5's comparison groups follow from the arms.</summary>
static class ArmsModule
{
    public static Rule Rule { get; } = In(
        "armsInterventionsModule",
        EachReferred(
            "armGroups", "PlanDefinition", "arm", Shapes.Any,
            Place.Here.Extension(Canonicals.Ours("arm-plan")) / "valueReference", Plan,
            [
                Text("label", "name"),
                Coded("type", RegistryCodes.ArmGroupType, "type"),
                Text("description", "description"),
                Derived((arm, item, _) =>
                {
                    if (arm.Text("label") is null)
                    {
                        item["_name"] = Shapes.Absent();
                    }
                }),
            ],
            Values("interventionNames", Kind.Text, "action", Shapes.Any, "textEquivalent"),
            Derived(AddActions)),
        Intervention.Rule);

    /// <summary>The plan of the arm of that number, from 1.</summary>
    public static string IdOf(string nctId, int number) => FormattableString.Invariant($"{nctId}-arm-{number}");

    static ObjectNode Plan(RegistryNode arm, int number, ObjectNode study, StudyResources resources)
    {
        var id = IdOf(resources.NctId, number);
        var (name, description) = (arm.Text("label") ?? $"Arm {number}", arm.Text("description"));
        var type = arm.Code("type", RegistryCodes.ArmGroupType);
        ((Place)"protocol").Add(study, FhirNode.Reference($"PlanDefinition/{id}", name));
        ((Place)"extension").Add(study, FhirNode.Extension(
            Canonicals.R5("comparisonGroup"),
            FhirNode.Extension("linkId", "valueId", $"arm-{number}"),
            FhirNode.Extension("name", "valueString", name),
            FhirNode.Extension("type", "valueCodeableConcept", FhirNode.Concept(type)),
            FhirNode.Extension("description", "valueMarkdown", description))!);
        return FhirNode.Resource(
            "PlanDefinition",
            id,
            Canonicals.TrialArm,
            new Narrative(name).Fact("Study", resources.NctId).Fact("Type", type?.Display)
                .Paragraphs(description)
                .List("Interventions", Planned(arm, resources).Select(p => p.Intervention?.Name ?? p.Named!)),
            ("url", $"{Canonicals.Base}/PlanDefinition/{id}"),
            ("identifier", FhirNode.Array(
                FhirNode.Object(("system", Canonicals.Identifiers("arm")), ("value", id)))),
            ("name", $"{resources.NctId}_Arm_{number}"),
            ("title", name),
            ("type", FhirNode.Concept([FhirNode.Coding(
                "http://terminology.hl7.org/CodeSystem/plan-definition-type", "clinical-protocol",
                "Clinical Protocol")])),
            ("status", "active"),
            ("description", description),
            ("topic", FhirNode.Array(FhirNode.Concept(type))));
    }

    /// <summary>Titles and definitions of the actions, and actions for the interventions that name the arm themselves.
    /// A dosage that the arm's text states is that of its only drug.</summary>
    static void AddActions(RegistryNode arm, ObjectNode plan, StudyResources resources)
    {
        var planned = Planned(arm, resources).ToList();
        var dosages = planned is [{ Intervention.IsDrug: not false }]
            ? DosageText.Read(arm.Text("description")) : [];
        var actions = ((Place)"action").Items(plan, Shapes.AnyTest).ToList();
        foreach (var (at, (named, intervention)) in planned.Index())
        {
            if (at >= actions.Count)
            {
                ((Place)"action").Add(plan, new());
            }

            var action = (ObjectNode)((ArrayNode)plan["action"]!)[at]!;
            action["title"] = intervention?.Name ?? named;
            if (intervention is not null)
            {
                action["definitionCanonical"] = intervention.Canonical;
            }

            foreach (var dosage in dosages)
            {
                ((Place)"extension").Add(
                    action, FhirNode.Extension(Canonicals.Ours("action-dosage"), "valueDosage", dosage)!);
            }
        }
    }

    /// <summary>What an arm gets: the interventions it names (<c>Drug: Blinatumomab</c>), then those that name it. A
    /// name that no intervention has stays as text.</summary>
    static IEnumerable<(string? Named, Intervention? Intervention)> Planned(
        RegistryNode arm, StudyResources resources)
    {
        var interventions = resources.Interventions;
        var label = arm.Text("label");
        var seen = new HashSet<int>();
        foreach (var named in arm.Texts("interventionNames"))
        {
            var intervention = interventions.Find(named);
            if (intervention is not null)
            {
                seen.Add(intervention.Number);
            }

            yield return (named, intervention);
        }

        var naming = label is null ? [] : interventions.Naming(label);
        foreach (var intervention in naming.Where(i => seen.Add(i.Number)))
        {
            yield return (null, intervention);
        }
    }
}
