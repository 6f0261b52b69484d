using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Tells the parts of a sentence that a record answers from those it does not: <c>age ≥ 18 years and able to
/// consent</c>.</summary>
static class AnswerableParts
{
    /// <summary>Runs of phrases that a record answers and runs of those it does not, each with the connective before
    /// it.</summary>
    public static List<(ImmutableArray<Chunk> Chunks, bool Answerable, Cue? After)> Of(ImmutableArray<Chunk> chunks)
    {
        var parts = new List<(ImmutableArray<Chunk> Chunks, bool Answerable, Cue? After)>();
        foreach (var (phrase, connective) in Phrases(chunks))
        {
            var decided = Decided(phrase);
            var asked = phrase.LastIndex(IsAsked);
            if (decided > 0 && (SaysOfWhom(phrase[..decided], asked >= 0)
                || (asked >= decided && phrase[decided..asked].Any(c => c.Is(Cue.Must)))))
            {
                decided = 0;
            }

            if (decided > 0 && asked >= decided)
            {
                parts.Add((phrase[..decided], true, connective));
                parts.Add((phrase[decided..], false, Cue.And));
                continue;
            }

            var answerable = decided > 0 && asked < 0;
            if (parts.Count > 0 && parts[^1].Answerable == answerable)
            {
                var (before, _, after) = parts[^1];
                parts[^1] =
                    ([.. chunks.Where(c => c.Start >= before[0].Start && c.End <= phrase[^1].End)], answerable, after);
            }
            else
            {
                parts.Add((phrase, answerable, connective));
            }
        }

        return parts;
    }

    /// <summary>Whether the word asks for what no record holds: a judgement, a consent.</summary>
    public static bool IsAsked(Chunk chunk) => chunk.Cue is Cue.Judgement or Cue.Consent or Cue.NotInRecord;

    /// <summary>Whether the words say of whom something is asked: <c>for patients under 18 years, consent of a
    /// parent</c>.</summary>
    static bool SaysOfWhom(ImmutableArray<Chunk> phrase, bool asks) => phrase[0].Is(Cue.If)
        || (phrase[0].Word is "for" or "in" && phrase.Length > 1 && phrase[1].Cue is Cue.Person or Cue.Filler
            && phrase.Any(c => c.Number is { Unit: "a" }) && (asks || phrase[0].Word is "for"));

    /// <summary>Where the last number of a value or an age, or the last time, of a phrase ends; 0 without
    /// one.</summary>
    static int Decided(ImmutableArray<Chunk> phrase)
    {
        var measured = phrase.Any(c => c.Kind == ChunkKind.Comparison
            || c.Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score or ConceptKind.Demographic
            || (c.Number is { Unit: "a" }
                && phrase.Any(p => p.Cue is Cue.Person or Cue.OrMore or Cue.GreaterThan or Cue.LessThan)));
        return phrase.LastIndex(c => c.Kind == ChunkKind.Window || (measured && c.Kind == ChunkKind.Number)) + 1;
    }

    static IEnumerable<(ImmutableArray<Chunk> Phrase, Cue? Connective)> Phrases(ImmutableArray<Chunk> chunks)
    {
        Cue? connective = null;
        foreach (var phrase in chunks.Split(c => c.IsConnective || c.Kind == ChunkKind.Semicolon))
        {
            var before = chunks.LastOrDefault(c => c.End <= phrase[0].Start);
            connective = before?.Cue ?? connective;
            yield return (phrase, connective);
        }
    }
}
