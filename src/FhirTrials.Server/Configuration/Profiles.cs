using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Server.Configuration;

/// <summary>The conformance resources of the <c>profiles/</c> folder: known to validation and search, and served.</summary>
sealed record Profiles(ImmutableArray<Element> Resources)
{
    // The package's own description is no resource.
    const string Manifest = "package.json";

    static readonly string[] Kinds = ["StructureDefinition", "ValueSet", "CodeSystem", "SearchParameter"];

    /// <summary>Those that definitions are made of; the others (an ImplementationGuide, an operation) are only served.</summary>
    public ImmutableArray<Element> Definitions => [.. Resources.Where(r => Kinds.Contains(r.Type.Name))];

    /// <summary>The canonical URLs of the profiles of a resource type.</summary>
    public IEnumerable<string> Of(string type) =>
        Resources
            .Where(r => r.Type.Name == "StructureDefinition" && r.ValueOf("type") == type && r.ValueOf("derivation") == "constraint")
            .Select(r => r.ValueOf("url"))
            .OfType<string>();

    /// <summary>Reads every file of the folder; throws with file and issue for one that is no sound resource.</summary>
    public static Profiles Load(string? folder) =>
        new(folder is null ? [] : [.. Folders.JsonFiles(folder).Where(f => Path.GetFileName(f) != Manifest).Select(Read)]);

    static Element Read(string file)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
        return read.IsValid
            ? read.Resource!
            : throw new InvalidDataException(IssueLine.Of(file, read.Issues.First(i => i.IsError)));
    }
}
