using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Search;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage;

/// <summary>History, newest change first, as of the change number of its first page —
/// https://hl7.org/fhir/R4/http.html#history</summary>
sealed class HistoryReader(FhirDatabase database, FhirContext context, InternedNames names)
{
    public async Task<HistoryPage> Read(
        IReadOnlyCollection<string> types, string? id, DateTimeOffset? since, DateRange? at, int count, string? page,
        CancellationToken ct)
    {
        var secret = await database.PageKey(ct);
        var request = $"history {string.Join(',', types)}/{id} since {since?.UtcTicks} at {at}";
        var last = await context.Counters.Select(c => c.Value).SingleAsync(ct);
        var from = page is null ? new PageToken(last, last + 1, 0) : PageToken.Verify(page, secret, request);
        var versions = await Newest(types, id, since?.UtcTicks ?? 0, at, from.Key, count + 1, ct);
        var next = versions.Count > count
            ? new PageToken(from.Change, versions[count - 1].Change, 0).Sign(secret, request)
            : null;
        return new([.. versions.Take(count)], next, from.Change);
    }

    /// <summary>Changes below a number. A version that is replaced keeps its number, so it is found
    /// in one table or the other.</summary>
    async Task<List<StoredResource>> Newest(
        IReadOnlyCollection<string> types, string? id, long since, DateRange? at, long below, int count,
        CancellationToken ct)
    {
        var current = context.Resources.Where(r => r.Change < below && r.LastUpdated >= since);
        var old = context.Versions.Where(r => r.Change < below && r.LastUpdated >= since);
        if (at is var (start, end))
        {
            // A version is current until the next one is made.
            current = current.Where(r => r.LastUpdated < end);
            old = old.Where(r => r.LastUpdated < end
                && !context.Versions.Any(n => n.ResourceKey == r.ResourceKey
                    && n.Version == r.Version + 1 && n.LastUpdated <= start)
                && !context.Resources.Any(n => n.Key == r.ResourceKey
                    && n.Version == r.Version + 1 && n.LastUpdated <= start));
        }

        if (id is not null)
        {
            var type = names.Type(types.Single());
            var keys = context.Resources.Where(r => r.Type == type && r.Id == id).Select(r => r.Key);
            (current, old) = (current.Where(r => keys.Contains(r.Key)), old.Where(r => keys.Contains(r.ResourceKey)));
        }
        else if (types.Count == 1)
        {
            var type = names.Type(types.Single());
            (current, old) = (current.Where(r => r.Type == type), old.Where(r => r.Type == type));
        }
        else if (types.Count > 1)
        {
            var among = types.Select(names.Type).ToArray();
            (current, old) = (current.Where(r => among.Contains(r.Type)), old.Where(r => among.Contains(r.Type)));
        }

        // One statement, so that a version on its way from one table to the other is not missed.
        var rows = await current.Select(Current).Concat(old.Select(Old))
            .OrderByDescending(r => r.Change).Take(count).ToListAsync(ct);
        await names.LoadIfUnknown(context, rows.Select(r => r.Type), ct);
        return [.. rows.Select(r => StoredRow.Of(r, names))];
    }

    static readonly Expression<Func<ResourceRow, ResourceVersionRow>> Current = r => new ResourceVersionRow
    {
        ResourceKey = r.Key, Version = r.Version, Type = r.Type, Id = r.Id,
        LastUpdated = r.LastUpdated, Change = r.Change, Method = r.Method, Json = r.Json,
    };

    static readonly Expression<Func<ResourceVersionRow, ResourceVersionRow>> Old = r => new ResourceVersionRow
    {
        ResourceKey = r.ResourceKey, Version = r.Version, Type = r.Type, Id = r.Id,
        LastUpdated = r.LastUpdated, Change = r.Change, Method = r.Method, Json = r.Json,
    };
}
