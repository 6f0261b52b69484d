using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>armsInterventionsModule's arms → the study's arms, R5's comparison groups, and a PlanDefinition
/// each.</summary>
static class ArmsModule
{
    /// <summary>The arms with what is planned for them: <c>PlanDefinition/NCT04521231-arm-1</c>.</summary>
    public static JsonArray? Arms(RegistryRecord record) => FhirNode.Array(
        Each(record).Select(arm => FhirNode.Object(
            ("extension", FhirNode.Array(FhirNode.Extension(
                Canonicals.Ours("arm-plan"), "valueReference",
                FhirNode.Reference($"PlanDefinition/{IdOf(record, arm)}")))),
            ("name", NameOf(arm)),
            ("type", FhirNode.Concept(TypeOf(arm))),
            ("description", arm.Node.Text("description")))));

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record) =>
        Each(record).Select(arm => FhirNode.Extension(
            Canonicals.R5("comparisonGroup"),
            FhirNode.Extension("linkId", "valueId", $"arm-{arm.Number}"),
            FhirNode.Extension("name", "valueString", NameOf(arm)),
            FhirNode.Extension("type", "valueCodeableConcept", FhirNode.Concept(TypeOf(arm))),
            FhirNode.Extension("description", "valueMarkdown", arm.Node.Text("description"))));

    public static JsonArray? Protocol(RegistryRecord record) => FhirNode.Array(
        Each(record).Select(arm => FhirNode.Reference($"PlanDefinition/{IdOf(record, arm)}", NameOf(arm))));

    public static IEnumerable<JsonObject> Plans(RegistryRecord record) => Each(record).Select(arm => Plan(record, arm));

    static IEnumerable<(RegistryNode Node, int Number)> Each(RegistryRecord record) =>
        record.Protocol["armsInterventionsModule"].Items("armGroups").Select((arm, index) => (arm, index + 1));

    static string IdOf(RegistryRecord record, (RegistryNode Node, int Number) arm) =>
        $"{record.NctId}-arm-{arm.Number}";

    static string NameOf((RegistryNode Node, int Number) arm) => arm.Node.Text("label") ?? $"Arm {arm.Number}";

    static RegistryCode? TypeOf((RegistryNode Node, int Number) arm) =>
        arm.Node.Code("type", RegistryCodes.ArmGroupType);

    static JsonObject Plan(RegistryRecord record, (RegistryNode Node, int Number) arm)
    {
        var id = IdOf(record, arm);
        var description = arm.Node.Text("description");
        var planned = Planned(record, arm.Node).ToList();
        var dosages = planned.Count == 1 && planned[0].Intervention is { IsDrug: not false }
            ? DosageText.Read(description) : [];
        return FhirNode.Resource(
            "PlanDefinition",
            id,
            Canonicals.TrialArm,
            new Narrative(NameOf(arm)).Fact("Study", record.NctId).Fact("Type", TypeOf(arm)?.Display)
                .Paragraphs(description).List("Interventions", planned.Select(p => p.Title)),
            ("url", $"{Canonicals.Base}/PlanDefinition/{id}"),
            ("identifier", FhirNode.Array(
                FhirNode.Object(("system", Canonicals.Identifiers("arm")), ("value", id)))),
            ("name", $"{record.NctId}_Arm_{arm.Number}"),
            ("title", NameOf(arm)),
            ("type", FhirNode.Concept([FhirNode.Coding(
                "http://terminology.hl7.org/CodeSystem/plan-definition-type", "clinical-protocol",
                "Clinical Protocol")])),
            ("status", "active"),
            ("description", description),
            ("topic", FhirNode.Array(FhirNode.Concept(TypeOf(arm)))),
            ("action", FhirNode.Array(planned.Select(p => Action(p.Title, p.Text, p.Intervention, dosages)))));
    }

    static JsonObject? Action(string title, string? text, Intervention? intervention,
        IEnumerable<JsonObject> dosages) =>
        FhirNode.Object(
            ("extension", FhirNode.Array(dosages.Select(dosage =>
                FhirNode.Extension(Canonicals.Ours("action-dosage"), "valueDosage", dosage)))),
            ("title", title),
            ("textEquivalent", text),
            ("definitionCanonical", intervention?.Canonical));

    /// <summary>What an arm gets: the interventions it names (<c>Drug: Blinatumomab</c>) and those that name it. A name
    /// that no intervention has stays as text.</summary>
    static IEnumerable<(string Title, string? Text, Intervention? Intervention)> Planned(RegistryRecord record,
        RegistryNode arm)
    {
        var interventions = Intervention.Of(record).ToList();
        var label = arm.Text("label");
        var seen = new HashSet<Intervention>();
        foreach (var named in arm.Texts("interventionNames"))
        {
            var intervention = interventions.Find(i => i.IsNamed(named));
            if (intervention is null || seen.Add(intervention))
            {
                yield return (intervention?.Name ?? named, named, intervention);
            }
        }

        foreach (var intervention in interventions
            .Where(i => label is not null && i.ArmLabels.Contains(label) && seen.Add(i)))
        {
            yield return (intervention.Name, null, intervention);
        }
    }
}
