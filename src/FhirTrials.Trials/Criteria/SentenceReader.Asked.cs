using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <content>Sentences of which a part, or all, is asked of a person or left to a physician: <c>dementia or
/// unwillingness to take part</c>.</content>
sealed partial class SentenceReader
{
    static bool IsUnanswerable(ImmutableArray<Chunk> chunks) => chunks.Outside().Any(AnswerableParts.IsAsked);

    /// <summary>A sentence that asks for what no record answers: text, but for parts beside it that a number or a time
    /// decides (<c>age ≥ 18 years and able to consent</c>).</summary>
    Clause Answerable(ImmutableArray<Chunk> chunks)
    {
        var parts = AnswerableParts.Of(chunks);
        if (parts.All(p => p.Answerable == parts[0].Answerable))
        {
            return Named(chunks) ?? Unanswered(chunks);
        }

        var clauses =
            parts.Select(p => p.Answerable ? Framed(Qualifiers.Fold(p.Chunks)) : Unanswered(p.Chunks)).OfType<Clause>();
        var alternatives = section == CriterionSection.Exclusion
            ? !parts.Any(p => p.After == Cue.And)
            : parts.Any(p => p.After is Cue.Or or Cue.AndOr);
        return alternatives ? Clauses.Any(clauses) : Clauses.All(clauses);
    }

    /// <summary>What an exclusion names before the part that no record answers: an alternative to that part
    /// (<c>dementia or unwillingness to …</c>), or what that part restricts (<c>psychiatric illness that would limit
    /// compliance</c>); where it is open which (<c>infection or any other condition that …</c>), nothing decides. Null
    /// where nothing is named, or it is denied.</summary>
    Clause? Named(ImmutableArray<Chunk> chunks)
    {
        if (section == CriterionSection.Inclusion)
        {
            return null;
        }

        var asked = chunks.IndexOutside(AnswerableParts.IsAsked);
        var last = chunks[..asked].LastIndex(c => c.Kind == ChunkKind.Term && NamedFacts.IsFact(c.Concept!.Kind));
        if (last < 0 || chunks[..asked]
            .Any(c => c.Cue is Cue.Not or Cue.Without or Cue.Negative or Cue.Eligibility or Cue.Must or Cue.Except
                or Cue.Allowed or Cue.If))
        {
            return null;
        }

        last = chunks[..asked].LastIndex(c => c.Kind == ChunkKind.Open) is >= 0 and var open && open < last
            && chunks.Closing(open) > last
            ? chunks.Closing(open) : last;
        if (last >= asked)
        {
            return null;
        }

        var between = chunks[(last + 1)..asked];
        var rest = between.SkipWhile(c => c.IsConnective).Concat(chunks[asked..]).ToImmutableArray();
        if (Framed(Qualifiers.Fold(chunks[..(last + 1)])) is not { } named)
        {
            return null;
        }

        var answer = Unanswered(rest);
        var joined = between.Any(c => c.IsConnective) && between is not [{ Kind: ChunkKind.Comma }];
        return !joined ? Clauses.All([named, answer])
            : chunks[asked].Is(Cue.Consent)
                && !between.Any(c => c.Word is "that" or "which" or "who" or "whose" || c.Is(Cue.Qualifier))
            ? Clauses.Any([named, answer])
            : new Clause.AnyOf([Clauses.All([named, answer]), answer]);
    }

    Clause.Unread Unanswered(ImmutableArray<Chunk> chunks)
    {
        var cues = chunks.Outside().Select(c => c.Cue).ToHashSet();
        var kind = cues.Contains(Cue.Judgement) ? UnreadKind.Judgement
            : cues.Contains(Cue.Consent) ? UnreadKind.Consent
            : UnreadKind.Other;
        return Whole(chunks, kind);
    }
}
