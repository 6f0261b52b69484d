using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A record's facts and results asked by concept. What names a concept is looked up, since studies ask of
/// thousands of concepts that a record does not name.</summary>
sealed class RecordFacts(PatientRecord record, ConceptVocabulary vocabulary, Freshness freshness)
{
    /// <summary>Facts by each concept that they name and each broader one; plans excluded.</summary>
    readonly ILookup<string, PatientFact> _facts = Named(record.Facts.Where(IsNoPlan), f => f.Concepts, vocabulary);

    readonly ILookup<string, PatientResult> _results = Named(record.Results, r => r.Concepts, vocabulary);

    readonly ILookup<string, PatientFact> _unlisted =
        record.Facts.SelectMany(f => f.Unlisted, (f, key) => (f, key))
            .ToLookup(n => n.key, n => n.f, StringComparer.Ordinal);

    readonly FrozenSet<string> _concepts =
        record.Facts.Where(IsNoPlan).SelectMany(f => f.Concepts).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is narrower than a concept that the record names.</summary>
    readonly Lazy<HashSet<string>> _narrower =
        new(() => record.Facts.Where(IsNoPlan).SelectMany(f => f.Concepts).Distinct()
            .SelectMany(vocabulary.NarrowerKeys).ToHashSet(StringComparer.Ordinal));

    readonly ImmutableArray<PatientFact> _denied = [.. record.Facts.Where(f => IsNoPlan(f) && f.Holds is false)];

    public PatientRecord Record => record;

    public ConceptVocabulary Vocabulary => vocabulary;

    public Freshness Freshness => freshness;

    /// <summary>Whether a fact names the concept, a kind of it or something broader, plans excluded.</summary>
    public bool Mentions(string key) => _facts.Contains(key) || _narrower.Value.Contains(key);

    /// <summary>Facts that name the concept or a kind of it, plans excluded.</summary>
    public IEnumerable<PatientFact> Naming(string key) => _facts[key];

    /// <summary>Conditions that name a disease that the vocabulary does not know, by its <see cref="UnlistedDisease"/>
    /// key.</summary>
    public IEnumerable<PatientFact> NamingUnlisted(string key) => _unlisted[key];

    /// <summary>Facts that name something broader than the concept, so that the concept may be meant.</summary>
    public IEnumerable<PatientFact> NamingBroader(string key)
    {
        if (!_narrower.Value.Contains(key))
        {
            return [];
        }

        var broader = _concepts.Where(c => c != key && Vocabulary.IsA(key, c)).ToArray();
        return Record.Facts.Where(f => IsNoPlan(f) && f.Concepts.Any(broader.Contains));
    }

    /// <summary>What denies the concept: a refuted condition that is it or broader, a negative result of itself (a
    /// negative test for some infection denies no other).</summary>
    public IEnumerable<PatientFact> Denying(string key) =>
        _denied.Where(f => f.Concepts.Any(c => f.Source == FactSource.Result ? c == key : Vocabulary.IsA(key, c)));

    /// <summary>Results of the concept or a kind of it.</summary>
    public IEnumerable<PatientResult> Results(string key) => _results[key];

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

    static bool IsNoPlan(PatientFact fact) => fact.Source != FactSource.Planned;

    static ILookup<string, T> Named<T>(
        IEnumerable<T> statements, Func<T, ImmutableArray<string>> concepts, ConceptVocabulary vocabulary) =>
        statements
            .SelectMany(
                s => concepts(s).SelectMany(c => vocabulary.WithBroader(c).Select(b => b.Key).Append(c)).Distinct(),
                (s, key) => (s, key))
            .ToLookup(n => n.key, n => n.s, StringComparer.Ordinal);
}
