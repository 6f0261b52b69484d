using System.Text.Json.Nodes;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Compiles HL7's R4 package into one file of facts: structure, types, cardinalities, bindings, rules, search
/// parameters, codes. Texts that explain are left behind.</summary>
static class PackageCompiler
{
    public static byte[] Compile(string folder)
    {
        var writer = new FactWriter();
        new StructureCompiler(writer).Write(Read(folder, "StructureDefinition"));
        SearchCompiler.WriteParameters(writer, Read(folder, "SearchParameter"));
        TerminologyCompiler.WriteValueSets(writer, Read(folder, "ValueSet"));
        TerminologyCompiler.WriteCodeSystems(writer, Read(folder, "CodeSystem"));
        SearchCompiler.WriteCompartments(writer, Read(folder, "CompartmentDefinition"));
        return writer.ToBytes();
    }

    /// <summary>The resources of a type, one per canonical, in order of canonical: the same
    /// package gives the same bytes.</summary>
    static List<JsonObject> Read(string folder, string type) =>
        Directory.EnumerateFiles(folder, $"{type}-*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject())
            .Where(resource => resource.Text("resourceType") == type && resource.Text("url") is not null)
            .OrderBy(resource => resource.Text("url"), StringComparer.Ordinal)
            .DistinctBy(resource => resource.Text("url"))
            .ToList();
}
