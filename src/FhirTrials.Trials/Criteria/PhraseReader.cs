using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads the chunks between two connectives into atoms, left to right, one state.</summary>
/// <param name="nested">Reads the clause inside brackets.</param>
sealed partial class PhraseReader(string text, ConceptVocabulary vocabulary, Func<ImmutableArray<Chunk>, Clause> nested)
{
    /// <summary>Words that only say what a time window is relative to.</summary>
    static readonly ImmutableHashSet<string> AnchorWords =
        ["start", "starting", "study", "treatment", "protocol", "specified", "therapy", "enrollment", "enrolment",
            "enrolling", "randomization",
         "randomisation", "screening", "dose", "consent", "day", "cycle", "administration", "initiation",
             "registration", "entry", "drug",
         "planned", "baseline", "inclusion", "visit", "infusion", "trial", "participation", "product", "medication",
             "beginning"];

    readonly List<Atom> _atoms = [];
    readonly List<Chunk> _words = [];
    Atom _atom = new();
    Comparator? _comparator;
    int? _comparatorStart;
    FactStatus? _status;
    Limits? _limits;
    int _termStart;
    int? _refractoryTo;
    string _limitsText = "";
    bool _ownStatus;
    bool _negated;
    bool _allergy;
    bool _isolated;
    bool _after;
    bool _otherThan;
    bool _ago;
    Cue? _within;
    Cue? _adjective;

    /// <param name="connective">The word before the phrase.</param>
    public Phrase Read(Cue? connective, ImmutableArray<Chunk> chunks)
    {
        for (var at = 0; at < chunks.Length;)
        {
            at = One(chunks, at);
        }

        Finish();
        return new(connective, AsWords(chunks) is { } words ? [new() { Also = [words] }] : [.. _atoms], _ownStatus);
    }

    /// <summary>All of a phrase in which nothing but words was found; null for others.</summary>
    Clause.Unread? AsWords(ImmutableArray<Chunk> chunks)
    {
        var clauses = _atoms.SelectMany(a => a.Before.Concat(a.Also)).ToArray();
        var onlyWords = clauses.Length > 0 && clauses.All(c => c is Clause.Unread)
            && _atoms.All(a => a.Concept is null && a.Limits is null && !a.Negated);
        return !onlyWords ? null : new(
            text[chunks[0].Start..chunks[^1].End],
            clauses.Any(c => c is Clause.Unread { Kind: UnreadKind.Judgement }) ? UnreadKind.Judgement
                : UnreadKind.Other);
    }

    int One(ImmutableArray<Chunk> chunks, int at)
    {
        var chunk = chunks[at];
        switch (chunk.Kind)
        {
            case ChunkKind.Term:
                Term(chunk);
                return at + 1;
            case ChunkKind.Number:
                return Number(chunks, at);
            case ChunkKind.Comparison:
                Compare(chunk, chunk.Comparator!.Value);
                return at + 1;
            case ChunkKind.Word:
                _words.Add(chunk);
                return at + 1;
            case ChunkKind.Unread:
                Also(Unread(chunk));
                return at + 1;
            case ChunkKind.Open:
                return Brackets(chunks, at);
            case ChunkKind.Cue:
                return CueAt(chunks, at);
            case ChunkKind.Comma or ChunkKind.Semicolon or ChunkKind.Colon or ChunkKind.Stop or ChunkKind.Close:
                return at + 1;
            default:
                throw new InvalidOperationException($"No chunk is a {chunk.Kind}.");
        }
    }

    int CueAt(ImmutableArray<Chunk> chunks, int at)
    {
        switch (chunks[at].Cue)
        {
            case Cue.Not:
                _negated = true;
                _ownStatus = true;
                if (chunks[at].Word.EndsWith("prior", StringComparison.Ordinal)
                    || chunks[at].Word.EndsWith("history of", StringComparison.Ordinal))
                {
                    _status = FactStatus.History;
                }

                break;
            case Cue.Without or Cue.Negative:
                _negated = true;
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
            case Cue.Planned:
                SetStatus(FactStatus.Planned);
                break;
            case Cue.GreaterOrEqual:
                Compare(chunks[at], Comparator.GreaterOrEqual);
                break;
            case Cue.GreaterThan:
                Compare(chunks[at], Comparator.GreaterThan);
                break;
            case Cue.LessOrEqual:
                Compare(chunks[at], Comparator.LessOrEqual);
                break;
            case Cue.LessThan:
                Compare(chunks[at], Comparator.LessThan);
                break;
            case Cue.AtSensitivity:
                Compare(chunks[at], Comparator.GreaterOrEqual);
                break;
            case Cue.EqualTo:
                Compare(chunks[at], Comparator.Equal);
                break;
            case Cue.Within or Cue.With or Cue.MoreThanAgo:
                _within = chunks[at].Cue;
                break;
            case Cue.After:
                _after = true;
                break;
            case Cue.OtherThan:
                _otherThan = true;
                break;
            case Cue.Isolated:
                _isolated = true;
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
            case Cue.To when _atom.Concept is { Key: "refractory" }:
                _refractoryTo = _termStart;
                break;
            case Cue.Ended:
                _ago = true;
                break;
            case Cue.Since when _atom.Window is null && _limits is not { IsTime: true }:
                SetStatus(FactStatus.History);
                break;
            case Cue.Before or Cue.Since or Cue.FollowingTime:
                return _atom.Window is not null || _limits is { IsTime: true } ? Anchor(chunks, at) : at + 1;
            default:
                break;
        }

        return at + 1;
    }

