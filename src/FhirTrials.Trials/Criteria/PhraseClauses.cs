using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Makes clauses of phrases and their atoms: <c>no heart failure NYHA class III or IV</c> denies both at
/// once.</summary>
sealed class PhraseClauses(string text, CriterionSection section)
{
    /// <summary>A denial takes in the grade of what it denies: <c>no heart failure NYHA class III or IV</c>, <c>no NYHA
    /// class III or IV heart failure</c>.</summary>
    public Clause Read(Phrase phrase) => IsAlone(phrase)
        ? Clauses.Any([Clauses.Not(Read(phrase.Atoms[phrase.OnlyFrom..])), Read(phrase.Atoms[..phrase.OnlyFrom])])
        : phrase is { HasWith: false, Atoms: [{ Negated: true, NegativeByName: false, IsFact: true } denied,
            { Concept.Kind: ConceptKind.Score, Negated: false }, ..] }
        ? NotBoth(phrase, denied)
        : phrase is { HasWith: false,
            Atoms: [{ Negated: true, Concept.Kind: ConceptKind.Score, Limits: not null } grade,
                { IsFact: true, Negated: false }, ..] }
        ? NotBoth(phrase, grade)
        : Read(phrase.Atoms);

    /// <summary>Whether the phrase asks something of some, and is no alternative to what is asked of the
    /// others.</summary>
    bool IsAlone(Phrase phrase) =>
        phrase.OnlyFrom > 0 && section == CriterionSection.Inclusion && phrase.Connective is null or Cue.And;

    public Clause Read(ImmutableArray<Atom> atoms) => Clauses.All(atoms.Where(a => !a.IsEmpty).Select(Read));

    Clause NotBoth(Phrase phrase, Atom denied) =>
        Clauses.Not(Clauses.All(
            [Read(denied with { Negated = false }), .. phrase.Atoms[1..].Where(a => !a.IsEmpty).Select(Read)]));

    public Clause Read(Atom atom)
    {
        var clause = Clauses.All([
            .. Core(atom), .. atom.Before, .. atom.Also,
            .. atom is { Negated: true, For: { } words } ? [words] : Array.Empty<Clause>(),
        ]);
        clause = atom.Instead is { } instead ? Clauses.Any([clause, instead]) : clause;
        return OfSex(atom, atom.Negated ? Clauses.Not(clause) : clause);
    }

    /// <summary>Limits of one sex leave the other alone.</summary>
    Clause OfSex(Atom atom, Clause clause) => atom.Sex is not { } sex ? clause
        : section == CriterionSection.Inclusion ? Clauses.Any([Clauses.Not(new Clause.Sex(sex)), clause])
        : Clauses.All([new Clause.Sex(sex), clause]);

    IEnumerable<Clause> Core(Atom atom)
    {
        if (atom.Concept is not { } concept)
        {
            return atom.Limits is null ? [] : [UnreadLimits(atom) with { Window = atom.Window }];
        }

        if (!atom.IsMeasurable)
        {
            var present = Present(atom, concept);
            return atom.Limits is null ? [present] : [present, UnreadLimits(atom)];
        }

        return atom.Limits is { IsNormal: true } && concept.Kind == ConceptKind.Lab
            ? Facts.Normal(concept, atom.Window, atom.Source)
            : atom.Limits is { } limits
            ? [Facts.CanMeasure(concept, limits) ? Measured(atom, concept, limits)
                : IsElse(concept, limits) ? Facts.Measured(concept.Text, limits, atom.Window, atom.Source)
                : UnreadValue(concept, atom)]
            : [concept.Key == "mrd"
                ? Facts.Present(concept, atom.Status ?? FactStatus.Current, atom.Window, atom.Source)
                : new Clause.Unread(concept.Text) { Source = atom.Source }];
    }

    /// <summary>Within the limits, or within the others where their condition holds; the narrower ones hold for
    /// all.</summary>
    static Clause Measured(Atom atom, VocabularyConcept concept, Limits limits)
    {
        var measured = Facts.Measured(concept, limits, atom.Window, atom.Source);
        if (atom.Other is not { } other)
        {
            return measured;
        }

        var instead = Facts.Measured(concept, other.Limits, atom.Window, atom.Source with { Value = other.Value });
        return limits.IsWithin(other.Limits) ? Clauses.Any([measured, Clauses.All([other.Condition, instead])])
            : Clauses.Any([instead, Clauses.All([Clauses.Not(other.Condition), measured])]);
    }

    /// <summary>The same name for something else that is measured: a mark on a line (<c>VAS ≥ 40 mm</c>), a part of
    /// normal (<c>PT &lt; 60 %</c>).</summary>
    static bool IsElse(VocabularyConcept concept, Limits limits) => concept.Kind != ConceptKind.Demographic
        && limits is { IsTime: false, Unit.Length: > 0 } && limits.Comparator != Comparator.Equal;

    Clause.Unread UnreadLimits(Atom atom) =>
        atom.Source.Value is { } value
            ? UnreadText.Of(text, value.Start, value.End) with { Source = new(value, Window: atom.Source.Window) }
            : new Clause.Unread("");

    /// <summary>A value that the concept cannot have: the words from the one to the other.</summary>
    Clause.Unread UnreadValue(VocabularyConcept concept, Atom atom) =>
        atom.Source is { Concept: { } name, Value: { } value }
            ? UnreadText.Of(text, Math.Min(name.Start, value.Start), Math.Max(name.End, value.End))
            : new Clause.Unread(concept.Text);

    Clause Present(Atom atom, VocabularyConcept concept)
    {
        if (atom.HalfLives is { } other)
        {
            var within = Present(atom with { HalfLives = null }, concept);
            var ever = Present(
                atom with { HalfLives = null, Window = null, Source = atom.Source with { Window = null } }, concept);
            return other.IsLonger
                ? Clauses.Any([within, Clauses.All([ever, other.Words])])
                : Clauses.All([within, other.Words]);
        }

        var present = Facts.Present(concept, atom.Status, atom.Window, atom.Source, atom.Allergy, atom.Except);
        return atom.Isolated is { } word ? Facts.Isolated(present, UnreadText.Of(text, word.Start, word.End))
            : atom.Examples.IsEmpty ? present
            : NamedFacts.With(present, atom.Examples);
    }
}
