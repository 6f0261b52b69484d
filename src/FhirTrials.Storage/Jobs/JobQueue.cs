using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Jobs;

/// <summary>The jobs of a database, which its nodes share: each is done by the node that holds its
/// lease, and goes on from its last place where that node is gone. One that is taken up again and
/// again without getting on fails.</summary>
/// <param name="node">The name of this node, which no other has.</param>
sealed class JobQueue(FhirDatabase database, string node)
{
    public const int MaxAttempts = 5;

    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static JobRow New(string id, string kind, string definition, long total, DateTimeOffset now) => new()
    {
        Id = id, Kind = kind, Definition = definition, Total = total,
        Created = now.UtcTicks, Updated = now.UtcTicks,
    };

    public async Task<JobState?> Read(string id, CancellationToken ct)
    {
        await using var context = database.Open();
        return await context.Jobs.SingleOrDefaultAsync(j => j.Id == id, ct) is { } row ? State(row) : null;
    }

    /// <summary>The oldest job of the kind that nobody does, which is then this
    /// node's; null where there is none.</summary>
    public async Task<JobRow?> Take(string kind, CancellationToken ct)
    {
        await using var context = database.Open();
        var now = Now();
        var open = await context.Jobs
            .Where(j => j.Kind == kind
                && (j.Status == JobStatus.Queued || (j.Status == JobStatus.Running && j.LeaseEnd < now)))
            .OrderBy(j => j.Created).ThenBy(j => j.Id).FirstOrDefaultAsync(ct);
        if (open is null)
        {
            return null;
        }

        // Of two nodes that have seen the same lease one takes it.
        var end = now + Lease.Ticks;
        var taken = await context.Jobs
            .Where(j => j.Id == open.Id && j.LeaseEnd == open.LeaseEnd && j.Status == open.Status)
            .ExecuteUpdateAsync(
                j => j.SetProperty(r => r.Status, JobStatus.Running).SetProperty(r => r.Owner, node)
                    .SetProperty(r => r.LeaseEnd, end).SetProperty(r => r.Updated, now)
                    .SetProperty(r => r.Attempts, r => r.Attempts + 1),
                ct);
        if (taken == 1 && open.Attempts >= MaxAttempts)
        {
            await Fail(open.Id, "the end of the process", ct);
            return null;
        }

        open.Attempts++;
        return taken == 1 ? open : null;
    }

    /// <summary>Notes that the job has stopped: it is tried again when its lease ends, or has failed.</summary>
    /// <param name="reason">Without data of resources.</param>
    public Task Stop(JobRow job, string reason, CancellationToken ct) =>
        job.Attempts < MaxAttempts ? Task.CompletedTask : Fail(job.Id, reason, ct);

    Task Fail(string id, string reason, CancellationToken ct) => Finish(
        id,
        FormattableString.Invariant($"It was stopped {MaxAttempts} times without getting on, last by {reason}."),
        ct);

    /// <summary>Renews the lease and keeps the place; false where another node has the job now.</summary>
    public async Task<bool> Advance(string id, long place, long done, long skipped, CancellationToken ct)
    {
        await using var context = database.Open();
        return await Advance(context, id, place, done, skipped, ct);
    }

    /// <summary>The same within a transaction.</summary>
    public async Task<bool> Advance(
        FhirContext context, string id, long place, long done, long skipped, CancellationToken ct)
    {
        var now = Now();
        var end = now + Lease.Ticks;
        return await context.Jobs.Where(j => j.Id == id && j.Owner == node && j.Status == JobStatus.Running)
            .ExecuteUpdateAsync(
                j => j.SetProperty(r => r.Place, place).SetProperty(r => r.Done, done)
                    .SetProperty(r => r.Skipped, skipped)
                    .SetProperty(r => r.Attempts, 0)
                    .SetProperty(r => r.LeaseEnd, end).SetProperty(r => r.Updated, now),
                ct) == 1;
    }

    /// <param name="error">Why it failed; null where it is complete.</param>
    public async Task Finish(string id, string? error, CancellationToken ct)
    {
        await using var context = database.Open();
        var now = Now();
        var status = error is null ? JobStatus.Completed : JobStatus.Failed;
        await context.Jobs.Where(j => j.Id == id && j.Owner == node).ExecuteUpdateAsync(
            j => j.SetProperty(r => r.Status, status).SetProperty(r => r.Error, error)
                .SetProperty(r => r.LeaseEnd, 0).SetProperty(r => r.Updated, now),
            ct);
    }

    long Now() => database.Clock.GetUtcNow().UtcTicks;

    public static JobState State(JobRow row) => new(
        row.Id, row.Kind, row.Status, row.Done, row.Total, row.Skipped,
        new(row.Created, TimeSpan.Zero), new(row.Updated, TimeSpan.Zero), row.Error);
}
