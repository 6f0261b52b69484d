using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Makes one range of the numbers that are its ends or its members: <c>0, 1, or 2</c>, <c>2 to 4</c>,
/// <c>between 18 and 65 years</c>.</summary>
static class NumberRanges
{
    public static ImmutableArray<Chunk> Read(string text, ImmutableArray<Chunk> chunks)
    {
        var merged = new List<Chunk>();
        foreach (var chunk in chunks)
        {
            merged.Add(chunk);
            if (merged is [.., { Cue: Cue.Between }, { Kind: ChunkKind.Comma }, { Cue: Cue.And }, { Cue: Cue.SuchAs },
                { Kind: ChunkKind.Comma }])
            {
                merged.RemoveRange(merged.Count - 4, 4);
            }

            if (chunk.Kind == ChunkKind.Number)
            {
                WithDays(merged);
                OutOf(merged);
                RestoreSigns(merged);
                MergeBackwards(text, merged);
            }
        }

        return [.. merged];
    }

    /// <summary>A score is the first of <c>20 out of 30</c>.</summary>
    static void OutOf(List<Chunk> chunks)
    {
        if (chunks is [.., { Number: { Unit: "", Over: null } score } first, { Word: "out" }, { Word: "of" },
            { Number: { Unit: "" } most } last] && most.Low >= score.High)
        {
            chunks.RemoveRange(chunks.Count - 4, 4);
            chunks.Add(first with { End = last.End });
        }
    }

    /// <summary>Weeks and days are one length: <c>36 weeks and 6 days</c>.</summary>
    static void WithDays(List<Chunk> chunks)
    {
        const int week = 7;
        var joined = chunks.Count > 2 && chunks[^2].Cue is Cue.And or Cue.Filler ? 3 : 2;
        if (chunks.Count >= joined && chunks[^joined].Number is { Unit: "wk", Over: null } weeks
            && chunks[^1].Number is { Unit: "d", High: < week } days && days.Low == days.High)
        {
            var low = weeks.Low == weeks.High ? days.Low : 0;
            var whole = chunks[^joined] with
            {
                End = chunks[^1].End,
                Number = new((weeks.Low * week) + low, (weeks.High * week) + days.High, "d"),
            };
            chunks.RemoveRange(chunks.Count - joined, joined);
            chunks.Add(whole);
        }
    }

    /// <summary>Two limits joined by <c>and</c> or <c>to</c> cannot both be equalities: the first is the lower limit
    /// and the second the upper one, whose signs were lost (<c>Age = 18 and = 65 years</c>, <c>&gt; 17 and =
    /// 28</c>).</summary>
    static void RestoreSigns(List<Chunk> chunks)
    {
        if (chunks is not [.., { Kind: ChunkKind.Number, Number: { Over: null } low }, var joint, var sign,
            { Number: { Over: null } high } last]
            || low.Low != low.High || high.Low <= low.High || !(low.Unit == high.Unit || low.Unit.Length == 0)
            || low.RelativeTo != high.RelativeTo)
        {
            return;
        }

        var first = chunks.Count > 4 ? chunks[^5] : null;
        if (!(joint.Cue is Cue.And or Cue.To || (joint.Kind == ChunkKind.Comma && sign.Comparator != Comparator.Equal)))
        {
            return;
        }

        var (isFrom, isTo) = (first?.Comparator == Comparator.Equal, sign.Comparator == Comparator.Equal);
        if (isFrom && isTo)
        {
            chunks.RemoveRange(chunks.Count - 5, 5);
            chunks.Add(last with { Start = first!.Start, Number = high with { Low = low.Low }, IsInferred = true });
        }
        else if (isFrom && sign.Sign is Comparator.LessThan or Comparator.LessOrEqual)
        {
            chunks[^5] = first! with { Comparator = Comparator.GreaterOrEqual, IsInferred = true };
        }
        else if (isTo && first?.Sign is Comparator.GreaterThan or Comparator.GreaterOrEqual)
        {
            chunks[^2] = sign with { Comparator = Comparator.LessOrEqual, IsInferred = true };
        }
    }

    static void MergeBackwards(string text, List<Chunk> chunks)
    {
        var last = chunks[^1];
        var at = chunks.Count - 2;
        while (at >= 0 && (chunks[at].IsConnective || chunks[at].Is(Cue.To) || chunks[at].Word is "up to"))
        {
            at--;
        }

        var dash = at >= 0 && IsDash(text, chunks[at].End, last.Start);
        if (at < 0 || (at == chunks.Count - 2 && !dash) || chunks[at].Kind != ChunkKind.Number)
        {
            return;
        }

        var (low, high) = (chunks[at].Number!, last.Number!);
        if (low.Unit == "mo" && high.Unit == "a")
        {
            high = high with { Low = high.Low * 12, High = high.High * 12, Unit = "mo" };
        }

        var sameUnit = low.Unit == high.Unit || low.Unit.Length == 0 || high.Unit.Length == 0
            || high.Unit.StartsWith($"{low.Unit}/", StringComparison.Ordinal);
        var lead = at - 1;
        while (lead >= 0 && (chunks[lead].Is(Cue.Filler) || chunks[lead].Concept?.Kind == ConceptKind.Demographic))
        {
            lead--;
        }

        if (lead > 0 && lead == at - 1 && chunks[lead].Comparator is Comparator.GreaterOrEqual or Comparator.Equal
            && chunks[lead - 1].Is(Cue.Between))
        {
            chunks.RemoveAt(lead--);
            at--;
        }

        var between = lead >= 0 && chunks[lead].Is(Cue.Between);
        between |= lead >= 0 && chunks[lead].Word is "from" && !dash && chunks[at + 1].Word is "up to";
        var to = dash || chunks[at + 1].Is(Cue.To);
        var next = !dash && high.Low == low.High + 1 && high.Unit.Length == 0;
        if (high.High < low.Low && ((between && high.High < 0)
            || ((between || to) && sameUnit && (Eyesight.IsScale(low.Unit) || Eyesight.IsScale(high.Unit)))))
        {
            (low, high) = (high, low);
        }

        if (!sameUnit || high.Low <= low.High || !(between || to || next))
        {
            return;
        }

        if (high.Scale != 1 && low.Unit.Length == 0 && low.Scale == 1)
        {
            if (low.High * high.Scale >= high.Low)
            {
                return;
            }

            low = low with { Low = low.Low * high.Scale };
        }

        var start = between && lead == at - 1 ? lead : at;
        var range = last with
        {
            Start = chunks[start].Start,
            Number = high with { Low = low.Low, Unit = high.Unit.Length > 0 ? high.Unit : low.Unit },
        };
        chunks.RemoveRange(start, chunks.Count - start);
        if (between && lead < at - 1)
        {
            chunks.RemoveAt(lead);
        }

        chunks.Add(range);
    }

    static bool IsDash(string text, int from, int to) =>
        text.AsSpan(from, to - from).Trim() is ['-' or '~' or '\u223c' or '\uff5e' or '\u2013' or '\u2014' or '\u2212'];
}
