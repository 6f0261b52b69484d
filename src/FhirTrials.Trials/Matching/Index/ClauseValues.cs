using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching.Evaluation;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>What clauses are on one record, without the evidence: each leaf that the index shares among clauses is
/// looked up once. Of one thread.</summary>
sealed class ClauseValues(RecordFacts facts)
{
    /// <summary>By the leaf itself, not by what it says.</summary>
    readonly Dictionary<Clause, bool?> _leaves = new(ReferenceEqualityComparer.Instance);

    /// <summary>In Kleene's three values, as <see cref="ClauseEvaluator"/> has it.</summary>
    public bool? Of(Clause clause) => clause switch
    {
        Clause.AllOf all => None(all.Clauses, false),
        Clause.AnyOf any => !None(any.Clauses, true),
        Clause.AtLeast least => AtLeast(least),
        Clause.Not not => !Of(not.Inner),
        _ when ReferenceEquals(clause, PlainClause.Open) => null,
        _ => Leaf(clause),
    };

    /// <summary>False if one of the clauses has the value, else unknown if one is, else true.</summary>
    bool? None(ImmutableArray<Clause> clauses, bool unwanted)
    {
        bool? none = true;
        foreach (var clause in clauses)
        {
            var value = Of(clause);
            if (value == unwanted)
            {
                return false;
            }

            none = value is null ? null : none;
        }

        return none;
    }

    bool? AtLeast(Clause.AtLeast least)
    {
        var (yes, open) = (0, 0);
        foreach (var clause in least.Clauses)
        {
            switch (Of(clause))
            {
                case true:
                    yes++;
                    break;
                case null:
                    open++;
                    break;
                case false:
                    break;
            }
        }

        return yes >= least.Count ? true : yes + open < least.Count ? false : null;
    }

    bool? Leaf(Clause leaf)
    {
        if (!_leaves.TryGetValue(leaf, out var value))
        {
            value = leaf is Clause.Present present && PresentClause.IsSilentOn(present, facts)
                ? null : ClauseEvaluator.Evaluate(leaf, facts).Value;
            _leaves.Add(leaf, value);
        }

        return value;
    }
}
