using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Tests.Chia;

/// <summary>Compares what the parser reads in one document with its annotations.</summary>
/// <remarks>
/// A leaf and an annotation meet where their words overlap.
/// <list type="bullet">
/// <item>Values (age, thresholds): strict, the numbers, which ends are limits, whether these are included and the unit,
/// where one is written, agree; relaxed, the numbers. An annotation with one limit agrees with a range that has it, and
/// a point of a scale with a range around it (the annotators often split ranges and lists).</item>
/// <item>Windows: length in days, one day's difference allowed (<c>less than 4 weeks</c> is within 27 days); strict
/// also whether it looks back within or beyond.</item>
/// <item>Negation: the fact is negated in both.</item>
/// <item>Facts: strict, the very words and the kind; relaxed, any overlap, and a drug may be a procedure
/// (<c>chemotherapy</c>).</item>
/// </list>
/// Precision counts every leaf by the strict rule; by the relaxed rule only leaves in words that are annotated at all.
/// In an exclusion that begins with a negation (<c>No consent</c>, <c>no prior surgery</c>) it is open what is meant:
/// left out.
/// </remarks>
sealed partial class DocumentScorer(ChiaScore score, ChiaDocument document)
{
    readonly ChiaGold _gold = new(document);
    ImmutableArray<ParsedLeaf> _leaves = [];

    public void Score()
    {
        (var criteria, var shift, _leaves) = ParsedLeaf.Read(document);
        foreach (var criterion in criteria)
        {
            var name = criterion.Status.ToString().ToLowerInvariant();
            score.Statuses[name] = score.Statuses.GetValueOrDefault(name) + 1;
        }

        Values();
        Windows();
        Negations();
        Facts(
            score.Conditions, "Condition",
            l => l is Clause.Present { Kind: FactKind.Condition or FactKind.Genomic or FactKind.Pregnancy });
        Facts(score.Drugs, "Drug", l => l is Clause.Present { Kind: FactKind.Therapy or FactKind.Allergy });
        Facts(score.Procedures, "Procedure", l => l is Clause.Present { Kind: FactKind.Procedure });
        Confidence(criteria, shift);
    }

    void Values()
    {
        var measured = _leaves.Where(l => l.Clause is Clause.Measured && l.Value is not null).ToList();
        foreach (var gold in _gold.Values)
        {
            if (gold.Limits.LostSign && !IsScore(gold))
            {
                score.Ambiguous++;
                continue;
            }

            var here = measured.Where(l => gold.Value.Overlaps(l.Value!.Value) && IsAge(l) == gold.IsAge).ToList();
            var found = here.Any(l => Agree(gold.Limits, LimitsOf(l), strict: true));
            (gold.IsAge ? score.Age : score.Thresholds)
                .Annotated(found, here.Any(l => Agree(gold.Limits, LimitsOf(l), strict: false)));
            Note(
                !found, gold.IsAge ? "age missed" : "threshold missed", gold.Value.Hull,
                $"[{gold.Value.Text}] {string.Join(" / ", here.Select(Show))}");
        }

        foreach (var leaf in measured)
        {
            var place = leaf.Value!.Value;
            var annotated = document.Entities.Values
                .Where(e => e.Type is "Value" or "Temporal" or "Multiplier" && e.Overlaps(place))
                .Select(e => AnnotatedValue.Read(e.Text)).OfType<AnnotatedValue>().ToList();
            if (annotated.Count > 0 && annotated.All(a => a.LostSign) && !IsScore(leaf))
            {
                continue;
            }

            if (annotated.Count == 0
                && leaf.Clause is Clause.Measured { Measurement: { RelativeTo: not null } m } && (m.Low ?? m.High) == 1
                && document.Entities.Values.Any(e => e.Type == "Value" && e.Overlaps(place)
                    && NormalLimits().IsMatch(e.Text)))
            {
                score.Thresholds.Parsed(right: true, rightRelaxed: true, isAnnotated: true);
                continue;
            }

            var right = annotated.Any(a => Agree(a, LimitsOf(leaf), strict: true)) || document.Entities.Values.Any(
                e => e.Type is "Qualifier" or "Condition" && e.Overlaps(place) && AnnotatedValue.Read(e.Text) is { } a
                    && Agree(a, LimitsOf(leaf), strict: true));
            (IsAge(leaf) ? score.Age : score.Thresholds)
                .Parsed(right, annotated.Any(a => Agree(a, LimitsOf(leaf), strict: false)), annotated.Count > 0);
            Note(
                !right,
                (IsAge(leaf) ? "age wrong" : "threshold wrong") + (annotated.Count > 0 ? "" : " (not annotated)"),
                place, Show(leaf));
        }
    }

