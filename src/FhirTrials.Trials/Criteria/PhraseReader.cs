using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads the chunks between two connectives into atoms, left to right, one state.</summary>
/// <param name="nested">Reads the clause inside brackets.</param>
/// <param name="ofSex">The sentence speaks of women or men.</param>
sealed partial class PhraseReader(
    string text, ConceptVocabulary vocabulary, Func<ImmutableArray<Chunk>, Clause> nested, bool ofSex)
{
    readonly List<Atom> _atoms = [];
    readonly List<Chunk> _words = [];
    Atom _atom = new();
    Comparator? _comparator;
    int? _comparatorStart;
    FactStatus? _status;
    Limits? _limits;
    int _termStart;
    int? _refractoryTo;
    TextSpan _limitsSpan;
    bool _ownStatus;
    bool _ownTime;
    bool _negated;
    bool _allergy;
    TextSpan? _isolated;
    bool _after;
    bool _otherThan;
    int? _for;
    int _onlyFrom;
    bool _ago;
    bool _named;
    Cue? _adjective;
    bool _people;
    bool _ofPeople;
    bool _otherAge;
    string _unit = "";

    /// <summary>What years are of but of a life.</summary>
    static readonly ImmutableHashSet<string> NotAged =
    [
        "use", "duration", "life", "span", "lifespan", "survival", "expectancy", "experience", "follow", "education",
        "school", "recent", "menses", "amenorrhea", "abstinence", "sobriety", "onset", "occlusion", "reading",
        "interval", "delay", "practice", "employment", "residence",
    ];

    /// <summary>Words for people of an age.</summary>
    static readonly ImmutableHashSet<string> People =
    [
        "children", "child", "infant", "infants", "neonate", "neonates", "newborn", "newborns", "toddler", "toddlers",
        "adolescent", "adolescents", "minors", "elderly", "youth", "seniors", "babies", "teenagers", "volunteers",
    ];

    /// <param name="connective">The word before the phrase.</param>
    public Phrase Read(Cue? connective, ImmutableArray<Chunk> chunks)
    {
        _people = chunks.Any(c => c.Is(Cue.Person) || People.Contains(c.Word) || c.Word is "of age" or "old");
        for (var at = 0; at < chunks.Length;)
        {
            at = One(chunks, at);
        }

        if (IsAgeAlone(chunks))
        {
            _limits = _limits!.Value with { Unit = "a" };
        }

        Finish(chunks);
        return new(connective, AsWords(chunks) is { } words ? [new() { Also = [words] }] : [.. _atoms], _ownStatus)
        {
            OwnTime = _ownTime,
            OnlyFrom = _onlyFrom < _atoms.Count ? _onlyFrom : 0,
            HasBoth = chunks.Any(c => c.Word == "both"),
            HasWith = chunks.Any(c => c.Is(Cue.With)),
            IsAdjective = IsAdjective(chunks),
        };
    }

    /// <summary>Adjectives of tumors and their markers.</summary>
    static readonly ImmutableHashSet<string> Adjectives =
    [
        "positive", "negative", "mutant", "mutated", "amplified", "rearranged", "overexpressing", "metastatic",
        "relapsed", "refractory", "recurrent", "relapsed refractory", "advanced", "unresectable", "resistant",
        "untreated",
    ];

    static bool IsAdjective(ImmutableArray<Chunk> chunks)
    {
        var word = chunks[^1].Word;
        return Adjectives.Contains(word) || Adjectives.Contains(word[(word.LastIndexOf(' ') + 1)..])
            || word.EndsWith('+') || word.EndsWith('-');
    }

    /// <summary>All of a phrase in which nothing but words was found; null for others.</summary>
    Clause.Unread? AsWords(ImmutableArray<Chunk> chunks)
    {
        var clauses = _atoms.SelectMany(a => a.Before.Concat(a.Also)).ToArray();
        var onlyWords = clauses.Length > 0 && clauses.All(c => c is Clause.Unread)
            && _atoms.All(a => a.Concept is null && a.Limits is null && !a.Negated);
        return !onlyWords ? null : UnreadText.Of(
            text,
            chunks,
            clauses.Any(c => c is Clause.Unread { Kind: UnreadKind.Judgement }) ? UnreadKind.Judgement
                : UnreadKind.Other,
            chunks.Any(IsParticipation) ? null : TimeOf(clauses.OfType<Clause.Unread>()));
    }

    /// <summary>What a record does not say, and no window with it.</summary>
    static bool IsParticipation(Chunk word) => word.Word is "participation";

    /// <summary>The time that words alone are said of.</summary>
    Atom? TimeOf(IEnumerable<Clause.Unread> words) =>
        _atoms.FirstOrDefault(a => a.Window is not null)
        ?? words.Where(w => w.Window is not null)
            .Select(w => new Atom { Window = w.Window, Source = w.Source }).FirstOrDefault();

    int One(ImmutableArray<Chunk> chunks, int at)
    {
        var chunk = chunks[at];
        switch (chunk.Kind)
        {
            case ChunkKind.Term:
                Term(chunk, at > 0 && chunks[at - 1].Sign is null && chunks[(at + 1)..].Any(c =>
                    c.Kind == ChunkKind.Number));
                return at + 1;
            case ChunkKind.Number:
                return Number(chunks, at);
            case ChunkKind.Comparison:
                Compare(chunk, chunk.Comparator!.Value);
                return at + 1;
            case ChunkKind.Word when chunk.Word == "non" && DeniesNext(chunks, at):
                Term(chunks[at + 1]);
                _atom = _atom with { Negated = !_negated, NegativeByName = true };
                if (chunks[at + 1].Concept!.Kind != ConceptKind.Pregnancy)
                {
                    Also(Unread(chunk));
                }

                return at + 2;
            case ChunkKind.Word when at > 0 && IsOfNameBefore(chunks[at - 1], chunk.Word):
                return at + 1;
            case ChunkKind.Word:
                _comparator = _comparator is not null && NumberText.InWords(text, chunk.Start)?.End == chunk.End ? null
                    : _comparator;
                _otherAge |= OtherMeasurands.IsAge(chunk);
                _words.Add(chunk);
                Implied(chunk.Implied);
                return at + 1;
            case ChunkKind.Window:
                Window(chunk);
                return at + 1;
            case ChunkKind.Unread when chunk.Says is { } said:
                Also(said);
                return at + 1;
            case ChunkKind.Unread:
                var words = Unread(chunk);
                Also(NamedFacts.Of(chunk.Mentioned) is { IsEmpty: false } named
                    ? new Clause.AnyOf([Clauses.All([Clauses.Any(named), words]), words])
                    : words);
                Implied(chunk.Implied);
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

    /// <summary>Whether the word adds nothing to the name before it: <c>local anesthetic agents</c>,
    /// <c>immunocompromised conditions</c>.</summary>
    static bool IsOfNameBefore(Chunk name, string word) => name.Concept?.Kind switch
    {
        ConceptKind.Drug or ConceptKind.Therapy => word
            is "agent" or "agents" or "drug" or "drugs" or "medication" or "medications" or "compound" or "compounds"
            or "preparation" or "preparations" or "medicine" or "medicines",
        ConceptKind.Condition => word is "condition" or "conditions",
        _ => false,
    };

    /// <summary><c>non-pregnant</c>, <c>non-diabetic</c> (who is that is open where the record says diabetic); not
    /// <c>non-insulin injections</c>.</summary>
    static bool DeniesNext(ImmutableArray<Chunk> chunks, int at) =>
        at + 1 < chunks.Length
        && chunks[at + 1] is { Concept.Kind: ConceptKind.Condition or ConceptKind.Pregnancy or ConceptKind.Genomic }
        && chunks[at + 1].Start - chunks[at].End <= 1
        && !(at + 2 < chunks.Length && chunks[at + 2].Kind is ChunkKind.Word or ChunkKind.Term);

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
                _atoms.Add(NamedBefore(limits) is { } named ? new() { Also = [named] } : new() { Limits = limits,
                    Source = new(null, _limitsSpan) });
                _limits = null;
                break;
            case Cue.After or Cue.Before when _atom.Limits is not null && chunks[at].Word is not ("of" or "from"
                or "ago") && chunks[at..].Any(c => c.Kind == ChunkKind.Term):
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
                _atom =
                    _atom with { Limits = Limits.Normal, Source = _atom.Source with { Value = SpanOf(chunks[at]) } };
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

    void Implied(ImmutableArray<Chunk> words)
    {
        var said = _atom.Concept?.Key;
        var named = NamedFacts.Of(words)
            .RemoveAll(n => said is not null && n is Clause.Present { Concept.Key: { } key }
                && vocabulary.IsA(said, key));
        if (!named.IsEmpty)
        {
            Also(Clauses.Any(named));
        }
    }

    /// <summary>Whether the phrase ends in a word for treatment, of whatever: <c>no prior therapy</c>.</summary>
    static bool NamesTreatment(ImmutableArray<Chunk> chunks) => chunks[^1] is { Kind: ChunkKind.Cue,
        Word: "therapy" or "therapies" or "treatment" };

    void Finish(ImmutableArray<Chunk> chunks)
    {
        if (_limits is { } age && _atom.Concept is null && IsOfPeople(age))
        {
            AddAge(age);
        }
        else if (_limits is { } limits)
        {
            _atom = _atom with { Limits = limits, Source = _atom.Source with { Value = _limitsSpan } };
        }

        NameLimits();
        if (_negated && _atoms.Count == 0 && _atom.IsEmpty && _words.Count == 0 && NamesTreatment(chunks))
        {
            _atom = new() { Also = [UnreadText.Of(text, chunks)] };
            _negated = false;
        }

        if (_allergy && _atom.Concept is null)
        {
            _atom = _atom with { Allergy = true };
        }

        _atom = _atom with { Also = [.. _atom.Also, .. TakeWords()], Status = _atom.Status ?? _status, Negated =
            _atom.Negated || (_negated && _atoms.Count == 0) };
        Close();
    }

    /// <summary>Whether a time is people's age: it says so, or nothing is named that it could rather be of.</summary>
    bool IsOfPeople(Limits time)
    {
        var written = text.AsSpan(_limitsSpan.Start, _limitsSpan.Length);
        return time.IsTime && !_otherAge && time.Unit is not ("h" or "min")
            && (((time.Unit is "a" or "mo" || _people || _words.Count == 0)
                    && (written.EndsWith("old", StringComparison.OrdinalIgnoreCase)
                        || written.EndsWith("age", StringComparison.OrdinalIgnoreCase)))
                || (time.Unit == "a" && !_words.Any(w => NotAged.Contains(w.Word)))
                || (_people && (_ofPeople || _words.All(w => People.Contains(w.Word)))));
    }

    void Close()
    {
        if (_atom is { Concept: null, Window: { } window, Also: [.., Clause.Unread { Window: null } said] })
        {
            var timed = said with { Window = window, Source = said.Source with { Window = _atom.Source.Window } };
            _atom = _atom with { Also = _atom.Also.SetItem(_atom.Also.Length - 1, timed) };
        }

        if (_atom is { IsMeasurable: true, Limits: not null } || _atom.Window is not null)
        {
            _atom =
                _atom with { Before = _atom.Before.RemoveAll(IsSaidTwice), Also = _atom.Also.RemoveAll(IsSaidTwice) };
        }

        if (!_atom.IsEmpty || _atom.Window is not null || _atom.Allergy
            || ((_atom.Status is not null || _atom.Negated) && _atoms.Count == 0))
        {
            _atoms.Add(_atom);
        }

        _atom = new();
        _negated = false;
    }

    /// <summary>Whether the limit or the time says the same, and how much: <c>elevated transaminases &gt; 3 × ULN</c>,
    /// <c>recent stroke (&lt; 3 months)</c>.</summary>
    bool IsSaidTwice(Clause clause) =>
        clause is Clause.Unread { Window: null, Kind: UnreadKind.Other } unread && unread.Text.ToLowerInvariant() switch
        {
            "elevated" or "increased" or "raised" or "high" or "higher" =>
                _atom is { IsMeasurable: true, Limits: { Low: not null, High: null } },
            "reduced" or "decreased" or "low" or "lower" or "impaired" or "depressed" =>
                _atom is { IsMeasurable: true, Limits: { Low: null, High: not null } },
            "recent" or "recently" => _atom.Window is { Direction: WindowDirection.Before },
            _ => false,
        };

    void Also(Clause clause) => _atom = _atom with { Also = [.. _atom.Also, clause] };

    Clause.Unread Unread(Chunk chunk, UnreadKind kind = UnreadKind.Other) =>
        chunk.Time is not { } time ? UnreadText.Of(text, chunk.Start, chunk.End, kind)
            : new(text[chunk.Start..chunk.End], kind, time.Window)
            {
                Source = new(SpanOf(chunk), Window: SpanOf(time)),
            };

    static TextSpan SpanOf(Chunk chunk) => TextSpan.Between(chunk.Start, chunk.End);

    /// <summary>The words that nothing knew, but for those that only say what a window is relative to.</summary>
    ImmutableArray<Clause> TakeWords()
    {
        var sayWhen = _atom.Window is not null || _words.All(w => TimeWindows.IsAnchor(w.Word));
        var left = _words.Where(w => !(sayWhen && TimeWindows.IsAnchor(w.Word)
            && !(IsParticipation(w) && w.End <= _atom.Source.Window?.Start))).ToArray();
        _words.Clear();
        return left.Length == 0 || (left.All(w => People.Contains(w.Word))
            && _atoms.Append(_atom).Any(a => a is { Concept.Kind: ConceptKind.Demographic, Limits: not null }))
            ? [] : [UnreadText.Of(text, left)];
    }
}
