using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>The conformance resources of the package in <c>profiles/</c>: known to
/// validation and search, and served.</summary>
sealed record Profiles(ImmutableArray<Element> Resources)
{
    static readonly string[] Kinds = ["StructureDefinition", "ValueSet", "CodeSystem", "SearchParameter"];

    /// <summary>Those that definitions are made of; the others (an ImplementationGuide, an
    /// operation) are only served.</summary>
    public ImmutableArray<Element> Definitions => [.. Resources.Where(r => Kinds.Contains(r.Type.Name))];

    /// <summary>The canonical URLs of the profiles of a resource type.</summary>
    public IEnumerable<string> Of(string type) =>
        Resources
            .Where(r => r.Type.Name == "StructureDefinition" && r.ValueOf("type") == type
                && r.ValueOf("derivation") == "constraint")
            .Select(r => r.ValueOf("url"))
            .OfType<string>();

    /// <summary>Reads the package, a folder or a <c>.tgz</c>; throws, naming file and issue,
    /// for one that is not sound.</summary>
    public static Profiles Load(string? package)
    {
        try
        {
            var resources = package is null ? [] : PackageLoader.Load(package, FhirDefinitions.R4.Types);
            return new(Directory.Exists(package)
                ? ProfileGuide.Complete(resources, package)
                : resources) { Path = package };
        }
        catch (FhirException e)
        {
            throw new InvalidDataException(e.Issues.First(i => i.IsError).Diagnostics, e);
        }
    }

    /// <summary>With the concepts that the site has added in the code system of the vocabulary, so that what is coded
    /// by them is valid, and found by what is broader.</summary>
    public Profiles With(ConceptVocabulary vocabulary)
    {
        var added = vocabulary.Concepts.Where(c => ConceptVocabulary.Product.Find(c.Key) is null).ToList();
        return added.Count == 0 ? this : this with
        {
            Resources =
            [
                .. Resources.Select(r =>
                    r.Type.Name == "CodeSystem" && r.ValueOf("url") == CodeSystems.Vocabulary ? With(r, added) : r),
            ],
        };
    }

    static Element With(Element codeSystem, List<VocabularyConcept> added)
    {
        var json = FhirJson.ToJsonObject(codeSystem);
        var concepts = json["concept"]!.AsArray();
        foreach (var concept in added)
        {
            concepts.Add(new JsonObject
            {
                ["code"] = concept.Key,
                ["display"] = concept.Text,
                ["property"] = new JsonArray(
                    [.. concept.Parents.Select(p => new JsonObject { ["code"] = "parent", ["valueCode"] = p })]),
            });
        }

        json["count"] = concepts.Count;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(json);
        return FhirJson.Read(bytes, FhirDefinitions.R4.Types, ReadLimits.Stored).Resource!;
    }

    /// <summary>Where they were read; null where there is no package.</summary>
    public string? Path { get; private init; }
}
