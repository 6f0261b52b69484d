using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage;

namespace FhirTrials.Server.Importing;

/// <summary>What became of one registry record.</summary>
/// <param name="NctId">Null where the text is no record.</param>
/// <param name="Issues">Why it was refused, or warnings.</param>
sealed record Imported(string? NctId, ImmutableArray<WriteResult> Results, ImmutableArray<Issue> Issues)
{
    public bool IsRefused => Issues.Any(i => i.IsError);

    /// <summary>How many resources were written.</summary>
    public int Written => Results.Count(r => r.Outcome is WriteOutcome.Created or WriteOutcome.Updated);

    /// <summary>How many resources were deleted because the record does not name them any more.</summary>
    public int Removed => Results.Count(r => r.Outcome is WriteOutcome.Deleted);

    public bool IsNew => Results.Any(r => r is { Outcome: WriteOutcome.Created, Resource.Type: "ResearchStudy" });

    public bool IsUnchanged => !IsRefused && Written + Removed == 0;

    /// <summary>The first reason of a refusal, with its place.</summary>
    public string Reason => Issues.First(i => i.IsError) is var issue
        ? $"{issue.Diagnostics}{(issue.Expression is null ? "" : $" [{issue.Expression}]")}"
        : "";
}
