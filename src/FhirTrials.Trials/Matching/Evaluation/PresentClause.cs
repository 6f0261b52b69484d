using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>What a record says of a concept in answer to a kind of question.</summary>
/// <param name="Named">All facts that name it and can answer.</param>
/// <param name="Disagreeing">Its results of the latest day, where they differ.</param>
/// <param name="Stated">Those that state it; of results those that still count.</param>
/// <param name="Denying">Those that deny it; of results those that still count.</param>
sealed record Said(
    ImmutableArray<PatientFact> Named,
    ImmutableArray<PatientFact> Disagreeing,
    ImmutableArray<PatientFact> Stated,
    ImmutableArray<PatientFact> Denying)
{
    public static readonly Said Nothing = new([], [], [], []);
}

/// <summary>Whether the patient has or had something: stated, denied, excluded by definition or by a complete list;
/// else unknown.</summary>
static class PresentClause
{
    public static Finding Evaluate(Clause.Present present, RecordFacts facts)
    {
        if (present.Concept.Key is not { } key)
        {
            return Finding.Unknown($"a statement about: {present.Concept.Text}");
        }

        if (facts.Vocabulary.Find(key) is not { } concept)
        {
            return Unlisted(present, key, facts);
        }

        return concept switch
        {
            { Kind: ConceptKind.Status } => DiseaseStates.Evaluate(present, key, facts),
            { Key: "childbearing-potential" } => ClinicalRules.ChildbearingPotential(facts),
            { Kind: ConceptKind.Population } => Finding.Unknown(Missing(present)),
            { Kind: ConceptKind.Lab } => Detected(present, concept, facts),
            _ when present.Status == FactStatus.Planned => Planned(present, key, facts),
            _ => Decide(present, key, facts),
        };
    }

    /// <summary>Whether the clause is unknown because the record says nothing that bears on it: what
    /// <see cref="Evaluate"/> finds for nearly all that studies ask for, told at a fraction of its cost. False says
    /// nothing.</summary>
    public static bool IsSilentOn(Clause.Present present, RecordFacts facts) =>
        present is { Concept.Key: { } key, Status: not FactStatus.Planned }
        && facts.Vocabulary.Find(key) is { Kind: not (ConceptKind.Status or ConceptKind.Population or ConceptKind.Lab) }
        && !facts.Mentions(key)
        && !ClinicalRules.Concern(key)
        && (facts.Record.Complete.IsEmpty || Completeness.Of(present, key, facts) is null);

    /// <summary>A disease that the vocabulary does not know is there where the record names it alike; it is never known
    /// not to be, since the record may have another name for it.</summary>
    static Finding Unlisted(Clause.Present present, string key, RecordFacts facts)
    {
        var named = facts.NamingUnlisted(key).ToImmutableArray();
        return named.Any(f => f is { Holds: true, Current: true }) && !named.Any(f => f.Holds is false)
            ? Finding.True(Evidence([.. named.Where(f => f is { Holds: true, Current: true })]))
            : Finding.Unknown($"a statement about: {present.Concept.Text}", Evidence(named));
    }

    /// <summary>What a laboratory finds is told by its result, else by a statement.</summary>
    static Finding Detected(Clause.Present present, VocabularyConcept concept, RecordFacts facts)
    {
        var measured = MeasuredClause.Evaluate(Facts.Detected(present, concept), facts);
        var stated = facts.Naming(concept.Key).Where(f => f.Holds is true && Fits(f, present.Kind)).ToImmutableArray();
        return measured.Value is not null ? measured : ByStatement(present, stated, facts) ?? measured;
    }

    static Finding Decide(Clause.Present present, string key, RecordFacts facts)
    {
        var (named, disagreeing, stated, denying) = facts.Said(present, key);
        if (!disagreeing.IsEmpty)
        {
            return Finding.Unknown(
                $"results of {present.Concept.Text} that agree: those of the latest day differ", Evidence(disagreeing));
        }

        var denied = denying.Where(f => IsInTime(f, present, facts)).ToImmutableArray();
        if (!denied.IsEmpty && stated.Any(f => f.Source != FactSource.Result)
            && present.Kind is FactKind.Condition or FactKind.Pregnancy && IsCurrent(present))
        {
            return Finding.Unknown(
                $"a record about {present.Concept.Text} that agrees with itself", Evidence([.. stated, .. denied]));
        }

        return ByStatement(present, stated, facts)
            ?? ByResolution(present, stated)
            ?? facts.ByDefinition(key)
            ?? ByDenial(present, denied)
            ?? ByAbsence(present, key, named, stated, facts);
    }

