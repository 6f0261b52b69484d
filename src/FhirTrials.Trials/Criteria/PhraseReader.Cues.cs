using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>The cues of a phrase: words that deny, say when or compare, and no names (<c>no current</c>, <c>history
/// of</c>, <c>requiring</c>).</content>
sealed partial class PhraseReader
{
    int CueAt(ImmutableArray<Chunk> chunks, int at)
    {
        switch (chunks[at].Cue)
        {
            case Cue.Not or Cue.Without
                when _atom.Concept is not null && !chunks[at..].Any(c => c.Kind == ChunkKind.Term):
                Also(UnreadText.Of(text, chunks[at..]));
                return chunks.Length;
            case Cue.Not or Cue.Without when _atom.Concept is not null || _atom.Limits is not null:
                Close();
                _negated = true;
                break;
            case Cue.Not or Cue.Without when at + 1 < chunks.Length
                && chunks[at + 1].Concept?.Kind == ConceptKind.Test && _atom.Concept is null:
                Also(UnreadText.Of(text, chunks[at].Start, chunks[at + 1].End));
                return at + 2;
            case Cue.Filler when _status is null && IsOngoing(chunks, at):
                _status = FactStatus.Current;
                break;
            case Cue.Filler when chunks[at].Word == "for" && _atom is { IsTreatment: true, Allergy: false }:
                _for = chunks[at].Start;
                break;
            case Cue.Filler when chunks[at].Word == "status" && at > 0 && IsStateOfNameBefore(chunks, at):
                Also(UnreadText.Of(text, chunks[(at - 1)..]));
                _atom = _atom with { Concept = null };
                return chunks.Length;
            case Cue.Not when at > 0 && chunks[at - 1].Word is "gram":
                _words.Add(chunks[at]);
                break;
            case Cue.Not or Cue.Without
                when _limits is { IsTime: false } limits && chunks[at..].Any(c => c.Kind == ChunkKind.Term):
                _atoms.Add(new() { Limits = limits, Source = new(null, _limitsSpan) });
                _limits = null;
                _negated = true;
                break;
            case Cue.Not:
                _negated = true;
                _ownStatus = true;
                _status = chunks[at].Word is "no active" or "no current" or "not receiving" or "not taking" or "off"
                    or "off of" or "weaned off" or "weaned off of" or "not using" or "do not use" or "does not use"
                    or "may not be receiving" or "may not be taking" or "must not be receiving"
                        ? FactStatus.Current
                        : _status;
                if (chunks[at].Word.EndsWith("prior", StringComparison.Ordinal)
                    || chunks[at].Word.EndsWith("history of", StringComparison.Ordinal))
                {
                    _status = FactStatus.History;
                }

                break;
            case Cue.Negative when IsOfNameBefore(chunks, at):
                _atom = _atom with { Negated = true, NegativeByName = true };
                if (chunks[at..].Any(c => c.Kind == ChunkKind.Term))
                {
                    Close();
                }

                break;
            case Cue.Negative when IsNoResult(chunks, at):
                _words.Add(chunks[at]);
                break;
            case Cue.Without or Cue.Negative:
                _negated = true;
                break;
            case Cue.Current or Cue.History or Cue.HistoryOrCurrent
                when _for is not null && _atom.IsTreatment && _atom.Concept is not null:
                break;
            case Cue.Current:
                SetStatus(FactStatus.Current);
                break;
            case Cue.History:
                SetStatus(FactStatus.History);
                break;
            case Cue.HistoryOrCurrent:
                SetStatus(FactStatus.Any);
                break;
            case Cue.Planned
                when chunks[at].Word == "undergoing" && at + 1 < chunks.Length && IsRepeated(chunks[at + 1].Concept):
                SetStatus(FactStatus.Current);
                break;
            case Cue.Planned:
                SetStatus(FactStatus.Planned);
                break;
            case Cue.GreaterOrEqual or Cue.GreaterThan or Cue.LessOrEqual or Cue.LessThan:
                Compare(chunks[at], chunks[at].Sign!.Value);
                break;
            case Cue.AtSensitivity:
                return Sensitivity(chunks, at);
            case Cue.EqualTo:
                Compare(chunks[at], Comparator.Equal);
                break;
            case Cue.With when _atom.Concept is null && IsAgeAlone(chunks[..at]):
                AddAge(_limits!.Value with { Unit = "a" });
                break;
            case Cue.If when _atom is { IsMeasurable: true, Limits: not null } && IsOnlyFor(chunks[at].Word):
                Close();
                _onlyFrom = _atoms.Count;
                break;
            case Cue.With or Cue.If when _limits is { IsTime: false } limits && _atom.Concept is null:
                _atoms.Add(NamedBefore(limits) is { } named
                    ? new() { Also = [named] }
                    : new() { Limits = limits, Source = new(null, _limitsSpan) });
                _limits = null;
                break;
            case Cue.After or Cue.Before
                when _atom.Limits is not null && chunks[at].Word is not ("of" or "from" or "ago")
                    && chunks[at..].Any(c => c.Kind == ChunkKind.Term):
                Also(UnreadText.Of(text, chunks[at..]));
                return chunks.Length;
            case Cue.After:
                _after = true;
                break;
            case Cue.OtherThan:
                _otherThan = true;
                break;
            case Cue.NoResponse:
                _words.Add(chunks[at]);
                break;
            case Cue.Isolated:
                _isolated = SpanOf(chunks[at]);
                break;
            case Cue.Acute or Cue.Chronic:
                _adjective = chunks[at].Cue;
                break;
            case Cue.Intolerant or Cue.Hypersensitive:
                _allergy = true;
                _ownStatus = true;
                break;
            case Cue.SoftJudgement:
                Also(Unread(chunks[at], UnreadKind.Judgement));
                break;
            case Cue.Grade:
                return Grade(chunks, at);
            case Cue.Requiring:
                return Requiring(chunks, at);
            case Cue.To when _atom is { IsTreatment: true, Allergy: false }:
                _for = chunks[at].Start;
                break;
            case Cue.To when _atom.Concept is { Key: "refractory" }:
                _refractoryTo = _termStart;
                break;
            case Cue.WithinNormal when _atom.IsMeasurable && _atom.Limits is null:
                var normal = _atom.Source with { Value = SpanOf(chunks[at]) };
                _atom = _atom with { Limits = Limits.Normal, Source = normal };
                break;
            case Cue.OutsideNormal when _atom is { Concept: { Kind: ConceptKind.Lab } lab, Limits: null }:
                var outside = _atom.Source with { Value = SpanOf(chunks[at]) };
                Also(Clauses.Any([
                    Facts.Measured(lab, new(null, 1, true, false, "1", ReferenceLimit.Lln), _atom.Window, outside),
                    Facts.Measured(lab, new(1, null, false, true, "1", ReferenceLimit.Uln), _atom.Window, outside)]));
                _atom = _atom with { Concept = null };
                break;
            case Cue.WithinNormal or Cue.OutsideNormal:
                _words.Add(chunks[at]);
                break;
            case Cue.Ended:
                _ago = true;
                break;
            case Cue.Since when _atom.Window is null && _limits is not { IsTime: true }:
                SetStatus(FactStatus.History);
                break;
            case Cue.Before or Cue.Since or Cue.FollowingTime:
                LimitsAsWindow();
                break;
            default:
                break;
        }

        return at + 1;
    }

    /// <summary>What a test can see says nothing of the patient: <c>MRD (at a sensitivity of 10-6)</c> is
    /// MRD.</summary>
    static int Sensitivity(ImmutableArray<Chunk> chunks, int at)
    {
        var end = at + 1;
        while (end < chunks.Length && chunks[end].Kind is ChunkKind.Comparison or ChunkKind.Number)
        {
            end++;
        }

        return end;
    }

    /// <summary>Negative, but no result of the patient: <c>gram-negative infection</c>, <c>negative
    /// margins</c>.</summary>
    bool IsNoResult(ImmutableArray<Chunk> chunks, int at) =>
        (at > 0 && chunks[at - 1].Word is "gram" or "rh" or "triple")
        || (_atom.Concept is not null && at + 1 < chunks.Length && chunks[at + 1].Kind == ChunkKind.Word);

    /// <summary>What was just named is negative, and not what is named next: <c>CD20-negative lymphoma</c>, <c>HIV
    /// negative patients with cirrhosis</c>.</summary>
    bool IsOfNameBefore(ImmutableArray<Chunk> chunks, int at) =>
        chunks[at].Word is "negative" or "seronegative" && at > 0 && chunks[at - 1].Kind == ChunkKind.Term && !_negated
        && _atom is { Concept.Kind: ConceptKind.Genomic or ConceptKind.Condition or ConceptKind.Lab or ConceptKind.Test,
            Limits: null }
        && !(at + 1 < chunks.Length && (chunks[at + 1].Kind == ChunkKind.Word || chunks[at + 1].Word is "for"));

    /// <summary>Words for a treatment that goes on: <c>taking insulin</c>, <c>not on steroids</c>.</summary>
    static bool IsOngoing(ImmutableArray<Chunk> chunks, int at) => at + 1 < chunks.Length
        && (chunks[at].Word is "taking" or "receiving"
            || (chunks[at].Word == "on" && (at == 0 || chunks[at - 1].Cue is Cue.Not or Cue.Filler or Cue.Person)))
        && chunks[at + 1] is { Kind: ChunkKind.Term, Concept.Kind: ConceptKind.Drug or ConceptKind.Therapy };

    /// <summary>What goes on for a time, where another procedure is still to come: <c>undergoing dialysis</c>, not
    /// <c>undergoing CABG</c>.</summary>
    bool IsRepeated(VocabularyConcept? concept) => concept?.Kind is ConceptKind.Drug or ConceptKind.Therapy
        || (concept is not null
            && (vocabulary.IsA(concept.Key, "dialysis") || vocabulary.IsA(concept.Key, "mechanical-ventilation")));

    /// <summary>Words before those whom alone a limit binds.</summary>
    static bool IsOnlyFor(string word) => word == "if" || word.StartsWith("for ", StringComparison.Ordinal)
        || word.StartsWith("in ", StringComparison.Ordinal);

    /// <summary>Whether the words speak of a state without saying which: <c>hormone receptor status
    /// known</c>.</summary>
    bool IsStateOfNameBefore(ImmutableArray<Chunk> chunks, int at) =>
        chunks[at - 1] is { Kind: ChunkKind.Term,
            Concept.Kind: ConceptKind.Genomic or ConceptKind.Condition or ConceptKind.Pregnancy or ConceptKind.Test }
        && _atom is { IsFact: true, Negated: false }
        && !chunks[at..].Any(c => c.Is(Cue.Negative) || c.Word is "positive" or "reactive");

    /// <param name="chunk">Two signs for one number that differ (<c>at least &gt; 125</c>) leave open which is
    /// meant.</param>
    void Compare(Chunk chunk, Comparator comparator)
    {
        if (_comparator is { } said && said != comparator)
        {
            Also(UnreadText.Of(text, chunk.Start, chunk.End));
        }

        _comparatorStart = _comparator == comparator ? _comparatorStart : chunk.Start;
        _comparator = comparator;
    }

    void SetStatus(FactStatus status)
    {
        _status = status;
        _ownStatus = true;
    }

    /// <summary>The treatment that the condition needs; words where none is named.</summary>
    int Requiring(ImmutableArray<Chunk> chunks, int at)
    {
        if (Qualifiers.NeededTreatment(chunks[(at + 1)..]) is { } treatment)
        {
            var needed = Facts.Present(treatment.Concept!, FactStatus.Current, null, new(SpanOf(treatment)));
            Also(_negated && _atoms.Count > 0 ? Clauses.Not(needed) : needed);
        }
        else
        {
            Also(UnreadText.Of(text, chunks[at..]));
            Implied(chunks[(at + 1)..]);
        }

        return chunks.Length;
    }
}
