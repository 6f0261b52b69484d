using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>Which studies to rank, and how.</summary>
public sealed record RankOptions
{
    /// <summary>How many of the best are told.</summary>
    public int Count { get; init; } = int.MaxValue;

    /// <summary>Which studies may be told; null for all.</summary>
    public Func<IndexedStudy, bool>? Wants { get; init; }

    /// <summary>Whether studies are graded whose disease the record does not mention. Those with a condition that the
    /// vocabulary does not know always are: it may be the patient's by another name.</summary>
    public bool Unmentioned { get; init; }

    /// <summary>Matches that the record's screening answers decide, by the study's id.</summary>
    public IReadOnlyDictionary<string, StudyMatch> Answered { get; init; } =
        ImmutableDictionary<string, StudyMatch>.Empty;
}

/// <summary>A study with its grade; its order among others is that of this record's members from the second
/// on.</summary>
/// <param name="IsMentioned">Whether the record speaks of a disease that the study is about.</param>
public readonly record struct RankedStudy(IndexedStudy Study, MatchGrade Grade, bool IsMentioned, decimal Score)
{
    /// <summary>The best first.</summary>
    internal static readonly IComparer<RankedStudy> Order = Comparer<RankedStudy>.Create((x, y) =>
        x.Grade != y.Grade ? x.Grade.CompareTo(y.Grade)
        : x.IsMentioned != y.IsMentioned ? y.IsMentioned.CompareTo(x.IsMentioned)
        : x.Score != y.Score ? y.Score.CompareTo(x.Score)
        : string.CompareOrdinal(x.Study.Study.Id, y.Study.Study.Id));

    internal static readonly IComparer<RankedStudy> WorstFirst =
        Comparer<RankedStudy>.Create((x, y) => Order.Compare(y, x));
}

/// <summary>How the studies fit a patient.</summary>
/// <param name="Best">The best, in order.</param>
/// <param name="Unmentioned">How many were not graded, because the record does not mention what they are about.</param>
public sealed record Ranking(
    ImmutableArray<RankedStudy> Best, int Eligible, int PossiblyEligible, int NotEligible, int Unmentioned)
{
    /// <summary>How many were graded.</summary>
    public int Graded => Eligible + PossiblyEligible + NotEligible;
}

/// <summary>All studies with what decides their criteria, made to rank them for a patient at a cost that hardly grows
/// with the number of studies about other diseases. Immutable; <see cref="StudyIndexWriter"/> makes the next
/// one.</summary>
public sealed class StudyIndex
{
    public static readonly StudyIndex Empty =
        new([], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal), DiseaseIndex.Empty, []);

    readonly ImmutableArray<IndexedStudy?> _studies;
    readonly ImmutableDictionary<string, int> _places;
    readonly DiseaseIndex _diseases;
    readonly ImmutableArray<Decision?> _decisions;

    internal StudyIndex(
        ImmutableArray<IndexedStudy?> studies,
        ImmutableDictionary<string, int> places,
        DiseaseIndex diseases,
        ImmutableArray<Decision?> decisions) =>
        (_studies, _places, _diseases, _decisions) = (studies, places, diseases, decisions);

    public int Count => _places.Count;

    public IEnumerable<IndexedStudy> Studies => _studies.OfType<IndexedStudy>();

    internal ImmutableArray<IndexedStudy?> Rows => _studies;

    internal ImmutableDictionary<string, int> Places => _places;

    internal DiseaseIndex Diseases => _diseases;

    /// <summary>The study of an id, or null.</summary>
    public IndexedStudy? Find(string id) => _places.TryGetValue(id, out var place) ? _studies[place] : null;

    /// <summary>Grades the studies for a patient, exactly as <see cref="Matcher"/> does.</summary>
    public Ranking Rank(
        PatientRecord record, RankOptions options, ConceptVocabulary? vocabulary = null, Freshness? freshness = null,
        CancellationToken ct = default)
    {
        var known = vocabulary ?? ConceptVocabulary.Default;
        var mentioned = Mentioned(RecordMentions.Of(record, known), out var all);
        using var grading = new Grading(new(record, known, freshness ?? Freshness.Default), _decisions);
        var (best, graded, skipped) =
            (new PriorityQueue<RankedStudy, RankedStudy>(RankedStudy.WorstFirst), new int[3], 0);
        for (var place = 0; place < _studies.Length; place++)
        {
            if (_studies[place] is not { } study)
            {
                continue;
            }

            ct.ThrowIfCancellationRequested();
            var isMentioned = mentioned.Contains(place);
            if (options.Wants?.Invoke(study) == false)
            {
                continue;
            }

            if (!isMentioned && !all && !options.Unmentioned && !study.Diseases.AreOpen)
            {
                skipped++;
                continue;
            }

            var row = Ranked(study, isMentioned, options, grading);
            graded[(int)row.Grade]++;
            if (best.Count < options.Count)
            {
                best.Enqueue(row, row);
            }
            else if (options.Count > 0)
            {
                best.EnqueueDequeue(row, row);
            }
        }

        return new(
            [.. best.UnorderedItems.Select(b => b.Element).Order(RankedStudy.Order)],
            graded[(int)MatchGrade.Eligible], graded[(int)MatchGrade.PossiblyEligible],
            graded[(int)MatchGrade.NotEligible], skipped);
    }

    PlaceSet Mentioned(RecordMentions mentions, out bool all)
    {
        var places = new PlaceSet(_studies.Length);
        _diseases.Mark(mentions, places);
        foreach (var study in mentions.AnsweredStudies)
        {
            if (_places.TryGetValue(study, out var place))
            {
                places.Add(place);
            }
        }

        all = mentions.IsEmpty;
        return places;
    }

    static RankedStudy Ranked(IndexedStudy study, bool isMentioned, RankOptions options, Grading grading)
    {
        if (options.Answered.TryGetValue(study.Study.Id, out var match))
        {
            return new(study, match.Grade, isMentioned, match.Score);
        }

        var tally = grading.Of(study);
        return new(study, tally.Grade, isMentioned, tally.Score);
    }
}
