using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>The numbers of a phrase: limits of a value (<c>≥ 140/90 mmHg</c>, <c>outside 0.4 to 4.0</c>), time
/// windows.</content>
sealed partial class PhraseReader
{
    int Number(ImmutableArray<Chunk> chunks, int at)
    {
        var number = chunks[at].Number!;
        var next = at + 1 < chunks.Length ? chunks[at + 1] : null;
        if (NumberNeighbours.IsVersion(text, chunks, at))
        {
            _words.Add(chunks[at]);
            return at + 1;
        }

        var after = next switch
        {
            { Cue: Cue.OrMore } => Comparator.GreaterOrEqual,
            { Cue: Cue.OrLess } => Comparator.LessOrEqual,
            { Kind: ChunkKind.Open } => AfterRestated(chunks, at),
            _ => (Comparator?)null,
        };
        var end = at + (next?.SignAfter is null ? 1 : 2);
        if (NumberNeighbours.IsDistance(chunks, at))
        {
            (_comparator, _limits) = (null, null);
            var first = chunks[at] with { Start = _comparatorStart ?? chunks[at].Start };
            Also(UnreadText.Of(text, [first, .. chunks[(at + 1)..]]));
            return chunks.Length;
        }

        var comparator = _comparator ?? after
            ?? (NumberNeighbours.IsLowEnd(chunks, at) ? Comparator.GreaterOrEqual
                : NumberNeighbours.IsAboveNormal(text, chunks[at]) ? Comparator.GreaterThan
                : null);
        var whole = chunks[at] with { Start = _comparatorStart ?? chunks[at].Start };
        _comparator = null;
        _comparatorStart = null;
        _atom = _atom with { Sex = chunks[at].Sex ?? _atom.Sex };
        _ofPeople |= at > 0 && (chunks[at - 1].Is(Cue.Person) || People.Contains(chunks[at - 1].Word));
        if (number.Over is not null)
        {
            BloodPressure(comparator, number, SpanOf(whole));
            return end;
        }

        if (number.Low != number.High && comparator is null && _words is [.., { Word: "outside" } word]
            && _atom is { IsMeasurable: true, Limits: null })
        {
            _words.Remove(word);
            Outside(number, TextSpan.Between(word.Start, whole.End));
            return at + 1;
        }

        if (number is { IsTime: true, Unit: "min" or "h" or "s" }
            && at > 0 && chunks[at - 1].Word == "at" && comparator is null
            && chunks[(at + 1)..].Any(c => c.Kind == ChunkKind.Number))
        {
            _words.Add(chunks[at]);
            return at + 1;
        }

        if (number.Unit is "wk" && comparator is not null && _atom.Concept is { } carried
            && (vocabulary.IsA(carried.Key, "pregnancy")
                || carried.Key.EndsWith("-pregnancy", StringComparison.Ordinal))
            && NumberNeighbours.IsDirect(text, _atom.Source.Concept, whole.Start)
            && next is not { Cue: Cue.Before or Cue.Since or Cue.FollowingTime or Cue.After }
            && vocabulary.Find("gestational-age") is { } gestation)
        {
            var source = new LeafSource(_atom.Source.Concept, SpanOf(whole));
            Also(Facts.Measured(gestation, Limits.Of(comparator.Value, number), null, source));
            return end;
        }

        if (number.IsTime && !SaysAge(whole, next) && !NumberNeighbours.IsGestation(chunks, at + 1)
            && IsWindow(comparator, next))
        {
            SetWindow(number, comparator, SpanOf(whole));
            return at + 1;
        }

        if (comparator is null && NumberNeighbours.IsLowSide(chunks, at))
        {
            var sign = chunks[at + 1].Comparator!.Value;
            if (sign == Comparator.Equal)
            {
                Also(UnreadText.Of(text, whole.Start, chunks[at + 1].End));
            }

            var turned = sign == Comparator.Equal ? Comparator.GreaterOrEqual : Turned(sign);
            AddLimits(Limits.Of(turned, number), whole, compared: true);
            return at + 2;
        }

        if (SaysAge(whole, next))
        {
            _ofPeople = true;
        }

        if (chunks[at].IsInferred || (at > 0 && chunks[at - 1].IsInferred)
            || (comparator is null && number.Low == number.High && Spans.LacksSign(text, whole.Start)))
        {
            Also(UnreadText.Of(text, whole.Start, whole.End));
        }

        var isRange = number.Low != number.High;
        _named = (_named && _limits is not null) || comparator is not null
            || (isRange && (number.Unit.Length > 0 || NumberNeighbours.IsSpelledRange(text, whole)))
            || FollowsScale(chunks, at);
        var compared = comparator is not null || isRange;
        AddLimits(Limits.Of(comparator ?? Comparator.Equal, number), whole, compared);
        return end;
    }

