using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Gives each of several names its own number: <c>hemoglobin and platelets ≥ 9 g/dL and 100 × 10⁹/L,
/// respectively</c>.</summary>
static class Respectively
{
    public static ImmutableArray<Chunk> Fold(ImmutableArray<Chunk> sentence)
    {
        var end = sentence.IndexOf(sentence.FirstOrDefault(c => c.Word == "respectively") ?? sentence[0]);
        if (end <= 0)
        {
            return sentence;
        }

        var numbers = Places(sentence[..end], c => c.Kind == ChunkKind.Number);
        var sign = numbers.IsEmpty ? -1 : sentence[..numbers[0]]
            .LastIndexOf(sentence[..numbers[0]].LastOrDefault(c => c.Sign is not null) ?? sentence[0]);
        var names = sign <= 0 ? [] : Places(
            sentence[..sign], c => c.Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score);
        if (names.Length < 2 || names.Length != numbers.Length || sentence[sign].Sign is null
            || sentence[(sign + 1)..end].Any(c => c.Kind == ChunkKind.Term))
        {
            return sentence;
        }

        var folded = sentence[..names[0]].ToBuilder();
        for (var i = 0; i < names.Length; i++)
        {
            var own = numbers[i] > sign + 1 && sentence[numbers[i] - 1].Sign is not null
                ? sentence[numbers[i] - 1]
                : sentence[sign];
            folded.Add(sentence[names[i]]);
            folded.Add(own);
            folded.Add(sentence[numbers[i]] is { Number: { Unit: "", RelativeTo: null } bare } plain
                && sentence[numbers[^1]].Number is { RelativeTo: { } normal } last
                ? plain with { Number = bare with { Unit = last.Unit, RelativeTo = normal } } : sentence[numbers[i]]);
            if (i + 1 < names.Length)
            {
                folded.Add(sentence[numbers[i]] with { Kind = ChunkKind.Semicolon, Number = null });
            }
        }

        folded.AddRange(sentence[(end + 1)..]);
        return folded.ToImmutable();
    }

    static ImmutableArray<int> Places(ImmutableArray<Chunk> chunks, Func<Chunk, bool> wanted) =>
        [.. Enumerable.Range(0, chunks.Length).Where(i => wanted(chunks[i]))];
}
