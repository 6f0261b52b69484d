namespace FhirTrials.Storage.Jobs;

public enum JobStatus
{
    Queued,
    Running,
    Completed,
    Failed,
}

/// <summary>How far a job is.</summary>
/// <param name="Done">Of <paramref name="Total"/>, in what the kind of job counts.</param>
/// <param name="Skipped">Of what is done, what could not be done and was left as it was.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobState(
    string Id,
    string Kind,
    JobStatus Status,
    long Done,
    long Total,
    long Skipped,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string? Error);
