using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Roman numerals after a scale or a word for one: <c>NYHA class III or IV</c>, <c>ASA I-III</c>.</summary>
static class RomanNumbers
{
    static readonly ImmutableArray<string> Numerals = ["", "i", "ii", "iii", "iv", "v", "vi"];

    /// <summary>Words of scales whose steps are counted.</summary>
    static readonly ImmutableHashSet<string> Scales = [
        "asa", "nyha", "gold", "ccs", "killip", "grade", "stage", "class", "functional", "who", "classification",
        "group", "groups", "status", "type", "fc", "function",
    ];

    /// <summary>The value of a numeral; 0 or less for other words.</summary>
    public static int Value(string word) => word.Length == 0 ? 0 : Numerals.IndexOf(word);

    /// <summary>Whether the word is of a scale whose steps are counted.</summary>
    public static bool IsScale(string word) => Scales.Contains(word);

    /// <summary>Whether the word can only be a number: <c>ii</c>, not <c>i</c> or <c>v</c>.</summary>
    public static bool IsNumeral(string word) => word.Length > 1 && Numerals.Contains(word);

    public static ImmutableArray<Chunk> Read(string text, ImmutableArray<Chunk> chunks)
    {
        var read = chunks.ToBuilder();
        for (var at = 1; at < read.Count; at++)
        {
            var value = read[at].Kind == ChunkKind.Word && char.IsUpper(text[read[at].Start])
                ? Numerals.IndexOf(read[at].Word)
                : -1;
            if (value > 0 && Follows(read, at - 1))
            {
                read[at] = read[at] with { Kind = ChunkKind.Number, Number = new(value, value, "") };
            }
        }

        return read.ToImmutable();
    }

    /// <summary>Whether a scale or a step of it stands before, with nothing but small words between.</summary>
    static bool Follows(ImmutableArray<Chunk>.Builder chunks, int at)
    {
        while (at > 0 && !Scales.Contains(chunks[at].Word)
            && (chunks[at].IsConnective || chunks[at].Kind == ChunkKind.Colon
                || chunks[at].Sign is not null || chunks[at].Cue is Cue.To or Cue.Filler))
        {
            at--;
        }

        return chunks[at].Kind == ChunkKind.Number || chunks[at].Is(Cue.Grade) || Scales.Contains(chunks[at].Word)
            || chunks[at].Concept?.Kind == ConceptKind.Score;
    }
}
