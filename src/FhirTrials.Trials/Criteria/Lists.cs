using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Joins the items of a list as the words above it say (<see cref="LeadIns"/>). Each stays a criterion with
/// its own text; those of which some must hold all carry the clause that says so.</summary>
sealed class Lists(string text, Repetition repetition)
{
    readonly Dictionary<OutlineItem, ListFrame> _frames = [];

    public ImmutableArray<ReadCriterion> Join(ImmutableArray<ReadCriterion> read)
    {
        var joined = read.ToBuilder();
        for (var at = 0; at < read.Length;)
        {
            var framed = Framed(read[at].Item);
            var end = at + 1;
            while (framed is not null && end < read.Length && Framed(read[end].Item) == framed)
            {
                end++;
            }

            var items = read[at..end].ToArray();
            if (framed is not null && items.All(i => i.Criterion.Scope == items[0].Criterion.Scope))
            {
                var places = Enumerable.Range(at, items.Length).ToDictionary(i => read[i].Item);
                foreach (var (item, clause) in Said(framed, items))
                {
                    joined[places[item.Item]] = item with { Criterion = With(item.Criterion, clause) };
                }
            }

            at = end;
        }

        for (var (at, last) = (0, 0); at + 1 < joined.Count; at++)
        {
            var end = at + 1;
            while (end < joined.Count && AreAlternatives(joined[end - 1].Item, joined[end].Item))
            {
                end++;
            }

            if (end > at + 1)
            {
                var from = FirstOfAlternatives(joined, at, last);
                var lines = joined.Skip(from).Take(end - from).Select(r => r.Criterion.Clause);
                var any = from < last ? null : repetition.Joint(end - from, () => Clauses.Any(lines));
                for (var i = Math.Max(from, last); i < end; i++)
                {
                    joined[i] = joined[i] with { Criterion = With(joined[i].Criterion, any ?? Unread(joined[i].Item)) };
                }

                last = end;
                at = end - 1;
            }
        }

        return joined.ToImmutable();
    }

    /// <summary>Whether a line of the inclusion ends in <c>or</c>, or the next one begins with it: <c>creatinine ≤ 1.5
    /// × ULN OR</c>.</summary>
    bool AreAlternatives(OutlineItem item, OutlineItem next) =>
        next.Section == CriterionSection.Inclusion && item.Section == next.Section && item.LeadIn == next.LeadIn
        && Framed(next) is null && (EndsInOr(Text(item)) || StartsWithOr(Text(next)));

    static bool EndsInOr(string line) =>
        line.AsSpan().TrimEnd(" .,;:").EndsWith(" or", StringComparison.OrdinalIgnoreCase)
        || line.AsSpan().TrimEnd(" .,;:").EndsWith(";or", StringComparison.OrdinalIgnoreCase);