    /// <summary>What is compared after the same number in another unit: <c>10 g/dL (100 g/L) or more</c>.</summary>
    static Comparator? AfterRestated(ImmutableArray<Chunk> chunks, int at) =>
        at + 4 < chunks.Length && chunks[at + 2].Number is { } again && chunks[at + 3].Kind == ChunkKind.Close
            && MayRestate(chunks[at].Number!, again)
            ? chunks[at + 4].SignAfter : null;

    /// <summary><c>TSH outside 0.4 to 4.0 mIU/L</c>: below or above.</summary>
    void Outside(Quantity range, TextSpan span)
    {
        var (concept, source) = (_atom.Concept!, _atom.Source with { Value = span });
        var below = Limits.Of(Comparator.LessThan, range with { High = range.Low });
        var above = Limits.Of(Comparator.GreaterThan, range with { Low = range.High });
        if (!Facts.CanMeasure(concept, below))
        {
            Also(UnreadText.Of(text, span.Start, span.End));
            return;
        }

        Also(Clauses.Any([
            Facts.Measured(concept, below, _atom.Window, source), Facts.Measured(concept, above, _atom.Window, source),
        ]));
        _atom = _atom with { Concept = null };
    }

    /// <summary><c>&gt; 140/90 mmHg</c>: above either, or below both.</summary>
    void BloodPressure(Comparator? comparator, Quantity number, TextSpan span)
    {
        if (comparator is not { } compared || vocabulary.Find("systolic-bp") is not { } systolic
            || vocabulary.Find("diastolic-bp") is not { } diastolic)
        {
            Also(UnreadText.Of(text, span.Start, span.End));
            return;
        }

        var source = new LeafSource(_atom.Source.Concept ?? span, span);
        var over = new Quantity(number.Over!.Value, number.Over.Value, number.Unit);
        Clause[] both =
        [
            Facts.Measured(systolic, Limits.Of(compared, number with { Over = null }), _atom.Window, source),
            Facts.Measured(diastolic, Limits.Of(compared, over), _atom.Window, source),
        ];
        Also(compared is Comparator.LessThan or Comparator.LessOrEqual ? Clauses.All(both) : Clauses.Any(both));
        if (_atom.Concept?.Key is "blood-pressure" or "systolic-bp")
        {
            _atom = _atom with { Concept = null };
        }
    }

    static Comparator Turned(Comparator comparator) => comparator switch
    {
        Comparator.LessThan => Comparator.GreaterThan,
        Comparator.LessOrEqual => Comparator.GreaterOrEqual,
        Comparator.GreaterThan => Comparator.LessThan,
        Comparator.GreaterOrEqual => Comparator.LessOrEqual,
        Comparator.Equal or Comparator.Between => comparator,
    };

    bool IsWindow(Comparator? comparator, Chunk? next) =>
        _ago || (_atom.IsFact && _words.Count == 0 && comparator is Comparator.LessThan or Comparator.LessOrEqual)
        || next is { Cue: Cue.Before or Cue.Since or Cue.FollowingTime };

