using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads limits that name nothing as further ones of what was named before them: the second of <c>age ≥ 12
/// years and &lt; 17 years</c>, of <c>ALT ≤ 2.5 × ULN, or ≤ 5 × ULN if liver metastases</c>.</summary>
sealed class FurtherLimits(PhraseClauses clauses)
{
    public void Merge(List<Phrase> phrases)
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
                phrases[i - 1] = phrases[i - 1].WithLast(whole);
                phrases.RemoveAt(i);
                continue;
            }

            if (OtherLimitsOf(phrases[i], before) is { } wider)
            {
                phrases[i - 1] = phrases[i - 1].WithLast(before with { Other = wider });
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
                        Atoms =
                        [
                            .. phrases[i - 1].Atoms[..^1], Widened(before, named, merged, here),
                            .. phrases[i].Atoms[1..],
                        ],
                    };
                    phrases.RemoveAt(i);
                    continue;
                }

                phrases[i] = phrases[i].WithFirst(Again(here, named, further));
                continue;
            }

            if (here is { Concept: null, Sex: { } sex, Limits: { Comparator: Comparator.Equal, Low: { } bare } alone }
                && before is { Sex: { } other, Limits: { } stated } && sex != other
                && stated.Comparator is not (Comparator.Equal or Comparator.Between))
            {
                here = here with
                {
                    Limits = stated.Low is null
                        ? stated with { High = bare, Unit = alone.Unit }
                        : stated with { Low = bare, Unit = alone.Unit },
                };
                phrases[i] = phrases[i].WithFirst(here);
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
                first = shared;
                before = before with { Limits = shared };
                phrases[i - 1] = phrases[i - 1].WithLast(before);
            }

            if (phrases[i].Connective != Cue.Or && before.Sex == here.Sex && first.And(limits) is { } both)
            {
                var whole = before with
                {
                    Limits = both,
                    Also = [.. before.Also, .. here.Also],
                    Source = before.Source with { Value = Spans.Hull(before.Source.Value, here.Source.Value) },
                };
                phrases[i - 1] = phrases[i - 1] with
                {
                    Atoms = [.. phrases[i - 1].Atoms[..^1], whole, .. phrases[i].Atoms[1..]],
                };
                phrases.RemoveAt(i);
            }
            else
            {
                phrases[i] = phrases[i].WithFirst(here with
                {
                    Concept = before.Concept,
                    Source = here.Source with { Concept = before.Source.Concept },
                });
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
            ? new(wider, clauses.Read(phrase.Atoms[1..]), value) : null;

    /// <summary>What was measured by its words before the last concept was named; null for none.</summary>
    static Clause.Measured? NamedBefore(Phrase phrase) => phrase.Atoms[^1].IsMeasurable ? null
        : phrase.Atoms.SelectMany(a => a.Before.Concat(a.Also)).OfType<Clause.Measured>()
            .LastOrDefault(m => m.Measurement.Concept.Key is null);

    /// <summary>Whether the limits can be of what was named: no months of a stenosis.</summary>
    static bool IsOfUnit(Clause.Measured named, Limits limits) =>
        !limits.IsTime || Ucum.AreCommensurable(limits.Unit, named.Measurement.Unit) is true;

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
}