    void Windows()
    {
        var timed = _leaves.Where(l => l.Time is not null && l.Window is not null)
            .DistinctBy(l => (l.Window, l.Time)).ToList();
        foreach (var gold in _gold.Windows)
        {
            var here = timed.Where(l => gold.Temporal.Overlaps(l.Window!.Value)).ToList();
            var found = here.Any(l => IsSameTime(l.Time!, gold.Days) && IsLonger(l.Time!) == gold.IsLonger);
            score.Windows.Annotated(found, here.Any(l => IsSameTime(l.Time!, gold.Days)));
            Note(
                !found, "window missed", gold.Temporal.Hull,
                $"[{gold.Temporal.Text}] {string.Join(" / ", here.Select(Show))}");
        }

        foreach (var leaf in timed)
        {
            var annotated =
                document.Entities.Values.Where(e => e.Type is "Temporal" or "Value" && e.Overlaps(leaf.Window!.Value))
                    .Select(e => AnnotatedTime.DaysIn(e.Text)).OfType<decimal>().ToList();
            var right = annotated.Any(days => IsSameTime(leaf.Time!, days));
            score.Windows.Parsed(right, right, annotated.Count > 0);
            Note(
                !right, "window wrong" + (annotated.Count > 0 ? "" : " (not annotated)"), leaf.Window!.Value,
                Show(leaf));
        }
    }

    void Negations()
    {
        var present = _leaves.Where(l => l.Clause is Clause.Present && l.Concept is not null).ToList();
        foreach (var gold in _gold.Negated.Where(g => !IsOpen(g.Hull)))
        {
            var here = present.Where(l => gold.Overlaps(l.Concept!.Value)).ToList();
            score.Negation.Annotated(here.Any(l => l.Negated), foundRelaxed: false);
            Note(
                !here.Any(l => l.Negated), here.Count == 0 ? "negation unread" : "negation missed", gold.Hull,
                $"[{gold.Text}]");
        }

        foreach (var leaf in present.Where(l => l.Negated && !IsOpen(l.Concept!.Value)))
        {
            var right = _gold.MayBeNegated.Any(e => e.Overlaps(leaf.Concept!.Value));
            score.Negation.Parsed(
                right, rightRelaxed: false,
                isAnnotated: right || _gold.Facts.Any(e => e.Overlaps(leaf.Concept!.Value)));
            Note(!right, "negation wrong", leaf.Concept!.Value, Show(leaf));
        }
    }

    void Facts(Tally tally, string type, Func<Clause, bool> ofKind)
    {
        var alike = type == "Condition" ? ["Condition"] : new[] { "Drug", "Procedure" };
        var read = _leaves.Where(l => l.Clause is Clause.Present && l.Concept is not null).ToList();
        foreach (var gold in _gold.Facts.Where(f => f.Type == type))
        {
            var here = read.Where(l => gold.Overlaps(l.Concept!.Value)).ToList();
            var (found, met) = (here.Any(l => ofKind(l.Clause) && l.Concept == gold.Hull),
                here.Any(l => alike.Contains(TypeOf(l.Clause))));
            tally.Annotated(found, met);
            Note(
                !found, $"{type} {(met ? "not exact" : here.Count > 0 ? "of another kind" : "missed")}", gold.Hull,
                $"[{gold.Text}] {string.Join(" / ", here.Select(Show))}");
        }

        foreach (var leaf in read.Where(l => ofKind(l.Clause)).DistinctBy(l => l.Concept))
        {
            var here =
                document.Entities.Values.Where(e => e.Type != "Scope" && e.Overlaps(leaf.Concept!.Value)).ToList();
            var met = here.Any(e => alike.Contains(e.Type) || e.Type is "Observation" or "Measurement");
            tally.Parsed(here.Any(e => e.Type == type && e.Hull == leaf.Concept), met, here.Count > 0);
            Note(!met, $"{type} wrong{(here.Count > 0 ? "" : " (not annotated)")}", leaf.Concept!.Value, Show(leaf));
        }
    }

