using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads phrases together: lets neighbours share what is said once (<c>ALT or AST ≥ 5 × ULN</c>, <c>no
/// chemotherapy or radiotherapy within 2 weeks</c>), then joins them by their connectives.</summary>
sealed class Coordination(string text, CriterionSection section)
{
    readonly PhraseClauses _clauses = new(text, section);

    public Clause? Combine(IEnumerable<Phrase> read)
    {
        var phrases = NamelessPhrases.Complete(read);
        if (phrases.Count == 0)
        {
            return null;
        }

        ShareForwards(phrases);
        ShareDenials(phrases);
        new FurtherLimits(_clauses).Merge(phrases);
        ShareBackwards(phrases);
        var shared = TakeSharedQualifiers(phrases);
        return Clauses.All([new Connectives(text, section, _clauses).Join(phrases), .. shared]);
    }

    /// <summary>Status, negation and allergy hold on until a phrase states its own; who has had no treatment or is in
    /// some state (<c>no prior chemotherapy or relapsed disease</c>) is not denied the state.</summary>
    void ShareForwards(List<Phrase> phrases)
    {
        for (var i = 1; i < phrases.Count; i++)
        {
            var (before, here) = (phrases[i - 1].Atoms[0], phrases[i]);
            var words = IsWords(here.Atoms[0]) || IsWords(before);
            if (before is { Negated: true, IsTreatment: true } && here.Connective is Cue.Or or Cue.AndOr
                && here.Atoms[0].Concept?.Kind == ConceptKind.Status)
            {
                continue;
            }

            if (!here.OwnStatus && words && here.Connective != Cue.And
                && before is { Negated: true, NegativeByName: false }
                && (here.Atoms[0].IsFact || IsWords(here.Atoms[0])))
            {
                phrases[i] = here.WithFirst(here.Atoms[0] with { Negated = true });
            }

            if (here.OwnStatus && here.Connective is Cue.Or or Cue.AndOr
                && before is { Negated: true, NegativeByName: false, IsFact: true }
                && here.Atoms[0] is { IsFact: true, Concept.Kind: not ConceptKind.Status } denied)
            {
                phrases[i] = here.WithFirst(denied with { Negated = true });
            }

            if (words || here.OwnStatus || !here.Atoms[0].IsFact || !before.IsFact)
            {
                continue;
            }

            if (before is { For: not null } && IsTumor(here.Atoms[0].Concept!.Key) && here.Connective is not null
                && Clauses.Concepts(Clauses.All(before.Also)).Any(IsTumor))
            {
                var (window, source) = (here.Atoms[0].Window, here.Atoms[0].Source);
                var treated = before with
                {
                    Also = [Clauses.Any([
                        .. before.Also,
                        _clauses.Read(here.Atoms[0] with { Window = null, Source = source with { Window = null } }),
                    ])],
                    Window = before.Window ?? window,
                    Source = before.Window is null ? before.Source with { Window = source.Window } : before.Source,
                };
                phrases[i - 1] = phrases[i - 1].WithFirst(treated);
                phrases.RemoveAt(i--);
                continue;
            }

            var sameKind = here.Atoms[0].Concept!.Kind == before.Concept!.Kind;
            var first = here.Atoms[0];
            if (phrases[i - 1].Atoms is [{ IsTreatment: true,
                Window: { Direction: WindowDirection.MoreThanBefore } since,
                Source: { Window: { } said, Concept: { } named } }]
                && first is { IsTreatment: true, Window: null } && said.Start < named.Start)
            {
                first = first with { Window = since, Source = first.Source with { Window = said } };
            }

            if (here.OwnTime)
            {
                phrases[i] = before is { Negated: true, NegativeByName: false }
                    && (here.Connective != Cue.And || sameKind)
                    ? here.WithFirst(first with { Negated = true })
                    : here;
                continue;
            }

            var isOfPlan = first.Concept!.Key == "lactation" && before.Status == FactStatus.Planned;
            phrases[i] = here.WithFirst(first with
            {
                Status = first.Status ?? (isOfPlan ? null : before.Status),
                Negated = first.Negated
                    || (phrases[i - 1].Atoms.Length > 1
                        && phrases[i - 1].Atoms[^1] is { Negated: true, IsFact: true })
                    || (before is { Negated: true, NegativeByName: false }
                        && (here.Connective != Cue.And || sameKind || first.Concept?.Kind == ConceptKind.Test
                            || before.Concept.Kind == ConceptKind.Test)),
                Allergy = first.Allergy || before.Allergy,
            });
        }
    }

    /// <summary>Nothing but words that were not understood; a denial goes on over them.</summary>
    static bool IsWords(Atom atom) => atom is { Concept: null, Limits: null, IsEmpty: false };

    /// <summary><c>HIV, hepatitis B and hepatitis C negative</c>: what is denied last is denied of all that are listed
    /// with it.</summary>
    static void ShareDenials(List<Phrase> phrases)
    {
        for (var i = phrases.Count - 1; i > 0; i--)
        {
            if (phrases[i].Atoms[0]
                is { NegativeByName: true, Concept.Kind: ConceptKind.Condition or ConceptKind.Test } denied
                && phrases[i - 1] is { OwnStatus: false, IsAdjective: false,
                    Atoms: [{ Negated: false, Concept.Kind: ConceptKind.Condition or ConceptKind.Test } listed] }
                && listed.Before.IsEmpty && listed.Also.IsEmpty)
            {
                phrases[i - 1] =
                    phrases[i - 1].WithFirst(listed with { Negated = denied.Negated, NegativeByName = true });
            }
        }
    }

    /// <summary><c>ALT or AST ≥ 5 × ULN</c>, <c>chemotherapy or radiotherapy within 2 weeks</c>: what is said last
    /// holds for those before that say nothing of their own.</summary>
    void ShareBackwards(List<Phrase> phrases)
    {
        var timed = phrases[^1].Atoms[0];
        for (var i = phrases.Count - 2; i >= 0; i--)
        {
            var (here, next) = (phrases[i].Atoms[^1], phrases[i + 1].Atoms[0]);
            if (here.IsFact && IsApart(phrases))
            {
                continue;
            }

            timed = next.Source.Window == timed.Source.Window ? timed : next;
            if (here.IsMeasurable && here.Limits is null && next.IsMeasurable && IsOfScale(here) == IsOfScale(next))
            {
                if (here.Before.Concat(here.Also).OfType<Clause.Unread>().Any(u => u.Text.Any(char.IsAsciiDigit)))
                {
                    continue;
                }

                here = here with
                {
                    Limits = next.Limits, Other = next.Other, Source = here.Source with { Value = next.Source.Value },
                };
            }
            else if (here.Limits is { Unit: "x" } times && next.Limits is { RelativeTo: { } normal })
            {
                here = here with { Limits = times with { Unit = "1", RelativeTo = normal } };
            }
            else if (here is { IsNotTaken: true, Window: null }
                && next is { IsTreatment: true, Negated: true, Window: not null })
            {
                here = here.Within(next.Window, next.Source.Window) with { HalfLives = next.HalfLives };
            }
            else if (IsEvent(here) && here.Window is null && TimeOfWord(next) is { } word)
            {
                here = here.Within(word.Window, word.Source.Window);
            }
            else if (here.IsFact && here.Window is null && (here.IsOfSortOf(timed) || (IsEvent(here) && IsEvent(timed)))
                && here.Status is not (FactStatus.Planned or FactStatus.Current)
                && (timed.Status != FactStatus.Planned || here.IsTreatment))
            {
                here = here with
                {
                    Window = next.Window, HalfLives = next.HalfLives,
                    Source = here.Source with { Window = next.Source.Window },
                };
            }

            phrases[i] = phrases[i].WithLast(here);
        }
    }

    /// <summary>Two of which the first says itself when: <c>prior allogeneic HSCT, or autologous HSCT within 12
    /// weeks</c>.</summary>
    static bool IsApart(List<Phrase> phrases) =>
        phrases is [{ OwnStatus: true }, { AfterComma: true, Connective: Cue.Or }];

    /// <summary>The time of a single word, which shares the name before it: <c>CYP3A4 inhibitors or inducers within 14
    /// days</c>; null for others.</summary>
    Clause.Unread? TimeOfWord(Atom atom) =>
        IsWords(atom) && atom.Also is [Clause.Unread { Window: not null, Source.Window: { } time } words]
        && words.Source.Concept is { } whole && time.Start > whole.Start
        && !text.AsSpan(whole.Start, time.Start - whole.Start).TrimEnd().Contains(' ')
            ? words : null;

    /// <summary>Something of a day: a treatment, or a condition that happens.</summary>
    static bool IsEvent(Atom atom) =>
        atom.IsTreatment || (atom is { IsFact: true, Concept: { } concept } && AcuteEvents.Contains(concept));

    static bool IsOfScale(Atom atom) => atom.Concept!.Kind == ConceptKind.Score;

    /// <summary>A qualifier before the first (<c>uncontrolled HIV, HBV</c>) or after the last (<c>acute or chronic GvHD
    /// requiring …</c>) of plain facts belongs to all of them.</summary>
    ImmutableArray<Clause> TakeSharedQualifiers(List<Phrase> phrases)
    {
        if (phrases.Count < 2 || !phrases.All(p => p.Atoms[0].IsFact)
            || !phrases.SkipLast(1).All(p => p.Atoms.Length == 1))
        {
            return [];
        }

        var (first, last) = (phrases[0].Atoms[0], phrases[^1].Atoms[0]);
        var more = phrases[^1].Atoms[1..];
        var siblings = first.Concept!.Parents.Intersect(last.Concept!.Parents).Any();
        if (more.IsEmpty && last.Also
            is [Clause.Present { Kind: FactKind.Therapy or FactKind.Procedure, Source.Concept: { } needed } treatment]
            && last.Source.Concept is { } named && needed.Start > named.End && phrases.SkipLast(1).All(HasOwnHead))
        {
            var words = UnreadText.Of(text, Spans.SkipBlanks(text, named.End, needed.End), needed.End);
            for (var i = 0; i < phrases.Count - 1; i++)
            {
                var atom = phrases[i].Atoms[0];
                phrases[i] = !atom.IsOfSortOf(last) ? phrases[i]
                    : phrases[i] with
                    {
                        Atoms = [atom with { Also = [.. atom.Also, Clauses.Any([treatment, words])] }],
                    };
            }

            return [];
        }

        if (more.IsEmpty && !last.Also.IsEmpty
            && phrases.All(p => p.Atoms[0] is { Negated: true, NegativeByName: false }))
        {
            for (var i = 0; i < phrases.Count - 1; i++)
            {
                var atom = phrases[i].Atoms[0];
                phrases[i] = phrases[i] with
                {
                    Atoms = [atom with { Also = [.. atom.Also, .. last.Also], For = atom.For ?? last.For }],
                };
            }

            return [];
        }

        if (!(last.Also.IsEmpty && more.IsEmpty)
            && (more.IsEmpty || siblings) && !phrases[^1].OwnStatus && !phrases[^1].OwnTime
            && phrases.SkipLast(1).All(p => p.Atoms[0].Also.IsEmpty))
        {
            phrases[^1] = phrases[^1] with { Atoms = [last with { Also = [] }] };
            return [.. last.Also, .. more.Where(a => !a.IsEmpty).Select(_clauses.Read)];
        }

        if (!first.Before.IsEmpty && more.IsEmpty
            && phrases.Skip(1).All(p => p.Atoms[0].Before.IsEmpty && !p.OwnStatus && !p.OwnTime))
        {
            phrases[0] = phrases[0] with { Atoms = [first with { Before = [] }] };
            return first.Before;
        }

        return [];
    }

    /// <summary>Whether the words of the phrase name its concept by themselves: <c>asthma</c>, and not the first of
    /// <c>acute or chronic graft versus host disease</c>, with which it shares what is said last.</summary>
    bool HasOwnHead(Phrase phrase) => phrase.Atoms[0].Source.Concept is { } words
        && ConceptVocabulary.Default.Lookup(text.Substring(words.Start, words.Length)) is not null;

    static bool IsTumor(string key) => ConceptVocabulary.Default.IsA(key, "malignancy")
        || ConceptVocabulary.Default.IsA(key, "metastasis") || key == "cns-metastases";
}
