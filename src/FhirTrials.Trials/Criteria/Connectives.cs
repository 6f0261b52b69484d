using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads how phrases hold together, <c>and</c> before <c>or</c>: <c>asthma and FEV1 &lt; 60 % or
/// COPD</c>.</summary>
sealed class Connectives(string text, CriterionSection section, PhraseClauses clauses)
{
    public Clause Join(List<Phrase> phrases)
    {
        var alternatives = new List<List<Clause>>();
        for (var i = 0; i < phrases.Count; i++)
        {
            var (last, clause) = OfOneName(phrases, i) ?? (i, clauses.Read(phrases[i]));
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

        var groups = new List<List<Clause>> { new() { clauses.Read(phrases[first]) } };
        for (var at = first + 1; at < noun; at++)
        {
            var connective = phrases.Skip(at).Take(noun - at + 1).Select(p => p.Connective)
                .FirstOrDefault(c => c is not null);
            if (connective is Cue.Or or Cue.AndOr)
            {
                groups[^1].Add(clauses.Read(phrases[at]));
            }
            else
            {
                groups.Add([clauses.Read(phrases[at])]);
            }
        }

        var rest = phrases[noun];
        if (rest.Connective is Cue.Or or Cue.AndOr)
        {
            if (!IsAdjective(rest.Atoms[0]) || rest.Atoms.Length < 2)
            {
                return null;
            }

            groups[^1].Add(clauses.Read(rest.Atoms[0]));
            rest = rest with { Atoms = rest.Atoms[1..] };
        }

        return (noun, Clauses.All([.. groups.Select(Clauses.Any), clauses.Read(rest)]));
    }

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
            && !before.Atoms[^1].IsOfSortOf(here.Atoms[0]);
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
}