    void Compare(Chunk chunk, Comparator comparator)
    {
        _comparator = comparator;
        _comparatorStart = chunk.Start;
    }

    void SetStatus(FactStatus status)
    {
        _status = status;
        _ownStatus = true;
    }

    void Term(Chunk chunk)
    {
        if (_otherThan)
        {
            _otherThan = false;
            _atom = _atom with { Except = chunk.Concept };
            return;
        }

        var concept = Refined(chunk.Concept!);
        if (concept.Kind == ConceptKind.Population)
        {
            return;
        }

        if (_refractoryTo is { } start && concept.Kind is ConceptKind.Drug or ConceptKind.Therapy)
        {
            RefractoryTo(concept, text[start..chunk.End]);
            return;
        }

        _termStart = chunk.Start;
        if (_atom.Concept is { } same
            && (vocabulary.IsA(same.Key, concept.Key) || vocabulary.IsA(concept.Key, same.Key)) && !_after)
        {
            concept = vocabulary.IsA(concept.Key, same.Key) ? concept : same;
        }
        else if (_atom.Concept is not null)
        {
            Close();
        }

        if (_limits is { Unit: "a" } years && concept.Kind != ConceptKind.Demographic && concept.Unit != "mo")
        {
            AddAge(years);
        }

        var words = TakeWords();
        _atom = _atom with
        {
            Concept = concept,
            Status = _after ? FactStatus.History : _status,
            Negated = _negated,
            Allergy = _allergy,
            Isolated = _isolated,
            Before = [.. _atom.Before, .. _atom.Also, .. words],
            Also = [],
        };
        _after = _isolated = false;
        if (_limits is { } limits && _atom.IsMeasurable)
        {
            _atom = _atom with { Limits = limits, LimitsText = _limitsText };
            _limits = null;
        }
    }

    /// <summary><c>Refractory to prior TKIs</c>: of a treatment that was given, a record does not say that it failed; the
    /// disease may be refractory to another, or in remission but for its residue.</summary>
    void RefractoryTo(VocabularyConcept treatment, string words)
    {
        _refractoryTo = null;
        _atom = new() { Concept = treatment, Status = FactStatus.History, Negated = _atom.Negated, Also = [new Clause.Unread(words)] };
    }

    /// <summary>Years without a concept are an age.</summary>
    void AddAge(Limits years)
    {
        _atoms.Add(new() { Concept = vocabulary.Find("age"), Limits = years });
        _limits = null;
    }

    /// <summary><c>Acute … graft versus host disease</c> where the vocabulary has the narrower concept.</summary>
    VocabularyConcept Refined(VocabularyConcept concept)
    {
        var narrower = _adjective is { } adjective ? vocabulary.Find($"{concept.Key}-{(adjective == Cue.Acute ? "acute" : "chronic")}") : null;
        _adjective = null;
        return narrower ?? concept;
    }

    int Number(ImmutableArray<Chunk> chunks, int at)
    {
        var number = chunks[at].Number!;
        var next = at + 1 < chunks.Length ? chunks[at + 1] : null;
        var after = next switch
        {
            { Cue: Cue.OrMore } => Comparator.GreaterOrEqual,
            { Cue: Cue.OrLess } => Comparator.LessOrEqual,
            _ => (Comparator?)null,
        };
        var comparator = _comparator ?? after;
        var whole = chunks[at] with { Start = _comparatorStart ?? chunks[at].Start };
        _comparator = null;
        _comparatorStart = null;
        if (number.IsTime && IsWindow(comparator, next))
        {
            SetWindow(number, comparator);
            return at + 1;
        }

        AddLimits(Limits.Of(comparator ?? Comparator.Equal, number), whole, compared: comparator is not null
            || number.Low != number.High);
        _within = null;
        return at + (after is null ? 1 : 2);
    }

    bool IsWindow(Comparator? comparator, Chunk? next) =>
        _within is Cue.Within || (_within is Cue.With && comparator is null) || _ago
        || (_atom.IsFact && (comparator is null or Comparator.LessThan or Comparator.LessOrEqual))
        || next is { Cue: Cue.Before or Cue.Since or Cue.FollowingTime };

    void SetWindow(Quantity time, Comparator? comparator)
    {
        var longer = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual && _within is not Cue.Within;
        _atom = _atom with { Window = longer
            ? Windows.Of(time.High, time.Unit, WindowDirection.MoreThanBefore, comparator == Comparator.GreaterOrEqual)
            : Windows.Of(time.High, time.Unit, WindowDirection.Before, comparator != Comparator.LessThan) };
        _ownStatus = true;
        _within = null;
    }

