using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Tests.Chia;

/// <summary>A leaf of what the parser read, with its places in the corpus's text.</summary>
sealed record ParsedLeaf(Criterion Criterion, Clause Clause, bool Negated, Piece? Concept, Piece? Value, Piece? Window)
{
    const string ExclusionHeading = "Exclusion Criteria:\n\n";

    public bool IsConfident => Criterion.Status == ParseStatus.Computable;

    public Window? Time => Clause switch
    {
        Clause.Present present => present.Window,
        Clause.Measured measured => measured.Measurement.Within,
        Clause.Unread unread => unread.Window,
        _ => null,
    };

    /// <summary>The criteria of a document, their places, and their leaves; once those that
    /// several criteria of a list carry.</summary>
    public static (ImmutableArray<Criterion> Criteria, int Shift, ImmutableArray<ParsedLeaf> Leaves) Read(
        ChiaDocument document)
    {
        var heading = document.IsExclusion ? ExclusionHeading : "";
        var criteria = CriteriaParser.Parse(new(heading + document.Text, []));
        return (criteria, heading.Length, [.. criteria.SelectMany(c => Leaves(c, c.Clause, false, heading.Length))
            .DistinctBy(l => (l.Clause, l.Negated, l.Concept, l.Value, l.Window))]);
    }

    static IEnumerable<ParsedLeaf> Leaves(Criterion criterion, Clause clause, bool negated, int shift) => clause switch
    {
        Clause.AllOf all => all.Clauses.SelectMany(c => Leaves(criterion, c, negated, shift)),
        Clause.AnyOf any => any.Clauses.SelectMany(c => Leaves(criterion, c, negated, shift)),
        Clause.AtLeast some => some.Clauses.SelectMany(c => Leaves(criterion, c, negated, shift)),
        Clause.Not not => Leaves(criterion, not.Inner, !negated, shift),
        Clause.Present { Except: { } except } present =>
        [
            Leaf(criterion, clause, negated, shift),
            Leaf(
                criterion,
                present with { Concept = except, Except = null, Window = null, Source = new(clause.Source.Except) },
                !negated, shift),
        ],
        _ => [Leaf(criterion, clause, negated, shift)],
    };

    static ParsedLeaf Leaf(Criterion criterion, Clause clause, bool negated, int shift) => new(
        criterion, clause, negated, Shifted(clause.Source.Concept, shift), Shifted(clause.Source.Value, shift),
        Shifted(clause.Source.Window, shift));

    static Piece? Shifted(TextSpan? span, int shift) => span is { } s ? new(s.Start - shift, s.End - shift) : null;
}
