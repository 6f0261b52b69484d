using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds the parts of a sentence as brackets leave them: <c>HIV; hepatitis (B; C)</c> has two parts between
/// semicolons.</summary>
static class ChunkParts
{
    /// <summary>Where the bracket that opens there closes; the last place if nowhere.</summary>
    public static int Closing(this ImmutableArray<Chunk> chunks, int open)
    {
        var depth = 0;
        for (var at = open; at < chunks.Length; at++)
        {
            depth += chunks[at].Kind == ChunkKind.Open ? 1 : chunks[at].Kind == ChunkKind.Close ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return chunks.Length - 1;
    }

    /// <summary>The chunks that no brackets enclose.</summary>
    public static IEnumerable<Chunk> Outside(this ImmutableArray<Chunk> chunks)
    {
        for (var at = 0; at < chunks.Length; at++)
        {
            if (chunks[at].Kind == ChunkKind.Open)
            {
                at = chunks.Closing(at);
            }
            else
            {
                yield return chunks[at];
            }
        }
    }

    /// <summary>The last place that is wanted; -1 if none.</summary>
    public static int LastIndex(this ImmutableArray<Chunk> chunks, Func<Chunk, bool> wanted)
    {
        var at = chunks.Length - 1;
        while (at >= 0 && !wanted(chunks[at]))
        {
            at--;
        }

        return at;
    }

    /// <summary>The first wanted place that no brackets enclose; -1 if none.</summary>
    public static int IndexOutside(this ImmutableArray<Chunk> chunks, Func<Chunk, bool> wanted) =>
        chunks.Outside().FirstOrDefault(wanted) is { } found ? chunks.IndexOf(found) : -1;

    /// <summary>The parts between separators that no brackets enclose (a bracket may itself be a separator).</summary>
    public static IEnumerable<ImmutableArray<Chunk>> Split(
        this ImmutableArray<Chunk> chunks, Func<Chunk, bool> separates)
    {
        var start = 0;
        for (var at = 0; at <= chunks.Length; at++)
        {
            if (at < chunks.Length && chunks[at].Kind == ChunkKind.Open && !separates(chunks[at]))
            {
                at = chunks.Closing(at);
            }
            else if (at == chunks.Length || separates(chunks[at]))
            {
                if (at > start)
                {
                    yield return chunks[start..at];
                }

                start = at + 1;
            }
        }

        if (start < chunks.Length)
        {
            yield return chunks[start..];
        }
    }
}
