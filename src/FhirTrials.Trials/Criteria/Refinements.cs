using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Joins items that only together say something: alternatives under a lead-in, and bullets that refine the one
/// above.</summary>
/// <remarks>Each stays a criterion with its own text; alternatives all carry the clause that one of them must hold, so
/// meeting one meets each.</remarks>
static class Refinements
{
    static readonly ImmutableHashSet<string> DiseaseStates = ["relapsed", "refractory"];

    public static ImmutableArray<Criterion> Apply(string text, ImmutableArray<ReadCriterion> read)
    {
        var repetition = new Repetition();
        read = new Lists(text, repetition).Join(read);
        var result = read.Select(r => r.Criterion).ToArray();
        for (var at = 1; at < result.Length; at++)
        {
            var end = at;
            while (end < result.Length && Refines(read[end], read[at - 1]))
            {
                end++;
            }

            if (end > at)
            {
                Join(result, at, end, result[at - 1].Scope, repetition);
                at = end;
            }
        }

        return [.. result];
    }

    /// <summary>Whether an item without a scope of its own restates disease and state of a cohort's criterion before
    /// it.</summary>
    static bool Refines(ReadCriterion item, ReadCriterion refined)
    {
        var (own, above) = (item.Criterion, refined.Criterion);
        if (own.Section != above.Section || own.Section != CriterionSection.Inclusion || above.Scope.Arms.IsEmpty
            || !own.Scope.Arms.IsEmpty)
        {
            return false;
        }

        var shared = Clauses.Concepts(own.Clause).Intersect(Clauses.Concepts(above.Clause)).ToArray();
        return shared.Any(DiseaseStates.Contains) && shared.Any(k => !DiseaseStates.Contains(k));
    }

    static void Join(Criterion[] criteria, int from, int end, CriterionScope scope, Repetition repetition)
    {
        var alternatives = repetition.Joint(end - from, () => Clauses.Any(criteria[from..end].Select(c => c.Clause)));
        for (var at = from; at < end; at++)
        {
            var clause = alternatives ?? new Clause.Unread(criteria[at].Text);
            criteria[at] =
                criteria[at] with
                {
                    Scope = scope,
                    Clause = clause,
                    Status = Clauses.StatusOf(clause),
                    Confidence = Confidence.Of(clause),
                };
        }
    }
}