    void Confidence(ImmutableArray<Criterion> criteria, int shift)
    {
        foreach (var leaf in _leaves.Where(l => l.IsConfident && (l.Concept ?? l.Value) is not null))
        {
            score.ConfidentLeaves++;
            if (WhyWrong(leaf) is { } why)
            {
                score.WrongLeaves++;
                score.Wrong[why] = score.Wrong.GetValueOrDefault(why) + 1;
                Note(true, $"CONFIDENT {why}", leaf.Value ?? leaf.Concept!.Value, Show(leaf));
            }
        }

        foreach (var criterion in criteria.Where(c => c.Status == ParseStatus.Computable))
        {
            var place = new Piece(criterion.Source.Start - shift, criterion.Source.End - shift);
            var leaves = _leaves.Where(l => l.Criterion == criterion).ToList();
            foreach (var entity in _gold.Facts.Concat(_gold.Values.Select(v => v.Value)).Distinct()
                .Where(e => e.Overlaps(place)))
            {
                var touched = leaves.Any(l => Touches(entity, l.Concept) || Touches(entity, l.Value)
                    || Touches(entity, l.Window));
                score.ConfidentAnnotations++;
                score.DroppedAnnotations += touched ? 0 : 1;
                Note(!touched, "DROPPED", entity.Hull, $"[{entity.Text}]");
            }
        }
    }

    /// <summary>How a leaf contradicts the annotations; null where it does not.</summary>
    string? WhyWrong(ParsedLeaf leaf)
    {
        if (leaf.Clause is Clause.Measured { Measurement: var measurement } && leaf.Value is { } value)
        {
            var here = _gold.Values.Where(v => v.Value.Overlaps(value) && (!v.Limits.LostSign || IsScore(v))).ToList();
            return here.Count == 0 ? null
                : !here.Any(v => Agree(v.Limits, LimitsOf(leaf), strict: true)) ? "value"
                : here.All(v => v.Measured.All(m => IsOther(m, measurement.Concept, IsMeasured))) ? "concept"
                : null;
        }

        if (leaf.Time is { } time && leaf.Window is { } window)
        {
            var here = _gold.Windows.Where(w => w.Temporal.Overlaps(window)).ToList();
            if (here.Count > 0 && !here.Any(w => IsSameTime(time, w.Days) && IsLonger(time) == w.IsLonger))
            {
                return "window";
            }
        }

        if (leaf.Clause is Clause.Present present && leaf.Concept is { } concept && !IsOpen(concept))
        {
            var here = _gold.Facts.Where(f => f.Overlaps(concept)).ToList();
            return leaf.Negated && here.Count > 0 && !_gold.MayBeNegated.Any(e => e.Overlaps(concept)) ? "negated"
                : !leaf.Negated && here.Count > 0 && here.All(_gold.Negated.Contains) ? "not negated"
                : here.Count > 0 && here.All(f => f.Hull == concept && IsOther(f, present.Concept, k => !IsMeasured(k)))
                ? "concept"
                : null;
        }

        return null;
    }

    static bool IsMeasured(ConceptKind kind) =>
        kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score or ConceptKind.Demographic;

    /// <summary>Whether the vocabulary knows the annotated words as something else of that sort (ASA alone is a drug,
    /// before a class a scale).</summary>
    static bool IsOther(Entity entity, Concept concept, Func<ConceptKind, bool> ofSort) =>
        concept.Key is { } key && ConceptVocabulary.Default.Lookup(entity.Text) is { } named
        && named.Kind is not (ConceptKind.Test or ConceptKind.Population) && ofSort(named.Kind)
        && !ConceptVocabulary.Default.IsA(named.Key, key) && !ConceptVocabulary.Default.IsA(key, named.Key);

