using FhirTrials.Fhir.Search;
using FhirTrials.Trials.Matching.Index;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Matching;

/// <summary>Which studies a match is asked of.</summary>
static class StudyFilter
{
    /// <summary>Null where all are wanted.</summary>
    public static Func<IndexedStudy, bool>? Of(MatchOptions options, NearValue? near)
    {
        var filters = new List<Func<IndexedStudy, bool>>();
        if (options.Phase is { } phase)
        {
            var code = StudyFacets.Plain(phase);
            filters.Add(s => s.Facets.Phases.Contains(code));
        }

        if (options.RecruitmentStatus is { } status)
        {
            var code = StudyFacets.Plain(status);
            filters.Add(s => s.Facets.Statuses.Contains(code));
        }

        if (options.Country is { } country)
        {
            var name = StudyFacets.Plain(country);
            filters.Add(s => s.Facets.Countries.Contains(name));
        }

        if (options.Condition is { } condition)
        {
            filters.Add(About(condition, ConceptVocabulary.Default));
        }

        if (near is not null)
        {
            filters.Add(s => MayBeNear(s, near));
        }

        return filters.Count == 0 ? null : s => filters.TrueForAll(f => f(s));
    }

    /// <summary>Whether a site is near, or may be because nobody knows where it is.</summary>
    static bool MayBeNear(IndexedStudy study, NearValue near) =>
        study.Facets.Sites.IsEmpty
        || study.Facets.Sites.Any(s => s.Position is not { } position
            || NearSearch.Square(near, position) <= near.Chord * near.Chord);

    static Func<IndexedStudy, bool> About(string condition, ConceptVocabulary vocabulary)
    {
        var words = StudyFacets.Plain(condition);
        var keys = vocabulary.Mentions(condition).Where(m => m.Concept.Kind == ConceptKind.Condition)
            .SelectMany(m => vocabulary.WithNarrower(m.Concept.Key)).Select(c => c.Key)
            .ToHashSet(StringComparer.Ordinal);
        return s => s.Diseases.Keys.Any(keys.Contains)
            || (words.Length > 0 && s.Facets.Conditions.Any(c => c.Contains(words, StringComparison.Ordinal)));
    }
}
