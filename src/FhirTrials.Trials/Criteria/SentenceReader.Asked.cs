using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <content>Exclusions of which a part is asked of a person or left to a physician.</content>
sealed partial class SentenceReader
{
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

        var asked = IndexOutside(chunks, IsAsked);
        var last = LastIndex(chunks[..asked], c => c.Kind == ChunkKind.Term && NamedFacts.IsFact(c.Concept!.Kind));
        if (last < 0 || chunks[..asked]
            .Any(c => c.Cue is Cue.Not or Cue.Without or Cue.Negative or Cue.Eligibility or Cue.Must or Cue.Except
                or Cue.Allowed or Cue.If))
        {
            return null;
        }

        last = LastIndex(chunks[..asked], c => c.Kind == ChunkKind.Open) is >= 0 and var open && open < last
            && Closing(chunks, open) > last
            ? Closing(chunks, open) : last;
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

        var (answer, joined) =
            (Unanswered(rest), between.Any(c => c.IsConnective) && between is not [{ Kind: ChunkKind.Comma }]);
        return !joined ? Clauses.All([named, answer])
            : chunks[asked].Is(Cue.Consent)
                && !between.Any(c => c.Word is "that" or "which" or "who" or "whose" || c.Is(Cue.Qualifier))
            ? Clauses.Any([named, answer])
            : new Clause.AnyOf([Clauses.All([named, answer]), answer]);
    }

    static bool IsAsked(Chunk chunk) => chunk.Cue is Cue.Judgement or Cue.Consent or Cue.NotInRecord;
}
