namespace FhirTrials.Trials.Criteria;

/// <summary>How sure the parser is of a clause: the least sure of the leaves it read, less for each it did not
/// read.</summary>
/// <remarks>The figures are the share of leaves of a kind that annotators of the Chia corpus agree with (relaxed
/// precision on the held-out part, rounded down).</remarks>
static class Confidence
{
    const decimal Value = 0.97m;
    const decimal Fact = 0.9m;
    const decimal Denied = 0.65m;
    const decimal Unlisted = 0.8m;

    /// <summary>0 to 1; 0 where nothing was read.</summary>
    public static decimal Of(Clause clause)
    {
        var leaves = Leaves(clause, negated: false).ToArray();
        var read = leaves.Where(l => l.Leaf is not Clause.Unread).ToArray();
        return leaves.Length == 0 ? Fact
            : read.Length == 0 ? 0
            : decimal.Round(read.Min(l => Of(l.Leaf, l.Negated)) * read.Length / leaves.Length, 2);
    }

    static decimal Of(Clause leaf, bool negated) => leaf switch
    {
        Clause.Measured or Clause.Sex => Value,
        Clause.Present { Concept.Key: null } when !negated => Unlisted,
        _ => negated ? Denied : Fact,
    };

    static IEnumerable<(Clause Leaf, bool Negated)> Leaves(Clause clause, bool negated) => clause switch
    {
        Clause.AllOf all => all.Clauses.SelectMany(c => Leaves(c, negated)),
        Clause.AnyOf any => any.Clauses.SelectMany(c => Leaves(c, negated)),
        Clause.AtLeast some => some.Clauses.SelectMany(c => Leaves(c, negated)),
        Clause.Not not => Leaves(not.Inner, !negated),
        _ => [(clause, negated)],
    };
}
