using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Server.Matching;

/// <summary>A study with how the patient fits it.</summary>
/// <param name="IsMentioned">Whether the record speaks of a disease that the study is about.</param>
/// <param name="Distance">Null where no place was asked for.</param>
sealed record MatchedStudy(
    StoredResource Study, string Title, StudyMatch Match, bool IsMentioned, StudyDistance? Distance);

/// <summary>What a match found.</summary>
/// <param name="Matches">The best studies, best first, at most <see cref="MatchOptions.Count"/>.</param>
/// <param name="Total">How many studies were graded.</param>
/// <param name="Unmentioned">How many more were not, because the record does not mention what they are about.</param>
/// <param name="Issues">What the caller should know of the answer.</param>
sealed record MatchAnswer(
    ImmutableArray<MatchedStudy> Matches, int Total, int Unmentioned, ImmutableArray<Issue> Issues);

/// <summary>Matches a patient's record with the stored studies; every door asks here.
/// Nothing of the patient is kept.</summary>
sealed class MatchEngine(MatchIndex index, StoredStudies studies, PostalCodes postalCodes)
{
    /// <summary>Of how many studies a record may answer screening questions: each is graded by itself.</summary>
    const int MaxAnswered = 200;

    /// <summary>As many studies that cannot be read are named in an answer.</summary>
    const int MaxNamed = 10;

    /// <summary>The studies that the options choose, graded for the patient.</summary>
    public async Task<MatchAnswer> Match(PatientRecord record, MatchOptions options, CancellationToken ct)
    {
        var (all, issues) = await Index(options, ct);
        if (options.StudyId is { } id)
        {
            return await MatchOne(record, all, id, issues, ct);
        }

        var near = await Near(options, issues, ct);
        var ranking = all.Rank(
            record,
            new()
            {
                Count = options.Count ?? int.MaxValue,
                Unmentioned = options.Unmentioned,
                Wants = StudyFilter.Of(options, near),
                Answered = await Answered(record, all, ct),
            },
            ct: ct);
        if (ranking.Unmentioned > 0)
        {
            issues.Add(Issue.Information(
                IssueCode.Informational,
                $"{ranking.Unmentioned} more studies are about diseases that the record does not mention. Whether they "
                    + "fit is unknown; they were not graded. Ask with unmentioned = true to have them graded, after "
                    + "all others of their grade."));
        }

        var (matches, match) = (ImmutableArray.CreateBuilder<MatchedStudy>(), Matcher.For(record, ct: ct));
        foreach (var ranked in ranking.Best)
        {
            if (await Whole(match, ranked.Study, ranked.IsMentioned, near, ct) is { } matched)
            {
                matches.Add(matched);
            }
        }

        return new(matches.ToImmutable(), ranking.Graded, ranking.Unmentioned, [.. issues]);
    }

    async Task<(StudyIndex All, List<Issue> Issues)> Index(MatchOptions options, CancellationToken ct)
    {
        var (all, isCurrent) = await index.Current(options.Patience ?? Timeout.InfiniteTimeSpan, ct);
        return isCurrent ? (all, [.. Broken(options)])
            : index.IsBuilt ? (all, [.. Broken(options), Issue.Warning(
                IssueCode.Incomplete,
                "Much is being written: the latest changes of studies are not in this answer yet.")])
            : throw new FhirException(Issue.Error(
                IssueCode.Transient,
                "The studies are being read for the first time since the start. Try again in a minute."));
    }

    /// <summary>What is said of stored studies that cannot be read; throws (422) where it is one
    /// of them that was asked for.</summary>
    IEnumerable<Issue> Broken(MatchOptions options)
    {
        var broken = index.Broken;
        return options.StudyId is { } id
            ? broken.Contains(id)
                ? throw new FhirException(Issue.Error(
                    IssueCode.BusinessRule,
                    $"ResearchStudy/{id} or its criteria cannot be read, so that it cannot be matched. Write it anew."))
                : []
            : broken.Take(MaxNamed).Select(id => Issue.Warning(
                IssueCode.Incomplete,
                $"ResearchStudy/{id} is not in this answer: it or its criteria cannot be read ({broken.Count} such in "
                    + "all)."));
    }

    async Task<MatchAnswer> MatchOne(
        PatientRecord record, StudyIndex all, string id, List<Issue> issues, CancellationToken ct) =>
        all.Find(id) is { } study
        && await Whole(
            Matcher.For(record, ct: ct), study, RecordMentions.Of(record).Include(id, study.Diseases), null, ct)
            is { } match
            ? new([match], 1, 0, [.. issues])
            : new([], 0, 0, [.. issues]);

    async Task<MatchedStudy?> Whole(
        Func<StudyEligibility, StudyMatch> match, IndexedStudy study, bool isMentioned, NearValue? near,
        CancellationToken ct) =>
        await studies.Read(study, ct) is var (stored, eligibility)
            ? new(
                stored, eligibility.Title, match(eligibility), isMentioned,
                near is null ? null : study.Facets.From(near))
            : null;

    async Task<NearValue?> Near(MatchOptions options, List<Issue> issues, CancellationToken ct)
    {
        if (options.Near is not null || options.ZipCode is not { } code)
        {
            return options.Near;
        }

        var (place, issue) = await postalCodes.Find(code, options.Country, ct);
        if (issue is not null)
        {
            issues.Add(issue);
        }

        return place is { } point ? NearSearch.Within(options.TravelRadius ?? double.MaxValue, point) : null;
    }

    /// <summary>The studies whose screening questions the record answers: only their words
    /// tell which criterion is meant.</summary>
    async Task<Dictionary<string, StudyMatch>> Answered(PatientRecord record, StudyIndex all, CancellationToken ct)
    {
        var answered = record.Answers.Select(a => a.StudyId).Distinct(StringComparer.Ordinal)
            .Select(all.Find).OfType<IndexedStudy>()
            .ToList();
        if (answered.Count > MaxAnswered)
        {
            throw new FhirException(Issue.Error(
                IssueCode.TooCostly,
                $"The record answers screening questions of more than {MaxAnswered} studies. Send fewer.",
                "Bundle.entry"));
        }

        var (matches, match) = (
            new Dictionary<string, StudyMatch>(StringComparer.Ordinal), Matcher.For(record, ct: ct));
        foreach (var study in answered)
        {
            if (await studies.Read(study, ct) is var (_, eligibility))
            {
                matches[study.Study.Id] = match(eligibility);
            }
        }

        return matches;
    }
}
