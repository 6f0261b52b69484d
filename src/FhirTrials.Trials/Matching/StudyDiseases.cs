using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>The diseases that a study is about, as its conditions name them.</summary>
/// <param name="Keys">Of the vocabulary's conditions.</param>
/// <param name="Names">Conditions in which the vocabulary knows no disease: their words in comparable form, with a blank
/// between.</param>
public sealed record StudyDiseases(ImmutableArray<string> Keys, ImmutableArray<string> Names)
{
    public static readonly StudyDiseases None = new([], []);

    /// <param name="study">A ResearchStudy.</param>
    public static StudyDiseases Of(Element study, ConceptVocabulary vocabulary)
    {
        var (keys, names) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var text in study["condition"].Select(c => c.ValueOf("text")).OfType<string>())
        {
            var named = vocabulary.Mentions(text).Where(m => m.Concept.Kind == ConceptKind.Condition)
                .Select(m => m.Concept.Key).ToArray();
            keys.UnionWith(named);
            if (named.Length == 0 && TermText.Words(text) is { IsEmpty: false } words)
            {
                names.Add(string.Join(' ', words));
            }
        }

        return new([.. keys], [.. names]);
    }
}
