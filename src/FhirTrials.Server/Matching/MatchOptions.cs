namespace FhirTrials.Server.Matching;

/// <summary>Which studies a patient is matched with, and how many are told.</summary>
sealed record MatchOptions
{
    /// <summary>All studies.</summary>
    public static readonly MatchOptions All = new();

    /// <summary>That study alone, whatever the other options say.</summary>
    public string? StudyId { get; init; }

    /// <summary>Only studies of that phase: <c>phase-2</c>, <c>PHASE2</c>, <c>Phase 2</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>Only studies of that status, FHIR's or the registry's: <c>active</c>, <c>RECRUITING</c>.</summary>
    public string? RecruitmentStatus { get; init; }

    /// <summary>At most so many studies, the best; null for all.</summary>
    public int? Count { get; init; }

    public bool Wants(MatchStudy study) => StudyId is { } id
        ? study.Resource.Id == id
        : (Phase is null || study.Phases.Any(p => Plain(p) == Plain(Phase)))
            && (RecruitmentStatus is null || study.Statuses.Any(s => Plain(s) == Plain(RecruitmentStatus)));

    static string Plain(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