    /// <summary>What is said of a concept in answer to a kind of question, whatever time it asks for.</summary>
    public static Said Say(Clause.Present present, string key, RecordFacts facts)
    {
        var named = facts.Naming(key)
            .Where(f => Fits(f, present.Kind) && !IsExcepted(f, present, facts)).ToImmutableArray();
        var results = LatestResults(named, key, facts);
        var latest = LatestOf(named);
        return new(
            named,
            results.Select(f => f.Holds).Distinct().Count() > 1 ? results : [],
            [.. named.Where(f => f.Holds is true && Counts(f, latest, key, facts))],
            [.. facts.Denying(key).Where(f => Counts(f, latest, key, facts))]);
    }

    /// <summary>Whether a stated fact is what the clause asks for, in time.</summary>
    static Finding? ByStatement(Clause.Present present, ImmutableArray<PatientFact> stated, RecordFacts facts)
    {
        var wanted =
            present.Status == FactStatus.Current && present.Window is null ? stated.Where(f => f.Current) : stated;
        var candidates = wanted.ToImmutableArray();
        if (candidates.IsEmpty)
        {
            return null;
        }

        if (present.Window is not { } window)
        {
            return Finding.True(Evidence(candidates));
        }

        var limit = TimeWindow.Before(facts.Record.ReferenceDate, window.Value, window.Unit);
        var placed = candidates
            .Select(f => (Fact: f, In: IsIn(window.Direction, f, limit)))
            .ToArray();
        return window.Direction switch
        {
            WindowDirection.MoreThanBefore when placed.Any(p => p.In is false) =>
                Finding.False(Evidence([.. placed.Where(p => p.In is false).Select(p => p.Fact)])),
            WindowDirection.MoreThanBefore when placed.All(p => p.In is true) => Finding.True(Evidence(candidates)),
            WindowDirection.Before or WindowDirection.After when placed.Any(p => p.In is true) =>
                Finding.True(Evidence([.. placed.Where(p => p.In is true).Select(p => p.Fact)])),
            WindowDirection.Before or WindowDirection.After when placed.All(p => p.In is false) => null,
            WindowDirection.Before or WindowDirection.After or WindowDirection.MoreThanBefore =>
                Finding.Unknown(
                    $"when exactly: {present.Concept.Text} {TimeWindow.Describe(window)}", Evidence(candidates)),
        };
    }

    /// <summary>Whether the fact, or the end of what lasted, lies in the window.</summary>
    static bool? IsIn(WindowDirection direction, PatientFact fact, DateOnly? limit) =>
        TimeWindow.Contains(direction, fact.When, limit) is { } value ? value
        : fact.Through is not null && TimeWindow.Contains(direction, fact.Through, limit) is { } atEnd ? atEnd
        : null;

    /// <summary>A condition that the record calls over is not there now.</summary>
    static Finding? ByResolution(Clause.Present present, ImmutableArray<PatientFact> stated) =>
        present is { Kind: FactKind.Condition, Status: FactStatus.Current } && !stated.IsEmpty
            && stated.All(f => f is { Source: FactSource.Condition, Current: false })
            ? Finding.False(Evidence(stated))
            : null;

    static Finding? ByDenial(Clause.Present present, ImmutableArray<PatientFact> denied) =>
        denied.IsEmpty || (present.Status == FactStatus.History && present.Kind == FactKind.Condition
            && denied.All(f => f.Source == FactSource.Result))
            ? null
            : Finding.False(Evidence(denied));

    /// <summary>Nothing states it: false where the record is complete and nothing broader or uncertain may mean it,
    /// else unknown.</summary>
    static Finding ByAbsence(
        Clause.Present present,
        string key,
        ImmutableArray<PatientFact> named,
        ImmutableArray<PatientFact> stated,
        RecordFacts facts)
    {
        var doubtful = named.Where(f => f.Holds is null)
            .Concat(facts.NamingBroader(key).Where(f => f.Holds is not false && Fits(f, present.Kind)
                && (present.Status != FactStatus.Current || f.Current)))
            .Concat(MaybeExcepted(present, key, facts))
            .Concat(MaybeAnything(present, key, facts))
            .Concat(stated.Where(f => present.Status == FactStatus.Current && IsRecentTherapy(f, facts)))
            .ToImmutableArray();
        if (doubtful.IsEmpty && Completeness.Of(present, key, facts) is { } complete)
        {
            return Finding.False(complete);
        }

        return Finding.Unknown(Missing(present), Evidence([.. doubtful, .. stated]));
    }

    /// <summary>Where a whole class is asked for, entries that name nothing known: the vocabulary may lack a kind of
    /// it. Where a component is that nobody named, all: each may be one.</summary>
    static IEnumerable<PatientFact> MaybeAnything(Clause.Present present, string key, RecordFacts facts) =>
        key == Facts.UnnamedComponent ? facts.All.Where(f => f.Holds is not false && Fits(f, present.Kind))
        : facts.Vocabulary.HasNarrower(key)
            ? facts.Nameless.Where(f => Fits(f, present.Kind) && (present.Status != FactStatus.Current || f.Current))
            : [];

