using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching;

/// <summary>Which kind of statement a fact is.</summary>
public enum FactSource
{
    Condition,
    Therapy,
    Procedure,
    Allergy,

    /// <summary>A qualitative result: positive or negative.</summary>
    Result,

    /// <summary>Ordered, planned or scheduled; not done.</summary>
    Planned,
}

/// <summary>Where a disease stands, as far as its Condition says.</summary>
public enum DiseaseState
{
    Unstated,
    Active,
    Relapsed,
    Refractory,
    Remission,
}

/// <summary>Something that a record states of the patient, or denies.</summary>
/// <param name="Reference">The resource, such as <c>Condition/b-all</c>.</param>
/// <param name="Label">Its name as the record has it.</param>
/// <param name="Concepts">Keys of the most specific concepts it names.</param>
/// <param name="ByText">Whether the concepts were found in words alone, without a code.</param>
/// <param name="Holds">True: stated; false: denied (refuted, negative); null: not certain (provisional,
/// indeterminate).</param>
/// <param name="Current">Whether it holds now, as against in the past.</param>
/// <param name="When">When it happened or was found; for what lasts, from its start to its end or the reference date;
/// null if undated.</param>
public sealed record PatientFact(
    FactSource Source,
    string Reference,
    string Label,
    ImmutableArray<string> Concepts,
    bool ByText,
    bool? Holds,
    bool Current,
    DateRange? When,
    DiseaseState State = DiseaseState.Unstated)
{
    /// <summary>For what has a start and an end: the last day on which it held or was still given; the reference date
    /// where it goes on.</summary>
    public DateRange? Through { get; init; }

    /// <summary>For a condition: what it is compared by with diseases that the vocabulary does not know
    /// (<see cref="UnlistedDisease"/>).</summary>
    public ImmutableArray<string> Unlisted { get; init; } = [];

    /// <summary>The fact as evidence: <c>Prostate cancer on 2025-02-03</c>.</summary>
    public Evidence Evidence => new(Reference, Describe());

    string Describe()
    {
        var value = (Source, Holds) switch
        {
            (FactSource.Result, true) => ": positive",
            (FactSource.Result, false) => ": negative",
            (_, false) => ": refuted",
            (_, null) => ": not certain",
            (_, true) => "",
        };
        var date = When is { } when ? $" ({when})" : "";
        return $"{Label}{value}{date}{(ByText ? " [by its text]" : "")}";
    }
}
