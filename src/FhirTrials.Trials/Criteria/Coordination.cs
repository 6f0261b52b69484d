using System.Collections.Immutable;
using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Joins phrases by their connectives: lets neighbours share what is said once (a limit, a window, a
/// negation), then combines them, <c>and</c> before <c>or</c>.</summary>
sealed class Coordination(string text, CriterionSection section)
{
    public Clause? Combine(IEnumerable<Phrase> read)
    {
        var phrases = WithDenials(read)
            .Where(p => p.Atoms
                .Any(a => !a.IsEmpty || a.Window is not null || a.Allergy || a.Status is not null)).ToList();
        BorrowConcepts(phrases);
        BorrowAges(phrases);
        GiveBackWindows(phrases);
        phrases.RemoveAll(p => p.Atoms.All(a => a.IsEmpty));
        if (phrases.Count == 0)
        {
            return null;
        }

        ShareForwards(phrases);
        ShareDenials(phrases);
        MergeLimits(phrases);
        ShareBackwards(phrases);
        var shared = TakeSharedQualifiers(phrases);
        return Clauses.All([Join(phrases), .. shared]);
    }

    /// <summary><c>No evidence of or known metastases</c>: a phrase that only denies denies what the next one
    /// names.</summary>
    static IEnumerable<Phrase> WithDenials(IEnumerable<Phrase> phrases)
    {
        var denies = false;
        foreach (var phrase in phrases)
        {
            var first = phrase.Atoms.FirstOrDefault();
            yield return denies && first is { IsFact: true }
                ? phrase with { Atoms = phrase.Atoms.SetItem(0, first with { Negated = true }) }
                : phrase;
            denies = first is { IsEmpty: true, Negated: true, Window: null, Allergy: false, Status: null }
                && phrase.Atoms.Length == 1;
        }
    }

    /// <summary><c>Currently receiving or less than 30 days since an investigational therapy</c>: a phrase that only
    /// says when takes the concept that follows.</summary>
    static void BorrowConcepts(List<Phrase> phrases)
    {
        for (var i = phrases.Count - 2; i >= 0; i--)
        {
            var lacking = phrases[i].Atoms.Length == 1 && phrases[i].Atoms[0] is { Concept: null } atom ? atom : null;
            var next = phrases[i + 1].Atoms.FirstOrDefault(a => lacking?.Allergy == true ? a.IsTreatment : a.IsFact);
            if (lacking is null || next is null
                || !(lacking.Window is not null || lacking.Allergy || lacking.Status is not null
                    || lacking.Limits is { IsTime: true })
                || lacking is { Window: not null, Limits: not null }
                || (next.Negated && lacking is { Window: null, Limits: null, Allergy: false }))
            {
                continue;
            }

            var timed = lacking.Window is not null || lacking.Limits is not null;
            var whole = lacking with
            {
                Concept = next.Concept,
                Status = lacking.Status ?? (timed && next.Status == FactStatus.Current ? null : next.Status),
                Source = lacking.Source with { Concept = next.Source.Concept },
            };
            if (lacking.Limits is { IsTime: true, High: { } high } time)
            {
                whole = whole with
                {
                    Limits = null,
                    Window = Windows.Of(high, time.Unit, WindowDirection.Before, withLimit: time.HighInclusive),
                    Source = whole.Source with { Value = null, Window = whole.Source.Value },
                };
            }

            phrases[i] = phrases[i] with { Atoms = [whole], OwnStatus = true };
        }
    }

    /// <summary><c>Under 18 or over 50 years of age</c>: a limit before an age that names nothing is one too.</summary>
    static void BorrowAges(List<Phrase> phrases)
    {
        for (var i = phrases.Count - 2; i >= 0; i--)
        {
            if (phrases[i].Atoms is [{ Concept: null, Limits: { Unit: "" or "d" or "wk" or "mo" or "h" } limits,
                Also: [], Before: [] } bare]
                && phrases[i + 1].Atoms[0]
                    is { Concept: { Kind: ConceptKind.Demographic } age, Limits.Unit: { Length: > 0 } unit }
                && limits.Comparator != Comparator.Equal)
            {
                var whole = bare with
                {
                    Concept = age, Limits = limits with { Unit = limits.Unit.Length > 0 ? limits.Unit : unit },
                    Source = bare.Source with { Concept = bare.Source.Value },
                };
                phrases[i] = phrases[i] with { Atoms = [whole] };
            }
        }
    }

    /// <summary><c>An investigational drug or therapy within 28 days</c>: a window without a concept belongs to the
    /// fact before.</summary>
    static void GiveBackWindows(List<Phrase> phrases)
    {
        for (var i = 1; i < phrases.Count; i++)
        {
            var before = phrases[i - 1].Atoms[^1];
            if (phrases[i].Atoms is [{ Concept: null, Window: { } window }] && before is { IsFact: true, Window: null })
            {
                phrases[i - 1] =
                    phrases[i - 1] with { Atoms =
                        phrases[i - 1].Atoms.SetItem(phrases[i - 1].Atoms.Length - 1,
                            before with
                            {
                                Window = window,
                                Source = before.Source with { Window = phrases[i].Atoms[0].Source.Window },
                            }) };
            }
            else if (phrases[i].Atoms is [{ Concept: null, Window: { } time, IsEmpty: true } timed]
                && before is { Concept: null, Also: [Clause.Unread { Window: null } words] })
            {
                var read = words with { Window = time, Source = words.Source with { Window = timed.Source.Window } };
                phrases[i - 1] = phrases[i - 1] with
                {
                    Atoms = phrases[i - 1].Atoms
                        .SetItem(phrases[i - 1].Atoms.Length - 1, before with { Also = [read] }),
                };
            }
        }
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

            if (!here.OwnStatus
                && words && before is { Negated: true, NegativeByName: false } && here.Connective != Cue.And
                && (here.Atoms[0].IsFact || IsWords(here.Atoms[0])))
            {
                phrases[i] = here with { Atoms = here.Atoms.SetItem(0, here.Atoms[0] with { Negated = true }) };
            }

            if (here.OwnStatus && here.Connective is Cue.Or or Cue.AndOr
                && before is { Negated: true, NegativeByName: false, IsFact: true }
                && here.Atoms[0] is { IsFact: true, Concept.Kind: not ConceptKind.Status } denied)
            {
                phrases[i] = here with { Atoms = here.Atoms.SetItem(0, denied with { Negated = true }) };
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
                        Read(here.Atoms[0] with { Window = null, Source = source with { Window = null } }),
                    ])],
                    Window = before.Window ?? window,
                    Source = before.Window is null ? before.Source with { Window = source.Window } : before.Source,
                };
                phrases[i - 1] = phrases[i - 1] with { Atoms = phrases[i - 1].Atoms.SetItem(0, treated) };
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
                    ? here with { Atoms = here.Atoms.SetItem(0, first with { Negated = true }) } : here;
                continue;
            }

            phrases[i] = here with
            {
                Atoms = here.Atoms.SetItem(0, first with
                {
                    Status = first.Status ?? (first.Concept!.Key == "lactation" && before.Status == FactStatus.Planned
                        ? null
                        : before.Status),
                    Negated = first.Negated || (phrases[i - 1].Atoms.Length > 1
                        && phrases[i - 1].Atoms[^1] is { Negated: true, IsFact: true })
                        || (before is { Negated: true, NegativeByName: false }
                            && (here.Connective != Cue.And || sameKind || first.Concept?.Kind == ConceptKind.Test
                                || before.Concept.Kind == ConceptKind.Test)),
                    Allergy = first.Allergy || before.Allergy,
                }),
            };
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
                    phrases[i - 1] with { Atoms = [listed with { Negated = denied.Negated, NegativeByName = true }] };
            }
        }
    }

    /// <summary><c>Age ≥ 12 years and &lt; 17 years</c>: limits without a concept belong to the value before.</summary>
    void MergeLimits(List<Phrase> phrases)
    {
        for (var i = phrases.Count - 1; i > 0; i--)
        {
            var before = phrases[i - 1].Atoms[^1];
            var here = phrases[i].Atoms[0];
            if (phrases[i] is { Connective: null,
                Atoms: [{ Concept: null, Limits: { } said, Also: [], Before: [], Window: null }] }
                    && before is { IsMeasurable: true, Limits: null }
                && said.Comparator != Comparator.Equal && Facts.CanMeasure(before.Concept!, said))
            {
                var whole = before with { Limits = said, Source = before.Source with { Value = here.Source.Value } };
                phrases[i - 1] = phrases[i - 1] with
                {
                    Atoms = phrases[i - 1].Atoms.SetItem(phrases[i - 1].Atoms.Length - 1, whole),
                };
                phrases.RemoveAt(i);
                continue;
            }

            if (OtherLimitsOf(phrases[i], before) is { } wider)
            {
                phrases[i - 1] = phrases[i - 1] with
                {
                    Atoms = phrases[i - 1].Atoms
                        .SetItem(phrases[i - 1].Atoms.Length - 1, before with { Other = wider }),
                };
                phrases.RemoveAt(i);
                continue;
            }

            if (here is { Concept: null, Limits: { } further }
                && (before.Also.OfType<Clause.Measured>().LastOrDefault() ?? NamedBefore(phrases[i - 1])) is { } named
                && here.Also.IsEmpty && further is not { Comparator: Comparator.Equal, Unit.Length: > 0 }
                && IsOfUnit(named, further))
            {
                if (phrases[i].Connective != Cue.Or && before.Also.Contains(named)
                    && Limits.Of(named.Measurement).And(further) is { } merged)
                {
                    phrases[i - 1] = phrases[i - 1] with
                    {
                        Atoms = [
                            .. phrases[i - 1].Atoms[..^1], Widened(before, named, merged, here),
                            .. phrases[i].Atoms[1..],
                        ],
                    };
                    phrases.RemoveAt(i);
                    continue;
                }

                phrases[i] = phrases[i] with { Atoms = phrases[i].Atoms.SetItem(0, Again(here, named, further)) };
                continue;
            }

            if (here is { Concept: null, Sex: { } sex, Limits: { Comparator: Comparator.Equal, Low: { } bare } alone }
                && before is { Sex: { } other, Limits: { } stated } && sex != other
                && stated.Comparator is not (Comparator.Equal or Comparator.Between))
            {
                here = here with { Limits = stated.Low is null
                    ? stated with { High = bare, Unit = alone.Unit }
                    : stated with { Low = bare, Unit = alone.Unit } };
                phrases[i] = phrases[i] with { Atoms = phrases[i].Atoms.SetItem(0, here) };
            }

            var repeatsAge = here.Concept?.Kind == ConceptKind.Demographic
                && before.Concept?.Kind == ConceptKind.Demographic;
            if ((here.Concept is not null && !repeatsAge) || here.Limits is not { } limits || !before.IsMeasurable
                || before.Limits is not { } first
                || (limits.Unit.Length > 0 && first.Unit.Length > 0 && limits.Unit != first.Unit
                    && first.InUnitOf(limits)?.Unit != limits.Unit
                    && !(before.Concept!.Unit.Length > 0 && Facts.CanMeasure(before.Concept, first)
                        && Facts.CanMeasure(before.Concept, limits))))
            {
                continue;
            }

            if (before.Concept is { } limited && limits.Unit.Length > 0 && !Facts.CanMeasure(limited, limits))
            {
                continue;
            }

            if (limits.Unit.Length > 0 && first.Unit != limits.Unit && first.InUnitOf(limits) is { } shared)
            {
                phrases[i - 1] = phrases[i - 1] with
                {
                    Atoms = phrases[i - 1].Atoms
                        .SetItem(phrases[i - 1].Atoms.Length - 1, before = before with { Limits = first = shared }),
                };
            }

            if (phrases[i].Connective != Cue.Or && before.Sex == here.Sex && first.And(limits) is { } both)
            {
                phrases[i - 1] =
                    phrases[i - 1] with { Atoms =
                        [.. phrases[i - 1].Atoms[..^1], before with
                        {
                            Limits = both, Also = [.. before.Also, .. here.Also],
                            Source = before.Source with { Value = Spans.Hull(before.Source.Value, here.Source.Value) },
                        }, .. phrases[i].Atoms[1..]] };
                phrases.RemoveAt(i);
            }
            else
            {
                phrases[i] =
                    phrases[i] with { Atoms = phrases[i].Atoms.SetItem(0, here with
                    {
                        Concept = before.Concept, Source = here.Source with { Concept = before.Source.Concept },
                    }) };
            }
        }
    }

    /// <summary><c>ALT ≤ 2.5 × ULN, or ≤ 5 × ULN if liver metastases</c>: wider limits of what was named before, with
    /// the facts under which they count; null for others.</summary>
    OtherLimits? OtherLimitsOf(Phrase phrase, Atom named) =>
        phrase.Atoms is [{ Concept: null, Limits: { } limits, Also: [], Before: [], Source.Value: { } value },
            { IsFact: true, Negated: false }, ..]
        && named is { IsMeasurable: true, Limits: { } usual, Other: null } && limits.InUnitOf(usual) is { } wider
        && usual.IsWithin(wider) && usual != wider
            ? new(wider, Clauses.All(phrase.Atoms[1..].Where(a => !a.IsEmpty).Select(Read)), value) : null;

    /// <summary>What was measured by its words before the last concept was named; null for none.</summary>
    static Clause.Measured? NamedBefore(Phrase phrase) => phrase.Atoms[^1].IsMeasurable ? null
        : phrase.Atoms.SelectMany(a => a.Before.Concat(a.Also)).OfType<Clause.Measured>().LastOrDefault(m =>
        m.Measurement.Concept.Key is null);

    /// <summary>Whether the limits can be of what was named: no months of a stenosis.</summary>
    static bool IsOfUnit(Clause.Measured named, Limits limits) => !limits.IsTime || Ucum.AreCommensurable(limits.Unit,
        named.Measurement.Unit) is true;

    /// <summary>The measurement with both limits.</summary>
    static Atom Widened(Atom atom, Clause.Measured named, Limits limits, Atom limited) => atom with
    {
        Also = atom.Also.Replace(named, Facts.Measured(
            named.Measurement.Concept.Text, limits, named.Measurement.Within,
            named.Source with { Value = Spans.Hull(named.Source.Value, limited.Source.Value) })),
    };

    /// <summary>Limits of what the phrase before named in its own words: <c>visual acuity &lt; 20 or &gt;
    /// 80</c>.</summary>
    static Atom Again(Atom limited, Clause.Measured named, Limits limits) => limited with
    {
        Limits = null,
        Also =
        [
            Facts.Measured(
                named.Measurement.Concept.Text,
                limits.Unit.Length > 0 ? limits : limits with { Unit = named.Measurement.Unit },
                named.Measurement.Within, named.Source with { Value = limited.Source.Value }),
        ],
    };

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
            else if (here.IsFact && here.Window is null && (SameSort(here, timed) || (IsEvent(here) && IsEvent(timed)))
                && here.Status is not (FactStatus.Planned or FactStatus.Current)
                && (timed.Status != FactStatus.Planned || here.IsTreatment))
            {
                here = here with
                {
                    Window = next.Window, HalfLives = next.HalfLives,
                    Source = here.Source with { Window = next.Source.Window },
                };
            }

            phrases[i] = phrases[i] with { Atoms = phrases[i].Atoms.SetItem(phrases[i].Atoms.Length - 1, here) };
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

    /// <summary>Treatments of any kind, or concepts of one kind.</summary>
    static bool SameSort(Atom one, Atom other) =>
        (one.IsTreatment && other.IsTreatment) || (one.Concept is { } concept && concept.Kind == other.Concept?.Kind);

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
                phrases[i] = !SameSort(atom, last) ? phrases[i]
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
            return [.. last.Also, .. more.Where(a => !a.IsEmpty).Select(Read)];
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

    Clause Join(List<Phrase> phrases)
    {
        var alternatives = new List<List<Clause>>();
        for (var i = 0; i < phrases.Count; i++)
        {
            var (last, clause) = OfOneName(phrases, i) ?? (i, Read(phrases[i]));
            if (i > 0 && IsAnd(phrases, i))
            {
                if (IsOpenAnd(phrases, i))
                {
                    alternatives[^1][^1] = BothOrOne(alternatives[^1][^1], clause, Both(phrases, i));
                }
                else
                {
                    alternatives[^1].Add(clause);
                }
            }
            else
            {
                alternatives.Add([clause]);
            }

            i = last;
        }

        return Clauses.Any(alternatives.Select(Clauses.All));
    }

    /// <summary>Adjectives of the malignancy that is named after them, and where that ends: <c>HER2-negative, hormone
    /// receptor-positive breast cancer</c> must have both, <c>ALK-positive or EGFR-mutated NSCLC</c> one of them; null
    /// where there are none.</summary>
    (int Last, Clause Clause)? OfOneName(List<Phrase> phrases, int first)
    {
        var noun = first;
        while (noun < phrases.Count && IsOfTumor(phrases[noun]))
        {
            noun++;
        }

        if (noun == first || noun == phrases.Count || !phrases[noun].Atoms.Any(IsMalignancy))
        {
            return null;
        }

        var groups = new List<List<Clause>> { new() { Read(phrases[first]) } };
        for (var at = first + 1; at < noun; at++)
        {
            if (phrases.Skip(at).Take(noun - at + 1).Select(p => p.Connective)
                .FirstOrDefault(c => c is not null) is Cue.Or or Cue.AndOr)
            {
                groups[^1].Add(Read(phrases[at]));
            }
            else
            {
                groups.Add([Read(phrases[at])]);
            }
        }

        var rest = phrases[noun];
        if (rest.Connective is Cue.Or or Cue.AndOr)
        {
            if (!IsAdjective(rest.Atoms[0]) || rest.Atoms.Length < 2)
            {
                return null;
            }

            groups[^1].Add(Read(rest.Atoms[0]));
            rest = rest with { Atoms = rest.Atoms[1..] };
        }

        return (noun, Clauses.All([.. groups.Select(Clauses.Any), Read(rest)]));
    }

    static bool IsTumor(string key) => ConceptVocabulary.Default.IsA(key, "malignancy")
        || ConceptVocabulary.Default.IsA(key, "metastasis") || key == "cns-metastases";

    static bool IsMalignancy(Atom atom) =>
        atom.Concept is { Kind: ConceptKind.Condition, Key: not "metastasis" } named
        && ConceptVocabulary.Default.IsA(named.Key, "malignancy");

    static bool IsAdjective(Atom atom) =>
        atom.Concept is { Kind: ConceptKind.Genomic or ConceptKind.Status } or { Key: "metastasis" };

    static bool IsOfTumor(Phrase phrase) =>
        phrase.IsAdjective && phrase.Atoms.Any(a => !a.IsEmpty) && phrase.Atoms.All(a => a.IsEmpty || IsAdjective(a));

    /// <summary>Whether it is open if an exclusion asks for both of two values (<c>ANC &lt; 1 and platelets &lt;
    /// 50</c>) or lists them.</summary>
    bool IsOpenAnd(List<Phrase> phrases, int i) => IsOpenBoth(phrases[i - 1], phrases[i])
        || section == CriterionSection.Exclusion && phrases[i].Connective == Cue.And
        && phrases[i - 1].Atoms is [{ IsMeasurable: true, Limits: not null, Negated: false, Source.Value: not null }]
        && phrases[i].Atoms is [{ IsMeasurable: true, Limits: not null, Negated: false, Source.Value: not null }];

    /// <summary>True where all hold and false where none does; open between, as the words are.</summary>
    static Clause.AtLeast BothOrOne(Clause before, Clause clause, Clause.Unread words) =>
        before is Clause.AtLeast several
            ? new(several.Count + 1, [.. several.Clauses, clause, words]) : new(2, [before, clause, words]);

    Clause.Unread Both(List<Phrase> phrases, int i)
    {
        var (from, to) = (PlaceOf(phrases[i - 1].Atoms[0]), PlaceOf(phrases[i].Atoms[0]));
        return UnreadText.Of(text, Math.Min(from.Start, to.Start), Math.Max(from.End, to.End));
    }

    static TextSpan PlaceOf(Atom atom) => (atom.Source.Value ?? atom.Source.Concept)!.Value;

    /// <summary>Two of one sort are not always meant at once: <c>both acute and chronic hepatitis</c>.</summary>
    bool IsOpenBoth(Phrase before, Phrase here) => section == CriterionSection.Exclusion && IsBoth(before, here)
        && before.Atoms[0].Concept!.Parents.Intersect(here.Atoms[0].Concept!.Parents).Any();

    static bool IsBoth(Phrase before, Phrase here) => before.HasBoth && here.Connective == Cue.And
        && before.Atoms is [{ IsFact: true, Negated: false }] && here.Atoms is [{ IsFact: true, Negated: false }];

    /// <summary>Whether a phrase must hold together with the one before. A comma means what the next connective means,
    /// but in an inclusion it does not make alternatives of unlike things. In an exclusion, facts listed with
    /// <c>and</c> keep out each by itself; in an inclusion, upper limits joined with <c>or</c> (<c>ALT and/or AST ≤ 5 ×
    /// ULN</c>) bind each of the values.</summary>
    bool IsAnd(List<Phrase> phrases, int i)
    {
        var (before, here) = (phrases[i - 1], phrases[i]);
        var connective = phrases.Skip(i).Select(p => p.Connective).FirstOrDefault(c => c is not null)
            ?? phrases.Take(i).Skip(1).Select(p => p.Connective).LastOrDefault(c => c is not null);
        if (before.Atoms[^1].Negated && here.Atoms.All(a => a.Negated))
        {
            return true;
        }

        if (section == CriterionSection.Inclusion
            && here.Atoms[0].Window is { Direction: WindowDirection.MoreThanBefore } since
            && before.Atoms[^1].Window == since
            && before.Atoms[^1].Source.Window == here.Atoms[0].Source.Window)
        {
            return true;
        }

        if (IsBoth(before, here))
        {
            return true;
        }

        if (before.Atoms[^1].Sex is { } one && here.Atoms[0].Sex is { } other && one != other)
        {
            return section == CriterionSection.Inclusion;
        }

        if (before.Atoms[^1] is { IsMeasurable: true, Limits: { } first } lower
            && here.Atoms[0] is { Limits: { } second, Concept: { } same }
            && lower.Concept!.Key == same.Key && first.Excludes(second))
        {
            return false;
        }

        if (AgeOf(before) is { } younger && AgeOf(here) is { } older && younger.Excludes(older))
        {
            return false;
        }

        var listed = before.Atoms is [{ IsFact: true, Negated: false }]
            && here.Atoms is [{ IsFact: true, Negated: false }];
        var capped = before.Atoms[^1].Limits is { Low: null, High: not null } cap && here.Atoms[0].Limits == cap
            && here.Atoms[0].IsMeasurable;
        var unlikeComma = here.Connective is null && section == CriterionSection.Inclusion
            && !SameSort(before.Atoms[^1], here.Atoms[0]);
        return unlikeComma || connective switch
        {
            Cue.Or or Cue.AndOr => section == CriterionSection.Inclusion && capped,
            Cue.And => !(section == CriterionSection.Exclusion && (listed || SharesLimit(before, here))),
            null => section == CriterionSection.Inclusion && !listed,
            _ => false,
        };
    }

    /// <summary><c>AST and ALT &gt; 5 × ULN</c>: one limit, and each above it keeps out.</summary>
    static bool SharesLimit(Phrase before, Phrase here) =>
        before.Atoms is [{ IsMeasurable: true, Limits: { } one, Source.Value: { } value }]
        && here.Atoms[0] is { IsMeasurable: true, Limits: { } other, Source.Value: { } same }
        && one == other && value == same;

    /// <summary>Of what age the people are of whom something is asked: <c>Karnofsky ≥ 50 for patients ≥ 16
    /// years</c>.</summary>
    static Limits? AgeOf(Phrase phrase) => phrase.Atoms.Length > 1
        ? phrase.Atoms.FirstOrDefault(a => a.Concept?.Kind == ConceptKind.Demographic && a.Limits is not null)?.Limits
        : null;

    /// <summary>A denial takes in the grade of what it denies: <c>no heart failure NYHA class III or IV</c>, <c>no NYHA
    /// class III or IV heart failure</c>.</summary>
    Clause Read(Phrase phrase) => IsAlone(phrase)
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

    Clause Read(ImmutableArray<Atom> atoms) => Clauses.All(atoms.Where(a => !a.IsEmpty).Select(Read));

    Clause NotBoth(Phrase phrase, Atom denied) =>
        Clauses.Not(Clauses.All(
            [Read(denied with { Negated = false }), .. phrase.Atoms[1..].Where(a => !a.IsEmpty).Select(Read)]));

    Clause Read(Atom atom)
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
