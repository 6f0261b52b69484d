using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Gives <c>or better</c>, <c>worse than</c> and the like the sign that they have for what is measured:
/// <c>ECOG 2 or better</c> is at most 2, <c>Karnofsky 70 or better</c> at least 70. Where it is open whether more is
/// better, they stay words with their number.</summary>
static class BetterOrWorse
{
    const int MaxWordsBetween = 3;

    /// <summary>Of these, other than of most, more is better.</summary>
    static readonly ImmutableHashSet<string> MoreIsBetter =
    [
        Eyesight.Key, "karnofsky", "lansky", "gcs", "mmse", "moca", "apgar", "barthel", "alsfrs", "act", "mna",
        "six-minute-walk", "iq", "sf-36", "aldrete", "iief", "g8", "lvef", "rvef", "fev1", "fvc", "fev1-fvc", "dlco",
        "oxygen-saturation", "pao2", "pao2-fio2", "egfr", "creatinine-clearance", "anc", "platelets", "hemoglobin",
        "hematocrit", "albumin", "cd4",
    ];

    /// <summary>Scales of other things than how bad it is.</summary>
    static readonly ImmutableHashSet<string> Neither =
        ["tanner", "bishop", "fitzpatrick", "rass", "gos", "ais", "frax"];

    public static ImmutableArray<Chunk> Read(ImmutableArray<Chunk> chunks)
    {
        if (!chunks.Any(Says))
        {
            return chunks;
        }

        var read = chunks.ToBuilder();
        for (var at = 0; at < read.Count; at++)
        {
            if (!Says(read[at]))
            {
                continue;
            }

            var (chunk, number) = (read[at], NumberOf(read, at));
            if (number < 0 || IsMoreBetter(read, number) is not { } moreIsBetter)
            {
                var (from, to) = (number < 0 ? at : Math.Min(at, number), Math.Max(at, number));
                var words = new Chunk(ChunkKind.Unread, read[from].Start, read[to].End);
                read.RemoveRange(from, to + 1 - from);
                read.Insert(from, words);
                at = from;
                continue;
            }

            read[at] = chunk with { Cue = CueOf(chunk, moreIsBetter) };
        }

        return read.ToImmutable();
    }

    static bool Says(Chunk chunk) => (chunk.Sign ?? chunk.SignAfter) is not null
        && (chunk.Word.Contains("better", StringComparison.Ordinal)
            || chunk.Word.Contains("worse", StringComparison.Ordinal));

    static Cue CueOf(Chunk chunk, bool moreIsBetter)
    {
        var denied = chunk.Word.StartsWith("no", StringComparison.Ordinal);
        var good = chunk.Word.Contains("better", StringComparison.Ordinal) != denied;
        var included = denied || chunk.Word.Contains("equal", StringComparison.Ordinal);
        return chunk.SignAfter is not null ? good == moreIsBetter ? Cue.OrMore : Cue.OrLess
            : good == moreIsBetter ? included ? Cue.GreaterOrEqual : Cue.GreaterThan
            : included ? Cue.LessOrEqual : Cue.LessThan;
    }

    /// <summary>The number that is compared, not one in brackets before (<c>20/25 (0.10 logMAR) or better</c>); -1 for
    /// none.</summary>
    static int NumberOf(ImmutableArray<Chunk>.Builder chunks, int at)
    {
        var step = chunks[at].SignAfter is null ? 1 : -1;
        if (step < 0 && at > 0 && chunks[at - 1].Kind == ChunkKind.Close)
        {
            at--;
            while (at > 0 && chunks[at].Kind != ChunkKind.Open)
            {
                at--;
            }
        }

        for (var number = at + step; number >= 0 && number < chunks.Count
            && Math.Abs(number - at) <= MaxWordsBetween; number += step)
        {
            if (chunks[number].Kind == ChunkKind.Number)
            {
                return number;
            }

            if (chunks[number].Kind is ChunkKind.Stop or ChunkKind.Semicolon or ChunkKind.Comma or ChunkKind.Open
                || chunks[number].IsConnective)
            {
                break;
            }
        }

        return -1;
    }

    /// <summary>By the unit, else by what is measured before the number or behind it; null where that is
    /// open.</summary>
    static bool? IsMoreBetter(ImmutableArray<Chunk>.Builder chunks, int number)
    {
        var unit = chunks[number].Number!.Unit;
        if (Eyesight.IsScale(unit))
        {
            return unit != Eyesight.LogMar;
        }

        for (var at = number - 1; at >= 0 && chunks[at].Kind is not (ChunkKind.Stop or ChunkKind.Semicolon); at--)
        {
            if (IsMeasured(chunks[at]))
            {
                return Of(chunks[at].Concept!);
            }

            if (chunks[at].Is(Cue.Grade) && number - at <= MaxWordsBetween)
            {
                return at > 0 && IsMeasured(chunks[at - 1]) ? Of(chunks[at - 1].Concept!) : false;
            }
        }

        for (var at = number + 1; at < chunks.Count && chunks[at].Kind is not (ChunkKind.Stop or ChunkKind.Semicolon);
            at++)
        {
            if (IsMeasured(chunks[at]))
            {
                return Of(chunks[at].Concept!);
            }
        }

        return null;
    }

    static bool IsMeasured(Chunk chunk) => chunk.Concept?.Kind
        is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score;

    static bool? Of(VocabularyConcept concept) => MoreIsBetter.Contains(concept.Key) ? true
        : (concept.Kind == ConceptKind.Score && !Neither.Contains(concept.Key)) || Facts.IsHighOnly(concept.Key) ? false
        : null;
}
