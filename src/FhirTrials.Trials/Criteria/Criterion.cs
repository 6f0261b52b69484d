using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Whether meeting the criterion lets a patient in or keeps one out.</summary>
public enum CriterionSection
{
    Inclusion,
    Exclusion,
}

/// <summary>How much of a criterion was understood.</summary>
public enum ParseStatus
{
    /// <summary>All of it: the clause says what the text says.</summary>
    Computable,

    /// <summary>Part of it: the clause holds <see cref="Clause.Unread"/> leaves for the rest.</summary>
    Partial,

    /// <summary>None: text only.</summary>
    Text,
}

/// <summary>A range of characters of the verbatim criteria text: start, from 0, and length.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan Between(int start, int end) => new(start, end - start);
}

/// <summary>Where a leaf was read in the criteria text; all null for what no text says (a registry field, a criterion
/// read back from a Group).</summary>
/// <remarks>It is no part of what a clause says: clauses that say the same are equal wherever they stand.</remarks>
/// <param name="Concept">The words that name what is measured or present, or the text that was not read.</param>
/// <param name="Value">The number with its comparison and unit.</param>
/// <param name="Window">The time window.</param>
/// <param name="Except">The words that name the exception.</param>
public readonly record struct LeafSource(
    TextSpan? Concept, TextSpan? Value = null, TextSpan? Window = null, TextSpan? Except = null)
{
    public bool Equals(LeafSource other) => true;

    public override int GetHashCode() => 0;
}

/// <summary>Whom a criterion applies to; empty means all.</summary>
/// <remarks>How arms and cohorts combine: a patient meets an arm when the criteria for all and for that arm are met.
/// Where criteria name sub-cohorts of the arm (<c>Ph-IIRa</c> of <c>Ph-IIR</c>), the patient must meet those of at
/// least one sub-cohort: for each sub-cohort of the arm take its criteria and those of the whole arm; the best one
/// counts.</remarks>
/// <param name="Arms">Titles of the registry's arms it applies to (<c>Ph-IIM: …</c>); empty for all.</param>
/// <param name="Cohorts">Empty where the text names whole arms; otherwise, one for each of <paramref name="Arms"/> in
/// the same order, the sub-cohort of that arm as written (<c>Ph-IIMa</c>).</param>
/// <param name="Age">The age band it applies to, such as 16 to &lt; 18 years; null for all.</param>
public sealed record CriterionScope(ImmutableArray<string> Arms, ImmutableArray<string> Cohorts, Measurement? Age)
{
    public static readonly CriterionScope All = new([], [], null);
}

/// <summary>One eligibility criterion: the verbatim text, where it stands, and what it was understood to say.</summary>
/// <param name="Number">Position among the study's criteria, from 1; stable for the same text.</param>
/// <param name="Text">Verbatim, from the end of its bullet to its last character, cohort prefix included.</param>
/// <param name="Source">Where <paramref name="Text"/> stands in the criteria text; empty for a criterion of a registry
/// field.</param>
/// <param name="Clause">True for a patient who has what the text describes; an exclusion keeps out whoever it is true
/// for. Never null: text that was not understood is an <see cref="Clause.Unread"/>.</param>
/// <param name="Confidence">0 to 1: how sure the parser is of <paramref name="Clause"/>; 0 where nothing was
/// understood.</param>
/// <param name="Field">The registry field it was made from (<c>minimumAge</c>, <c>maximumAge</c>, <c>sex</c>,
/// <c>healthyVolunteers</c>); null for one of the text.</param>
public sealed record Criterion(
    int Number,
    CriterionSection Section,
    string Text,
    TextSpan Source,
    ParseStatus Status,
    decimal Confidence,
    CriterionScope Scope,
    Clause Clause,
    string? Field = null);

/// <summary>What a criterion says, as a tree evaluated in three-valued (Kleene) logic.</summary>
public abstract record Clause
{
    Clause()
    {
    }

    /// <summary>Where a leaf stands in the text; empty for a combination.</summary>
    public LeafSource Source { get; init; }

    /// <summary>True when empty: a text that restricts nobody.</summary>
    public sealed record AllOf(ImmutableArray<Clause> Clauses) : Clause;

    /// <summary>False when empty: an exclusion that keeps out nobody.</summary>
    public sealed record AnyOf(ImmutableArray<Clause> Clauses) : Clause;

    public sealed record AtLeast(int Count, ImmutableArray<Clause> Clauses) : Clause;

