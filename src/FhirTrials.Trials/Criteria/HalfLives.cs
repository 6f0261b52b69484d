using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>The half-lives that are the other time of a window: <c>within 30 days or 5 half-lives, whichever is
/// longer</c>. How long they are no record says.</summary>
/// <param name="Words">What the text says of them.</param>
/// <param name="IsLonger">Whether the longer of both times counts, which is taken so where the text does not
/// say.</param>
sealed record HalfLives(Clause.Unread Words, bool IsLonger)
{
    const string Unit = "{half-life}";

    /// <summary>Leaves the time of the two in its place, with what is said of the other.</summary>
    public static ImmutableArray<Chunk> Fold(string text, ImmutableArray<Chunk> sentence)
    {
        var at = sentence.IndexOf(sentence.FirstOrDefault(c => c.Number is { Unit: Unit })!);
        if (at < 0 || (Time(sentence, at, -1) ?? Time(sentence, at, 1)) is not { } time)
        {
            return sentence;
        }

        var (from, to) = (Math.Min(at, time), Math.Max(at, time));
        if (!sentence[..from].Any(c => c.Is(Cue.Within)))
        {
            return sentence;
        }

        var (end, isLonger) = Whichever(sentence, to + 1);
        var words =
            UnreadText.Of(text, sentence[at < time ? at : time + 1].Start, sentence[(at < time ? at : end - 1)].End);
        return [.. sentence[..from], sentence[time] with { HalfLives = new(words, isLonger) }, .. sentence[end..]];
    }

    /// <summary>The other time, on the other side of an <c>or</c>; null where none is.</summary>
    static int? Time(ImmutableArray<Chunk> sentence, int halfLives, int step)
    {
        var (at, isOther) = (halfLives + step, false);
        while (at >= 0 && at < sentence.Length
            && (sentence[at].IsConnective || sentence[at].Cue is Cue.Within or Cue.Filler
                || sentence[at].Sign is not null))
        {
            isOther |= sentence[at].Is(Cue.Or);
            at += step;
        }

        return isOther && at >= 0 && at < sentence.Length && sentence[at].Number is { IsTime: true } ? at : null;
    }

    /// <summary><c>, whichever is longer</c> or the same in brackets, perhaps after <c>of the drug</c>: where it ends,
    /// and which it says.</summary>
    static (int End, bool IsLonger) Whichever(ImmutableArray<Chunk> sentence, int from)
    {
        const int few = 6;
        var word = from;
        while (word < sentence.Length && word < from + few && sentence[word].Word != "whichever"
            && sentence[word].Kind
                is ChunkKind.Comma or ChunkKind.Open or ChunkKind.Word or ChunkKind.Term or ChunkKind.Cue)
        {
            word++;
        }

        if (word == sentence.Length || sentence[word].Word != "whichever")
        {
            return (from, true);
        }

        var end = word + 1;
        while (end < sentence.Length && end < word + few && sentence[end].Kind is ChunkKind.Word or ChunkKind.Cue)
        {
            end++;
        }

        var isShorter = sentence[word..end]
            .Any(c => c.Word is "shorter" or "shortest" or "less" or "earlier" or "sooner" or "first");
        return (end < sentence.Length && sentence[end].Kind == ChunkKind.Close ? end + 1 : end, !isShorter);
    }
}
