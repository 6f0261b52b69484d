using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Checking;

/// <summary>Proves that what is stored hangs together: every version can be read and is what its row says, no version
/// is missing, change numbers are unique, and the search index is what the resources give. Others may write meanwhile:
/// what has changed since it was read is left to the next check.</summary>
sealed class StoreCheck(FhirDatabase database, FhirDefinitions definitions, SearchIndexer indexer, InternedNames names)
{
    const int BatchSize = 200;

    readonly List<string> _findings = [];
    long _resources;
    long _versions;
    long _indexRows;
    long _repaired;
    long _problems;

    /// <param name="repair">Whether index rows that are wrong are written anew, and
    /// those of no resource deleted.</param>
    public async Task<CheckReport> Run(bool repair, CancellationToken ct)
    {
        await using var context = database.Open();
        await names.Load(context, ct);
        await CheckFile(context, ct);
        await CheckChanges(context, ct);
        await CheckOrphans(context, repair, ct);
        await CheckWords(repair, ct);
        var (texts, last) = (new IndexRowTexts(context), 0L);
        while (await context.Resources.Where(r => r.Key > last).OrderBy(r => r.Key).Take(BatchSize).ToListAsync(ct)
            is { Count: > 0 } batch)
        {
            await CheckBatch(context, texts, batch, repair, ct);
            last = batch[^1].Key;
        }

        return new(_resources, _versions, _indexRows, _repaired, _problems, [.. _findings]);
    }

