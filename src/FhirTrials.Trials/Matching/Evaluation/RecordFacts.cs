using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A record's facts and results asked by concept. What names a concept is looked up, since studies ask of
/// thousands of concepts that a record does not name; what is asked of a concept again is kept. Of one
/// thread.</summary>
sealed class RecordFacts(PatientRecord record, ConceptVocabulary vocabulary, Freshness freshness)
{
    /// <summary>How many statements may be looked at for one study: a few seconds.</summary>
    const int MaxLooks = 50_000_000;

    /// <summary>To compare a result, in its unit, costs as much as to look at so many statements.</summary>
    const int CostOfResult = 4;

    /// <summary>How many pieces of evidence may be told of all studies together.</summary>
    const int MaxTold = 2_000_000;

    /// <summary>Steps of all criteria together that are expressions.</summary>
    const long MaxSteps = 50_000_000;

    /// <summary>Facts by each concept that they name and each broader one; plans excluded.</summary>
    readonly ILookup<string, PatientFact> _facts = Named(record.Facts.Where(IsNoPlan), f => f.Concepts, vocabulary);

    readonly Lazy<ILookup<string, PatientFact>> _plans =
        new(() => Named(record.Facts.Where(f => !IsNoPlan(f)), f => f.Concepts, vocabulary));

    readonly ILookup<string, PatientResult> _results = Named(record.Results, r => r.Concepts, vocabulary);

    readonly ILookup<string, PatientFact> _unlisted =
        record.Facts.SelectMany(f => f.Unlisted, (f, key) => (f, key))
            .ToLookup(n => n.key, n => n.f, StringComparer.Ordinal);

    /// <summary>Places of the facts by each concept that they name; plans excluded.</summary>
    readonly ILookup<string, int> _places = record.Facts.SelectMany(
        (f, place) => IsNoPlan(f) ? f.Concepts.Select(c => (c, place)) : [])
        .ToLookup(n => n.c, n => n.place, StringComparer.Ordinal);

    /// <summary>What is narrower than a concept that the record names.</summary>
    readonly Lazy<HashSet<string>> _narrower =
        new(() => record.Facts.Where(IsNoPlan).SelectMany(f => f.Concepts).Distinct()
            .SelectMany(vocabulary.NarrowerKeys).ToHashSet(StringComparer.Ordinal));

    readonly ILookup<string, ScreeningAnswer> _answers =
        record.Answers.ToLookup(a => a.StudyId, StringComparer.Ordinal);

    readonly ImmutableArray<PatientFact> _nameless =
        [.. record.Facts.Where(f => f.Concepts.IsEmpty && IsNoPlan(f) && f.Holds is not false)];

    readonly Dictionary<string, ImmutableArray<PatientFact>> _broader = new(StringComparer.Ordinal);
    readonly Dictionary<string, ImmutableArray<PatientResult>> _latest = new(StringComparer.Ordinal);
    readonly Dictionary<(FactKind, string, string?), Said> _said = [];
    readonly Dictionary<string, Finding?> _byDefinition = new(StringComparer.Ordinal);

    int _looks;
    int _told;

    public PatientRecord Record => record;

    public ConceptVocabulary Vocabulary => vocabulary;

    public Freshness Freshness => freshness;

    /// <summary>Steps that criteria which are expressions may still take; each pays for its own.</summary>
    public long StepsLeft { get; set; } = MaxSteps;

    /// <summary>All facts, plans included.</summary>
    public ImmutableArray<PatientFact> All => Looked(record.Facts);

    /// <summary>Facts that name nothing known, and may be anything; not denied.</summary>
    public ImmutableArray<PatientFact> Nameless => Looked(_nameless);

    /// <summary>Begins another study.</summary>
    public void Begin() => _looks = 0;

    /// <summary>Whether a fact names the concept, a kind of it or something broader, plans excluded.</summary>
    public bool Mentions(string key) => _facts.Contains(key) || _narrower.Value.Contains(key);

    /// <summary>Facts that name the concept or a kind of it, plans excluded.</summary>
    public IEnumerable<PatientFact> Naming(string key) => Looked(_facts[key]);

    /// <summary>Plans that name the concept or a kind of it.</summary>
    public IEnumerable<PatientFact> Planning(string key) => Looked(_plans.Value[key]);

    /// <summary>Conditions that name a disease that the vocabulary does not know, by its <see cref="UnlistedDisease"/>
    /// key.</summary>
    public IEnumerable<PatientFact> NamingUnlisted(string key) => Looked(_unlisted[key]);

    /// <summary>Facts that name something broader than the concept, so that the concept may be meant.</summary>
    public ImmutableArray<PatientFact> NamingBroader(string key) => !_narrower.Value.Contains(key)
        ? []
        : Looked(Kept(_broader, key, key => At(BroaderThan(key).SelectMany(c => _places[c]))));