    void AddLimits(Limits limits, Chunk chunk, bool compared)
    {
        if (_atom.IsMeasurable)
        {
            if (_atom.Limits is not { } old)
            {
                _atom = _atom with { Limits = limits, LimitsText = text[chunk.Start..chunk.End] };
            }
            else if (old.And(limits) is { } both)
            {
                _atom = _atom with { Limits = both };
            }
            else if (!Repeats(old, limits))
            {
                Also(Unread(chunk));
            }
        }
        else if (_limits is { } first)
        {
            _limits = first.And(limits) ?? first;
        }
        else if (compared || limits.Unit.Length > 0)
        {
            _limits = limits;
            _limitsText = text[chunk.Start..chunk.End];
        }
        else
        {
            _words.Add(chunk);
        }
    }

    /// <summary>The same value written twice: <c>1 x 10^-4 (0.01%)</c>.</summary>
    static bool Repeats(Limits old, Limits limits) =>
        (old.Low ?? old.High) * (old.Unit == "%" ? 0.01m : 1) == (limits.Low ?? limits.High) * (limits.Unit == "%"
            ? 0.01m : 1);

    /// <summary>What a window is relative to: the rest of the words that only say so.</summary>
    int Anchor(ImmutableArray<Chunk> chunks, int at)
    {
        if (_limits is { IsTime: true } time && _atom.Window is null)
        {
            _atom = _atom with { Window = time.High is { } high
                ? Windows.Of(high, time.Unit, WindowDirection.Before, time.HighInclusive)
                : Windows.Of(time.Low ?? 0, time.Unit, WindowDirection.MoreThanBefore, time.LowInclusive) };
            _limits = null;
            _ownStatus = true;
        }

        var anchor = _atom.Window!.Anchor;
        for (at++; at < chunks.Length; at++)
        {
            var chunk = chunks[at];
            var endsHere = chunk.Cue is Cue.Requiring or Cue.Except or Cue.OtherThan or Cue.With
                || chunk.Kind is ChunkKind.Open or ChunkKind.Unread;
            if (endsHere || (chunk.Kind == ChunkKind.Term && _atom.Concept is null))
            {
                break;
            }

            anchor = AnchorOf(chunk.Word) ?? anchor;
        }

        _atom = _atom with { Window = _atom.Window with { Anchor = anchor } };
        return at;
    }

    static string? AnchorOf(string word) => word switch
    {
        "enrollment" or "enrolment" or "registration" or "randomization" or "inclusion" => "enrollment",
        "screening" => "screening",
        "consent" or "informed consent" => "consent",
        _ => null,
    };

    int Grade(ImmutableArray<Chunk> chunks, int at)
    {
        var end = at + 1;
        while (end < chunks.Length
            && (chunks[end].Kind is ChunkKind.Number or ChunkKind.Comparison
                || chunks[end].Cue is Cue.OrMore or Cue.OrLess or Cue.GreaterOrEqual or Cue.To))
        {
            end++;
        }

        Also(new Clause.Unread(text[chunks[at].Start..chunks[end - 1].End]));
        return end;
    }

    /// <summary>The treatment that the condition needs; words where none is named.</summary>
    int Requiring(ImmutableArray<Chunk> chunks, int at)
    {
        Also(Qualifiers.NeededTreatment(chunks[(at + 1)..]) is { } treatment
            ? Facts.Present(treatment, FactStatus.Current, null)
            : new Clause.Unread(text[chunks[at].Start..chunks[^1].End]));
        return chunks.Length;
    }

    void Finish()
    {
        if (_limits is { Unit: "a" } years && _atom.Concept is null)
        {
            AddAge(years);
        }
        else if (_limits is { } limits)
        {
            _atom = _atom with { Limits = limits, LimitsText = _limitsText };
        }

        if (_allergy && _atom.Concept is null)
        {
            _atom = _atom with { Allergy = true };
        }

        _atom = _atom with { Also = [.. _atom.Also, .. TakeWords()], Status = _atom.Status ?? _status, Negated =
            _atom.Negated || (_negated && _atoms.Count == 0) };
        Close();
    }

    void Close()
    {
        if (!_atom.IsEmpty || _atom.Window is not null || _atom.Allergy
            || (_atom.Status is not null && _atoms.Count == 0))
        {
            _atoms.Add(_atom);
        }

        _atom = new();
        _negated = false;
    }

    void Also(Clause clause) => _atom = _atom with { Also = [.. _atom.Also, clause] };

    Clause.Unread Unread(Chunk chunk, UnreadKind kind = UnreadKind.Other) => new(text[chunk.Start..chunk.End], kind);

    /// <summary>The words that nothing knew, but for those that only say what a window is relative to.</summary>
    ImmutableArray<Clause> TakeWords()
    {
        var left = _words
            .Where(w => !(AnchorWords.Contains(w.Word)
                && (_atom.Window is not null || _words.All(o => AnchorWords.Contains(o.Word))))).ToArray();
        _words.Clear();
        return left.Length == 0 ? [] : [new Clause.Unread(text[left[0].Start..left[^1].End])];
    }
}
