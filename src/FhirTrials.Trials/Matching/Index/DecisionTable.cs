using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>The decisions of an index, each there once, in slots. Of the one writer.</summary>
sealed class DecisionTable
{
    /// <summary>How many leaves are kept to be shared; then sharing begins anew.</summary>
    const int MaxLeaves = 500_000;

    readonly Dictionary<Decision, int> _slotOf = new(DecisionComparer.Instance);
    readonly List<(Decision? Decision, int Uses)> _slots = [];
    readonly HashSet<Clause> _leaves = new(ClauseComparer.Instance);
    readonly Stack<int> _freeSlots = new();

    public int Count => _slotOf.Count;

    /// <summary>The decisions by their slots as they are now.</summary>
    public ImmutableArray<Decision?> Decisions => [.. _slots.Select(s => s.Decision)];

    /// <summary>Whether the decision of a slot looks at nothing but age and sex.</summary>
    public bool IsDemographic(int slot) => _slots[slot].Decision!.IsDemographic;

    /// <summary>The slot of each criterion's decision.</summary>
    public ImmutableArray<int> Add(StudyEligibility study)
    {
        var slots = ImmutableArray.CreateBuilder<int>(study.Criteria.Length);
        foreach (var criterion in study.Criteria)
        {
            slots.Add(Add(Decision.Of(criterion, study.Expressions.GetValueOrDefault(criterion.Number))));
        }

        return slots.MoveToImmutable();
    }

    /// <summary>Takes away one use of each; what is used no more gives its slot to others of later indexes.</summary>
    public void Remove(ImmutableArray<int> slots)
    {
        foreach (var slot in slots)
        {
            var (decision, uses) = _slots[slot];
            if (uses > 1)
            {
                _slots[slot] = (decision, uses - 1);
                continue;
            }

            _slotOf.Remove(decision!);
            _slots[slot] = (null, 0);
            _freeSlots.Push(slot);
        }
    }

    int Add(Decision decision)
    {
        if (!_slotOf.TryGetValue(decision, out var slot))
        {
            var shared = new Decision(decision.Section, Shared(decision.Clause), decision.Age, decision.Expression);
            slot = FreeSlot();
            _slots[slot] = (shared, 0);
            _slotOf.Add(shared, slot);
        }

        _slots[slot] = (_slots[slot].Decision, _slots[slot].Uses + 1);
        return slot;
    }

    int FreeSlot()
    {
        if (_freeSlots.TryPop(out var free))
        {
            return free;
        }

        _slots.Add(default);
        return _slots.Count - 1;
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
