using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>The limits that a number is compared with: <c>≥ 0.01% and &lt; 5%</c>, <c>&gt; 27 to 45</c>.</summary>
readonly record struct Limits(
    decimal? Low, decimal? High, bool LowInclusive, bool HighInclusive, string Unit, ReferenceLimit? RelativeTo)
{
    /// <summary>Between the limits of normal.</summary>
    public static readonly Limits Normal = new(1, 1, true, true, "1", ReferenceLimit.Uln);

    public bool IsNormal => this == Normal;

    /// <summary>The power of ten that was written with the unit; null for one.</summary>
    public decimal? Scale { get; init; }

    public static Limits Of(Comparator comparator, Quantity number) => (comparator switch
    {
        Comparator.LessThan => new Limits(null, number.High, true, false, number.Unit, number.RelativeTo),
        Comparator.LessOrEqual => new(null, number.High, true, true, number.Unit, number.RelativeTo),
        Comparator.GreaterThan or Comparator.GreaterOrEqual => new(
            number.Low, number.High > number.Low ? number.High : null, comparator == Comparator.GreaterOrEqual, true,
            number.Unit, number.RelativeTo),
        Comparator.Equal or Comparator.Between =>
            new(number.Low, number.High, true, true, number.Unit, number.RelativeTo),
    }) with { Scale = number.Scale == 1 ? null : number.Scale };

    public static Limits Of(Measurement measured) => new(
        measured.Low, measured.High, measured.LowInclusive, measured.HighInclusive, measured.Unit, measured.RelativeTo);

    public Comparator Comparator => (Low, High) switch
    {
        (null, _) => HighInclusive ? Comparator.LessOrEqual : Comparator.LessThan,
        (_, null) => LowInclusive ? Comparator.GreaterOrEqual : Comparator.GreaterThan,
        _ => Low == High ? Comparator.Equal : Comparator.Between,
    };

    public bool IsTime => Unit is "min" or "h" or "d" or "wk" or "mo" or "a";

    /// <summary>The limits in the unit of others, and with their power of ten, where they have none of their own
    /// (<c>&lt; 4 or &gt; 10 x 10^9/L</c>); null where that cannot be meant (<c>&lt; 4000 or &gt; 10 x
    /// 10^9/L</c>).</summary>
    public Limits? InUnitOf(Limits other)
    {
        const int farther = 100;
        if ((Unit.Length > 0 && !other.Unit.StartsWith($"{Unit}/", StringComparison.Ordinal)) || other.Unit.Length == 0)
        {
            return this;
        }

        return other.Scale is not { } scale ? this with { Unit = other.Unit }
            : (Low ?? High) * scale > (other.Low ?? other.High) * farther ? null
            : this with { Low = Low * scale, High = High * scale, Unit = other.Unit, Scale = scale };
    }

    /// <summary>Whether no value is within both: <c>&lt; 18</c> and <c>&gt; 65</c>.</summary>
    public bool Excludes(Limits other) =>
        InUnitOf(other) is { } one && other.InUnitOf(this) is { } two && one.Unit == two.Unit
        && RelativeTo == other.RelativeTo
        && (IsBelow(one, two) || IsBelow(two, one));

    static bool IsBelow(Limits one, Limits other) =>
        one.High < other.Low
        || (one.High == other.Low && one.High is not null && !(one.HighInclusive && other.LowInclusive));

    /// <summary>Whether all values within these limits are within the others.</summary>
    public bool IsWithin(Limits other) => Unit == other.Unit && RelativeTo == other.RelativeTo
        && (other.Low is null || Low >= other.Low) && (other.High is null || High <= other.High);

    /// <summary>Both limits, where one is a lower and the other an upper one in the same unit; null
    /// otherwise.</summary>
    public Limits? And(Limits other) =>
        InUnitOf(other) is { } one && other.InUnitOf(this) is { } two && one.Unit == two.Unit
            && RelativeTo == other.RelativeTo
            ? one.Both(two) ?? two.Both(one)
            : null;

    Limits? Both(Limits upper) => High is null && upper.Low is null && Low <= upper.High
        ? this with { High = upper.High, HighInclusive = upper.HighInclusive }
        : null;
}

/// <summary>Other limits under a condition: <c>(≤ 5 × ULN if liver metastases)</c>.</summary>
sealed record OtherLimits(Limits Limits, Clause Condition, TextSpan Value);

/// <summary>One concept of a phrase with what is said of it.</summary>
sealed record Atom
{
    public VocabularyConcept? Concept { get; init; }

