using FhirTrials.Fhir.Search;

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

    /// <summary>Only studies with sites in that country, named as the studies do.</summary>
    public string? Country { get; init; }

    /// <summary>Only studies about that disease or a kind of it: a name, or words of a study's condition.</summary>
    public string? Condition { get; init; }

    /// <summary>Only studies that may have a site near there; each match tells its nearest site.</summary>
    public NearValue? Near { get; init; }

    /// <summary>In place of <see cref="Near"/>: the postal code of the place.</summary>
    public string? ZipCode { get; init; }

    /// <summary>How far from <see cref="ZipCode"/>, in kilometres; null for any distance.</summary>
    public double? TravelRadius { get; init; }

    /// <summary>Whether studies are graded as well whose disease the record does not mention.</summary>
    public bool Unmentioned { get; init; }

    /// <summary>At most so many studies, the best; null for all.</summary>
    public int? Count { get; init; }

    /// <summary>How long to wait for an index that has everything in it; null for as long as it takes.</summary>
    public TimeSpan? Patience { get; init; } = TimeSpan.FromSeconds(5);
}
