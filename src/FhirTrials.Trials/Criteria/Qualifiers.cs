using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Folds the ends of a sentence that no record answers: qualifiers (<c>with potential …</c>, <c>from prior
/// …</c>) become one unread chunk, reasons and methods (<c>because …</c>, <c>according to …</c>) are left
/// out.</summary>
static class Qualifiers
{
    public static ImmutableArray<Chunk> Fold(ImmutableArray<Chunk> sentence)
    {
        var folded = ImmutableArray.CreateBuilder<Chunk>();
        for (var at = 0; at < sentence.Length;)
        {
            var chunk = sentence[at];
            if (chunk.Kind == ChunkKind.Open)
            {
                var close = sentence.Closing(at);
                if (!Restates(sentence, at, close))
                {
                    folded.AddRange(sentence[at..(close + 1)]);
                }

                at = close + 1;
            }
            else if (IsMethod(sentence, at))
            {
                at = End(sentence, at, whole: false, atComma: true);
            }
            else if (chunk.Is(Cue.Aside) && folded.Count > 0)
            {
                var reason = chunk.Word is "because" or "for this reason";
                var end = End(sentence, at, reason, atComma: true);
                while (chunk.Word == "as defined by" && end < sentence.Length && sentence[end].Kind == ChunkKind.Window)
                {
                    end = End(sentence, end, reason, atComma: true);
                }

                if (!reason && EndBeforeValue(sentence, at, end) is var value && value < end)
                {
                    at = value;
                    continue;
                }

                if (!reason && SaysHowMuch(sentence[at..end]) && SetsLimit(sentence, at + 1, end))
                {
                    folded.Add(chunk with { Cue = Cue.With });
                    at++;
                    continue;
                }

                if (!reason && SaysHowMuch(sentence[at..end]))
                {
                    folded.Add(Folded(sentence[at..end]));
                }

                at = end;
            }
            else if ((chunk.Is(Cue.Qualifier) && IsQualifier(sentence, at))
                || (chunk.Word == "between" && !sentence[at..].Any(c => c.Kind == ChunkKind.Number))
                || (chunk.Is(Cue.Requiring) && !NeedsTreatment(sentence, at)))
            {
                var end = chunk.Word is "for more than" or "lasting" ? EndOfDuration(sentence, at)
                    : IsContraindication(chunk) ? EndOfTreatments(sentence, at)
                    : EndBeforeValue(sentence, at, End(sentence, at, whole: false, atComma: false));
                folded.Add(Folded(sentence[at..end]));
                at = end;
            }
            else
            {
                folded.Add(chunk.Is(Cue.Qualifier) ? AsTime(sentence, at) : chunk);
                at++;
            }
        }

        return folded.ToImmutable();
    }

    /// <summary>How long something lasts ends with its number.</summary>
    static int EndOfDuration(ImmutableArray<Chunk> sentence, int at)
    {
        var end = End(sentence, at, whole: false, atComma: false);
        for (var next = at + 1; next < end; next++)
        {
            if (sentence[next].Number is not null)
            {
                return next + 1;
            }
        }

        return end;
    }

    /// <summary>A qualifier does not take in the value of what was named before it (<c>glucose during OGTT &gt; 200
    /// mg/dL</c>), nor a further one with its value (<c>family history of … or triglycerides &gt; 4.5
    /// mmol/L</c>).</summary>
    static int EndBeforeValue(ImmutableArray<Chunk> sentence, int at, int end)
    {
        var last = at - 1;
        while (last >= 0 && sentence[last].Kind is not (ChunkKind.Number or ChunkKind.Term)
            && !sentence[last].IsConnective)
        {
            last--;
        }

        var lacks = last >= 0
            && sentence[last].Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score;
        for (var next = at + 1; next < end; next++)
        {
            if (lacks && IsCompared(sentence, next)
                && !sentence[(at + 1)..next].Any(c => c.Kind == ChunkKind.Number || IsMeasured(c)))
            {
                return next;
            }

            if ((sentence[next].Cue is Cue.Or or Cue.AndOr or Cue.And
                || (!OfOthers.Contains(sentence[at].Word) && IsMeasured(sentence[next])
                        && !sentence[at].Word.StartsWith("not ", StringComparison.Ordinal) && next > at + 1))
                            && MeasuredNext(sentence, sentence[next].Concept is null ? next + 1 : next, end))
            {
                return next;
            }
        }

        return end;
    }

    /// <summary>Whether the words name something measured and its value: <c>as defined by creatinine &gt; 2
    /// mg/dL</c>.</summary>
    static bool SetsLimit(ImmutableArray<Chunk> sentence, int from, int end)
    {
        var named = false;
        for (var at = from; at < end; at++)
        {
            named |= IsMeasured(sentence[at])
                || (sentence[at].Kind == ChunkKind.Word && ComparedAfter(sentence, at + 1) is { Unit.Length: > 0 });
            if (named && sentence[at].Kind == ChunkKind.Number)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number that is compared at the place or after a small word.</summary>
    static Quantity? ComparedAfter(ImmutableArray<Chunk> sentence, int at)
    {
        at += at < sentence.Length && (sentence[at].Cue is Cue.Filler or Cue.To || sentence[at].Word == "of") ? 1 : 0;
        return IsCompared(sentence, at) ? sentence[at + 1].Number : null;
    }

    static bool IsMeasured(Chunk chunk) =>
        chunk.Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score;

    static bool IsCompared(ImmutableArray<Chunk> sentence, int at) => at >= 0 && at + 1 < sentence.Length
        && sentence[at + 1].Kind == ChunkKind.Number && sentence[at].Sign is not null;

    /// <summary>What is said of relatives, or may come.</summary>
    static readonly ImmutableHashSet<string> OfOthers =
    [
        "family history", "family history of", "familial history of", "positive family history of",
        "a family history of", "family member with", "family members with", "first degree relative",
        "first degree relatives", "first degree relative with", "relatives with",
        "maternal history of", "paternal history of", "unless", "until",
    ];

    static bool MeasuredNext(ImmutableArray<Chunk> sentence, int from, int end)
    {
        const int few = 3;
        for (var at = from; at < end && at < from + few; at++)
        {
            if (IsMeasured(sentence[at]))
            {
                return ComparedAfter(sentence, at + 1) is not null;
            }
        }

        return false;
    }

    /// <summary>Where a value was read, at the end of what is said of it: <c>QTc &gt; 470 ms on screening
    /// ECG</c>.</summary>
    static bool IsMethod(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at].Word is "on" && sentence[..at].Any(c => c.Kind == ChunkKind.Number)
        && (IsScale(sentence[(at + 1)..End(sentence, at, whole: false, atComma: true)])
            || sentence[(at + 1)..End(sentence, at, whole: false, atComma: true)]
                is [.. var words, { Concept.Key: "ecg" or "echocardiography" or "mri" or "ct" or "oct-imaging" }]
        && words.All(w => w.Cue is Cue.Filler || w.Word is "screening" or "baseline" or "12 lead" or "resting"));

    /// <summary><c>… on a scale of 0 to 10</c>.</summary>
    static bool IsScale(ImmutableArray<Chunk> words) =>
        words.Any(w => w.Word is "scale") && words.Any(w => w.Kind == ChunkKind.Number)
        && words.All(w => w.Kind == ChunkKind.Number || w.Cue is Cue.Filler or Cue.To or Cue.Between or Cue.Before
            || w.Word is "scale" or "point" or "visual" or "analog" or "analogue" or "numeric");

    static bool IsContraindication(Chunk chunk) => chunk.Word.StartsWith("contra", StringComparison.Ordinal);

    /// <summary>What is contraindicated ends where something else is listed.</summary>
    static int EndOfTreatments(ImmutableArray<Chunk> sentence, int at)
    {
        var end = End(sentence, at, whole: false, atComma: false);
        for (var next = at + 1; next < end; next++)
        {
            var listed = sentence[next].IsConnective
                ? sentence[(next + 1)..end].FirstOrDefault(c => c.Kind == ChunkKind.Term || c.IsConnective)
                : null;
            if (IsMeasured(sentence[next]) || listed?.Concept is { Kind: not (ConceptKind.Drug or ConceptKind.Therapy
                or ConceptKind.Substance or ConceptKind.Procedure) })
            {
                return Math.Max(next, at + 1);
            }
        }

        return end;
    }

    static Chunk Folded(ImmutableArray<Chunk> words) =>
        new(ChunkKind.Unread, words[0].Start, words[^1].End)
        {
            Time = words.FirstOrDefault(c => c.Kind == ChunkKind.Window),
            Mentioned = IsContraindication(words[0]) ? words[1..] : [],
            Implied = words[0].Is(Cue.Requiring) || Causal.Contains(words[0].Word) ? words[1..] : [],
        };

    /// <summary>Words after which a cause or a need stands that the patient has as well.</summary>
    static readonly ImmutableHashSet<string> Causal =
    [
        "due to", "secondary to", "caused by", "related to", "associated with", "attributed to", "resulting from",
        "for the treatment of", "characterized by",
    ];

    /// <summary>Whether a method names a number, which restricts whom it applies to.</summary>
    static bool SaysHowMuch(ImmutableArray<Chunk> aside)
    {
        var depth = 0;
        return aside.Any(c =>
        {
            depth += c.Kind == ChunkKind.Open ? 1 : c.Kind == ChunkKind.Close ? -1 : 0;
            return depth == 0 && c.Kind is ChunkKind.Number or ChunkKind.Comparison;
        });
    }

    /// <summary>The treatment that a condition needs, where the words name one and nothing else.</summary>
    public static Chunk? NeededTreatment(ImmutableArray<Chunk> words)
    {
        var named = words
            .FirstOrDefault(c => c.Concept?.Kind is ConceptKind.Therapy or ConceptKind.Drug or ConceptKind.Procedure);
        return words.All(c => c == named || c.Cue is Cue.Filler or Cue.Current || c.Kind is ChunkKind.Stop)
            ? named : null;
    }

    static bool NeedsTreatment(ImmutableArray<Chunk> sentence, int at) =>
        NeededTreatment(sentence[(at + 1)..End(sentence, at, whole: false, atComma: false)]) is not null;

    /// <summary>Brackets that only name again what stands before them: <c>alanine or aspartate transaminase [ALT or
    /// AST]</c>.</summary>
    static bool Restates(ImmutableArray<Chunk> sentence, int open, int close)
    {
        if (close == open)
        {
            return false;
        }

        var inside = sentence[(open + 1)..close];
        var said = sentence[..open].Select(c => c.Concept?.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return inside.Any(c => c.Kind == ChunkKind.Term)
            && inside.All(c => c.Kind == ChunkKind.Term ? said.Contains(c.Concept!.Key) : c.IsConnective);
    }

    /// <summary><c>from</c> is none between a time and what it is counted from, nor before a number.</summary>
    static bool IsQualifier(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at].Word != "from"
            || !(IsTime(sentence, at - 1) || (at + 1 < sentence.Length && sentence[at + 1].Kind == ChunkKind.Number));

    static Chunk AsTime(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at] with { Cue = IsTime(sentence, at - 1) ? Cue.Before : Cue.Between };

    static bool IsTime(ImmutableArray<Chunk> sentence, int at) => at >= 0 && sentence[at].Number is { IsTime: true };

    /// <summary>Whether something else is said: <c>… by local laboratory and has HER2-negative breast
    /// cancer</c>.</summary>
    static bool BeginsAnew(ImmutableArray<Chunk> sentence, int at) =>
        sentence[at].Cue is Cue.And or Cue.Or or Cue.AndOr && at + 2 < sentence.Length
        && (sentence[at + 1].Word is "has" or "have" or "had" or "is" or "are"
            || sentence[at + 1].Cue is Cue.Not or Cue.Without or Cue.Must);

    static int End(ImmutableArray<Chunk> sentence, int at, bool whole, bool atComma)
    {
        var depth = 0;
        for (at++; at < sentence.Length; at++)
        {
            var chunk = sentence[at];
            depth += chunk.Kind == ChunkKind.Open ? 1 : 0;
            var ends = chunk.Kind is ChunkKind.Semicolon
                || (atComma && chunk.Kind is ChunkKind.Comma or ChunkKind.Window)
                || chunk.Is(Cue.Requiring)
                || (chunk.Kind == ChunkKind.Close && depth == 0) || chunk.Is(Cue.Allowed) || chunk.Is(Cue.Except);
            if (!whole && depth == 0 && (ends || (atComma && BeginsAnew(sentence, at))))
            {
                return at;
            }

            depth -= chunk.Kind == ChunkKind.Close ? 1 : 0;
        }

        return at;
    }
}
