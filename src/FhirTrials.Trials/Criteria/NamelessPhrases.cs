using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads phrases that name nothing themselves, only a denial, a time or a number, by what their neighbours
/// name: <c>currently receiving or less than 30 days since an investigational therapy</c>.</summary>
static class NamelessPhrases
{
    /// <summary>The phrases, but for those that say nothing even beside their neighbours.</summary>
    public static List<Phrase> Complete(IEnumerable<Phrase> read)
    {
        var phrases = WithDenials(read).Where(p => p.Atoms.Any(SaysAnything)).ToList();
        BorrowConcepts(phrases);
        BorrowAges(phrases);
        GiveBackWindows(phrases);
        phrases.RemoveAll(p => p.Atoms.All(a => a.IsEmpty));
        return phrases;
    }

    static bool SaysAnything(Atom atom) =>
        !atom.IsEmpty || atom.Window is not null || atom.Allergy || atom.Status is not null;

    /// <summary><c>No evidence of or known metastases</c>: a phrase that only denies denies what the next one
    /// names.</summary>
    static IEnumerable<Phrase> WithDenials(IEnumerable<Phrase> phrases)
    {
        var denies = false;
        foreach (var phrase in phrases)
        {
            var first = phrase.Atoms.FirstOrDefault();
            yield return denies && first is { IsFact: true }
                ? phrase.WithFirst(first with { Negated = true })
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
                phrases[i - 1] = phrases[i - 1].WithLast(before with
                {
                    Window = window,
                    Source = before.Source with { Window = phrases[i].Atoms[0].Source.Window },
                });
            }
            else if (phrases[i].Atoms is [{ Concept: null, Window: { } time, IsEmpty: true } timed]
                && before is { Concept: null, Also: [Clause.Unread { Window: null } words] })
            {
                var read = words with { Window = time, Source = words.Source with { Window = timed.Source.Window } };
                phrases[i - 1] = phrases[i - 1].WithLast(before with { Also = [read] });
            }
        }
    }
}
