using System.Collections.Immutable;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Jobs;

/// <param name="Types">The resource types to index anew.</param>
/// <param name="Parameters">URLs of the posted parameters whose index is complete after that.</param>
sealed record ReindexDefinition(ImmutableArray<string> Types, ImmutableArray<string> Parameters);

/// <summary>Indexes the resources of some types anew, batch by batch in the order of their keys, while others write. What was
/// written since the job was queued is indexed already.</summary>
sealed class Reindex(
    FhirDatabase database,
    FhirDefinitions definitions,
    SearchIndexer indexer,
    InternedNames names,
    SearchParameters parameters,
    PostedParameters posted,
    JobQueue jobs)
{
    public const string Kind = "reindex";

    const int BatchSize = 200;

    public static async Task<JobRow> NewJob(
        FhirContext context, string id, ReindexDefinition definition, InternedNames names, DateTimeOffset now, CancellationToken ct)
    {
        var types = Types(definition, names);
        var total = await context.Resources.CountAsync(r => types.Contains(r.Type) && !r.IsDeleted, ct);
        return JobQueue.New(id, Kind, JsonSerializer.Serialize(definition), total, now);
    }

    /// <summary>Does the next job, if there is one.</summary>
    public async Task<bool> DoNext(CancellationToken ct)
    {
        if (await jobs.Take(Kind, ct) is not { } job)
        {
            return false;
        }

        var definition = JsonSerializer.Deserialize<ReindexDefinition>(job.Definition)!;
        await using (var context = database.Open())
        {
            await names.Load(context, ct);
        }

        await posted.Load(ct);
        var changes = await Changes(definition, ct);
        var (place, done) = (job.Place, job.Done);
        while (await Batch(definition, place, ct) is { Count: > 0 } batch)
        {
            await Write(batch, ct);
            (place, done) = (batch[^1].Key, done + batch.Count);
            if (!await jobs.Advance(job.Id, place, done, ct))
            {
                return true;
            }
        }

        await Complete(changes, ct);
        await jobs.Finish(job.Id, null, ct);
        await posted.Load(ct);
        return true;
    }

    async Task<List<ResourceRow>> Batch(ReindexDefinition definition, long place, CancellationToken ct)
    {
        await using var context = database.Open();
        var types = Types(definition, names);
        return await context.Resources.Where(r => r.Key > place && types.Contains(r.Type) && !r.IsDeleted)
            .OrderBy(r => r.Key).Take(BatchSize).ToListAsync(ct);
    }

    /// <summary>Again where parameters have changed meanwhile.</summary>
    async Task Write(List<ResourceRow> batch, CancellationToken ct)
    {
        while (true)
        {
            var version = parameters.Version;
            var entries = batch
                .Select(r => indexer.Index(FhirJson.Read(StoredJson.Decompress(r.Json), definitions.Types).Resource!)).ToList();
            await names.Intern(entries.SelectMany(e => IndexRowBuilder.Names(e)), ct);
            if (await database.Writes.Run(batch.Count, transaction => Write(transaction, version, batch, entries, ct), ct))
            {
                return;
            }

            await posted.Load(ct);
        }
    }

    async Task<bool> Write(
        WriteTransaction transaction,
        long version,
        List<ResourceRow> batch,
        List<ImmutableArray<IndexEntry>> entries,
        CancellationToken ct)
    {
        if (transaction.SearchVersion != version)
        {
            return false;
        }

        // What was written since it was read has its index from that.
        var (first, last) = (batch[0].Key, batch[^1].Key);
        var current = await transaction.Context.Resources.Where(r => r.Key >= first && r.Key <= last)
            .ToDictionaryAsync(r => r.Key, r => r.Change, ct);
        var unchanged = batch.Zip(entries).Where(b => current.GetValueOrDefault(b.First.Key) == b.First.Change).ToList();
        await transaction.Commands.ClearIndex([.. unchanged.Select(b => b.First.Key)]);
        await transaction.Commands.InsertIndex(unchanged.SelectMany(b => Rows(b.First, b.Second)).ToList());
        return true;
    }

    IEnumerable<IndexRow> Rows(ResourceRow resource, ImmutableArray<IndexEntry> entries)
    {
        foreach (var row in IndexRowBuilder.Rows(entries, resource.Type, names))
        {
            row.ResourceKey = resource.Key;
            yield return row;
        }
    }

    async Task<Dictionary<string, long>> Changes(ReindexDefinition definition, CancellationToken ct)
    {
        await using var context = database.Open();
        var urls = definition.Parameters.ToArray();
        return await context.PostedParameters.Where(p => urls.Contains(p.Url)).ToDictionaryAsync(p => p.Url, p => p.Change, ct);
    }

    /// <summary>A parameter that was changed since has a job of its own.</summary>
    async Task Complete(Dictionary<string, long> changes, CancellationToken ct)
    {
        await using var context = database.Open();
        foreach (var (url, change) in changes)
        {
            await context.PostedParameters.Where(p => p.Url == url && p.Change == change)
                .ExecuteUpdateAsync(p => p.SetProperty(r => r.IsComplete, true), ct);
        }
    }

    static short[] Types(ReindexDefinition definition, InternedNames names) =>
        [.. definition.Types.Select(names.Type).Where(t => t != InternedNames.Unknown)];
}
