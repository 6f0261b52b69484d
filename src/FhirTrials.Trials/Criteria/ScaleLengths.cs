using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Leaves out the numbers that tell how long a scale is: <c>on a 0 to 10 numeric rating scale</c>,
/// <c>11-point NRS</c>, <c>24-item HAM-D</c>, <c>100 mm VAS</c>.</summary>
static class ScaleLengths
{
    public static ImmutableArray<Chunk> Without(ImmutableArray<Chunk> chunks)
    {
        for (var at = 0; at + 1 < chunks.Length; at++)
        {
            var before = at > 0 ? chunks[at - 1] : null;
            var items = chunks[at + 1].Word is "item" or "items" or "point" or "points" ? 2 : 1;
            if (chunks[at].Number is not { Over: null, RelativeTo: null } number || before?.Sign is not null
                || before?.Kind == ChunkKind.Number || !IsScale(chunks, at + items))
            {
                continue;
            }

            var isRange = number is { Low: 0, High: > 2, Unit: "" } && before is { Word: "a" or "an" or "the" or "on" };
            var isLength = items == 2 || number.Unit == "{score}"
                || (number is { Unit: "mm" or "cm" } && number.Low == number.High);
            if (isRange || (isLength && (number.Low == number.High || number.Low == 0)))
            {
                chunks = chunks.RemoveRange(at, items);
            }
        }

        return chunks;
    }

    static bool IsScale(ImmutableArray<Chunk> chunks, int at)
    {
        while (at < chunks.Length && chunks[at].Word is "visual" or "analog" or "analogue" or "numeric" or "numerical"
            or "rating" or "pain" or "likert" or "verbal")
        {
            at++;
        }

        return at < chunks.Length && (chunks[at].Word is "scale" or "questionnaire"
            || chunks[at] is { Concept: { Kind: ConceptKind.Score, Unit: "{score}" } });
    }
}