    /// <summary>What denies the concept: a refuted condition that is it or broader, a negative result of itself (a
    /// negative test for some infection denies no other).</summary>
    public IEnumerable<PatientFact> Denying(string key) => At(
        BroaderThan(key).SelectMany(c => _places[c]).Where(p => record.Facts[p].Source != FactSource.Result)
            .Concat(_places[key])
            .Where(p => record.Facts[p].Holds is false));

    /// <summary>What is said of a concept in answer to such a question, in time or not.</summary>
    public Said Said(Clause.Present present, string key)
    {
        if (!Mentions(key))
        {
            return Evaluation.Said.Nothing;
        }

        var said = Kept(
            _said, (present.Kind, key, present.Except?.Key), _ => PresentClause.Say(present, key, this));
        Look(said.Stated.Length + said.Denying.Length);
        return said;
    }

    /// <summary>Results of the concept or a kind of it that may be of the latest day: one of <c>2026-11</c> may be
    /// later than one of the tenth.</summary>
    public ImmutableArray<PatientResult> LatestResults(string key) => Looked(Kept(_latest, key, key =>
    {
        var all = _results[key].ToImmutableArray();
        var day = all.IsEmpty ? default : all.Max(r => r.When.First);
        return [.. all.Where(r => r.When.Last >= day)];
    }), CostOfResult);

    /// <summary>What <see cref="ClinicalRules"/> decide about a concept; null where they decide nothing.</summary>
    public Finding? ByDefinition(string key) => Kept(_byDefinition, key, key => ClinicalRules.Decide(key, this));

    /// <summary>The answers to a study's screening questions.</summary>
    public IEnumerable<ScreeningAnswer> Answers(string study) => Looked(_answers[study]);

    /// <summary>Those that may be of the latest day, where dates are imprecise; undated ones where none is
    /// dated.</summary>
    public static ImmutableArray<PatientFact> Latest(IEnumerable<PatientFact> facts)
    {
        var all = facts.ToImmutableArray();
        var last = all.Max(f => f.When?.First);
        return [.. all.Where(f => last is null ? f.When is null : f.When?.Last >= last)];
    }

    /// <summary>Whether what was found on that day, at the earliest that it may have been, still counts for the
    /// concept.</summary>
    public bool IsFresh(string key, DateRange? when) =>
        Freshness.Of(key) is not { } days || (when is { } date && date.First >= Record.ReferenceDate.AddDays(-days));

    /// <summary>Counts evidence that is told; throws (403) where it becomes more than an answer can hold.</summary>
    public void Tell(int evidence)
    {
        _told += evidence;
        if (_told > MaxTold)
        {
            throw new FhirException(Issue.Error(
                IssueCode.TooCostly,
                $"The answer would name more than {MaxTold} pieces of evidence. Ask for fewer studies at once."));
        }
    }

    static bool IsNoPlan(PatientFact fact) => fact.Source != FactSource.Planned;

    IEnumerable<string> BroaderThan(string key) =>
        vocabulary.WithBroader(key).Select(c => c.Key).Where(c => c != key);

    /// <summary>The facts of places, each once, in the record's order.</summary>
    ImmutableArray<PatientFact> At(IEnumerable<int> places) =>
        [.. places.Distinct().Order().Select(p => record.Facts[p])];

    IEnumerable<T> Looked<T>(IEnumerable<T> statements)
    {
        Look(statements.Count());
        return statements;
    }

    ImmutableArray<T> Looked<T>(ImmutableArray<T> statements, int cost = 1)
    {
        Look(statements.Length * cost);
        return statements;
    }

    /// <summary>Throws (403) where a study asks so often of what the record states so often that it would take
    /// minutes.</summary>
    void Look(int statements)
    {
        _looks += statements;
        if (_looks > MaxLooks)
        {
            throw new FhirException(Issue.Error(
                IssueCode.TooCostly,
                "The record states the same so often, and the criteria ask for it so often, that matching would take "
                    + "minutes. Send each statement once."));
        }
    }

    static TValue Kept<TKey, TValue>(Dictionary<TKey, TValue> kept, TKey key, Func<TKey, TValue> find)
        where TKey : notnull
    {
        if (!kept.TryGetValue(key, out var found))
        {
            found = find(key);
            kept[key] = found;
        }

        return found;
    }

    static ILookup<string, T> Named<T>(
        IEnumerable<T> statements, Func<T, ImmutableArray<string>> concepts, ConceptVocabulary vocabulary) =>
        statements
            .SelectMany(
                s => concepts(s).SelectMany(c => vocabulary.WithBroader(c).Select(b => b.Key).Append(c)).Distinct(),
                (s, key) => (s, key))
            .ToLookup(n => n.key, n => n.s, StringComparer.Ordinal);
}
