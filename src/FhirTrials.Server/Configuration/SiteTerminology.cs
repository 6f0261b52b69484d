using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>A site's terminology: a folder of tables (<c>.tsv</c>, <c>.csv</c>), OBO files, FHIR CodeSystems and ConceptMaps, which
/// add names and codes to the vocabulary's concepts.</summary>
/// <remarks>
/// A table has a heading line and the columns concept (key or name), system (URI), code, name; code or name may be empty. Every
/// line must name a concept.
/// Of an OBO file or a CodeSystem, a term that has the name of a concept adds its code and its other names; other terms are ignored.
/// An OBO term's system is that of its <c>ontology</c> header or, without one, <c>http://purl.obolibrary.org/obo/</c>.
/// Of a ConceptMap, a source code that is equal or equivalent to a concept's code, or narrower, is one of the concept's too.
/// </remarks>
static partial class SiteTerminology
{
    public const int MaxBytes = 32 << 20;
    public const int MaxAdditions = 200_000;
    public const int MaxLength = 300;

    static readonly string[] Endings = [".tsv", ".csv", ".obo", ".json"];

    /// <exception cref="InvalidDataException">A file is none of these; the message says which, where and why.</exception>
    public static ImmutableArray<ConceptAddition> Read(string folder, ConceptVocabulary vocabulary)
    {
        var additions = ImmutableArray.CreateBuilder<ConceptAddition>();
        foreach (var file in Folders.Files(folder, Endings))
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                throw new InvalidDataException($"{file}: the file is larger than {MaxBytes} bytes.");
            }

            additions.AddRange(Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".tsv" => Table(file, '\t', vocabulary),
                ".csv" => Table(file, ',', vocabulary),
                ".obo" => Terms(Obo(file), vocabulary),
                _ => Resource(file, vocabulary),
            });
            if (additions.Count > MaxAdditions)
            {
                throw new InvalidDataException($"{file}: with this file there are more than {MaxAdditions} additions.");
            }
        }

        return additions.ToImmutable();
    }

    static IEnumerable<ConceptAddition> Table(string file, char separator, ConceptVocabulary vocabulary)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            var cells = separator == '\t' ? line.Split('\t') : [.. CsvCell().Matches(line).Select(Unquoted)];
            if (number++ == 0)
            {
                if (!cells.SequenceEqual(["concept", "system", "code", "name"]))
                {
                    throw Wrong("the heading must be concept, system, code, name");
                }
            }
            else if (line.Length > 0)
            {
                yield return cells is not [var concept, var system, var code, var name] ? throw Wrong("there must be four columns")
                    : (vocabulary.Find(concept) ?? vocabulary.Lookup(concept)) is not { } found
                        ? throw Wrong($"'{Shown(concept)}' is no concept of the vocabulary")
                    : code.Length == 0 && name.Length == 0 ? throw Wrong("there is neither a code nor a name")
                    : code.Length > 0 && !Uri.IsWellFormedUriString(system, UriKind.Absolute)
                        ? throw Wrong($"'{Shown(system)}' is no URI of a code system")
                    : !IsSound(code) || !IsSound(name) ? throw Wrong("a code or name is too long or has control characters or '|'")
                    : new(found.Key, CodesOf(system, code), name.Length > 0 ? [name] : []);
            }
        }

        InvalidDataException Wrong(string problem) => new($"{file}:{number}: {problem}.");
    }

    static IEnumerable<ConceptAddition> Resource(string file, ConceptVocabulary vocabulary)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
        return !read.IsValid ? throw new InvalidDataException(IssueLine.Of(file, read.Issues.First(i => i.IsError)))
            : read.Resource!.Type.Name switch
            {
                "CodeSystem" => Terms(Concepts(read.Resource.ValueOf("url") ?? "", read.Resource), vocabulary),
                "ConceptMap" => Mapped(read.Resource, vocabulary),
                var other => throw new InvalidDataException($"{file}: a {other} is neither a CodeSystem nor a ConceptMap."),
            };
    }

    static IEnumerable<Term> Concepts(string system, Element parent) => parent["concept"].SelectMany(concept => Concepts(system, concept)
        .Prepend(new Term(
            system, concept.ValueOf("code")!,
            [.. concept["designation"].Select(d => d.ValueOf("value")).Prepend(concept.ValueOf("display")).OfType<string>()])));

    static IEnumerable<ConceptAddition> Mapped(Element map, ConceptVocabulary vocabulary) =>
        from @group in map["group"]
        let source = @group.ValueOf("source")
        let target = @group.ValueOf("target")
        where source is not null && target is not null
        from element in @group["element"]
        from to in element["target"]
        where to.ValueOf("equivalence") is "equal" or "equivalent" or "wider" or "subsumes"
        let code = element.ValueOf("code")
        where code is not null && IsSound(code) && to.ValueOf("code") is not null
        from concept in vocabulary.WithCode(target, to.ValueOf("code")!)
        where concept.Codes.Contains(new(CodeSystems.KeyOf(target), to.ValueOf("code")!))
        select new ConceptAddition(concept.Key, CodesOf(source, code), []);

    static IEnumerable<Term> Obo(string file)
    {
        var (system, id, isTerm, names) = ("http://purl.obolibrary.org/obo/", "", false, new List<string>());
        foreach (var line in File.ReadLines(file).Append("["))
        {
            if (line.StartsWith('['))
            {
                if (isTerm && id.Length > 0)
                {
                    yield return new(system, id, [.. names]);
                }

                (isTerm, id, names) = (line == "[Term]", "", []);
            }
            else if (line.Split(": ", 2) is [var tag, var value])
            {
                system = !isTerm && tag == "ontology" && Uri.IsWellFormedUriString(value, UriKind.Absolute) ? value : system;
                id = tag == "id" ? value.Trim() : id;
                isTerm &= !(tag == "is_obsolete" && value.Trim() == "true");
                if (tag == "name" || (tag == "synonym" && value.Contains("\" EXACT", StringComparison.Ordinal)))
                {
                    names.Add(tag == "name" ? value.Trim() : value.Split('"')[1]);
                }
            }
        }
    }

    static IEnumerable<ConceptAddition> Terms(IEnumerable<Term> terms, ConceptVocabulary vocabulary) =>
        from term in terms
        where IsSound(term.Code) && term.Code.Length > 0
        let names = term.Names.Where(n => IsSound(n) && n.Length > 0).ToImmutableArray()
        let found = names.Select(n => vocabulary.Lookup(n)?.Key).OfType<string>().Distinct().ToArray()
        where found.Length == 1
        select new ConceptAddition(found[0], CodesOf(term.System, term.Code), [.. names.Where(n => vocabulary.Lookup(n) is null)]);

    static ImmutableArray<CodePattern> CodesOf(string system, string code) =>
        code.Length > 0 ? [new(CodeSystems.KeyOf(system), code)] : [];

    /// <summary>A name or code may not be a pattern, and not the mark between codes.</summary>
    static bool IsSound(string text) => text.Length <= MaxLength && !text.Any(c => char.IsControl(c) || c is '|' or '*');

    static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";

    static string Unquoted(Match cell) => cell.Groups["quoted"].Success
        ? cell.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups["plain"].Value;

    /// <summary>https://www.rfc-editor.org/rfc/rfc4180, without line breaks in a field.</summary>
    [GeneratedRegex("(?:^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[^,]*))")]
    private static partial Regex CsvCell();

    sealed record Term(string System, string Code, ImmutableArray<string> Names);
}
