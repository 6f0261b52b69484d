using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A record's facts and results asked by concept.</summary>
sealed record RecordFacts(PatientRecord Record, ConceptVocabulary Vocabulary, Freshness Freshness)
{
    /// <summary>Facts that name the concept or a kind of it, plans excluded.</summary>
    public IEnumerable<PatientFact> Naming(string key) =>
        Record.Facts.Where(f => f.Source != FactSource.Planned && f.Concepts.Any(c => Vocabulary.IsA(c, key)));

    /// <summary>Facts that name something broader than the concept, so that the concept may be meant.</summary>
    public IEnumerable<PatientFact> NamingBroader(string key) =>
        Record.Facts.Where(f => f.Source != FactSource.Planned && f.Concepts.Any(c => c != key && Vocabulary.IsA(key, c)));

    /// <summary>What denies the concept: a refuted condition that is it or broader, a negative result of itself (a negative
    /// test for some infection denies no other).</summary>
    public IEnumerable<PatientFact> Denying(string key) =>
        Record.Facts.Where(f => f.Source != FactSource.Planned && f.Holds is false
            && f.Concepts.Any(c => f.Source == FactSource.Result ? c == key : Vocabulary.IsA(key, c)));

    /// <summary>Results of the concept or a kind of it.</summary>
    public IEnumerable<PatientResult> Results(string key) =>
        Record.Results.Where(r => r.Concepts.Any(c => Vocabulary.IsA(c, key)));

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
}
