using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Steps of scales that are no plain numbers (<c>Child-Pugh B or C</c>, <c>MMSE &lt; 24/30</c>, <c>at least
/// two</c>), and words that only their neighbours tell from others: <c>ASA</c> is aspirin but
/// before a step, <c>MI</c> among diseases of the heart an infarction.</summary>
sealed class Scales(ConceptVocabulary vocabulary)
{
    /// <summary>Classes in letters, counted from 1.</summary>
    static readonly ImmutableArray<string> Letters = ["", "a", "b", "c"];

    /// <summary>More points than any class has.</summary>
    const int FewestPoints = 5;

    /// <summary>Fewer points than any scale that is told out of its points.</summary>
    const int MostSteps = 6;

    static readonly HashSet<string> StepsOfAsa =
        "physical class classification grade score status category risk".Split(' ').ToHashSet(StringComparer.Ordinal);

    public ImmutableArray<Chunk> Read(string text, ImmutableArray<Chunk> chunks)
    {
        if (!chunks.Any(c => IsAbbreviatedInfarction(text, c) || c.Concept?.Key is "acetylsalicylic-acid"
            or "child-pugh-class" or "child-pugh" or "metavir" or "ceap" || c.Word.EndsWith("fibrosis",
            StringComparison.Ordinal) || c.Number?.Over is not null
            || c.Sign is not null || c.Is(Cue.Between)))
        {
            return chunks;
        }

        var read = chunks.ToBuilder();
        for (var at = 0; at < read.Count; at++)
        {
            var chunk = read[at];
            if (chunk.Concept?.Key == "acetylsalicylic-acid" && chunk.Word == "asa" && IsStep(read, at + 1))
            {
                read[at] = chunk with { Concept = vocabulary.Find("asa") };
            }
            else if (IsAbbreviatedInfarction(text, chunk) && IsOfHeart(chunks, at))
            {
                read[at] = chunk with { Kind = ChunkKind.Term, Concept = vocabulary.Find("myocardial-infarction") };
            }
            else if (chunk.Concept?.Key is "child-pugh-class" or "child-pugh")
            {
                ChildPugh(text, read, at);
            }
            else if (chunk.Concept?.Key is "metavir" or "ceap")
            {
                Lettered(read, at + 1, chunk.Concept.Key == "metavir" ? 'f' : 'c');
            }
            else if (chunk.Word.EndsWith("fibrosis", StringComparison.Ordinal) && Lettered(read, at + 1, 'f'))
            {
                read[at] = chunk with { Kind = ChunkKind.Term, Concept = vocabulary.Find("metavir") };
            }
            else if (chunk.Number is { Over: { } over } number)
            {
                read[at] = Over(text, read, at, number, over);
            }
            else if (at > 0 && chunk.Kind == ChunkKind.Word && read[at - 1].Is(Cue.Between) && at + 2 < read.Count
                && read[at + 1].Cue is Cue.And or Cue.To
                && read[at + 2].Kind == ChunkKind.Number
                && NumberText.InWords(text, chunk.Start) is { } low && low.End == chunk.End)
            {
                read[at] = chunk with { Kind = ChunkKind.Number, Number = new(low.Value, low.Value, "") };
            }
            else if (at > 0 && chunk.Kind == ChunkKind.Word && read[at - 1].Sign is not null
                && !(at + 1 < read.Count && read[at + 1].Word == "of")
                && !NumberText.IsMultiple(text, chunk.Start)
                && NumberText.InWords(text, chunk.Start) is { Value: > 1 } words && words.End == chunk.End)
            {
                read[at] = chunk with { Kind = ChunkKind.Number, Number = new(words.Value, words.Value, "") };
            }
        }

        return read.ToImmutable();
    }

    static bool IsAbbreviatedInfarction(string text, Chunk chunk) =>
        chunk is { Kind: ChunkKind.Word, Word: "mi" } && text.AsSpan(chunk.Start, chunk.End - chunk.Start) is "MI";

    static readonly ImmutableArray<string> OfHeart =
        [
            "heart-disease", "cardiovascular-disease", "cerebrovascular-disease", "coronary-artery-disease",
            "revascularization", "heart-failure", "stroke", "tia", "arrhythmia",
        ];

    /// <summary>Whether MI is in the company of other diseases of the heart, or something that one has had at some
    /// time; not a place (<c>Detroit, MI</c>) nor what else it stands for.</summary>
    bool IsOfHeart(ImmutableArray<Chunk> chunks, int at) =>
        (at > 0 && (chunks[at - 1].Cue is Cue.History or Cue.HistoryOrCurrent || chunks[at - 1].Word is "recent"))
        || (at + 1 < chunks.Length && chunks[at + 1].Is(Cue.Within)
            && !(at > 0 && chunks[at - 1].Kind is ChunkKind.Comma or ChunkKind.Word))
        || chunks.Any(c => c.Concept is { } named && OfHeart.Any(h => vocabulary.IsA(named.Key, h)));

    static bool IsStep(ImmutableArray<Chunk>.Builder chunks, int at) => at < chunks.Count
        && (chunks[at] is { Number: { Unit: "", High: <= 6 } } || StepsOfAsa.Contains(chunks[at].Word)
            || RomanNumbers.Value(chunks[at].Word) > 0
            || (chunks[at].Is(Cue.Grade) || chunks[at].Sign is not null) && IsStep(chunks, at + 1));

    /// <summary>Steps that are written with a letter: <c>METAVIR F3-F4</c>, <c>CEAP C2 to C6</c>.</summary>
    /// <returns>Whether there are any.</returns>
    static bool Lettered(ImmutableArray<Chunk>.Builder chunks, int at, char letter)
    {
        var found = false;
        for (; at < chunks.Count; at++)
        {
            var chunk = chunks[at];
            if (chunk.Kind == ChunkKind.Word && chunk.Word is [var first, >= '0' and <= '6' and var step]
                && first == letter)
            {
                chunks[at] = chunk with { Kind = ChunkKind.Number, Number = new(step - '0', step - '0', "") };
                found = true;
            }
            else if (!(chunk.IsConnective || chunk.Kind == ChunkKind.Open || chunk.Cue is Cue.Grade or Cue.Filler
                or Cue.To or Cue.Between || (chunk.Sign ?? chunk.SignAfter) is not null))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Letters are classes; numbers that no class has are points.</summary>
    void ChildPugh(string text, ImmutableArray<Chunk>.Builder chunks, int at)
    {
        var named = false;
        for (var next = at + 1; next < chunks.Count && next <= at + 6; next++)
        {
            var chunk = chunks[next];
            var letter =
                chunk.End - chunk.Start == 1 && char.IsUpper(text[chunk.Start]) ? Letters.IndexOf(chunk.Word) : -1;
            if (letter > 0)
            {
                chunks[at] = chunks[at] with { Concept = vocabulary.Find("child-pugh-class") };
                chunks[next] = chunk with { Kind = ChunkKind.Number, Cue = null, Number = new(letter, letter, "") };
                named = true;
            }
            else if (chunk.Number is { Unit: "" } points)
            {
                chunks[at] = named || points.High < FewestPoints
                    ? chunks[at]
                    : chunks[at] with { Concept = vocabulary.Find("child-pugh") };
                return;
            }
            else if (!(chunk.IsConnective || chunk.Kind is ChunkKind.Open or ChunkKind.Close
                || chunk.Cue is Cue.Grade or Cue.Filler or Cue.To
                || chunk.Sign is not null || chunk.Word is "classification" or "category"))
            {
                return;
            }
        }
    }

    /// <summary>A blood pressure keeps both numbers; neighbouring steps (<c>ECOG 0/1</c>) are a range; a score out of
    /// so many is the first, also of a scale without a name; others (eyesight, in 20 feet or 6 meters) stay
    /// words.</summary>
    static Chunk Over(string text, ImmutableArray<Chunk>.Builder chunks, int at, Quantity number, decimal over)
    {
        var named = chunks.Take(at).LastOrDefault(c => c.Kind == ChunkKind.Term)?.Concept;
        var chunk = chunks[at];
        return number.Unit == "mm[Hg]" || (number.Unit.Length == 0 && number.High > over
            && named?.Key is "blood-pressure" or "systolic-bp" or "hypertension")
                ? chunk with { Number = number with { Unit = "mm[Hg]" } }
            : number.Unit.Length == 0 && over == number.High + 1 && over <= MostSteps
            ? chunk with { Number = number with { High = over, Over = null } }
            : named?.Kind == ConceptKind.Score && number.High <= over && over > MostSteps && number.Unit.Length == 0
            ? chunk with { Number = number with { Over = null } }
            : at > 0
                && chunks[at - 1].Sign is not null && number.Unit.Length == 0 && number.High <= over && over > MostSteps
                && number.High is not (20 or 6) ? chunk with { Number = number with { Over = null } }
            : chunk with
            {
                Kind = ChunkKind.Word, Number = null, Word = text[chunk.Start..chunk.End].ToLowerInvariant(),
            };
    }
}