    bool IsOpen(Piece place) =>
        document.IsExclusion && _leaves.FirstOrDefault(l => l.Concept is { } c && c.Overlaps(place)) is { } leaf
        && BeginsNegated().IsMatch(leaf.Criterion.Text);

    static bool Touches(Entity entity, Piece? place) => place is { } p && entity.Overlaps(p);

    static bool IsAge(ParsedLeaf leaf) => leaf.Clause is Clause.Measured { Measurement.Kind: MeasurementKind.Age };

    static bool IsScore(ParsedLeaf leaf) => leaf.Clause is Clause.Measured { Measurement.Kind: MeasurementKind.Score };

    /// <summary>A number alone is meant as it stands where it is one of a scale.</summary>
    static bool IsScore(GoldValue gold) =>
        gold.Limits.Unit.Length == 0 && !gold.IsAge && !gold.Value.Text.Contains('=', StringComparison.Ordinal);

    static AnnotatedValue LimitsOf(ParsedLeaf leaf)
    {
        var m = ((Clause.Measured)leaf.Clause).Measurement;
        return new(
            m.Low, m.High, m.LowInclusive, m.HighInclusive, false,
            m.RelativeTo?.ToString().ToUpperInvariant() ?? m.Unit);
    }

    static bool Agree(AnnotatedValue gold, AnnotatedValue read, bool strict)
    {
        if (gold.Second is { } second && Agree(second, read, strict))
        {
            return true;
        }

        var unit = !strict || gold.Unit.Length == 0 || read.Unit is "" or "{score}" || gold.Unit == read.Unit
            || (gold.Unit is "mL/min" && read.Unit.StartsWith("mL/min", StringComparison.Ordinal));
        return gold.Outside
            ? unit && (read.High is null ? gold.Low == read.Low : read.Low is null && gold.High == read.High)
            : gold is { LostSign: true, Low: { } point } && read is { Low: { } from, High: { } to }
            ? unit && from <= point && point <= to
            : unit
            && (gold.Low is null || (gold.Low == read.Low && (!strict || gold.LowInclusive == read.LowInclusive)))
            && (gold.High is null || (gold.High == read.High && (!strict || gold.HighInclusive == read.HighInclusive)));
    }

    static bool IsSameTime(Window window, decimal days) =>
        Math.Abs((window.Value * AnnotatedTime.Days(window.Unit)) - days) <= (days < 2 ? 0.05m : 1);

    static bool IsLonger(Window window) => window.Direction == WindowDirection.MoreThanBefore;

    static string TypeOf(Clause clause) => ((Clause.Present)clause).Kind switch
    {
        FactKind.Condition or FactKind.Genomic or FactKind.Pregnancy => "Condition",
        FactKind.Therapy or FactKind.Allergy => "Drug",
        FactKind.Procedure => "Procedure",
    };

    static string Show(ParsedLeaf leaf) => leaf.Clause switch
    {
        Clause.Measured { Measurement: var m } =>
            $"{m.Concept.Text} {m.Comparator} {m.Low} {m.High} {m.Unit} {m.RelativeTo} {m.Within}",
        Clause.Present p => $"{(leaf.Negated ? "not " : "")}{p.Concept.Text} {p.Status} {p.Window}",
        _ => leaf.Clause.ToString(),
    };

    void Note(bool wrong, string kind, Piece place, string what)
    {
        if (wrong)
        {
            var from = Math.Max(0, place.Start - 60);
            var to = Math.Min(document.Text.Length, place.End + 60);
            score.Errors.Add($"{kind}\t{document.Name}\t{document.Text[from..to].ReplaceLineEndings("|")}\t{what}");
        }
    }

    [GeneratedRegex("normal|reference|uln|lln", RegexOptions.IgnoreCase)]
    private static partial Regex NormalLimits();

    [GeneratedRegex(
        @"^\W*(?:\w+ )?(do not|don.t|did not|didn.t|does not|doesn.t|no|not|non|never|without|absence|lack|unable"
            + @"|inability|cannot|free|negative|any\s+\w+\s+without|patients?\s+(without|not|with no)|subjects"
            + @"?\s+(without|not|with no))\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex BeginsNegated();
}
