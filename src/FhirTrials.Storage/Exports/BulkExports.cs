using System.Security.Cryptography;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Jobs;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Exports;

/// <summary>Exports of a database, which its nodes share: any of them does them, tells how far they are and gives their
/// files, which are in the database. An export shows the state after one commit, whatever is written meanwhile —
/// https://hl7.org/fhir/uv/bulkdata/STU2/export.html. Thread-safe.</summary>
/// <param name="parameters">Those that the filters of a request are read by.</param>
/// <param name="subset">What is left of a resource's JSON by a list of elements, by commas.</param>
public sealed class BulkExports(
    FhirDatabase database,
    FhirDefinitions definitions,
    IdSource ids,
    SearchParameters parameters,
    ExportOptions options,
    Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> subset)
{
    const string Kind = "export";

    /// <summary>Files that are looked for at once; each is removed in a commit of its own, so
    /// that no write waits for long.</summary>
    const int Removed = 20;

    readonly InternedNames _names = new(database);
    readonly SearchIndexer _indexer = new(definitions, parameters: parameters);
    readonly JobQueue _jobs = new(database, Convert.ToHexString(RandomNumberGenerator.GetBytes(8)));

    /// <summary>Queues an export of what is committed now; gives its id. Throws a FhirException (429) where too many
    /// are waiting or under way.</summary>
    public async Task<string> Queue(ExportRequest request, CancellationToken ct)
    {
        await database.Ask(async () =>
        {
            await using var context = database.Open();
            await _names.Load(context, ct);
            return true;
        });
        return await database.Writes.Run(1, transaction => Queue(transaction, request, ids.Next(), ct), ct);
    }

    /// <summary>How far an export is, or null where there is none.</summary>
    public Task<ExportState?> Read(string id, CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        if (await context.Jobs.SingleOrDefaultAsync(j => j.Id == id && j.Kind == Kind, ct) is not { } job)
        {
            return null;
        }

        var files = await context.ExportFiles.Where(f => f.JobId == id).OrderBy(f => f.Number)
            .Select(f => new ExportedFile(f.Number, f.Kind, f.Type, f.Lines, f.Length)).ToListAsync(ct);
        var definition = JsonSerializer.Deserialize<ExportDefinition>(job.Definition)!;
        var state = JobQueue.State(job);
        return new ExportState(
            state, definition.Request, new(definition.Time, TimeSpan.Zero), state.Updated.AddHours(options.Hours),
            [.. files]);
    });

    /// <summary>A file of a finished export, by gzip; null where there is none.</summary>
    public Task<byte[]?> File(string id, int number, CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        return await context.ExportFiles.Where(f => f.JobId == id && f.Number == number)
            .Where(f => context.Jobs.Any(j => j.Id == id && j.Kind == Kind && j.Status == JobStatus.Completed))
            .Select(f => f.Content).SingleOrDefaultAsync(ct);
    });

    /// <summary>Stops an export or gives up a finished one; whether there was one.
    /// Its files are removed soon.</summary>
    public Task<bool> Cancel(string id, CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        return await context.Jobs.Where(j => j.Id == id && j.Kind == Kind).ExecuteDeleteAsync(ct) > 0;
    });

    /// <summary>Removes what has expired, and does the next export, if there is one to do.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DoNext(CancellationToken ct) => database.Ask(async () =>
    {
        await Clean(ct);
        if (await _jobs.Take(Kind, ct) is not { } job)
        {
            return false;
        }

        try
        {
            await new ExportRun(database, definitions, _indexer, _names, parameters, _jobs, options, subset, job)
                .Do(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await _jobs.Stop(job, DatabaseFault.Code(e), ct);
            throw;
        }

        return true;
    });

    /// <summary>Removes the files of all exports, since they may hold what is expunged.</summary>
    internal static async Task Discard(FhirContext context)
    {
        await context.ExportFiles.ExecuteDeleteAsync();
        await context.Jobs.Where(j => j.Kind == Kind && j.Status != JobStatus.Failed).ExecuteUpdateAsync(
            j => j.SetProperty(r => r.Status, JobStatus.Failed)
                .SetProperty(
                    r => r.Error, "Since then a resource was expunged, which the files may have held. Export again."));
    }

    async Task<string> Queue(WriteTransaction transaction, ExportRequest request, string id, CancellationToken ct)
    {
        var context = transaction.Context;
        var open = await context.Jobs.CountAsync(
            j => j.Kind == Kind && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct);
        if (open >= options.Jobs)
        {
            throw new FhirException(Issue.Error(
                IssueCode.Throttled,
                $"{open} exports are waiting or under way, and no more are accepted. Try again when one has ended."));
        }

        // What else is written in this commit comes after what the counter tells.
        var last = await context.Counters.SingleAsync(ct);
        var types = request.Types.Select(t => _names.Type(t.Name)).ToList();
        var total = await context.Resources.CountAsync(r => types.Contains(r.Type) && !r.IsDeleted, ct);
        var definition = JsonSerializer.Serialize(new ExportDefinition(request, last.Value, last.Time));
        await transaction.Commands.Insert([JobQueue.New(id, Kind, definition, total, transaction.Now)]);
        return id;
    }

    /// <summary>Removes exports that have expired, and files that are of no export.</summary>
    async Task Clean(CancellationToken ct)
    {
        await using var context = database.Open();
        var before = database.Clock.GetUtcNow().AddHours(-options.Hours).UtcTicks;
        var expired = await context.Jobs
            .Where(j => j.Kind == Kind
                && (j.Status == JobStatus.Completed || j.Status == JobStatus.Failed) && j.Updated < before)
            .Select(j => j.Id).ToListAsync(ct);
        if (expired.Count > 0)
        {
            await context.Jobs.Where(j => expired.Contains(j.Id)).ExecuteDeleteAsync(ct);
        }

        while (await Orphans(context, ct) is { Count: > 0 } orphans)
        {
            foreach (var file in orphans)
            {
                await context.ExportFiles.Where(f => f.JobId == file.JobId && f.Number == file.Number)
                    .ExecuteDeleteAsync(ct);
            }
        }
    }

    static Task<List<ExportFileKey>> Orphans(FhirContext context, CancellationToken ct) => context.ExportFiles
        .Where(f => !context.Jobs.Any(j => j.Id == f.JobId))
        .OrderBy(f => f.JobId).ThenBy(f => f.Number).Take(Removed)
        .Select(f => new ExportFileKey(f.JobId, f.Number)).ToListAsync(ct);

    sealed record ExportFileKey(string JobId, int Number);
}
