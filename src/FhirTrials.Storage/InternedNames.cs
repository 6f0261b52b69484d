using System.Collections.Concurrent;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>Names that rows refer to by number: resource types, index keys, systems. Numbers are never given twice and
/// never change, so what is known stays known. Thread-safe.</summary>
sealed class InternedNames(FhirDatabase database)
{
    /// <summary>The number that no name has: a search for it finds nothing.</summary>
    public const short Unknown = -9;

    readonly ConcurrentDictionary<(NameKind, string), int> _ids = new();
    readonly ConcurrentDictionary<(NameKind, int), string> _values = new();
    readonly ConcurrentDictionary<NameKind, int> _last = new();

    /// <summary>The number of a name, or <see cref="Unknown"/> (after <see cref="Load"/>:
    /// nothing is stored under it).</summary>
    public int Find(NameKind kind, string value) =>
        _ids.TryGetValue((kind, IndexText.Key(value)), out var id) ? id : Unknown;

    public short Type(string type) => checked((short)Find(NameKind.ResourceType, type));

    public short Index(string index) => checked((short)Find(NameKind.IndexKey, index));

    public string TypeName(short type) => _values[(NameKind.ResourceType, type)];

    public string SystemName(int system) => _values[(NameKind.System, system)];

    /// <summary>Learns what other nodes have added, if one of the names is not known yet.</summary>
    public async Task LoadIfUnknown(
        FhirContext context, IEnumerable<(NameKind Kind, string Value)> needed, CancellationToken ct)
    {
        if (needed.Any(n => Find(n.Kind, n.Value) == Unknown))
        {
            await Load(context, ct);
        }
    }

    /// <summary>The same while writing: what the transaction itself has added is not learnt, since it may be undone. No
    /// resource has it yet.</summary>
    public async Task LoadIfUnknown(
        WriteTransaction transaction, IEnumerable<(NameKind Kind, string Value)> needed, CancellationToken ct)
    {
        if (needed.Any(n => Find(n.Kind, n.Value) == Unknown))
        {
            foreach (var name in await Added(transaction.Context, ct))
            {
                if (!transaction.NewNames.Contains((name.Kind, name.Id)))
                {
                    Learn(name);
                }
            }
        }
    }

    /// <summary>The same for the types of rows that were read.</summary>
    public async Task LoadIfUnknown(FhirContext context, IEnumerable<short> types, CancellationToken ct)
    {
        if (types.Any(t => !_values.ContainsKey((NameKind.ResourceType, t))))
        {
            await Load(context, ct);
        }
    }

    /// <summary>Learns what was added here and on other nodes.</summary>
    public async Task Load(FhirContext context, CancellationToken ct)
    {
        foreach (var name in await Added(context, ct))
        {
            Learn(name);
        }
    }

    /// <summary>Gives every name a number, in a write of its own.</summary>
    public async Task Intern(IEnumerable<(NameKind Kind, string Value)> names, CancellationToken ct)
    {
        var missing = names.Select(n => (n.Kind, Value: IndexText.Key(n.Value)))
            .Where(n => !_ids.ContainsKey(n)).ToHashSet();
        if (missing.Count > 0)
        {
            var added = await database.Writes.Run(missing.Count, transaction => Add(transaction, missing, ct), ct);
            added.ForEach(Learn);
        }
    }

    /// <summary>Gives all names that are not known yet, in the order of their numbers: those of
    /// other nodes, then the new ones.</summary>
    async Task<List<NameRow>> Add(
        WriteTransaction transaction, HashSet<(NameKind Kind, string Value)> missing, CancellationToken ct)
    {
        var added = await Added(transaction.Context, ct);
        var open = missing.Where(n => !_ids.ContainsKey(n)).Except(added.Select(n => (n.Kind, n.Value)));
        var rows = open.GroupBy(n => n.Kind).SelectMany(kind =>
        {
            var last = Math.Max(Last(kind.Key), added.Where(n => n.Kind == kind.Key).Max(n => (int?)n.Id) ?? 0);
            return kind.Select((n, i) => new NameRow { Kind = n.Kind, Id = last + 1 + i, Value = n.Value });
        }).ToList();
        await transaction.Commands.Insert(rows);
        transaction.NewNames.UnionWith(rows.Select(n => (n.Kind, n.Id)));
        return [.. added, .. rows];
    }

    /// <summary>In the order of their numbers.</summary>
    Task<List<NameRow>> Added(FhirContext context, CancellationToken ct)
    {
        var (types, indexes, systems) = (Last(NameKind.ResourceType), Last(NameKind.IndexKey), Last(NameKind.System));
        return context.Names
            .Where(n => (n.Kind == NameKind.ResourceType && n.Id > types)
                || (n.Kind == NameKind.IndexKey && n.Id > indexes)
                || (n.Kind == NameKind.System && n.Id > systems))
            .OrderBy(n => n.Id)
            .ToListAsync(ct);
    }

    /// <summary>The last number known; numbers are given without gaps, so those before it are known too.</summary>
    int Last(NameKind kind) => _last.GetValueOrDefault(kind);

    /// <summary>To be called in the order of the numbers: the last one tells that those before are known.</summary>
    internal void Learn(NameRow name)
    {
        _ids[(name.Kind, name.Value)] = name.Id;
        _values[(name.Kind, name.Id)] = name.Value;
        _last.AddOrUpdate(name.Kind, name.Id, (_, last) => Math.Max(last, name.Id));
    }
}
