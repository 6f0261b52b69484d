using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Builds clauses without needless nesting.</summary>
static class Clauses
{
    public static readonly Clause Always = new Clause.AllOf([]);

    public static Clause All(IEnumerable<Clause> clauses)
    {
        ImmutableArray<Clause> parts =
            [.. clauses.SelectMany(c => c is Clause.AllOf all ? all.Clauses : [c]).Distinct()];
        return parts is [var only] ? only : new Clause.AllOf(parts);
    }

    public static Clause Any(IEnumerable<Clause> clauses)
    {
        ImmutableArray<Clause> parts =
            [.. clauses.SelectMany(c => c is Clause.AnyOf any ? any.Clauses : [c]).Distinct()];
        return parts is [var only] ? only : new Clause.AnyOf(parts);
    }

    /// <summary>The opposite, with double negation taken away and <c>not</c> moved inwards over clauses that are all
    /// negated.</summary>
    public static Clause Not(Clause clause) => clause switch
    {
        Clause.Not not => not.Inner,
        Clause.AllOf all when all.Clauses.Length > 0
            && all.Clauses.All(c => c is Clause.Not) => Any(all.Clauses.Select(Not)),
        Clause.AnyOf any when any.Clauses.Length > 0
            && any.Clauses.All(c => c is Clause.Not) => All(any.Clauses.Select(Not)),
        _ => new Clause.Not(clause),
    };

    /// <summary>All leaves of the tree.</summary>
    public static IEnumerable<Clause> Leaves(Clause clause) => clause switch
    {
        Clause.AllOf all => all.Clauses.SelectMany(Leaves),
        Clause.AnyOf any => any.Clauses.SelectMany(Leaves),
        Clause.AtLeast some => some.Clauses.SelectMany(Leaves),
        Clause.Not not => Leaves(not.Inner),
        _ => [clause],
    };

    /// <summary>Whether no record can decide the leaf: its words were not understood, or what is measured, or the unit;
    /// or it is of something that has no name.</summary>
    static bool IsOpen(Clause leaf) =>
        leaf is Clause.Unread or Clause.Present { Concept.Key: null or Facts.UnnamedComponent }
            or Clause.Measured { Measurement: { Concept.Key: null } or { Unit: "" } };

    public static ParseStatus StatusOf(Clause clause)
    {
        var leaves = Leaves(clause).ToArray();
        return !leaves.Any(IsOpen) ? ParseStatus.Computable
            : leaves.All(l => l is Clause.Unread { Window: null }) ? ParseStatus.Text
            : ParseStatus.Partial;
    }

    /// <summary>The keys of all concepts that the clause is about.</summary>
    public static IEnumerable<string> Concepts(Clause clause) =>
        Leaves(clause).Select(l => l switch
        {
            Clause.Present present => present.Concept.Key,
            Clause.Measured measured => measured.Measurement.Concept.Key,
            _ => null,
        }).OfType<string>();
}
