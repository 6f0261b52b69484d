using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>The diseases that a study is about, as its conditions name them.</summary>
/// <param name="Keys">Of the vocabulary's conditions.</param>
/// <param name="Names">Conditions in which the vocabulary knows no disease: their words in comparable form, with a
/// blank between.</param>
public sealed record StudyDiseases(ImmutableArray<string> Keys, ImmutableArray<string> Names)
{
    public static readonly StudyDiseases None = new([], []);

    /// <summary>Whether it may be about the disease of a patient whose record mentions none of them, because not all of
    /// them are known.</summary>
    public bool AreOpen => !Names.IsEmpty;

    /// <param name="study">A ResearchStudy.</param>
    public static StudyDiseases Of(Element study, ConceptVocabulary vocabulary)
    {
        var (keys, names) =
            (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var condition in StudyCondition.Of(study, vocabulary))
        {
            keys.UnionWith(condition.Diseases.Select(c => c.Key));
            if (condition.Diseases.IsEmpty)
            {
                names.Add(string.Join(' ', TermText.Words(condition.Text)));
            }
        }

        return new([.. keys], [.. names]);
    }
}
