using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>An intervention of a study → an ActivityDefinition: what is given or done, and how, as far as its text
/// says.</summary>
/// <param name="Id"><c>NCT04521231-intervention-1</c>.</param>
/// <param name="Type">Null where the record does not say.</param>
sealed record Intervention(
    string Id, int Number, string NctId, string Name, RegistryCode? Type, string? Description,
    ImmutableArray<string> ArmLabels,
    ImmutableArray<string> OtherNames, ImmutableArray<MeshHeading> Headings)
{
    public string Canonical => $"{Canonicals.Base}/ActivityDefinition/{Id}";

    /// <summary>Whether it is a drug; null where the record does not say what it is.</summary>
    public bool? IsDrug => Type is null ? null : Type.Code is "DRUG" or "BIOLOGICAL";

    public static IEnumerable<Intervention> Of(RegistryRecord record)
    {
        ImmutableArray<MeshHeading> headings = [.. MeshHeading.Of(record, "interventionBrowseModule")];
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
                [.. headings.Where(h => otherNames.Prepend(name).Any(h.Says))]);
        });
    }

    /// <summary>Whether an arm's <c>Drug: Blinatumomab</c> names this one.</summary>
    public bool IsNamed(string named) =>
        Type is null ? named == Name : named == $"{Type.Display}: {Name}"
            || (named.EndsWith($": {Name}", StringComparison.Ordinal)
                && named.AsSpan(0, named.Length - Name.Length - 2).Equals(Type.Display,
                    StringComparison.OrdinalIgnoreCase));

    /// <summary>The references that let a client find a study's interventions without its arms.</summary>
    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record) =>
        Of(record).Select(i => FhirNode.Extension(
        Canonicals.Ours("study-intervention"), "valueReference",
        FhirNode.Reference($"ActivityDefinition/{i.Id}", i.Name)));

    /// <summary>MeSH headings of the interventions that match none by name: the study's focus.</summary>
    public static JsonArray? Focus(RegistryRecord record)
    {
        var placed = Of(record).SelectMany(i => i.Headings).ToHashSet();
        return FhirNode.Array(MeshHeading.Of(record, "interventionBrowseModule").Where(h => !placed.Contains(h))
            .Select(h => FhirNode.Concept([h.Coding()])));
    }

    public JsonObject ToResource()
    {
        var what = FhirNode.Concept([.. Headings.Select(h => h.Coding())], Name);
        var isProduct = Type?.Code is "DRUG" or "BIOLOGICAL" or "DEVICE" or "DIETARY_SUPPLEMENT" or "COMBINATION_PRODUCT" or "GENETIC";
        return FhirNode.Resource(
            "ActivityDefinition",
            Id,
            Canonicals.TrialIntervention,
            new Narrative(Name).Fact("Study", NctId).Fact("Type", Type?.Display).Fact("Other names", OtherNames)
                .Paragraphs(Description),
            ("extension", FhirNode.Array(OtherNames.Select(name =>
                FhirNode.Extension(Canonicals.Ours("other-name"), "valueString", name)))),
            ("url", Canonical),
            ("identifier", FhirNode.Array(
                FhirNode.Object(("system", Canonicals.Identifiers("intervention")), ("value", Id)))),
            ("name", $"{NctId}_Intervention_{Number}"),
            ("title", Name),
            ("status", "active"),
            ("description", Description),
            ("topic", FhirNode.Array(FhirNode.Concept(Type))),
            ("kind", KindOf(Type?.Code)),
            ("code", isProduct ? null : what),
            ("productCodeableConcept", isProduct ? what : null),
            ("dosage", FhirNode.Array(IsDrug == false ? [] : DosageText.Read(Description))));
    }

    /// <summary>The kind of request that would order it; null where the registry's type does not tell.</summary>
    public static string? KindOf(string? type) => type switch
    {
        "DRUG" or "BIOLOGICAL" => "MedicationRequest",
        "DEVICE" => "DeviceRequest",
        "DIETARY_SUPPLEMENT" => "NutritionOrder",
        "PROCEDURE" or "RADIATION" or "DIAGNOSTIC_TEST" or "BEHAVIORAL" => "ServiceRequest",
        _ => null,
    };
}
