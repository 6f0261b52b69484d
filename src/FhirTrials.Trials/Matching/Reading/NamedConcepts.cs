using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>What a CodeableConcept names: the most specific concepts of the vocabulary, by its codes and by its
/// words.</summary>
/// <param name="Label">The name that the record uses.</param>
/// <param name="ByText">Whether no code of it is in the vocabulary.</param>
readonly record struct NamedConcepts(string Label, ImmutableArray<string> Keys, bool ByText)
{
    public static NamedConcepts Of(Element? concept, ConceptVocabulary vocabulary)
    {
        if (concept is null)
        {
            return new("", [], false);
        }

        var codings = concept["coding"].ToArray();
        var coded = codings.SelectMany(c => vocabulary.WithCode(c.ValueOf("system") ?? "", c.ValueOf("code") ?? "")).ToArray();
        string[] texts = [.. codings.Select(c => c.ValueOf("display")).Append(concept.ValueOf("text")).OfType<string>()];
        var named = texts.SelectMany(vocabulary.Mentions).Select(m => m.Concept);
        var label = concept.ValueOf("text") ?? codings.Select(c => c.ValueOf("display") ?? c.ValueOf("code")).FirstOrDefault();
        return new(label ?? "", MostSpecific(coded.Concat(named), vocabulary), coded.Length == 0);
    }

    /// <summary>Whether one of them is the concept or a kind of it.</summary>
    public bool Include(string key, ConceptVocabulary vocabulary) => Keys.Any(k => vocabulary.IsA(k, key));

    static ImmutableArray<string> MostSpecific(IEnumerable<VocabularyConcept> concepts, ConceptVocabulary vocabulary)
    {
        var keys = concepts.Select(c => c.Key).Distinct().ToArray();
        return [.. keys.Where(k => !keys.Any(other => other != k && vocabulary.IsA(other, k)))];
    }
}
