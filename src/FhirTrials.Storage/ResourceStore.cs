using System.Collections.Immutable;
using System.Security.Cryptography;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Checking;
using FhirTrials.Storage.Jobs;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Search;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>The store of resources, their versions and their search index, over EF Core. Thread-safe.</summary>
/// <param name="log">Is told of search parameters that fail on a resource; null tells nobody.</param>
/// <param name="parameters">Keeps the search parameters that were posted; null where nobody else asks for them.</param>
public sealed class ResourceStore(
    FhirDatabase database,
    FhirDefinitions definitions,
    IdSource ids,
    ILogger<ResourceStore>? log = null,
    SearchParameters? parameters = null)
{
    const int MaxAttempts = 10;

    readonly SearchParameters _parameters = parameters ??= new(definitions);
    readonly SearchIndexer _indexer = new(definitions, new UnindexedParameters(log).Report, parameters);
    readonly InternedNames _names = new(database);
    readonly string _node = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    PostedParameters Posted =>
        LazyInitializer.EnsureInitialized(ref field, () => new(database, definitions, _parameters, _names));

    JobQueue Jobs => LazyInitializer.EnsureInitialized(ref field, () => new(database, _node));

    /// <summary>The current version (which may be a deletion), or null where there never was one.</summary>
    public Task<StoredResource?> Read(string type, string id, CancellationToken ct) => database.Ask(async () =>
        await Find(type, id, ct) is { } row ? Stored(row) : null);

    /// <summary>One version, or null.</summary>
    public Task<StoredResource?> VRead(string type, string id, int version, CancellationToken ct) =>
        database.Ask(async () =>
        {
            var row = await Find(type, id, ct);
            if (row is null || row.Version == version)
            {
                return row is null ? null : Stored(row);
            }

            await using var context = database.Open();
            var old =
                await context.Versions.SingleOrDefaultAsync(v => v.ResourceKey == row.Key && v.Version == version, ct);
            return old is null ? null : Stored(old);
        });

    /// <summary>The current versions of several resources, deleted ones too; those
    /// that never were are left out.</summary>
    public Task<ImmutableArray<StoredResource>> Read(
        IReadOnlyCollection<(string Type, string Id)> named, CancellationToken ct) => database.Ask(async () =>
    {
        await using (var context = database.Open())
        {
            await _names.LoadIfUnknown(context, named.Select(n => (NameKind.ResourceType, n.Type)).Distinct(), ct);
        }

        var keys = named.Select(n => (_names.Type(n.Type), n.Id)).ToList();
        var rows = await database.Reads.Use((_, commands) => commands.Find(keys));
        return rows.Select(Stored).ToImmutableArray();
    });

    /// <summary>Where the resources of some types are whose ids begin so, by type and id; deleted ones too.</summary>
    public Task<ImmutableArray<StoredKey>> Keys(
        IReadOnlyCollection<string> types, string prefix, CancellationToken ct) => database.Ask(() =>
        database.Searches.Use(async (context, runner) =>
        {
            await _names.LoadIfUnknown(context, types.Select(t => (NameKind.ResourceType, t)), ct);
            var keys = await runner.Query(
                $"""
                SELECT "Type", "Id", "Change", "IsDeleted" FROM "Resource"
                WHERE "Type" IN ({Sql.List([.. types.Select(Sql (t) => $"{_names.Type(t)}")])})
                  AND "Id" >= {prefix} AND "Id" < {IndexText.After(prefix)}
                """,
                row => new StoredKey(
                    _names.TypeName(row.GetInt16(0)), row.GetString(1), row.GetInt64(2), row.GetBoolean(3)),
                ct);
            return keys.OrderBy(k => k.Type, StringComparer.Ordinal).ThenBy(k => k.Id, StringComparer.Ordinal)
                .ToImmutableArray();
        }));

    /// <summary>A note, or null where there is none of that name.</summary>
    public Task<StoredNote?> Note(string name, CancellationToken ct) => database.Ask(() =>
        database.Searches.Use((_, runner) => Notes.Read(runner, name, ct)));

    /// <summary>Writes a note, whatever there was of that name.</summary>
    public Task WriteNote(NewNote note, CancellationToken ct) => database.Writes.Run(
        1,
        async transaction =>
        {
            await Notes.Write(transaction, note);
            return true;
        },
        ct);

    /// <summary>All writes or none, in one commit, and a note with them.</summary>
    /// <param name="mayWait">Whether they may wait a moment for others to come and share the
    /// commit: less work, later done.</param>
    public Task<ImmutableArray<WriteResult>> Write(
        IReadOnlyList<WriteOperation> operations, NewNote note, CancellationToken ct, bool mayWait = false) => Indexed(
        operations,
        async (transaction, writes) =>
        {
            var results = await Write(transaction, writes, ct);
            await Notes.Write(transaction, note);
            return results;
        },
        ct,
        mayWait);

    /// <summary>All writes or none, in one commit; throws a FhirException (409, 412) where a condition fails.</summary>
    public async Task<ImmutableArray<WriteResult>> Write(IReadOnlyList<WriteOperation> operations, CancellationToken ct)
    {
        if (operations.Count == 0)
        {
            return [];
        }

        return await Indexed(operations, (transaction, writes) => Write(transaction, writes, ct), ct);
    }

    /// <summary>What searches will find when the writes are done: the ids of two matches at most
    /// of each. Nothing is written.</summary>
    public Task<ImmutableArray<IReadOnlyList<string>>> Foresee(
        IReadOnlyList<WriteOperation> operations, IReadOnlyList<SearchQuery> queries, CancellationToken ct) =>
        Indexed(
            operations,
            async (transaction, writes) =>
            {
                await transaction.Save();
                await Write(transaction, writes, ct);
                var found = ImmutableArray.CreateBuilder<IReadOnlyList<string>>(queries.Count);
                foreach (var query in queries)
                {
                    found.Add(await Match(transaction, query, ct));
                }

                await transaction.Undo();
                return found.MoveToImmutable();
            },
            ct);

    /// <summary>Makes writes ready and has them written; again where search parameters were posted meanwhile, by which
    /// they must be indexed.</summary>
    async Task<T> Indexed<T>(
        IReadOnlyList<WriteOperation> operations,
        Func<WriteTransaction, ImmutableArray<PreparedWrite>, Task<T>> write,
        CancellationToken ct,
        bool mayWait = false)
    {
        for (var attempts = 1; attempts <= MaxAttempts; attempts++)
        {
            var version = _parameters.Version;
            var writes = await database.Ask(() => Prepare(operations, ct));
            var (isIndexed, result) = await database.Writes.Run(
                operations.Count,
                async transaction => transaction.SearchVersion == version
                    ? (true, await write(transaction, writes))
                    : (false, default(T)),
                ct,
                mayWait);
            if (!isIndexed || WritesParameters(operations))
            {
                await LoadSearchParameters(ct);
            }

            if (isIndexed)
            {
                return result!;
            }
        }

        throw new FhirException(Issue.Error(IssueCode.Transient, "Search parameters change all the time. Try again."));
    }

    static bool WritesParameters(IReadOnlyList<WriteOperation> operations) =>
        operations.Any(o => PreparedWrite.TypeOf(o) == PostedParameters.Type);

    /// <summary>Learns which search parameters were posted.</summary>
    public Task LoadSearchParameters(CancellationToken ct) => database.Ask(async () =>
    {
        await Posted.Load(ct);
        return true;
    });

    /// <summary>Keeps up with what other nodes have posted, and does the next job, if there is one to do.</summary>
    /// <returns>Whether there was a job.</returns>
    public Task<bool> DoNextJob(CancellationToken ct) => database.Ask(async () =>
    {
        await Posted.Load(ct);
        await Posted.Schedule(ids.Next, ct);
        return await new Reindex(
            database, definitions, _indexer, _names, _parameters, Posted, Jobs,
            new UnindexedParameters(log)).DoNext(ct);
    });

    /// <summary>Queues a job that indexes the resources of some types anew; gives its id.</summary>
    /// <param name="parameters">URLs of posted parameters whose index is complete after that.</param>
    public async Task<string> QueueReindex(
        IEnumerable<string> types, IEnumerable<string> parameters, CancellationToken ct)
    {
        var (id, urls) = (ids.Next(), parameters.ToArray());
        await database.Writes.Run(1, async transaction =>
        {
            var posted = await transaction.Context.PostedParameters.Where(p => urls.Contains(p.Url))
                .ToDictionaryAsync(p => p.Url, p => p.Change, ct);
            var definition = new ReindexDefinition([.. types], posted);
            var job = await Reindex.NewJob(transaction.Context, id, definition, _names, transaction.Now, ct);
            await transaction.Commands.Insert([job]);
            return 1;
        }, ct);
        return id;
    }

    /// <summary>A job, or null.</summary>
    public Task<JobState?> Job(string id, CancellationToken ct) => database.Ask(() => Jobs.Read(id, ct));

    async Task<ImmutableArray<WriteResult>> Write(
        WriteTransaction transaction, ImmutableArray<PreparedWrite> writes, CancellationToken ct)
    {
        var writer = new ResourceWriter(transaction, _names, query => Match(transaction, query, ct));
        await writer.Preload(writes.Where(w => w.Id is not null).Select(w => (w.Type, w.Id!)));
        var results = ImmutableArray.CreateBuilder<WriteResult>(writes.Length);
        foreach (var write in writes)
        {
            results.Add(await writer.Apply(write));
        }

        await writer.Send();
        if (WritesParameters([.. writes.Select(w => w.Operation)]))
        {
            transaction.ChangeSearchParameters();
        }

        return results.MoveToImmutable();
    }

    /// <summary>Writes a package of resources that name their ids, unless it is what was last written under that name.
    /// Gives whether it was written.</summary>
    public async Task<bool> WritePackage(string name, IReadOnlyCollection<Element> resources, CancellationToken ct)
    {
        var hash = PackageHash.Of(resources);
        if (await database.Ask(() => PackageHash.IsStored(database, name, hash, ct)))
        {
            return false;
        }

        return await Indexed(
            [.. resources.Select(r => new UpdateOperation(r, r.Id!))],
            async (transaction, writes) =>
            {
                await Write(transaction, writes, ct);
                await PackageHash.Store(transaction, name, hash);
                return true;
            },
            ct);
    }

    /// <summary>Removes a resource with its history for good, or one old version of it; gives how many versions there
    /// were to remove. Throws a FhirException (409) for the current version alone.</summary>
    public async Task<int> Expunge(string type, string id, int? version, CancellationToken ct)
    {
        var typeId = await database.Ask(() => TypeId(type, ct));
        return await database.Writes.Run(1, transaction => Writing.Expunge.Do(transaction, typeId, id, version), ct);
    }

    /// <param name="page">The <see cref="SearchPage.Next"/> of the page before, or null for the first.</param>
    public Task<SearchPage> Search(SearchQuery query, string? page, CancellationToken ct) =>
        database.Ask(() => database.Searches.Use(async (context, runner) =>
        {
            await _names.LoadIfUnknown(context, SearchNames.Of(query, definitions), ct);
            return await new SearchReader(database, context, runner, definitions, _indexer, _names)
                .Read(query, page, ct);
        }));

    /// <summary>Versions of one resource, or (<paramref name="id"/> null) of some types, newest first.</summary>
    /// <param name="types">One where an id is given; none for all.</param>
    /// <param name="at">Only versions that were current at some time of it.</param>
    public Task<HistoryPage> History(
        IReadOnlyCollection<string> types, string? id, DateTimeOffset? since, DateRange? at, int count, string? page,
        CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        await _names.LoadIfUnknown(context, types.Select(t => (NameKind.ResourceType, t)), ct);
        return await new HistoryReader(database, context, _names).Read(types, id, since, at, count, page, ct);
    });

    /// <summary>The labels that current resources of some types have.</summary>
    public Task<LabelsInUse> Labels(IEnumerable<string> types, CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        return await new LabelReader(context, _names).Read(types, ct);
    });

    /// <summary>Checks the whole store.</summary>
    /// <param name="repair">Whether index rows that are wrong are written anew.</param>
    public async Task<CheckReport> Check(bool repair, CancellationToken ct)
    {
        await Posted.Load(ct);
        return await new StoreCheck(database, definitions, _indexer, _names).Run(repair, ct);
    }

    /// <summary>The number of the latest completed change; what was committed up to it is visible.</summary>
    public Task<long> LastChange(CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        return await context.Counters.Select(c => c.Value).SingleAsync(ct);
    });

    /// <summary>Which resources of some types have changed after a change number.</summary>
    public Task<ChangeSet> Changes(IReadOnlyCollection<string> types, long after, CancellationToken ct) =>
        database.Ask(async () =>
        {
            await using var context = database.Open();
            return await new ChangeReader(context, _names).Read(types, after, ct);
        });

    /// <summary>Does what needs no lock: extracts what a resource is found by, and writes its JSON.</summary>
    async Task<ImmutableArray<PreparedWrite>> Prepare(IReadOnlyList<WriteOperation> operations, CancellationToken ct)
    {
        var wrong = operations.Select(PreparedWrite.ResourceOf).OfType<Element>()
            .Where(r => r.Type.Name == PostedParameters.Type)
            .SelectMany(r => PostedParameterCheck.Check(r, definitions, _parameters)).ToList();
        if (wrong.Count > 0)
        {
            throw new FhirException(wrong);
        }

        var entries = operations
            .Select(o => PreparedWrite.ResourceOf(o) is { } resource ? _indexer.Index(resource) : []).ToList();
        var types = operations.Select(o => (NameKind.ResourceType, PreparedWrite.TypeOf(o)));
        await _names.Intern(types.Concat(entries.SelectMany(e => IndexRowBuilder.Names(e))), ct);
        return [.. operations.Zip(entries, Prepare)];
    }

    PreparedWrite Prepare(WriteOperation operation, ImmutableArray<IndexEntry> entries)
    {
        var (type, id) = (_names.Type(PreparedWrite.TypeOf(operation)), PreparedWrite.IdOf(operation, ids));
        var draft = PreparedWrite.ResourceOf(operation) is { } resource ? Draft.Of(resource, id!) : null;
        return new(operation, type, id, draft, [.. IndexRowBuilder.Rows(entries, type, _names, database.Provider)]);
    }

    /// <summary>The ids of the first two resources that match: enough to tell none, one and several.</summary>
    async Task<IReadOnlyList<string>> Match(WriteTransaction transaction, SearchQuery query, CancellationToken ct)
    {
        await _names.LoadIfUnknown(transaction, SearchNames.Of(query, definitions), ct);
        await transaction.Commands.SendIndex();
        var (runner, dialect) = (new SqlRunner(transaction.Context), SqlDialect.Of(database.Provider));
        var resolved = await new HierarchyReader(runner, dialect, _names).Resolve(query, ct);
        var matches = new MatchReader(database, runner, definitions, _names, resolved);
        return [.. (await matches.First(count: 2, change: long.MaxValue, after: null, ct)).Select(r => r.Row.Id)];
    }

    async Task<ResourceRow?> Find(string type, string id, CancellationToken ct)
    {
        var named = (await TypeId(type, ct), id);
        return await database.Reads.Use((_, commands) => commands.Find([named])) is [{ } row] ? row : null;
    }

    async Task<short> TypeId(string type, CancellationToken ct)
    {
        if (_names.Type(type) == InternedNames.Unknown)
        {
            await using var context = database.Open();
            await _names.Load(context, ct);
        }

        return _names.Type(type);
    }

    StoredResource Stored(ResourceRow row) => StoredRow.Of(row, _names, database.Json);

    StoredResource Stored(ResourceVersionRow row) => StoredRow.Of(row, _names);
}
