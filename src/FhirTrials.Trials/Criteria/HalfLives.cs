using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>The half-lives that are the other time of a window: <c>within 30 days or 5 half-lives, whichever is
/// longer</c>. How long they are no record says.</summary>
/// <param name="Words">What the text says of them.</param>
/// <param name="IsLonger">Whether the longer of both times counts, which is taken so where the text does not
/// say.</param>
sealed record HalfLives(Clause.Unread Words, bool IsLonger)
{
    const string Unit = "{half-life}";

    /// <summary>Leaves the time of each two in its place, with what is said of the other.</summary>
    public static ImmutableArray<Chunk> Fold(string text, ImmutableArray<Chunk> sentence)
    {
        var within = false;
        for (var at = 0; at < sentence.Length; at++)
        {
            within |= sentence[at].Is(Cue.Within);
            if (within && sentence[at].Number is { Unit: Unit } && Folded(text, sentence, at) is { } folded)
            {
                (sentence, at) = folded;
            }
        }

        return sentence;
    }

    /// <summary>The sentence without the half-lives and <c>whichever is longer</c>, and where the time then
    /// stands. What they are of (<c>5 half-lives of rituximab</c>) stays behind it.</summary>
    static (ImmutableArray<Chunk> Sentence, int Time)? Folded(string text, ImmutableArray<Chunk> sentence, int at)
    {
        if ((Time(sentence, at, -1) ?? Time(sentence, at, 1)) is not { } time)
        {
            return null;
        }

        var (from, to) = (Math.Min(at, time), Math.Max(at, time));
        var whichever = Whichever(sentence, to + 1);
        var end = whichever?.End ?? to + 1;
        var words = UnreadText.Of(
            text, sentence[at < time ? at : time + 1].Start, sentence[at < time ? at : end - 1].End);
        var folded = sentence[time] with { HalfLives = new(words, whichever?.IsLonger ?? true) };
        return ([.. sentence[..from], folded, .. Named(sentence[(from + 1)..to]),
            .. Named(sentence[(to + 1)..(whichever?.Start ?? to + 1)]), .. sentence[end..]], from);
    }

    /// <summary>The other time, on the other side of an <c>or</c>; null where none is.</summary>
    static int? Time(ImmutableArray<Chunk> sentence, int halfLives, int step)
    {
        var (at, isOther) = (halfLives + step, false);
        while (at >= 0 && at < sentence.Length
            && (sentence[at].IsConnective || sentence[at].Cue is Cue.Within or Cue.Filler or Cue.Before
                || sentence[at].Sign is not null || (step > 0 && !isOther && IsTreatment(sentence[at]))))
        {
            isOther |= sentence[at].Is(Cue.Or);
            at += step;
        }

        return isOther && at >= 0 && at < sentence.Length && sentence[at].Number is { IsTime: true } ? at : null;
    }

    static bool IsTreatment(Chunk chunk) => chunk.Concept?.Kind is ConceptKind.Drug or ConceptKind.Therapy;

    /// <summary>The names that the words hold, with the small words before them; empty where they hold none.</summary>
    static ImmutableArray<Chunk> Named(ImmutableArray<Chunk> words) =>
        words.Any(IsName) ? [.. words.Where(w => IsName(w) || w.Cue is Cue.Before or Cue.Filler)] : [];

    static bool IsName(Chunk chunk) => chunk.Kind == ChunkKind.Term;

    /// <summary><c>, whichever is longer</c> or the same in brackets, perhaps after <c>of the drug</c>: where the word
    /// stands, where all of it ends, and which it says; null where it is not said.</summary>
    static (int Start, int End, bool IsLonger)? Whichever(ImmutableArray<Chunk> sentence, int from)
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
            return null;
        }

        var last = Math.Min(sentence.Length, word + few);
        var said = word + 1;
        while (said < last && sentence[said].Kind is ChunkKind.Word or ChunkKind.Cue && !Compares(sentence[said].Word))
        {
            said++;
        }

        var isShorter = said < last && Shorter.Contains(sentence[said].Word);
        var end = said < last && Compares(sentence[said].Word) ? said + 1 : said;
        return (word, end < sentence.Length && sentence[end].Kind == ChunkKind.Close ? end + 1 : end, !isShorter);
    }

    static readonly ImmutableHashSet<string> Shorter = ["shorter", "shortest", "less", "earlier", "sooner", "first"];

    static readonly ImmutableHashSet<string> Longer = ["longer", "longest", "greater", "more", "later", "last"];

    static bool Compares(string word) => Shorter.Contains(word) || Longer.Contains(word);
}
