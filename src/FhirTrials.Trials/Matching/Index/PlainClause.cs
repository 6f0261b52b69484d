using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>A clause without its words, which decide nothing: only keys, values and times do.</summary>
static class PlainClause
{
    /// <summary>What no record decides.</summary>
    public static readonly Clause Open = new Clause.Unread("");

    public static Clause Of(Clause clause) => clause switch
    {
        Clause.AllOf all => new Clause.AllOf([.. all.Clauses.Select(Of)]),
        Clause.AnyOf any => new Clause.AnyOf([.. any.Clauses.Select(Of)]),
        Clause.AtLeast least => new Clause.AtLeast(least.Count, [.. least.Clauses.Select(Of)]),
        Clause.Not not => new Clause.Not(Of(not.Inner)),
        Clause.Measured measured => new Clause.Measured(Of(measured.Measurement)),
        Clause.Present present => new Clause.Present(
            present.Kind, Of(present.Concept), present.Status, Of(present.Window),
            present.Except is { } except ? Of(except) : null),
        Clause.Sex sex => new Clause.Sex(sex.Gender),
        Clause.Unread => Open,
        _ => throw new InvalidOperationException($"There is no plain form of {clause.GetType().Name}."),
    };

    public static Measurement Of(Measurement measurement) =>
        measurement with { Concept = Of(measurement.Concept), Within = Of(measurement.Within) };

    static Concept Of(Concept concept) => new(concept.Key, "");

    static Window? Of(Window? window) => window is null ? null : window with { Anchor = "" };
}
