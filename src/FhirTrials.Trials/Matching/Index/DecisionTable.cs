using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>The decisions of an index, each there once. Of the one writer.</summary>
sealed class DecisionTable
{
    /// <summary>How many leaves are kept to be shared; then sharing begins anew.</summary>
    const int MaxLeaves = 500_000;

    readonly HashSet<Decision> _decisions = new(DecisionComparer.Instance);
    readonly HashSet<Clause> _leaves = new(ClauseComparer.Instance);
    readonly Stack<int> _freeSlots = new();

    /// <summary>Above every slot in use.</summary>
    public int Slots { get; private set; }

    public int Count => _decisions.Count;

    public ImmutableArray<Decision> Add(StudyEligibility study)
    {
        var decisions = ImmutableArray.CreateBuilder<Decision>(study.Criteria.Length);
        foreach (var criterion in study.Criteria)
        {
            decisions.Add(Add(Decision.Of(criterion, study.Expressions.GetValueOrDefault(criterion.Number))));
        }

        return decisions.MoveToImmutable();
    }

    /// <summary>Takes away one use of each; what is used no more gives its slot to others of later indexes.</summary>
    public void Remove(ImmutableArray<Decision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (--decision.Uses == 0)
            {
                _decisions.Remove(decision);
                _freeSlots.Push(decision.Slot);
            }
        }
    }

    Decision Add(Decision decision)
    {
        if (!_decisions.TryGetValue(decision, out var known))
        {
            known = new(decision.Section, Shared(decision.Clause), decision.Age, decision.Expression)
            {
                Slot = _freeSlots.TryPop(out var free) ? free : Slots++,
            };
            _decisions.Add(known);
        }

        known.Uses++;
        return known;
    }

    /// <summary>The same with leaves that other clauses have too.</summary>
    Clause Shared(Clause clause) => clause switch
    {
        Clause.AllOf all => new Clause.AllOf([.. all.Clauses.Select(Shared)]),
        Clause.AnyOf any => new Clause.AnyOf([.. any.Clauses.Select(Shared)]),
        Clause.AtLeast least => new Clause.AtLeast(least.Count, [.. least.Clauses.Select(Shared)]),
        Clause.Not not => new Clause.Not(Shared(not.Inner)),
        _ => SharedLeaf(clause),
    };

    Clause SharedLeaf(Clause leaf)
    {
        if (_leaves.TryGetValue(leaf, out var known))
        {
            return known;
        }

        if (_leaves.Count >= MaxLeaves)
        {
            _leaves.Clear();
        }

        _leaves.Add(leaf);
        return leaf;
    }
}