    void SetWindow(Quantity time, Comparator? comparator, TextSpan span)
    {
        var longer = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual;
        _atom = _atom with
        {
            Window = longer
                ? Windows.Of(
                    time.High, time.Unit, WindowDirection.MoreThanBefore, comparator == Comparator.GreaterOrEqual)
                : Windows.Of(time.High, time.Unit, WindowDirection.Before, comparator != Comparator.LessThan),
            Source = _atom.Source with { Window = span },
        };
        _ownTime = true;
    }

    void Window(Chunk chunk)
    {
        if (_atom.Window is not null)
        {
            Also(Unread(chunk));
            return;
        }

        _atom = _atom.Within(chunk.Window, SpanOf(chunk)) with { HalfLives = chunk.HalfLives };
        _ownTime = true;
    }

    void AddLimits(Limits limits, Chunk chunk, bool compared)
    {
        var span = SpanOf(chunk);
        if (limits.Unit.Length == 0 && limits.RelativeTo is null)
        {
            limits = limits with { Unit = _unit };
        }

        if (limits.Comparator != Comparator.Equal && IsAgeOfThese(limits))
        {
            _atoms.Add(
                new() { Concept = vocabulary.Find("age"), Limits = limits, Source = new(span, span), Sex = chunk.Sex });
            return;
        }

        if (compared && IsMeasuredBy(limits))
        {
            _atom = _atom with { Concept = vocabulary.Find(MeasuredAs[_atom.Concept!.Key]), Status = null };
        }

        if (_atom.IsMeasurable)
        {
            if (_atom.Limits is not { } old)
            {
                _atom = _atom with { Limits = limits, Source = _atom.Source with { Value = span } };
            }
            else if (old.And(limits) is { } both)
            {
                _atom = _atom with
                {
                    Limits = both,
                    Source = _atom.Source with { Value = Spans.Hull(_atom.Source.Value, span) },
                };
            }
            else if (_atom.Concept!.Kind == ConceptKind.Demographic && old.IsTime && limits.IsTime
                && old.Unit != limits.Unit && old.High is null != limits.High is null)
            {
                var age = _atom.Concept;
                Close();
                _atom = new() { Concept = age, Limits = limits, Source = new(span, span) };
            }
            else if (!Repeats(old, limits))
            {
                Also(Unread(chunk));
            }
        }
        else if (_limits is { } first)
        {
            if (first.And(limits) is { } both)
            {
                (_limits, _limitsSpan) = (both, Spans.Hull(_limitsSpan, span)!.Value);
            }
            else
            {
                Also(Unread(chunk));
            }
        }
        else if (compared || limits.Unit.Length > 0)
        {
            _limits = limits;
            _limitsSpan = span;
        }
        else
        {
            _words.Add(chunk);
        }
    }

    /// <summary>A time before <c>since</c> or <c>before</c> is a window, not a limit.</summary>
    void LimitsAsWindow()
    {
        if (_limits is not { IsTime: true } time || _atom.Window is not null)
        {
            return;
        }

        _atom = _atom with
        {
            Window = time.High is { } high
                ? Windows.Of(high, time.Unit, WindowDirection.Before, time.HighInclusive)
                : Windows.Of(time.Low ?? 0, time.Unit, WindowDirection.MoreThanBefore, time.LowInclusive),
            Source = _atom.Source with { Window = _limitsSpan },
        };
        _limits = null;
        _ownTime = true;
    }

    /// <summary>The same value written twice: <c>1 x 10^-4 (0.01%)</c>.</summary>
    static bool Repeats(Limits old, Limits limits) =>
        (old.Low ?? old.High) * (old.Unit == "%" ? 0.01m : 1)
        == (limits.Low ?? limits.High) * (limits.Unit == "%" ? 0.01m : 1);
}
