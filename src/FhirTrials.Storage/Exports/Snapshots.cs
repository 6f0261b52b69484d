using System.Runtime.CompilerServices;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Exports;

/// <summary>Resources of a type between two keys, as they were at a change: always the
/// same, unless one is expunged.</summary>
/// <param name="Change">The last change of any of them.</param>
public readonly record struct SnapshotRange(string Type, long From, long To, long Change);

/// <summary>Reads what a type had at a change. Thread-safe.</summary>
public sealed class Snapshots(FhirDatabase database, FhirDefinitions definitions)
{
    readonly InternedNames _names = new(database);
    readonly SearchIndexer _indexer = new(definitions);

    /// <summary>The last change of each type, and when it was; left out where the type never had a resource.</summary>
    public Task<IReadOnlyList<(string Type, long Change, DateTimeOffset Time)>> Last(
        IEnumerable<string> types, CancellationToken ct) => database.Ask(async () =>
    {
        await using var context = database.Open();
        await _names.Load(context, ct);
        var last = new List<(string, long, DateTimeOffset)>();
        foreach (var name in types)
        {
            var type = _names.Type(name);
            var row = await context.Resources.Where(r => r.Type == type).OrderByDescending(r => r.Change)
                .Select(r => new { r.Change, r.LastUpdated }).FirstOrDefaultAsync(ct);
            if (row is not null)
            {
                last.Add((name, row.Change, new(row.LastUpdated, TimeSpan.Zero)));
            }
        }

        return (IReadOnlyList<(string, long, DateTimeOffset)>)last;
    });

    /// <summary>A type in ranges of so many resources each, as they are now. Where one of them changes, the other
    /// ranges stay what they are.</summary>
    public Task<IReadOnlyList<SnapshotRange>> Ranges(string name, int size, CancellationToken ct) =>
        database.Ask(async () =>
        {
            await using var context = database.Open();
            var type = _names.Type(name);
            var changes = await context.Resources.Where(r => r.Type == type)
                .Select(r => new { r.Key, r.Change }).ToListAsync(ct);
            return (IReadOnlyList<SnapshotRange>)
            [
                .. changes.OrderBy(r => r.Key).Chunk(size)
                    .Select(part => new SnapshotRange(name, part[0].Key, part[^1].Key, part.Max(r => r.Change))),
            ];
        });

    /// <summary>The JSON of each resource, in the order of the keys.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(
        SnapshotRange range, [EnumeratorCancellation] CancellationToken ct)
    {
        var type = new ExportedType(range.Type, [], null);
        var filter = new ExportFilter(definitions, _indexer, new(definitions), type, new("", "", [type]));
        var reader = new SnapshotReader(database, definitions, _names, filter, range.Change);
        for (var (after, isLast) = (range.From - 1, false); !isLast;)
        {
            var part = await database.Ask(() => reader.Read(after, ct));
            foreach (var version in part.Versions.Where(v => v.Key <= range.To))
            {
                yield return StoredJson.Decompress(version.Json);
            }

            (after, isLast) = (part.End, part.IsLast || part.End >= range.To);
        }
    }
}