    static bool StartsWithOr(string line) =>
        line.AsSpan().TrimStart(" -").StartsWith("or ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Under a lead-in the <c>or</c> before the last line is one of all lines that end alike: <c>a; b; or
    /// c</c>.</summary>
    /// <param name="last">Where the lines of the <c>or</c> before this one end; the first is before it where the same
    /// list goes on, so that it is open which lines belong together.</param>
    int FirstOfAlternatives(ImmutableArray<ReadCriterion>.Builder joined, int at, int last)
    {
        var from = at;
        while (joined[at].Item.LeadIn is { } leadIn && from > 0 && from >= last
            && joined[from - 1].Item.LeadIn == leadIn && Text(joined[from - 1].Item)[^1] is ';' or ',')
        {
            from--;
        }

        return from;
    }

    /// <summary>The outermost item above this one that says how its list holds; null where none does.</summary>
    OutlineItem? Framed(OutlineItem item)
    {
        OutlineItem? framed = null;
        for (var above = item.LeadIn; above is not null; above = above.LeadIn)
        {
            framed = FrameOf(above).Kind == ListKind.Each || above.Section != item.Section ? framed : above;
        }

        return framed;
    }

    ListFrame FrameOf(OutlineItem item)
    {
        if (!_frames.TryGetValue(item, out var frame))
        {
            _frames.Add(item, frame = LeadIns.Of(Text(item), item.Section));
        }

        return frame;
    }

    string Text(OutlineItem item) => text.Substring(item.Span.Start, item.Span.Length);

    /// <summary>The clause of each criterion of a list.</summary>
    IEnumerable<(ReadCriterion Item, Clause Clause)> Said(OutlineItem list, ReadCriterion[] items)
    {
        var kind = FrameOf(list).Kind;
        var whole = kind is ListKind.Some or ListKind.All
            ? repetition.Joint(items.Length, () => Whole(list, items)) : null;
        foreach (var branch in Branches(list, items))
        {
            var clause = kind == ListKind.None ? repetition.Joint(branch.Length, () => Denied(list, branch)) : whole;
            foreach (var item in branch.Where(i => clause is not null || Decides(i.Criterion.Clause)))
            {
                yield return (item, clause ?? (kind == ListKind.Besides
                    ? Clauses.All([item.Criterion.Clause, Unread(list)]) : Unread(item.Item)));
            }
        }
    }

    static bool Decides(Clause clause) => Clauses.Leaves(clause).Any(l => l is Clause.Present or Clause.Measured);

    Clause.Unread Unread(OutlineItem item) => UnreadText.Of(text, item.Span.Start, item.Span.Start + item.Span.Length);

    /// <summary>What is denied of a branch; words where it is denied twice.</summary>
    Clause Denied(OutlineItem list, ReadCriterion[] branch) =>
        Branch(list, branch) is var clause && SentenceReader.IsDenial(clause)
            ? Unread(branch[0].Item)
            : Clauses.Not(clause);

    Clause Whole(OutlineItem list, ReadCriterion[] items)
    {
        var branches = Branches(list, items).Select(b => Branch(list, b)).ToArray();
        var frame = FrameOf(list);
        var joint = frame.Kind switch
        {
            ListKind.Some when frame.Count > branches.Length => Unread(list),
            ListKind.Some when frame.Count > 1 => new Clause.AtLeast(frame.Count, [.. branches]),
            ListKind.Some => Clauses.Any(branches),
            ListKind.None => Clauses.Not(Clauses.Any(branches)),
            ListKind.Open => Unread(list),
            ListKind.Each when list.Section == CriterionSection.Exclusion => Clauses.Any(branches),
            ListKind.Each or ListKind.All => Clauses.All(branches),
            ListKind.Besides => Clauses.All([Clauses.Any(branches), Unread(list)]),
        };
        return list.Section == CriterionSection.Exclusion && frame.Kind is ListKind.Some or ListKind.All
            && LeadIns.IsBesides(Text(list))
            ? Clauses.All([joint, Unread(list)]) : joint;
    }

    /// <summary>What one item of the list says, with the items below it.</summary>
    Clause Branch(OutlineItem list, ReadCriterion[] branch)
    {
        var root = Root(list, branch[0].Item);
        var own = branch[0].Item == root ? branch[0].Criterion.Clause : null;
        return own is not null && branch.Length == 1 ? own
            : Whole(root, own is null ? branch : branch[1..]) is var below && own is null ? below
            : list.Section == CriterionSection.Exclusion && FrameOf(root).Kind == ListKind.Each
            ? Clauses.Any([own!, below])
            : Clauses.All([own!, below]);
    }

    static IEnumerable<ReadCriterion[]> Branches(OutlineItem list, ReadCriterion[] items) =>
        items.GroupBy(i => Root(list, i.Item)).Select(g => g.ToArray());

    /// <summary>The item of the list that the item is, or is below of.</summary>
    static OutlineItem Root(OutlineItem list, OutlineItem item)
    {
        while (item.LeadIn is { } above && above != list)
        {
            item = above;
        }

        return item;
    }

    static Criterion With(Criterion criterion, Clause clause) => criterion with
    {
        Clause = clause,
        Status = Clauses.StatusOf(clause),
        Confidence = Confidence.Of(clause),
    };
}
