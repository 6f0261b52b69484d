using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads the chunks between two connectives into atoms, left to right, one state: <c>no prior chemotherapy
/// within 4 weeks</c> is one.</summary>
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
                var again = at > 0 && chunks[at - 1].Sign is null
                    && chunks[(at + 1)..].Any(c => c.Kind == ChunkKind.Number);
                Term(chunk, again);
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
                var isNumber = _comparator is not null && NumberText.InWords(text, chunk.Start)?.End == chunk.End;
                _comparator = isNumber ? null : _comparator;
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
    static bool NamesTreatment(ImmutableArray<Chunk> chunks) =>
        chunks[^1] is { Kind: ChunkKind.Cue, Word: "therapy" or "therapies" or "treatment" };

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

        _atom = _atom with
        {
            Also = [.. _atom.Also, .. TakeWords()],
            Status = _atom.Status ?? _status,
            Negated = _atom.Negated || (_negated && _atoms.Count == 0),
        };
        Close();
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
            var (before, also) = (_atom.Before.RemoveAll(IsSaidTwice), _atom.Also.RemoveAll(IsSaidTwice));
            _atom = _atom with { Before = before, Also = also };
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
