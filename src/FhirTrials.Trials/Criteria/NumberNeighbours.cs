using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Tells by what stands beside a number what it is: an edition (<c>CTCAE 4.03</c>), a distance from another
/// value (<c>10 cm below target height</c>), a low end (<c>1 to &lt; 6 years</c>).</summary>
static class NumberNeighbours
{
    /// <summary>The number of an edition: <c>RECIST version 1.1</c>, <c>CTCAE 4.03</c>.</summary>
    public static bool IsVersion(string text, ImmutableArray<Chunk> chunks, int at) =>
        at > 0 && chunks[at].Number is { Unit: "" }
        && (chunks[at - 1].Word is "version" or "v" or "edition" or "recist" or "irecist" or "dsm" or "icd"
            || (chunks[at - 1].Concept?.Key == "ctcae"
                && text.AsSpan(chunks[at].Start, chunks[at].End - chunks[at].Start).Contains('.')));

    /// <summary>Whether the number tells how far the value is from another, and not which it is: <c>more than 10 cm
    /// below target height</c>, <c>20% above ideal body weight</c>.</summary>
    public static bool IsDistance(ImmutableArray<Chunk> chunks, int at)
    {
        if (chunks[at].Number is not { RelativeTo: null, IsTime: false } number)
        {
            return false;
        }

        var sign = at + 1;
        while (sign < chunks.Length && chunks[sign].Word is "sd" or "sds" or "standard" or "deviation" or "deviations")
        {
            sign++;
        }

        return sign + 1 < chunks.Length && (number.Unit.Length > 0 || sign > at + 1)
            && chunks[sign] is { Kind: ChunkKind.Cue, Sign: Comparator.LessThan or Comparator.GreaterThan }
            && chunks[(sign + 1)..].All(c => c.Number is null or { RelativeTo: not null })
            && chunks[(sign + 1)..].Any(c => c.Kind is ChunkKind.Term or ChunkKind.Word or ChunkKind.Number);
    }

    /// <summary>Whether the time is that of a pregnancy: <c>section at less than 37 weeks of gestation</c>.</summary>
    public static bool IsGestation(ImmutableArray<Chunk> chunks, int at) =>
        at < chunks.Length
        && (chunks[at].Concept?.Key == "gestational-age" || (chunks[at].Word == "of" && IsGestation(chunks, at + 1)));

    /// <summary>Whether the number follows the concept, with nothing but a small word between them.</summary>
    public static bool IsDirect(string text, TextSpan? concept, int start) =>
        concept is { } name && name.End <= start
        && text.AsSpan(name.End, start - name.End).Trim() is "" or "of" or "at" or "is" or "with" or ":" or "(";

    /// <summary><c>between 3 and 5</c>.</summary>
    public static bool IsSpelledRange(string text, Chunk number) =>
        text.AsSpan(number.Start, number.End - number.Start).StartsWith("between", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>5 times higher than the upper limit of normal</c>.</summary>
    public static bool IsAboveNormal(string text, Chunk chunk) => chunk.Number is { RelativeTo: not null }
        && text.AsSpan(chunk.Start, chunk.End - chunk.Start) is var words
        && (words.Contains(" higher", StringComparison.OrdinalIgnoreCase)
            || words.Contains(" above", StringComparison.OrdinalIgnoreCase)
            || words.Contains(" greater", StringComparison.OrdinalIgnoreCase));

    /// <summary><c>1 to &lt; 6 years</c>.</summary>
    public static bool IsLowEnd(ImmutableArray<Chunk> chunks, int at) =>
        at + 3 < chunks.Length && chunks[at + 1].Is(Cue.To) && chunks[at + 3].Kind == ChunkKind.Number
        && chunks[at + 2].Sign is Comparator.LessThan or Comparator.LessOrEqual;

    /// <summary><c>18 ≤ BMI</c>.</summary>
    public static bool IsLowSide(ImmutableArray<Chunk> chunks, int at) =>
        at + 2 < chunks.Length && chunks[at + 1].Kind == ChunkKind.Comparison
        && chunks[at + 2].Kind is ChunkKind.Term or ChunkKind.Word
        && (chunks[at + 1].Comparator != Comparator.Equal
            || chunks[(at + 3)..].Any(c => c.Sign is Comparator.LessThan or Comparator.LessOrEqual));
}
