using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Names that mean leukemia at a place in trials of blood cancers, and elsewhere another disease there: <c>CNS
/// involvement</c> is a metastasis of breast cancer, <c>CNS disease</c> may be a seizure. There they are left
/// unread.</summary>
static class PlacesOfLeukemia
{
    /// <summary>Whether they mean leukemia where these conditions are studied; so too where none is known.</summary>
    public static bool AreMeant(ImmutableArray<string> conditions, ConceptVocabulary vocabulary) =>
        conditions.IsEmpty
        || conditions.Any(c => vocabulary.Names(c).Any(n => vocabulary.IsA(n.Concept.Key, "hematologic-malignancy")));

    /// <summary>Whether a name of a concept says the place alone, not that it is leukemia which is there.</summary>
    public static bool IsPlaceAlone(VocabularyConcept concept, IEnumerable<string> words) =>
        concept.Key is "cns-leukemia" or "testicular-leukemia"
        && !words.Any(w => w.StartsWith("leuk", StringComparison.Ordinal) || w is "all" or "cns3" or "cns-3");
}