    async Task CheckFile(FhirContext context, CancellationToken ct)
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            var lines = await context.Database.SqlQueryRaw<string>("PRAGMA quick_check").ToListAsync(ct);
            lines.Where(line => line != "ok").ToList().ForEach(line => Found($"The database file is damaged: {line}"));
        }
    }

    async Task CheckChanges(FhirContext context, CancellationToken ct)
    {
        var twice = await context.Resources.Where(r => context.Versions.Any(v => v.Change == r.Change))
            .Select(r => r.Change).Take(CheckReport.MaxFindings).ToListAsync(ct);
        twice.ForEach(change => Found($"Change number {change} is given twice."));
        var last = await context.Resources.MaxAsync(r => (long?)r.Change, ct) ?? 0;
        var counted = await context.Counters.Select(c => c.Value).SingleAsync(ct);
        if (last > counted)
        {
            Found($"The change counter is at {counted}, but there is a change {last}.");
        }
    }

    async Task CheckOrphans(FhirContext context, bool repair, CancellationToken ct)
    {
        await Orphans<TokenRow>();
        await Orphans<WordListRow>();
        await Orphans<StringRow>();
        await Orphans<DateRow>();
        await Orphans<NumberRow>();
        await Orphans<QuantityRow>();
        await Orphans<ReferenceRow>();
        await Orphans<UriRow>();
        await Orphans<PositionRow>();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            await Orphans<TitleRow>();
        }

        var versions = await context.Versions.CountAsync(v => !context.Resources.Any(r => r.Key == v.ResourceKey), ct);
        if (versions > 0)
        {
            Found($"{versions} old versions are of no resource.");
        }

        async Task Orphans<TRow>()
            where TRow : IndexRow
        {
            var count = await Of(context).CountAsync(ct);
            if (count > 0)
            {
                Found($"{count} rows of {typeof(TRow).Name} are of no resource.");
                if (repair)
                {
                    await database.Writes.Run(1, Delete, ct);
                }
            }

            static IQueryable<TRow> Of(FhirContext context) =>
                context.Set<TRow>().Where(x => !context.Resources.Any(r => r.Key == x.ResourceKey));

            static async Task<int> Delete(WriteTransaction transaction)
            {
                transaction.NextChange();
                return await Of(transaction.Context).ExecuteDeleteAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>The index of words is that of the lists, and that of titles of its texts; these are compared with the
    /// resources.</summary>
    async Task CheckWords(bool repair, CancellationToken ct)
    {
        var sql = WordSql.Of(database.Provider);
        if (!await sql.IsSound(database, ct))
        {
            Found("The index of words is not what the lists of words and the titles give.");
            if (repair)
            {
                await database.Writes.Run(1, Rebuild, ct);
            }
        }

        Task<int> Rebuild(WriteTransaction transaction)
        {
            transaction.NextChange();
            return sql.Rebuild(transaction);
        }
    }

    async Task CheckBatch(
        FhirContext context, IndexRowTexts texts, List<ResourceRow> batch, bool repair, CancellationToken ct)
    {
        var keys = batch.Select(r => r.Key).ToArray();
        var old = (await context.Versions.Where(v => keys.Contains(v.ResourceKey)).ToListAsync(ct))
            .ToLookup(v => v.ResourceKey);
        var expunged = (await context.ExpungedVersions.Where(v => keys.Contains(v.ResourceKey)).ToListAsync(ct))
            .ToLookup(v => v.ResourceKey, v => v.Version);
        var index = await texts.Read(keys, ct);
        foreach (var row in batch)
        {
            var (resource, problems) = Read(row, old[row.Key].OrderBy(v => v.Version).ToList(), [.. expunged[row.Key]]);
            var isIndexed = (resource is null && !row.IsDeleted)
                || Rows(row, resource).Select(texts.Of).Order(StringComparer.Ordinal)
                    .SequenceEqual(index[row.Key].Order(StringComparer.Ordinal));
            if (!isIndexed)
            {
                problems.Add($"{Name(row)}: the search index is not what the resource gives.");
            }

            _resources++;
            _versions += old[row.Key].Count();
            _indexRows += index[row.Key].Count();
            if (problems.Count == 0 || await HasChanged(context, row, ct))
            {
                continue;
            }

            problems.ForEach(Found);
            if (repair && !isIndexed)
            {
                await names.Intern(resource is null ? [] : IndexRowBuilder.Names(indexer.Index(resource)), ct);
                await database.Writes.Run(1, transaction => Repair(transaction, row), ct);
            }
        }
    }

    /// <summary>The current version, where it has content that can be read, and what
    /// is wrong with any version.</summary>
    (Element? Resource, List<string> Problems) Read(
        ResourceRow row, List<ResourceVersionRow> old, HashSet<int> expunged)
    {
        var problems = new List<string>();
        var stored = old.Select(v => v.Version).Concat(expunged).Order();
        if (!stored.SequenceEqual(Enumerable.Range(1, row.Version - 1)))
        {
            problems.Add($"{Name(row)}: versions are missing before version {row.Version}.");
        }

        if (!old.Select(v => v.Change).Append(row.Change).SequenceEqual(
            old.Select(v => v.Change).Append(row.Change).Order()))
        {
            problems.Add($"{Name(row)}: change numbers do not rise with the versions.");
        }

        foreach (var version in old)
        {
            Content(row, version.Version, version.LastUpdated, version.Method, version.Json, problems);
        }

        var resource = Content(row, row.Version, row.LastUpdated, row.Method, row.Json, problems);
        if (row.IsDeleted != (row.Method == StoredBy.Delete))
        {
            problems.Add(
                $"{Name(row)}: it is marked as deleted though its last version is not, or the other way round.");
        }

        return (resource, problems);
    }

    /// <summary>Null for a deletion, or where it cannot be read.</summary>
    Element? Content(
        ResourceRow row, int version, long lastUpdated, StoredBy method, byte[] json, List<string> problems)
    {
        if (method == StoredBy.Delete)
        {
            if (json.Length > 0)
            {
                problems.Add($"{Name(row)}: version {version} is a deletion and has content.");
            }

            return null;
        }

        var resource = Parse(json);
        var meta = resource?.Child("meta");
        var isRight = resource is not null
            && resource.Type.Name == names.TypeName(row.Type)
            && resource.Id == row.Id
            && meta?.ValueOf("versionId") == version.ToString(CultureInfo.InvariantCulture)
            && DateTimeOffset.TryParse(
                meta.ValueOf("lastUpdated"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.UtcTicks == lastUpdated;
        if (!isRight)
        {
            problems.Add(resource is null
                ? $"{Name(row)}: version {version} cannot be read."
                : $"{Name(row)}: the type, id, version or time in version {version} is not that of its row.");
        }

        return resource;
    }

    Element? Parse(byte[] json)
    {
        try
        {
            return FhirJson.Read(StoredJson.Decompress(json), definitions.Types, ReadLimits.Stored).Resource;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    IEnumerable<IndexRow> Rows(ResourceRow row, Element? resource)
    {
        foreach (var indexRow in resource is null ? [] : Indexed(row.Type, resource))
        {
            indexRow.ResourceKey = row.Key;
            yield return indexRow;
        }
    }

    IEnumerable<IndexRow> Indexed(short type, Element resource) =>
        IndexRowBuilder.Rows(indexer.Index(resource), type, names, database.Provider);

    static async Task<bool> HasChanged(FhirContext context, ResourceRow row, CancellationToken ct) =>
        await context.Resources.Where(r => r.Key == row.Key).Select(r => (long?)r.Change)
            .SingleOrDefaultAsync(ct) != row.Change;

    /// <summary>Writes the index rows of a resource anew, as it is now.</summary>
    async Task<int> Repair(WriteTransaction transaction, ResourceRow row)
    {
        var current = await transaction.Commands.Find([(row.Type, row.Id)]);
        if (current is not [{ } now] || now.Key != row.Key)
        {
            return 0;
        }

        // Caches that follow the change numbers may have been filled through the wrong index.
        transaction.NextChange();
        var rows = Rows(now, Parse(now.Json)).ToList();
        await transaction.Commands.ClearIndex([now.Key]);
        transaction.Commands.GatherIndex(rows);
        _repaired++;
        return rows.Count;
    }

    string Name(ResourceRow row) => $"{names.TypeName(row.Type)}/{row.Id}";

    void Found(string problem)
    {
        _problems++;
        if (_findings.Count < CheckReport.MaxFindings)
        {
            _findings.Add(problem);
        }
    }
}
