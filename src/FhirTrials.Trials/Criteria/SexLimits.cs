using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Gives a number the sex that it is meant for: <c>≥ 13 g/dL in men, ≥ 12 g/dL in women</c>; <c>men: &gt; 450
/// ms, women: &gt; 470 ms</c>; <c>males with hemoglobin &lt; 13 g/dL, females &lt; 12 g/dL</c>.</summary>
static class SexLimits
{
    public static ImmutableArray<Chunk> Fold(ImmutableArray<Chunk> sentence)
    {
        var sexes = sentence.Count(IsSex);
        if (sexes == 0 || !sentence.Any(c => c.Kind == ChunkKind.Number))
        {
            return sentence;
        }

        var numbers = new Dictionary<int, int>();
        var heads = sexes > 1 && sentence.Any(c => c.Is(Cue.Male)) && sentence.Any(c => c.Is(Cue.Female));
        for (var at = 0; at < sentence.Length; at++)
        {
            if (IsSex(sentence[at]) && !IsListed(sentence, at)
                && (After(sentence, at, heads) ?? (heads ? Before(sentence, at) : null)) is { } number)
            {
                numbers[at] = number;
            }
        }

        if (numbers.Count == 0 || (numbers.Count < sexes && numbers.Any(n => n.Value > n.Key))
            || numbers.Values.Distinct().Count() < numbers.Count)
        {
            return sentence;
        }

        var sexOf = numbers.ToDictionary(n => n.Value, n => sentence[n.Key].Is(Cue.Female) ? "female" : "male");
        var units = numbers.Values.Select(n => sentence[n].Number!.Unit).Where(u => u.Length > 0).Distinct().ToArray();
        return [.. sentence.Select((c, i) => sexOf.TryGetValue(i, out var sex) ? Of(sex, c, units) : c)
            .Where((c, i) => !IsPartOf(numbers, c, i))];
    }

    /// <summary>The number of that sex, in the unit that the other sex's has: <c>&lt; 11 g/dL in women, 12 in
    /// men</c>.</summary>
    static Chunk Of(string sex, Chunk chunk, string[] units) => chunk with
    {
        Sex = sex,
        Number = chunk.Number is { Unit: "", RelativeTo: null } bare && units is [var unit]
            ? bare with { Unit = unit } : chunk.Number,
    };

    /// <summary>Whether it is the word for the sex, or a small word between it and the number.</summary>
    static bool IsPartOf(Dictionary<int, int> numbers, Chunk chunk, int at) =>
        numbers.ContainsKey(at) || (chunk.Cue is Cue.With or Cue.If && numbers.Any(n => n.Value < at && at < n.Key));

    static bool IsSex(Chunk chunk) => chunk.Cue is Cue.Male or Cue.Female;

    /// <summary><c>men or women</c>: whoever.</summary>
    static bool IsListed(ImmutableArray<Chunk> chunks, int at) =>
        (at + 2 < chunks.Length && chunks[at + 1].IsConnective && IsSex(chunks[at + 2]))
        || (at > 1 && chunks[at - 1].IsConnective && IsSex(chunks[at - 2]));

    /// <summary>The number before <c>in men</c>, also where it is told again in another unit: <c>102 cm (40 inches) in
    /// men</c>.</summary>
    static int? After(ImmutableArray<Chunk> chunks, int at, bool orAge)
    {
        var before = at - 1;
        while (before >= 0 && (chunks[before].Kind == ChunkKind.Open || chunks[before].SignAfter is not null
            || chunks[before].Cue is Cue.With or Cue.Filler or Cue.If or Cue.Person))
        {
            before--;
        }

        if (before < at - 1 && Restated(chunks, before) is { } said)
        {
            return said;
        }

        return before >= 0 && before < at - 1 && chunks[before].Number is { } number
            && (!number.IsTime || (orAge && number.Unit == "a")) ? before : null;
    }

    /// <summary>The number that brackets tell again, from where they close; null where they do not.</summary>
    static int? Restated(ImmutableArray<Chunk> chunks, int close)
    {
        if (close < 3 || chunks[close].Kind != ChunkKind.Close || chunks[close - 1].Number is not { } again)
        {
            return null;
        }

        var open = close - (chunks[close - 2].Sign is null ? 2 : 3);
        return open > 0 && chunks[open].Kind == ChunkKind.Open && chunks[open - 1].Number is { } said
            && PhraseReader.MayRestate(said, again) ? open - 1 : null;
    }

    /// <summary>The number after <c>men:</c>.</summary>
    static int? Before(ImmutableArray<Chunk> chunks, int at)
    {
        var after = at + 1;
        while (after < chunks.Length
            && (chunks[after].Kind is ChunkKind.Colon or ChunkKind.Open || chunks[after].Sign is not null
                || chunks[after].Cue is Cue.Filler or Cue.With or Cue.EqualTo or Cue.Between or Cue.Person
                || chunks[after].Concept?.Kind is ConceptKind.Demographic or ConceptKind.Lab or ConceptKind.Vital))
        {
            after++;
        }

        return after < chunks.Length && chunks[after].Number is { } number && (!number.IsTime || number.Unit == "a")
            ? after
            : null;
    }
}
