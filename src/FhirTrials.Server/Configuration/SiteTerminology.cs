using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>The vocabulary with a site's terminology.</summary>
/// <param name="Notes">What of it was not taken, and why, for the operator.</param>
sealed record SiteVocabulary(ConceptVocabulary Vocabulary, ImmutableArray<string> Notes);

/// <summary>A site's terminology: a folder of tables (<c>.tsv</c>, <c>.csv</c>), OBO files, FHIR CodeSystems and
/// ConceptMaps, which add names, codes and concepts to the vocabulary. Files are read in the order of their names;
/// each knows what those before added.</summary>
/// <remarks>
/// A table has a heading line and the columns concept (key or name), system (URI), code, name; code or name may be
/// empty. A concept that the vocabulary has not is added where the column parent says what it is a kind of; the column
/// kind may call it a drug where that is a class of treatments. Of an OBO file or a CodeSystem, a term that has the
/// name of a concept adds its code and its other names; a kind of a concept is added as one
/// (<see cref="SiteConcepts"/>): by <c>is_a</c>, by <c>subsumedBy</c>, or below it in a hierarchy that means is-a. An
/// OBO term's system is that of its <c>ontology</c> header or, without one, <c>http://purl.obolibrary.org/obo/</c>. Of
/// a ConceptMap, a source code that is equal or equivalent to a concept's code, or narrower, is one of the concept's
/// too.
/// </remarks>
static class SiteTerminology
{
    public const int MaxBytes = 32 << 20;
    public const int MaxTerms = 200_000;

    static readonly string[] Endings = [".tsv", ".csv", ".obo", ".json"];

    /// <param name="isEveryday">Whether a name would be found everywhere.</param>
    /// <exception cref="InvalidDataException">A file is none of these; the message
    /// says which, where and why.</exception>
    public static SiteVocabulary Read(string folder, ConceptVocabulary vocabulary, Func<string, bool> isEveryday)
    {
        var notes = new SiteNotes();
        var count = 0;
        foreach (var file in Folders.Files(folder, Endings))
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                throw new InvalidDataException($"{file}: the file is larger than {MaxBytes} bytes.");
            }

            var (additions, terms) = Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".tsv" => SiteTable.Read(file, '\t', vocabulary, notes),
                ".csv" => SiteTable.Read(file, ',', vocabulary, notes),
                ".obo" => ([], [.. SiteTerm.OfObo(File.ReadLines(file))]),
                _ => Resource(file, vocabulary, notes),
            };
            count += additions.Length + terms.Length;
            if (count > MaxTerms)
            {
                throw new InvalidDataException($"{file}: with this file there are more than {MaxTerms} terms.");
            }

            vocabulary = SiteConcepts.Add(file, vocabulary, additions, terms, isEveryday, notes);
        }

        return new(vocabulary, [.. notes.Lines]);
    }

    static (ImmutableArray<ConceptAddition> Additions, ImmutableArray<SiteTerm> Terms) Resource(
        string file, ConceptVocabulary vocabulary, SiteNotes notes)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
        return !read.IsValid ? throw new InvalidDataException(IssueLine.Of(file, read.Issues.First(i => i.IsError)))
            : read.Resource!.Type.Name switch
            {
                "CodeSystem" => ([], CodeSystem(file, read.Resource, notes)),
                "ConceptMap" => ([.. Mapped(read.Resource, vocabulary)], []),
                var other => throw new InvalidDataException(
                    $"{file}: a {other} is neither a CodeSystem nor a ConceptMap."),
            };
    }

    static ImmutableArray<SiteTerm> CodeSystem(string file, Element system, SiteNotes notes)
    {
        if (!Uri.IsWellFormedUriString(system.ValueOf("url"), UriKind.Absolute))
        {
            throw new InvalidDataException($"{file}: the CodeSystem has no url, which its codes would be of.");
        }

        if (system.ValueOf("hierarchyMeaning") != "is-a")
        {
            foreach (var above in system["concept"].Where(c => c["concept"].Any()))
            {
                notes.Add(
                    file,
                    "concepts are not taken to be broader than those below them, for hierarchyMeaning is not is-a",
                    above.ValueOf("code") ?? "");
            }
        }

        return [.. SiteTerm.OfCodeSystem(system)];
    }

    static IEnumerable<ConceptAddition> Mapped(Element map, ConceptVocabulary vocabulary) =>
        from @group in map["group"]
        let source = @group.ValueOf("source")
        let target = @group.ValueOf("target")
        where source is not null && target is not null
        from element in @group["element"]
        from to in element["target"]
        where to.ValueOf("equivalence") is "equal" or "equivalent" or "wider" or "subsumes"
        let code = element.ValueOf("code")
        where code is not null && SiteConcepts.IsCode(code) && to.ValueOf("code") is not null
        from concept in vocabulary.WithCode(target, to.ValueOf("code")!)
        where concept.Codes.Contains(new(CodeSystems.KeyOf(target), to.ValueOf("code")!))
        select new ConceptAddition(concept.Key, [new(CodeSystems.KeyOf(source), code)], []);
}