    public Limits? Limits { get; init; }

    /// <summary>Where the concept, the limits and the window stand.</summary>
    public LeafSource Source { get; init; }

    public Window? Window { get; init; }

    public FactStatus? Status { get; init; }

    public bool Negated { get; init; }

    /// <summary>The name is denied by a word of its own, which says nothing of its neighbours:
    /// <c>HER2-negative</c>.</summary>
    public bool NegativeByName { get; init; }

    public bool Allergy { get; init; }

    /// <summary>The word that says that there is no more than the concept; null where none does.</summary>
    public TextSpan? Isolated { get; init; }

    public VocabularyConcept? Except { get; init; }

    /// <summary>The limits that count in place of <see cref="Limits"/> where a condition holds.</summary>
    public OtherLimits? Other { get; init; }

    /// <summary>Whom alone the limits bind.</summary>
    public string? Sex { get; init; }

    /// <summary>What the text names as examples of the concept.</summary>
    public ImmutableArray<Chunk> Examples { get; init; } = [];

    /// <summary>What counts as well: <c>surgery within 28 days (minor surgery within 7 days)</c>.</summary>
    public Clause? Instead { get; init; }

    /// <summary>The half-lives that are the other time of the window.</summary>
    public HalfLives? HalfLives { get; init; }

    /// <summary>The words for what a treatment is for: who is denied the one may have the other.</summary>
    public Clause.Unread? For { get; init; }

    /// <summary>What is said before the concept and restricts it: words that were not understood.</summary>
    public ImmutableArray<Clause> Before { get; init; } = [];

    /// <summary>What must hold besides: nested clauses and words that were not understood.</summary>
    public ImmutableArray<Clause> Also { get; init; } = [];

    public bool IsMeasurable => Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score
        or ConceptKind.Demographic;

    public bool IsFact => Concept is not null && !IsMeasurable;

    /// <summary><c>Not taking aspirin</c>: not now.</summary>
    public bool IsNotTaken => this is { Negated: true, IsTreatment: true, Status: FactStatus.Current };

    /// <summary>With the time. Who stopped a treatment within it has taken it then: not taken within it is more than
    /// not taken now.</summary>
    public Atom Within(Window? window, TextSpan? said) => this with
    {
        Window = window,
        Status = IsNotTaken ? FactStatus.History : Status,
        Source = Source with { Window = said },
    };

    public bool IsTreatment => Concept?.Kind is ConceptKind.Therapy or ConceptKind.Drug or ConceptKind.Procedure;

    /// <summary>Treatments of any kind, or concepts of one kind.</summary>
    public bool IsOfSortOf(Atom other) =>
        (IsTreatment && other.IsTreatment) || (Concept is { } concept && concept.Kind == other.Concept?.Kind);

    public bool IsEmpty => Concept is null && Limits is null && Also.IsEmpty && Before.IsEmpty;
}

/// <summary>What stands between two connectives: things that must hold together.</summary>
/// <param name="Connective">The word before it; null for a comma or for the first.</param>
/// <param name="OwnStatus">Whether the phrase states when or how itself, so that it takes nothing over from its
/// neighbours.</param>
sealed record Phrase(Cue? Connective, ImmutableArray<Atom> Atoms, bool OwnStatus)
{
    /// <summary>From which of its atoms on it says whom alone it binds (<c>creatinine clearance ≥ 60 if creatinine &gt;
    /// 1.5</c>); 0 without.</summary>
    public int OnlyFrom { get; init; }

    /// <summary>A comma stands before its connective: <c>, or</c>.</summary>
    public bool AfterComma { get; init; }

    /// <summary>It and the next one are meant together: <c>both asthma and COPD</c>.</summary>
    public bool HasBoth { get; init; }

    /// <summary>A word such as <c>with</c> stands between its concepts.</summary>
    public bool HasWith { get; init; }

    /// <summary>It has a time of its own, so that it takes over no status; a denial goes on.</summary>
    public bool OwnTime { get; init; }

    /// <summary>It ends in an adjective, which is of a name that follows (<c>HER2-negative, hormone receptor-positive
    /// breast cancer</c>) or of none.</summary>
    public bool IsAdjective { get; init; }

    /// <summary>With another first atom.</summary>
    public Phrase WithFirst(Atom atom) => this with { Atoms = Atoms.SetItem(0, atom) };

    /// <summary>With another last atom.</summary>
    public Phrase WithLast(Atom atom) => this with { Atoms = Atoms.SetItem(Atoms.Length - 1, atom) };
}
