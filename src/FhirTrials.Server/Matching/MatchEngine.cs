using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Matching;

/// <summary>A study with how the patient fits it.</summary>
sealed record MatchedStudy(StoredResource Study, string Title, StudyMatch Match);

/// <summary>What a match found.</summary>
/// <param name="Matches">The best studies, best first, at most <see cref="MatchOptions.Count"/>.</param>
/// <param name="Total">How many studies were graded.</param>
/// <param name="Issues">What the caller should know of the answer.</param>
sealed record MatchAnswer(ImmutableArray<MatchedStudy> Matches, int Total, ImmutableArray<Issue> Issues);

/// <summary>Matches a patient's record with the stored studies; every door asks here. Nothing of the patient is kept.</summary>
sealed class MatchEngine(MatchIndex index)
{
    /// <summary>The studies that the options choose, graded for the patient.</summary>
    public async Task<MatchAnswer> Match(PatientRecord record, MatchOptions options, CancellationToken ct)
    {
        var matched = (await index.Studies(ct))
            .Where(options.Wants)
            .Select(s => new MatchedStudy(s.Resource, s.Eligibility.Title, Matcher.Match(record, s.Eligibility)))
            .OrderBy(m => m.Match.Grade)
            .ThenByDescending(m => m.Match.Score)
            .ThenBy(m => m.Match.StudyId, StringComparer.Ordinal)
            .ToImmutableArray();
        return new([.. matched.Take(options.Count ?? matched.Length)], matched.Length, []);
    }
}
