using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Jobs;

/// <summary>Keeps the search parameters that this node knows those of the database, and has the
/// index made complete for new ones. A write indexes by all parameters that were posted before
/// its commit (<see cref="WriteTransaction.SearchVersion"/>), on whichever node; so what is older
/// is what a reindex has to do.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing unless its wait handle is asked for.")]
sealed class PostedParameters(
    FhirDatabase database, FhirDefinitions definitions, SearchParameters parameters, InternedNames names)
{
    public const string Type = "SearchParameter";

    readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Learns what other nodes have changed.</summary>
    public async Task Load(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await using var context = database.Open();

            // The version first: what comes between is then learned again.
            var version = await context.Counters.Select(c => c.SearchVersion).SingleAsync(ct);
            var complete = await context.PostedParameters.Where(p => p.IsComplete)
                .ToDictionaryAsync(p => p.Url, p => p.Change, ct);
            var posted = await Stored(context, ct);
            parameters.Set(version, [.. posted.Select(p => new PostedParameter(
                p.Parameter, complete.TryGetValue(p.Parameter.Url, out var change) && change == p.Change))]);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Queues what the index lacks: one job for all parameters that have changed, or for everything where an
    /// older program has written.</summary>
    public async Task Schedule(Func<string> newId, CancellationToken ct)
    {
        await using var context = database.Open();
        if (!await IndexForm.IsCurrent(context, ct) || await Changes(context, ct) is { IsEmpty: false })
        {
            await database.Writes.Run(1, transaction => Queue(transaction, newId(), ct), ct);
            await Load(ct);
        }
    }

    async Task<int> Queue(WriteTransaction transaction, string id, CancellationToken ct)
    {
        var context = transaction.Context;
        var changes = await Changes(context, ct);
        var isCurrent = await IndexForm.IsCurrent(context, ct);
        if (changes.IsEmpty && isCurrent)
        {
            return 0;
        }

        transaction.NextChange();
        if (!isCurrent)
        {
            await IndexForm.Clear(context, ct);
            await transaction.Commands.Insert([IndexForm.Setting()]);
        }

        foreach (var (posted, old) in changes)
        {
            if (old is not null)
            {
                await context.PostedParameters.Where(p => p.Url == old.Url).ExecuteDeleteAsync(ct);
            }

            if (posted is not null)
            {
                await transaction.Commands.Insert([posted]);
            }
        }

        var types = !isCurrent ? ["Resource"] : changes.SelectMany(c => new[] { c.Posted?.Types, c.Old?.Types })
            .OfType<string>().SelectMany(t => t.Split(','));
        var reindex = new ReindexDefinition(
            [.. Concrete(types)],
            changes.Select(c => c.Posted).OfType<PostedParameterRow>().ToDictionary(p => p.Url, p => p.Change));
        await transaction.Commands.Insert([await Reindex.NewJob(context, id, reindex, names, transaction.Now, ct)]);
        return changes.Length;
    }

    /// <summary>Parameters that are new, changed (both) or gone.</summary>
    async Task<ImmutableArray<(PostedParameterRow? Posted, PostedParameterRow? Old)>> Changes(
        FhirContext context, CancellationToken ct)
    {
        var rows = await context.PostedParameters.ToDictionaryAsync(p => p.Url, ct);
        var posted = (await Stored(context, ct)).ToDictionary(
            p => p.Parameter.Url,
            p => new PostedParameterRow
            {
                Url = p.Parameter.Url, Change = p.Change, Types = string.Join(',', p.Parameter.Base),
            });
        return
        [
            .. rows.Keys.Union(posted.Keys).Order(StringComparer.Ordinal)
                .Select(url => (Posted: posted.GetValueOrDefault(url), Old: rows.GetValueOrDefault(url)))
                .Where(c => c.Posted?.Change != c.Old?.Change),
        ];
    }

    IEnumerable<string> Concrete(IEnumerable<string> bases) => definitions.Types.Names
        .Where(n => definitions.Types.IsResource(n, out var type) && bases.Any(type.IsA)).Order(StringComparer.Ordinal);

    /// <summary>The active SearchParameter resources that the definitions do not have.</summary>
    async Task<List<(SearchParameter Parameter, long Change)>> Stored(FhirContext context, CancellationToken ct)
    {
        await names.LoadIfUnknown(context, [(NameKind.ResourceType, Type)], ct);
        var type = names.Type(Type);
        var rows = await context.Resources.Where(r => r.Type == type && !r.IsDeleted)
            .OrderBy(r => r.Key).ToListAsync(ct);
        return
        [
            .. rows.Select(r => (Resource(r.Json), r.Change))
                .Select(r => (Parameter: PostedParameterCheck.Of(r.Item1, definitions), r.Change))
                .Where(p => p.Parameter is not null)
                .Select(p => (p.Parameter!, p.Change))
                .DistinctBy(p => p.Item1.Url),
        ];
    }

    Element Resource(byte[] json) =>
        FhirJson.Read(StoredJson.Decompress(json), definitions.Types, ReadLimits.Stored).Resource!;
}
