using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>An exclusion for a prior therapy of a disease in some state (<c>prior therapy with … for R/R ALL</c>)
/// means the state of then: being in remission now does not undo it.</summary>
static class PastStates
{
    public static Clause Of(Clause clause) => clause switch
    {
        Clause.AllOf all when all.Clauses.Any(IsPriorTherapy) => new Clause.AllOf([.. all.Clauses.Select(Past)]),
        Clause.AllOf all => new Clause.AllOf([.. all.Clauses.Select(Of)]),
        Clause.AnyOf any => new Clause.AnyOf([.. any.Clauses.Select(Of)]),
        _ => clause,
    };

    static bool IsPriorTherapy(Clause clause) =>
        clause is Clause.Present { Kind: FactKind.Therapy, Status: FactStatus.History };

    static Clause Past(Clause clause) => clause switch
    {
        Clause.AnyOf any => new Clause.AnyOf([.. any.Clauses.Select(Past)]),
        Clause.Present { Concept.Key: { } key, Status: FactStatus.Current } state
            when ConceptVocabulary.Default.Find(key)?.Kind == ConceptKind.Status =>
                state with { Status = FactStatus.History },
        _ => clause,
    };
}
