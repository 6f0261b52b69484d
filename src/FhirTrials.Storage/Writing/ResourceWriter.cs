using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Writing;

/// <summary>The operations of one write. What it reads cannot change under it, so conditions and versions are checked
/// once. It keeps what it is to write until a query must see it, or the end.</summary>
sealed class ResourceWriter(
    WriteTransaction transaction, InternedNames names, Func<SearchQuery, Task<IReadOnlyList<string>>> match)
{
    readonly Dictionary<(short Type, string Id), ResourceRow?> _current = [];
    readonly List<ResourceRow> _created = [];
    readonly List<ResourceRow> _updated = [];
    readonly List<ResourceVersionRow> _old = [];
    readonly List<long> _stale = [];
    readonly List<IndexRow> _rows = [];
    readonly HashSet<long> _unsent = [];

    public async Task<WriteResult> Apply(PreparedWrite write) => write.Operation switch
    {
        CreateOperation o => await Create(write, o),
        UpdateOperation o => await Put(write, o.Id, o.IfMatch),
        ConditionalUpdateOperation o => await Update(write, o),
        DeleteOperation o => await Delete(names.Type(o.Type), o.Id, o.IfMatch),
        ConditionalDeleteOperation o => await Delete(o),
        _ => throw new InvalidOperationException($"There is no writing of {write.Operation.GetType().Name}."),
    };

    /// <summary>Reads the resources that the operations name, in few queries.</summary>
    public async Task Preload(IEnumerable<(short Type, string Id)> named)
    {
        var missing = named.Where(n => !_current.ContainsKey(n)).Distinct().ToList();
        missing.ForEach(n => _current[n] = null);
        foreach (var row in await transaction.Commands.Find(missing))
        {
            _current[(row.Type, row.Id)] = row;
        }
    }

    /// <summary>Sends what was written, its index rows at the latest at the end of the transaction; nothing of this
    /// write fails after that.</summary>
    public async Task Send()
    {
        var commands = transaction.Commands;
        await commands.Insert(_old);
        await commands.Update(_updated);
        await commands.ClearIndex(_stale);
        await commands.Insert(_created);
        commands.GatherIndex(_rows);
    }

    async Task<WriteResult> Create(PreparedWrite write, CreateOperation create)
    {
        if (create.IfNoneExist is { } condition && await Match(condition) is [var id, ..] matches)
        {
            return matches.Count > 1
                ? throw MultipleMatches()
                : new(WriteOutcome.Unchanged, Stored((await Current(write.Type, id))!));
        }

        return await Current(write.Type, write.Id!) is { IsDeleted: false }
            ? throw new FhirException(Issue.Error(IssueCode.Duplicate, "A resource of that id exists already."))
            : await Put(write, write.Id!, null);
    }

    async Task<WriteResult> Update(PreparedWrite write, ConditionalUpdateOperation update)
    {
        var matches = await Match(update.Condition);
        return (matches.Count, update.Id) switch
        {
            ( > 1, _) => throw MultipleMatches(),
            (1, { } id) when id != matches[0] => throw new FhirException(
                Issue.Error(IssueCode.Invalid, "The resource's id is not that of the resource that matches.")),
            (1, _) => await Put(write, matches[0], update.IfMatch),
            (_, { } id) when await Current(write.Type, id) is { IsDeleted: false } =>
                throw new FhirException(Issue.Error(
                    IssueCode.Conflict,
                    "Nothing matches the condition, but there is a resource of the id that was given.")),
            _ => await Put(write, write.Id!, update.IfMatch),
        };
    }

    async Task<WriteResult> Delete(ConditionalDeleteOperation delete)
    {
        var matches = await Match(delete.Condition);
        return matches.Count switch
        {
            0 => new(WriteOutcome.NothingToDelete, null),
            1 => await Delete(names.Type(delete.Condition.ResourceType), matches[0], delete.IfMatch),
            _ => throw MultipleMatches(),
        };
    }

    async Task<IReadOnlyList<string>> Match(SearchQuery condition)
    {
        await SendEarly();
        return await match(condition);
    }

    /// <summary>Sends what was written so far, so that queries of this transaction see it.</summary>
    async Task SendEarly()
    {
        if (_unsent.Count > 0)
        {
            await transaction.Save();
            await Send();
            _created.Clear();
            _updated.Clear();
            _old.Clear();
            _stale.Clear();
            _rows.Clear();
            _unsent.Clear();
        }
    }

    async Task<ResourceRow?> Current(short type, string id)
    {
        await Preload([(type, id)]);
        var row = _current[(type, id)];
        if (row is not null && _unsent.Contains(row.Key))
        {
            // Written twice: the version between is sent before it is replaced.
            await SendEarly();
        }

        return row;
    }

    async Task<WriteResult> Put(PreparedWrite write, string id, int? ifMatch)
    {
        var current = await Current(write.Type, id);
        CheckVersion(current, ifMatch);
        var draft = write.DraftOf(id);
        if (current is { IsDeleted: false } && current.Hash.AsSpan().SequenceEqual(draft.Hash))
        {
            return new(WriteOutcome.Unchanged, Stored(current));
        }

        var version = (current?.Version ?? 0) + 1;
        var json = draft.Version(version, transaction.Now);
        var outcome = current is null or { IsDeleted: true } ? WriteOutcome.Created : WriteOutcome.Updated;
        var row = Replace(
            current, write.Type, id, version,
            outcome == WriteOutcome.Created ? StoredBy.Create : StoredBy.Update,
            StoredJson.Compress(json), draft.Hash);
        foreach (var indexRow in write.Rows)
        {
            indexRow.ResourceKey = row.Key;
            _rows.Add(indexRow);
        }

        return new(outcome, Stored(row, json));
    }

    async Task<WriteResult> Delete(short type, string id, int? ifMatch)
    {
        var current = await Current(type, id);
        CheckVersion(current, ifMatch);
        if (current is null or { IsDeleted: true })
        {
            return new(WriteOutcome.NothingToDelete, null);
        }

        var row = Replace(current, type, id, current.Version + 1, StoredBy.Delete, [], []);
        return new(WriteOutcome.Deleted, Stored(row, []));
    }

    /// <summary>Makes a version the current one; the one before becomes history and its index rows go.</summary>
    ResourceRow Replace(
        ResourceRow? current, short type, string id, int version, StoredBy method, byte[] json, byte[] hash)
    {
        var change = transaction.NextChange();
        var row = current ?? new() { Key = change, Type = type, Id = id, Json = json, Hash = hash };
        if (current is null)
        {
            _created.Add(row);
            _current[(type, id)] = row;
        }
        else
        {
            _old.Add(new()
            {
                ResourceKey = row.Key, Version = row.Version, Type = type, Id = id,
                LastUpdated = row.LastUpdated, Change = row.Change, Method = row.Method, Json = row.Json,
            });
            _updated.Add(row);
            _stale.Add(row.Key);
        }

        (row.Version, row.LastUpdated, row.Change) = (version, transaction.Now.UtcTicks, change);
        (row.Method, row.IsDeleted, row.Json, row.Hash) = (method, method == StoredBy.Delete, json, hash);
        _unsent.Add(row.Key);
        return row;
    }

    StoredResource Stored(ResourceRow row, byte[]? json = null) => new(
        names.TypeName(row.Type), row.Id, row.Version, new(row.LastUpdated, TimeSpan.Zero), row.Change, row.Method,
        json ?? StoredJson.Decompress(row.Json));

    static void CheckVersion(ResourceRow? current, int? ifMatch)
    {
        if (ifMatch is { } version && (current is null or { IsDeleted: true } || current.Version != version))
        {
            throw new FhirException(
                Issue.Error(
                    IssueCode.Conflict,
                    "The version named in If-Match is not the current one. Read the resource again."),
                status: 412);
        }
    }

    static FhirException MultipleMatches() =>
        new(Issue.Error(IssueCode.MultipleMatches, "More than one resource matches the condition."));
}
