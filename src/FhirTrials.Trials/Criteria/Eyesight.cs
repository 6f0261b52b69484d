using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds on which scale eyesight is told: as a fraction of 20 feet or 6 or 4 meters (<c>20/40</c>, kept as a
/// decimal), in letters of a chart, or as the logarithm of the smallest angle that is resolved.</summary>
/// <remarks>No record answers what is asked of it: none says which is the study eye, and the scales convert to each
/// other only roughly.</remarks>
static class Eyesight
{
    /// <summary>The concept of the vocabulary.</summary>
    public const string Key = "visual-acuity";

    /// <summary>More is better: 20/20 is 1.</summary>
    public const string Decimal = "{decimal}";

    /// <summary>More is better.</summary>
    public const string Letters = "{letters}";

    /// <summary>Less is better: 20/20 is 0.</summary>
    public const string LogMar = "{logMAR}";

    /// <summary>As many digits as the finest charts tell apart.</summary>
    const int Digits = 4;

    const int MaxWordsBetween = 5;

    public static bool IsScale(string unit) => unit is Decimal or Letters or LogMar;

    public static ImmutableArray<Chunk> Read(ImmutableArray<Chunk> chunks)
    {
        if (!chunks.Any(c => c.Concept?.Key == Key))
        {
            return chunks;
        }

        var read = chunks.ToBuilder();
        for (var at = 0; at < read.Count; at++)
        {
            if (read[at].Number is not { Unit: "", RelativeTo: null, Scale: 1 } number)
            {
                continue;
            }

            if (number is { Low: 20 or 6 or 4, High: 20 or 6 or 4, Over: > 0 and var over })
            {
                var acuity = decimal.Round(number.Low / over, Digits);
                read[at] = read[at] with { Number = new(acuity, acuity, Decimal) };
            }
            else if (number.Over is null && (ScaleAfter(read, at) ?? ScaleBefore(read, at)) is { } unit)
            {
                read[at] = read[at] with { Number = number with { Unit = unit } };
            }
        }

        for (var at = read.Count - 1; at > 0; at--)
        {
            if (ScaleOf(read[at].Word) is not null || read[at].Word == "etdrs")
            {
                read.RemoveAt(at);
            }
        }

        return read.ToImmutable();
    }

    static string? ScaleOf(string word) => word switch
    {
        "letter" or "letters" => Letters,
        "logmar" => LogMar,
        _ => null,
    };

    /// <summary><c>55 ETDRS letters</c>, <c>0.3 logMAR</c>.</summary>
    static string? ScaleAfter(ImmutableArray<Chunk>.Builder chunks, int at)
    {
        at++;
        at += at < chunks.Count && chunks[at].Word == "etdrs" ? 1 : 0;
        return at < chunks.Count ? ScaleOf(chunks[at].Word) : null;
    }

    /// <summary><c>letter score between 73 and 24</c>, <c>logMAR visual acuity of 0.3</c>.</summary>
    static string? ScaleBefore(ImmutableArray<Chunk>.Builder chunks, int at)
    {
        for (var before = at - 1; before >= 0 && at - before <= MaxWordsBetween; before--)
        {
            if (ScaleOf(chunks[before].Word) is { } unit)
            {
                return unit;
            }

            if (!(chunks[before].Kind is ChunkKind.Colon or ChunkKind.Open || chunks[before].Concept?.Key == Key
                || chunks[before].Sign is not null || chunks[before].Cue is Cue.Filler or Cue.Between or Cue.Before))
            {
                break;
            }
        }

        return null;
    }
}
