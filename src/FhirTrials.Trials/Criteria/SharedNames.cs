using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Completes names that share words across a connective: <c>acute or chronic graft versus host disease</c>,
/// <c>hepatitis B or C</c>.</summary>
sealed class SharedNames(ConceptVocabulary vocabulary)
{
    const int MaxSharedWords = 4;

    public ImmutableArray<Chunk> Read(string text, ImmutableArray<Chunk> chunks)
    {
        var result = new List<Chunk>();
        for (var at = 0; at < chunks.Length; at++)
        {
            if (IsOfBoth(text, result, chunks.AsSpan()[at..]))
            {
                result[^1] = result[^1] with { End = chunks[++at].End };
                continue;
            }

            result.Add(chunks[at]);
            if (at + 1 < chunks.Length && chunks[at].IsConnective && at > 0)
            {
                ShareHead(text, result, chunks[at + 1]);
                if (ShareStart(text, chunks[at - 1], chunks[at + 1]) is { } completed)
                {
                    result.Add(completed);
                    at++;
                }
            }
        }

        return [.. result];
    }

    /// <summary>Whether a slash joins a kind of leukemia or lymphoma with the other name of its kind: <c>Burkitt
    /// lymphoma/leukemia</c>, which is not every leukemia.</summary>
    bool IsOfBoth(string text, List<Chunk> before, ReadOnlySpan<Chunk> next) =>
        next is [{ Cue: Cue.Or } slash, { Concept.Key: "leukemia" or "lymphoma" }, ..] && text[slash.Start] == '/'
        && before is [.., { Concept: { Key: not ("leukemia" or "lymphoma") } kind }]
        && (vocabulary.IsA(kind.Key, "leukemia") || vocabulary.IsA(kind.Key, "lymphoma"));

    /// <summary>Gives the words before the connective the last words of the term after it.</summary>
    void ShareHead(string text, List<Chunk> before, Chunk term)
    {
        if (term.Kind != ChunkKind.Term)
        {
            return;
        }

        var head = TermText.Words(text[term.Start..term.End]);
        for (var count = Math.Min(MaxSharedWords, before.Count - 1); count > 0; count--)
        {
            var first = before.Count - 1 - count;
            var own = before.GetRange(first, count);
            var hormone = term.Concept!.Kind == ConceptKind.Genomic && own is [{ Concept.Kind:
                ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Substance or ConceptKind.Lab }];
            if (!hormone && !own.All(c => c.Kind is ChunkKind.Word or ChunkKind.Number
                || c.Cue is Cue.Acute or Cue.Chronic || c.Word == "type"))
            {
                continue;
            }

            var name = text[own[0].Start..own[^1].End];
            for (var from = 1; from < head.Length; from++)
            {
                if (vocabulary.Lookup($"{name} {string.Join(' ', head[from..])}") is { } concept)
                {
                    before.RemoveRange(first, count);
                    before.Insert(first, new(ChunkKind.Term, own[0].Start, own[^1].End) { Concept = concept });
                    return;
                }
            }
        }
    }

    /// <summary>Gives the word after the connective the first words of the term before it.</summary>
    Chunk? ShareStart(string text, Chunk term, Chunk word)
    {
        if (term.Kind != ChunkKind.Term || word.Kind != ChunkKind.Word || word.Word.Length > 2)
        {
            return null;
        }

        var words = TermText.Words(text[term.Start..term.End]);
        return words.Length > 1 && vocabulary.Lookup($"{string.Join(' ', words[..^1])} {word.Word}") is { } concept
            ? word with { Kind = ChunkKind.Term, Concept = concept }
            : null;
    }

    /// <summary>Makes one word of <c>first or second</c>, which share the name after them.</summary>
    public static ImmutableArray<Chunk> OfOrdinals(string text, ImmutableArray<Chunk> chunks)
    {
        for (var at = chunks.Length - 3; at >= 0; at--)
        {
            if (IsOrdinal(chunks[at]) && chunks[at + 1].Is(Cue.Or) && IsOrdinal(chunks[at + 2]))
            {
                var (start, end) = (chunks[at].Start, chunks[at + 2].End);
                chunks = chunks.RemoveRange(at, 3)
                    .Insert(at, new(ChunkKind.Word, start, end, text[start..end].ToLowerInvariant()));
            }
        }

        return chunks;
    }

    static bool IsOrdinal(Chunk chunk) => chunk.Word is "first" or "second" or "third" or "1st" or "2nd" or "3rd";
}
