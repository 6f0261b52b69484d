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
/// <param name="Parameters">URLs and changes of the posted parameters whose index is complete after that.</param>
sealed record ReindexDefinition(ImmutableArray<string> Types, IReadOnlyDictionary<string, long> Parameters);

/// <summary>Indexes the resources of some types anew, batch by batch in the order of their keys, while others
/// write. What was written since the job was queued is indexed already. A resource that cannot be indexed
/// keeps the index that it has.</summary>
sealed class Reindex(
    FhirDatabase database,
    FhirDefinitions definitions,
    SearchIndexer indexer,
    InternedNames names,
    SearchParameters parameters,
    PostedParameters posted,
    JobQueue jobs,
    UnindexedParameters unindexed)
{
    public const string Kind = "reindex";

    const int BatchSize = 200;

    public static async Task<JobRow> NewJob(
        FhirContext context, string id, ReindexDefinition definition, InternedNames names, DateTimeOffset now,
        CancellationToken ct)
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

        try
        {
            await Do(job, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await jobs.Stop(job, DatabaseFault.Code(e), ct);
            throw;
        }

        return true;
    }

    async Task Do(JobRow job, CancellationToken ct)
    {
        var definition = JsonSerializer.Deserialize<ReindexDefinition>(job.Definition)!;
        await using (var context = database.Open())
        {
            await names.Load(context, ct);
        }

        await posted.Load(ct);
        var (place, done, skipped) = (job.Place, job.Done, job.Skipped);
        while (await Batch(definition, place, ct) is { Count: > 0 } batch)
        {
            var written = await Write(batch, ct);
            (place, done, skipped) = (batch[^1].Key, done + batch.Count, skipped + batch.Count - written);
            if (!await jobs.Advance(job.Id, place, done, skipped, ct))
            {
                return;
            }
        }

        await Complete(definition.Parameters, ct);
        await jobs.Finish(job.Id, null, ct);
        await posted.Load(ct);
    }

    async Task<List<ResourceRow>> Batch(ReindexDefinition definition, long place, CancellationToken ct)
    {
        await using var context = database.Open();
        var types = Types(definition, names);
        return await context.Resources.Where(r => r.Key > place && types.Contains(r.Type) && !r.IsDeleted)
            .OrderBy(r => r.Key).Take(BatchSize).ToListAsync(ct);
    }

    /// <summary>Again where parameters have changed meanwhile. Gives how many could be indexed.</summary>
    async Task<int> Write(List<ResourceRow> batch, CancellationToken ct)
    {
        while (true)
        {
            var version = parameters.Version;
            var indexed = batch.Select(r => (Row: r, Entries: Index(r))).Where(r => !r.Entries.IsDefault).ToList();
            await names.Intern(indexed.SelectMany(r => IndexRowBuilder.Names(r.Entries)), ct);
            try
            {
                if (await database.Writes.Run(
                    indexed.Count, transaction => Write(transaction, version, indexed, ct), ct))
                {
                    return indexed.Count;
                }
            }
            catch (Exception e) when (DatabaseFault.IsOfDatabase(e))
            {
                return await WriteEach(batch, e, ct);
            }

            await posted.Load(ct);
        }
    }

    /// <summary>What the engine refuses among others is found out one by one.</summary>
    async Task<int> WriteEach(List<ResourceRow> batch, Exception fault, CancellationToken ct)
    {
        if (batch.Count == 1)
        {
            unindexed.Report(names.TypeName(batch[0].Type), fault);
            return 0;
        }

        var written = 0;
        foreach (var row in batch)
        {
            written += await Write([row], ct);
        }

        return written;
    }

    /// <summary>What a resource is found by; default where that fails, which is reported.</summary>
    ImmutableArray<IndexEntry> Index(ResourceRow row)
    {
        try
        {
            var read = FhirJson.Read(StoredJson.Decompress(row.Json), definitions.Types, ReadLimits.Stored);
            return indexer.Index(read.Resource ?? throw new InvalidDataException());
        }
        catch (Exception e)
        {
            unindexed.Report(names.TypeName(row.Type), e);
            return default;
        }
    }

    async Task<bool> Write(
        WriteTransaction transaction,
        long version,
        List<(ResourceRow Row, ImmutableArray<IndexEntry> Entries)> indexed,
        CancellationToken ct)
    {
        if (transaction.SearchVersion != version)
        {
            return false;
        }

        // Searches find another thing after it: who remembers what they found by change numbers notices it by this one.
        transaction.NextChange();

        // What was written since it was read has its index from that.
        var keys = indexed.ConvertAll(r => r.Row.Key);
        var current = await transaction.Context.Resources.Where(r => keys.Contains(r.Key))
            .ToDictionaryAsync(r => r.Key, r => r.Change, ct);
        var unchanged = indexed.Where(r => current.GetValueOrDefault(r.Row.Key) == r.Row.Change).ToList();
        await transaction.Commands.ClearIndex([.. unchanged.Select(r => r.Row.Key)]);
        transaction.Commands.GatherIndex(unchanged.SelectMany(r => Rows(r.Row, r.Entries)));
        return true;
    }

    IEnumerable<IndexRow> Rows(ResourceRow resource, ImmutableArray<IndexEntry> entries)
    {
        foreach (var row in IndexRowBuilder.Rows(entries, resource.Type, names, database.Provider))
        {
            row.ResourceKey = resource.Key;
            yield return row;
        }
    }

    /// <summary>A parameter that was changed since has a job of its own.</summary>
    async Task Complete(IReadOnlyDictionary<string, long> changes, CancellationToken ct)
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
