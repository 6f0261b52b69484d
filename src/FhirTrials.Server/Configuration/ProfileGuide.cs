using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Server.Configuration;

/// <summary>The ImplementationGuide of the package: what the file says of it, with every resource and example of the
/// folder in its group — https://hl7.org/fhir/R4/implementationguide.html</summary>
static class ProfileGuide
{
    const string Guide = "ImplementationGuide";

    /// <summary>The resources with the guide completed; as they are where none of them is a guide.</summary>
    public static ImmutableArray<Element> Complete(ImmutableArray<Element> resources, string folder) =>
        resources.FirstOrDefault(r => r.Type.Name == Guide) is { } guide
            ? resources.Replace(guide, Completed(guide, resources.Where(r => r.Type.Name != Guide), Examples(folder)))
            : resources;

    static Element Completed(Element guide, IEnumerable<Element> resources, IEnumerable<Element> examples)
    {
        var json = FhirJson.ToJsonObject(guide);
        var listed = json["definition"]!["resource"]!.AsArray();
        var known = listed.Select(r => (string?)r!["reference"]!["reference"]).ToHashSet();
        JsonNode[] added =
        [
            .. resources.Select(Listed), .. examples.Select(Example),
        ];
        foreach (var resource in added.Where(r => known.Add((string?)r["reference"]!["reference"])))
        {
            listed.Add(resource);
        }

        return FhirJson.Read(JsonSerializer.SerializeToUtf8Bytes(json), FhirDefinitions.R4.Types).Resource!;
    }

    static JsonObject Listed(Element resource) => new()
    {
        ["reference"] = Reference(resource),
        ["name"] = resource.ValueOf("title") ?? resource.ValueOf("name"),
        ["description"] = resource.ValueOf("description"),
        ["exampleBoolean"] = false,
        ["groupingId"] = GroupOf(resource),
    };

    static JsonObject Example(Element example) => new()
    {
        ["reference"] = Reference(example),
        ["name"] = $"{example.Type.Name} {example.Id}",
        ["exampleCanonical"] = example.At("meta", "profile")?.Value,
        ["groupingId"] = "examples",
    };

    static JsonObject Reference(Element resource) => new() { ["reference"] = $"{resource.Type.Name}/{resource.Id}" };

    static string GroupOf(Element resource) => resource.Type.Name switch
    {
        "StructureDefinition" => resource.ValueOf("type") == "Extension" ? "extensions" : "profiles",
        "SearchParameter" => "search",
        "OperationDefinition" => "operations",
        "CapabilityStatement" => "capabilities",
        _ => "terminology",
    };

    static IEnumerable<Element> Examples(string folder) =>
        Path.Combine(folder, "example") is var examples && Directory.Exists(examples)
            ? Directory.EnumerateFiles(examples, "*.json").Order(StringComparer.Ordinal)
                .Select(file => FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types).Resource)
                .OfType<Element>().Where(e => e.Id is not null)
            : [];
}
