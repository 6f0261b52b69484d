using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>The criterion that no text states because it goes without saying: the patient has (one of) the study's
/// conditions.</summary>
public static class StudyConditions
{
    /// <summary>The criterion's number: before the first of the text.</summary>
    public const int Number = 0;

    /// <summary>The criterion, or null where the study names no disease that the vocabulary knows.</summary>
    /// <param name="study">A ResearchStudy; its conditions' texts as registered, not headings added to them.</param>
    public static Criterion? Of(Element study, ConceptVocabulary vocabulary)
    {
        var conditions = study["condition"]
            .Select(c => c.ValueOf("text"))
            .OfType<string>()
            .Select(text => (Text: text, Clause: ClauseOf(text, vocabulary)))
            .Where(c => c.Clause is not null)
            .ToArray();
        return conditions.Length == 0
            ? null
            : new Criterion(
                Number,
                CriterionSection.Inclusion,
                string.Join(" or ", conditions.Select(c => c.Text)),
                new TextSpan(0, 0),
                ParseStatus.Computable,
                1,
                CriterionScope.All,
                new Clause.AnyOf([.. conditions.Select(c => c.Clause!)]));
    }

    /// <summary>A disease, with the state it must be in: <c>Relapsed/Refractory B-precursor ALL</c>.</summary>
    static Clause.AllOf? ClauseOf(string text, ConceptVocabulary vocabulary)
    {
        var named = vocabulary.Mentions(text).Select(m => m.Concept).ToImmutableArray();
        var diseases = named.Where(c => c.Kind == ConceptKind.Condition).ToArray();
        return diseases.Length == 0
            ? null
            : new Clause.AllOf([.. named.Where(c => c.Kind is ConceptKind.Condition or ConceptKind.Status).Select(Present)]);
    }

    static Clause Present(VocabularyConcept concept) =>
        new Clause.Present(FactKind.Condition, new Concept(concept.Key, concept.Text), FactStatus.Current);
}