    /// <summary>What was given lately may be given still: a completed dose does not end a treatment.</summary>
    static bool IsRecentTherapy(PatientFact fact, RecordFacts facts) =>
        fact.Source == FactSource.Therapy
        && !(fact.When?.Last < facts.Record.ReferenceDate.AddDays(-facts.Freshness.Usual));

    static Finding Planned(Clause.Present present, string key, RecordFacts facts)
    {
        var plans = facts.Planning(key).ToImmutableArray();
        return plans.IsEmpty ? Finding.Unknown(Missing(present)) : Finding.True(Evidence(plans));
    }

    /// <summary>Whether a fact of that source can answer a question of that kind.</summary>
    static bool Fits(PatientFact fact, FactKind kind) => kind switch
    {
        FactKind.Allergy => fact.Source == FactSource.Allergy,
        FactKind.Therapy or FactKind.Procedure =>
            fact.Source is FactSource.Therapy or FactSource.Procedure or FactSource.Condition,
        FactKind.Condition or FactKind.Pregnancy or FactKind.Genomic =>
            fact.Source is FactSource.Condition or FactSource.Result or FactSource.Procedure,
    };

    /// <summary>Whether all that the fact names is excepted, or may be: <c>leukemia</c> where ALL is
    /// excepted.</summary>
    static bool IsExcepted(PatientFact fact, Clause.Present present, RecordFacts facts) =>
        present is { Except.Key: { } except, Concept.Key: { } key }
        && fact.Concepts.Where(c => facts.Vocabulary.IsA(c, key))
            .All(c => facts.Vocabulary.IsA(c, except) || facts.Vocabulary.IsA(except, c));

    /// <summary>Facts that are either of the concept or of its exception; the record does not say which.</summary>
    static IEnumerable<PatientFact> MaybeExcepted(Clause.Present present, string key, RecordFacts facts) =>
        present.Except?.Key is { } except
            ? facts.Naming(key).Where(f => f.Holds is not false && IsExcepted(f, present, facts)
                && f.Concepts.Any(c => facts.Vocabulary.IsA(c, key) && !facts.Vocabulary.IsA(c, except)))
            : [];

    /// <summary>A result counts while fresh and only if none later speaks of the same.</summary>
    static bool Counts(PatientFact fact, Dictionary<string, DateOnly> latest, string key, RecordFacts facts) =>
        fact.Source != FactSource.Result
        || (facts.IsFresh(key, fact.When)
            && !(fact.When?.Last is { } day
                && fact.Concepts.Any(c => latest.TryGetValue(c, out var last) && last > day)));

    /// <summary>The latest day on which each concept was found by a result, at the earliest that it may have
    /// been.</summary>
    static Dictionary<string, DateOnly> LatestOf(ImmutableArray<PatientFact> named)
    {
        var latest = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (var fact in named)
        {
            if (fact is { Source: FactSource.Result, Holds: not null, When: { } when })
            {
                foreach (var concept in fact.Concepts)
                {
                    ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, concept, out _);
                    day = when.First > day ? when.First : day;
                }
            }
        }

        return latest;
    }

    /// <summary>A negative test denies for a window only from within it: <c>within 1 week</c>.</summary>
    static bool IsInTime(PatientFact fact, Clause.Present present, RecordFacts facts) =>
        fact.Source != FactSource.Result
        || present.Window is not { Direction: WindowDirection.Before } window
        || TimeWindow.Contains(window, fact.When, facts.Record.ReferenceDate) is true;

    static ImmutableArray<PatientFact> LatestResults(
        ImmutableArray<PatientFact> named, string key, RecordFacts facts) =>
        RecordFacts.Latest(named.Where(f =>
            f.Source == FactSource.Result && f.Holds is not null && f.Concepts.Contains(key)
            && facts.IsFresh(key, f.When)));

    static bool IsCurrent(Clause.Present present) => present.Status is FactStatus.Current or FactStatus.Any;

    static ImmutableArray<Evidence> Evidence(ImmutableArray<PatientFact> facts) =>
        Finding.Told(facts, f => f.Evidence);

    static string Missing(Clause.Present present)
    {
        var what = present.Window is { } window
            ? $"{present.Concept.Text} {TimeWindow.Describe(window)}"
            : present.Concept.Text;
        return present.Kind switch
        {
            FactKind.Condition when present.Status == FactStatus.Current =>
                $"no statement whether the patient has {what}",
            FactKind.Condition => $"no statement whether the patient has or had {what}",
            FactKind.Therapy => $"no statement whether the patient received {what}",
            FactKind.Procedure => $"no statement whether the patient had {what}",
            FactKind.Pregnancy => $"no recent test or statement about {what}",
            FactKind.Allergy => $"no statement whether the patient does not tolerate {what}",
            FactKind.Genomic => $"no test result for {what}",
        };
    }
}
