using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Gives the diastolic pressure the sign of the systolic one where it is said once: <c>&gt; 180 mmHg systolic
/// or 110 mmHg diastolic</c>, <c>systolic pressure above 160 or diastolic 100</c>.</summary>
static class PressurePairs
{
    public static ImmutableArray<Chunk> Fold(ImmutableArray<Chunk> sentence)
    {
        var diastolic = IndexOf(sentence, "diastolic-bp");
        var systolic = IndexOf(sentence, "systolic-bp");
        if (systolic < 0 || diastolic <= systolic)
        {
            return sentence;
        }

        var joint = systolic;
        while (joint < diastolic && !sentence[joint].IsConnective)
        {
            joint++;
        }

        var sign = sentence[..joint].LastOrDefault(c => c.Sign is not null);
        var number = joint;
        while (number < sentence.Length && sentence[number].Number is null)
        {
            number++;
        }

        if (joint == diastolic || sign is null || number == sentence.Length
            || sentence[joint..number].Any(c => c.Sign is not null)
            || sentence[..joint].Count(c => c.Number is not null) != 1
            || sentence[number].Number is not { Unit: "" or "mm[Hg]", Over: null } bare || bare.Low != bare.High
            || (number + 1 < sentence.Length && sentence[number + 1].SignAfter is not null)
            || Math.Abs(number - diastolic) > 3)
        {
            return sentence;
        }

        var start = sentence[number].Start;
        return sentence.Insert(number, new(ChunkKind.Comparison, start, start) { Comparator = sign.Sign });
    }

    static int IndexOf(ImmutableArray<Chunk> sentence, string key)
    {
        for (var at = 0; at < sentence.Length; at++)
        {
            if (sentence[at].Concept?.Key == key)
            {
                return at;
            }
        }

        return -1;
    }
}