    public sealed record Not(Clause Inner) : Clause;

    /// <summary>A number or score of the patient compared with limits.</summary>
    public sealed record Measured(Measurement Measurement) : Clause;

    /// <summary>A condition, therapy, procedure, allergy, pregnancy and the like that the patient has or had.</summary>
    /// <param name="Except">Facts of this concept or a narrower one do not count: <c>malignancy other than
    /// ALL</c>.</param>
    public sealed record Present(
        FactKind Kind,
        Concept Concept,
        FactStatus Status = FactStatus.Any,
        Window? Window = null,
        Concept? Except = null) : Clause;

    /// <summary>Administrative sex: <c>male</c> or <c>female</c>.</summary>
    public sealed record Sex(string Gender) : Clause;

    /// <summary>Text that no rule understood, or that a record cannot answer (consent): always unknown.</summary>
    /// <param name="Window">The time that the text is said of, where only that was understood.</param>
    public sealed record Unread(string Text, UnreadKind Kind = UnreadKind.Other, Window? Window = null) : Clause;
}

/// <summary>Why a clause is not computable.</summary>
public enum UnreadKind
{
    /// <summary>Consent, willingness, ability to comply: asked of the person, not of the record.</summary>
    Consent,

    /// <summary>Left to a physician's judgement.</summary>
    Judgement,

    /// <summary>Not understood, or nothing in a record says it.</summary>
    Other,
}

public enum MeasurementKind
{
    Age,
    Lab,
    Vital,
    Score,
}

public enum Comparator
{
    LessThan,
    LessOrEqual,
    GreaterThan,
    GreaterOrEqual,
    Equal,

    /// <summary>From <see cref="Measurement.Low"/> to <see cref="Measurement.High"/>; each end as its Inclusive flag
    /// says.</summary>
    Between,
}

public enum ReferenceLimit
{
    /// <summary>Multiples of the upper limit of normal.</summary>
    Uln,

    /// <summary>Multiples of the lower limit of normal.</summary>
    Lln,
}

/// <summary>A comparison of a measured value. <c>Low</c> is set for greater-than and between, <c>High</c> for less-than
/// and between, both (alike) for equal.</summary>
/// <param name="Concept">Text alone where the vocabulary does not know it: no record answers that.</param>
/// <param name="Unit">UCUM code, empty where the text names none and the concept has several in use; <c>a</c> and the
/// like for ages, <c>{score}</c> or <c>1</c> for scores, <c>1</c> for multiples of ULN.</param>
/// <param name="Within">How recent the measurement must be, where the text says.</param>
public sealed record Measurement(
    MeasurementKind Kind,
    Concept Concept,
    Comparator Comparator,
    decimal? Low,
    decimal? High,
    string Unit,
    bool LowInclusive = true,
    bool HighInclusive = true,
    ReferenceLimit? RelativeTo = null,
    Window? Within = null);

public enum FactKind
{
    Condition,
    Therapy,
    Procedure,
    Pregnancy,
    Allergy,
    Genomic,
}

/// <summary>When, in the patient's life, the fact must hold.</summary>
public enum FactStatus
{
    /// <summary>Now or ever before (<c>history or presence of</c>).</summary>
    Any,

    /// <summary>Now (<c>active</c>, <c>current</c>).</summary>
    Current,

    /// <summary>Begun in the past (<c>history of</c>, <c>prior</c>), whether it lasts or not.</summary>
    History,

    /// <summary>Planned or intended.</summary>
    Planned,
}

public enum WindowDirection
{
    /// <summary>Within the time before the anchor.</summary>
    Before,

    /// <summary>Within the time after the anchor.</summary>
    After,

    /// <summary>Longer ago than the time before the anchor.</summary>
    MoreThanBefore,
}

/// <summary>A time window: <c>within 12 weeks before start of therapy</c>.</summary>
/// <param name="Unit">UCUM: <c>h d wk mo a</c>.</param>
/// <param name="Anchor">What it is relative to: <c>treatment</c>, <c>enrollment</c>, <c>screening</c>, <c>consent</c>;
/// the matcher takes its reference date for all.</param>
public sealed record Window(decimal Value, string Unit, WindowDirection Direction, string Anchor);

/// <summary>What is measured or present: a concept of the vocabulary, or text alone.</summary>
/// <param name="Key">The vocabulary's key (<c>b-all</c>, <c>anc</c>); null for text that the vocabulary does not
/// know.</param>
public sealed record Concept(string? Key, string Text);
