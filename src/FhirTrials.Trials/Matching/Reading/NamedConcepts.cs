using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>What a CodeableConcept names: the most specific concepts of the vocabulary, by its codes and by its
/// words.</summary>
/// <param name="Label">The name that the record uses.</param>
/// <param name="ByText">Whether no code of it is in the vocabulary.</param>
/// <param name="Doubted">What its words name only to deny or doubt it.</param>
/// <param name="IsUnknown">Whether nothing in it is in the vocabulary: it may be anything.</param>
readonly record struct NamedConcepts(
    string Label, ImmutableArray<string> Keys, bool ByText, ImmutableArray<string> Doubted, bool IsUnknown)
{
    /// <summary>The longest text that names are looked for in: no name is nearly as long.</summary>
    const int MaxRead = 1_000;

    /// <summary>The longest name that is told.</summary>
    const int MaxShown = 300;

    /// <summary>Whether a text is short enough for a name.</summary>
    public static bool IsRead(string text) => text.Length <= MaxRead;

    /// <summary>A name as it is told of.</summary>
    public static string Shown(string name) => Excerpt.Of(name, MaxShown);

    public static NamedConcepts Of(Element? concept, ConceptVocabulary vocabulary)
    {
        if (concept is null)
        {
            return new("", [], false, [], true);
        }

        var coded = CodedIn(concept, vocabulary);
        var texts = TextsOf(concept);
        var keys = MostSpecific(coded.Concat(texts.SelectMany(vocabulary.Mentions).Select(m => m.Concept)), vocabulary);
        var doubts = texts.SelectMany(vocabulary.Doubts).Select(m => m.Concept.Key).Except(keys);
        var isUnknown = keys.IsEmpty
            && (HasUnread(concept) || !texts.Any(t => vocabulary.Names(t).Any() || Statements.Disclaims(t)));
        return new(LabelOf(concept), keys, coded.Length == 0, [.. doubts], isUnknown);
    }

    /// <summary>Of what is observed: its codes where the vocabulary has them; else its names, if all of their words are
    /// known, because one word more (<c>in urine</c>, <c>surface antibody</c>) makes it another observation.</summary>
    public static NamedConcepts OfObserved(Element? concept, ConceptVocabulary vocabulary)
    {
        if (concept is null)
        {
            return new("", [], false, [], true);
        }

        var coded = CodedIn(concept, vocabulary);
        var codeAlone = concept["coding"]
            .Any(c => c.ValueOf("system") == "http://loinc.org" && c.ValueOf("display") is null);
        ImmutableArray<string> keys = coded.Length > 0 ? MostSpecific(coded, vocabulary)
            : codeAlone || HasUnread(concept) ? []
            : ObservedNames.Of(TextsOf(concept), vocabulary);
        return new(LabelOf(concept), keys, coded.Length == 0, [], keys.IsEmpty);
    }

    /// <summary>Whether one of them is the concept or a kind of it.</summary>
    public bool Include(string key, ConceptVocabulary vocabulary) => Keys.Any(k => vocabulary.IsA(k, key));

    static VocabularyConcept[] CodedIn(Element concept, ConceptVocabulary vocabulary) =>
        [.. concept["coding"].SelectMany(c => vocabulary.WithCode(c.ValueOf("system") ?? "", c.ValueOf("code") ?? ""))];

    static ImmutableArray<string> TextsOf(Element concept) =>
        [.. AllTextsOf(concept).Where(IsRead)];

    /// <summary>Whether a text of it is too long to be read, so that it may say anything.</summary>
    static bool HasUnread(Element concept) => !AllTextsOf(concept).All(IsRead);

    static IEnumerable<string> AllTextsOf(Element concept) =>
        concept["coding"].Select(c => c.ValueOf("display")).Append(concept.ValueOf("text")).OfType<string>();

    static string LabelOf(Element concept) => Shown(concept.ValueOf("text")
        ?? concept["coding"].Select(c => c.ValueOf("display") ?? c.ValueOf("code")).FirstOrDefault() ?? "");

    static ImmutableArray<string> MostSpecific(IEnumerable<VocabularyConcept> concepts, ConceptVocabulary vocabulary)
    {
        var keys = concepts.Select(c => c.Key).Distinct().ToArray();
        var broader = keys.Length < 2 ? []
            : keys.SelectMany(k => vocabulary.WithBroader(k).Select(c => c.Key).Where(b => b != k))
                .ToHashSet(StringComparer.Ordinal);
        return [.. keys.Where(k => !broader.Contains(k))];
    }
}
