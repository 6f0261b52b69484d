using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Folds the ends of a sentence that no record answers: qualifiers (<c>with potential …</c>, <c>from prior …</c>) become one unread
/// chunk, reasons and methods (<c>because …</c>, <c>according to …</c>) are left out.</summary>
static class Qualifiers
{
    public static ImmutableArray<Chunk> Fold(ImmutableArray<Chunk> sentence)
    {
        var folded = ImmutableArray.CreateBuilder<Chunk>();
        for (var at = 0; at < sentence.Length;)
        {
            var chunk = sentence[at];
            if (chunk.Is(Cue.Aside) && folded.Count > 0)
            {
                at = End(sentence, at, chunk.Word is "because" or "for this reason", atComma: true);
            }
            else if (chunk.Is(Cue.Qualifier) && IsQualifier(sentence, at))
            {
                var end = End(sentence, at, whole: false, atComma: false);
                folded.Add(new(ChunkKind.Unread, chunk.Start, sentence[end - 1].End));
                at = end;
            }
            else
            {
                folded.Add(chunk.Is(Cue.Qualifier) ? AsTime(sentence, at) : chunk);
                at++;
            }
        }

        return folded.ToImmutable();
    }

    /// <summary><c>from</c> is none between a time and what it is counted from, nor before a number.</summary>
    static bool IsQualifier(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at].Word != "from" || !(IsTime(sentence, at - 1) || (at + 1 < sentence.Length && sentence[at + 1].Kind == ChunkKind.Number));

    static Chunk AsTime(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at] with { Cue = IsTime(sentence, at - 1) ? Cue.Before : Cue.Between };

    static bool IsTime(ImmutableArray<Chunk> sentence, int at) => at >= 0 && sentence[at].Number is { IsTime: true };

    static int End(ImmutableArray<Chunk> sentence, int at, bool whole, bool atComma)
    {
        var depth = 0;
        for (at++; at < sentence.Length; at++)
        {
            var chunk = sentence[at];
            depth += chunk.Kind == ChunkKind.Open ? 1 : 0;
            var ends = chunk.Kind is ChunkKind.Semicolon || (atComma && chunk.Kind == ChunkKind.Comma) || chunk.Is(Cue.Requiring)
                || (chunk.Kind == ChunkKind.Close && depth == 0) || chunk.Is(Cue.Allowed) || chunk.Is(Cue.Except);
            if (!whole && ends && depth == 0)
            {
                return at;
            }

            depth -= chunk.Kind == ChunkKind.Close ? 1 : 0;
        }

        return at;
    }
}
