using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching;

/// <summary>Whether a criterion is met, from the patient's view: an exclusion that does not apply is
/// <see cref="Met"/>.</summary>
public enum Verdict
{
    Met,
    NotMet,
    Unknown,
}

/// <summary>A datum that a verdict rests on.</summary>
/// <param name="Reference">The resource, such as <c>Observation/anc</c>, as the record names it.</param>
/// <param name="Text">What it says: <c>Absolute neutrophil count 0.8 10*9/L on 2026-11-02</c>.</param>
public sealed record Evidence(string Reference, string Text)
{
    const int MaxLength = 1_000;

    public string Reference { get; init; } = Excerpt.Of(Reference, MaxLength);

    public string Text { get; init; } = Excerpt.Of(Text, MaxLength);
}

/// <summary>The verdict on one criterion.</summary>
/// <param name="Applies">False where the criterion's age band leaves the patient out; then it counts for
/// nothing.</param>
/// <param name="Missing">What the record would have to say: <c>no platelet count in the last 28 days</c>; empty when
/// decided.</param>
public sealed record CriterionVerdict(
    Criterion Criterion,
    Verdict Verdict,
    bool Applies,
    ImmutableArray<Evidence> Evidence,
    ImmutableArray<string> Missing);
