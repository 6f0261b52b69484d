using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <content>The numbers of a phrase: limits of a value, ages, time windows.</content>
sealed partial class PhraseReader
{
    int Number(ImmutableArray<Chunk> chunks, int at)
    {
        var number = chunks[at].Number!;
        var next = at + 1 < chunks.Length ? chunks[at + 1] : null;
        var after = next switch
        {
            { Cue: Cue.OrMore } => Comparator.GreaterOrEqual,
            { Cue: Cue.OrLess } => Comparator.LessOrEqual,
            _ => (Comparator?)null,
        };
        var comparator = _comparator ?? after;
        var whole = chunks[at] with { Start = _comparatorStart ?? chunks[at].Start };
        _comparator = null;
        _comparatorStart = null;
        if (number.IsTime && IsWindow(comparator, next))
        {
            SetWindow(number, comparator, SpanOf(whole));
            return at + 1;
        }

        AddLimits(Limits.Of(comparator ?? Comparator.Equal, number), whole, compared: comparator is not null
            || number.Low != number.High);
        _within = null;
        return at + (after is null ? 1 : 2);
    }

    bool IsWindow(Comparator? comparator, Chunk? next) =>
        _within is Cue.Within || (_within is Cue.With && comparator is null) || _ago
        || (_atom.IsFact && (comparator is null or Comparator.LessThan or Comparator.LessOrEqual))
        || next is { Cue: Cue.Before or Cue.Since or Cue.FollowingTime };

    void SetWindow(Quantity time, Comparator? comparator, TextSpan span)
    {
        var longer = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual && _within is not Cue.Within;
        _atom = _atom with
        {
            Window = longer
                ? Windows.Of(
                    time.High, time.Unit, WindowDirection.MoreThanBefore, comparator == Comparator.GreaterOrEqual)
                : Windows.Of(time.High, time.Unit, WindowDirection.Before, comparator != Comparator.LessThan),
            Source = _atom.Source with { Window = span },
        };
        _ownStatus = true;
        _within = null;
    }

    void Window(Chunk chunk)
    {
        if (_atom.Window is not null)
        {
            Also(Unread(chunk));
            return;
        }

        _atom = _atom with { Window = chunk.Window, Source = _atom.Source with { Window = SpanOf(chunk) } };
        _ownStatus = true;
    }

    void AddLimits(Limits limits, Chunk chunk, bool compared)
    {
        var span = SpanOf(chunk);
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
            else if (!Repeats(old, limits))
            {
                Also(Unread(chunk));
            }
        }
        else if (_limits is { } first)
        {
            _limits = first.And(limits) ?? first;
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

    /// <summary>The same value written twice: <c>1 x 10^-4 (0.01%)</c>.</summary>
    static bool Repeats(Limits old, Limits limits) =>
        (old.Low ?? old.High) * (old.Unit == "%" ? 0.01m : 1) == (limits.Low ?? limits.High) * (limits.Unit == "%"
            ? 0.01m : 1);

    /// <summary>What a window is relative to: the rest of the words that only say so.</summary>
    int Anchor(ImmutableArray<Chunk> chunks, int at)
    {
        if (_limits is { IsTime: true } time && _atom.Window is null)
        {
            _atom = _atom with
            {
                Window = time.High is { } high
                    ? Windows.Of(high, time.Unit, WindowDirection.Before, time.HighInclusive)
                    : Windows.Of(time.Low ?? 0, time.Unit, WindowDirection.MoreThanBefore, time.LowInclusive),
                Source = _atom.Source with { Window = _limitsSpan },
            };
            _limits = null;
            _ownStatus = true;
        }

        var anchor = _atom.Window!.Anchor;
        for (at++; at < chunks.Length; at++)
        {
            var chunk = chunks[at];
            var endsHere = chunk.Cue is Cue.Requiring or Cue.Except or Cue.OtherThan or Cue.With
                || chunk.Kind is ChunkKind.Open or ChunkKind.Unread;
            if (endsHere || (chunk.Kind == ChunkKind.Term && _atom.Concept is null))
            {
                break;
            }

            anchor = AnchorOf(chunk.Word) ?? anchor;
        }

        _atom = _atom with { Window = _atom.Window with { Anchor = anchor } };
        return at;
    }

    static string? AnchorOf(string word) => word switch
    {
        "enrollment" or "enrolment" or "registration" or "randomization" or "inclusion" => "enrollment",
        "screening" => "screening",
        "consent" or "informed consent" => "consent",
        _ => null,
    };
}
