using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads the age that a word for people says: <c>adult patients with …</c>.</summary>
static class Adults
{
    /// <summary>Fewer years make nobody an adult anywhere.</summary>
    static readonly Limits OfAge = Limits.Of(Comparator.GreaterOrEqual, new(18, 18, "a"));

    /// <summary>Words of others than adults.</summary>
    static readonly ImmutableHashSet<string> Younger =
        ["children", "child", "pediatric", "adolescents", "adolescent", "infants", "young", "childhood", "juvenile"];

    /// <summary>The age that the word says, where nothing else says one; null for others.</summary>
    public static Clause? Read(ImmutableArray<Chunk> sentence, ConceptVocabulary vocabulary)
    {
        var word = sentence
            .FirstOrDefault(c => c.Is(Cue.Person) && c.Word.StartsWith("adult", StringComparison.Ordinal));
        if (word is null || sentence.Any(SaysMore) || vocabulary.Find("age") is not { } age)
        {
            return null;
        }

        return IsHeightOfAdult(sentence, word) ? null
            : Facts.Measured(age, OfAge, null, new(TextSpan.Between(word.Start, word.End)));
    }

    /// <summary>Whether the word may say another age, or whom alone the sentence binds.</summary>
    static bool SaysMore(Chunk chunk) => chunk.Number is { IsTime: true }
        || chunk.Concept?.Kind == ConceptKind.Demographic || Younger.Contains(chunk.Word)
        || chunk.Cue is Cue.Allowed or Cue.Eligible or Cue.If or Cue.Not or Cue.Except or Cue.Consent or Cue.Must;

    /// <summary><c>Predicted adult height</c> is asked of children.</summary>
    static bool IsHeightOfAdult(ImmutableArray<Chunk> sentence, Chunk adult) =>
        sentence.FirstOrDefault(c => c.Start >= adult.End)?.Concept?.Kind is ConceptKind.Vital;
}
