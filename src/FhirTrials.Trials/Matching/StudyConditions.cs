using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>The criterion that no text states because it goes without saying: the patient has (one of) the study's
/// conditions. One that the vocabulary does not know may be the patient's all the same: the criterion is never failed
/// then.</summary>
public static class StudyConditions
{
    /// <summary>The criterion's number: before the first of the text.</summary>
    public const int Number = 0;

    /// <summary>The criterion, or null where the study names no condition.</summary>
    /// <param name="study">A ResearchStudy; its conditions' texts as registered, not headings added to them.</param>
    public static Criterion? Of(Element study, ConceptVocabulary vocabulary)
    {
        var conditions = StudyCondition.Of(study, vocabulary);
        return conditions.IsEmpty
            ? null
            : new Criterion(
                Number,
                CriterionSection.Inclusion,
                string.Join(" or ", conditions.Select(c => c.Text)),
                new TextSpan(0, 0),
                conditions.All(c => c.Diseases.IsEmpty) ? ParseStatus.Text
                    : conditions.Any(c => c.Diseases.IsEmpty) ? ParseStatus.Partial : ParseStatus.Computable,
                1,
                CriterionScope.All,
                new Clause.AnyOf([.. conditions.SelectMany(ClausesOf)]));
    }

    /// <summary>A disease with the state it must be in (<c>Relapsed B-precursor ALL</c>), or what stands for one that
    /// is not known.</summary>
    static IEnumerable<Clause> ClausesOf(StudyCondition condition)
    {
        if (condition.Diseases.IsEmpty)
        {
            return condition.Unlisted.IsEmpty
                ? [new Clause.Unread(condition.Text)]
                : condition.Unlisted.Select(key => Present(key, condition.Text));
        }

        var clauses = new List<Clause> { Several(condition.Diseases, condition.Text) };
        if (!condition.States.IsEmpty)
        {
            clauses.Add(Several(condition.States, condition.Text));
        }

        if (!condition.OtherStates.IsEmpty)
        {
            clauses.Add(AnyOrUnread(condition.OtherStates.Select(Present), condition.Text));
        }

        return [new Clause.AllOf([.. clauses])];
    }

    /// <summary>Of several concepts that stand side by side (<c>Anxiety and Depression</c>) it is not known whether one
    /// is enough: met by all of them, failed by none of them, else open.</summary>
    static Clause Several(ImmutableArray<VocabularyConcept> concepts, string text)
    {
        var clauses = concepts.Select(Present).ToImmutableArray();
        return clauses is [var only]
            ? only
            : new Clause.AllOf([new Clause.AnyOf(clauses), AnyOrUnread([new Clause.AllOf(clauses)], text)]);
    }

    /// <summary>True where one is, else open.</summary>
    static Clause.AnyOf AnyOrUnread(IEnumerable<Clause> clauses, string text) =>
        new([.. clauses, new Clause.Unread(text)]);

    static Clause Present(VocabularyConcept concept) => Present(concept.Key, concept.Text);

    static Clause.Present Present(string key, string text) =>
        new Clause.Present(FactKind.Condition, new Concept(key, text), FactStatus.Current);
}
