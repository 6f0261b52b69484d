using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Search;

/// <summary>One page of a search. Later pages see what the first one saw: resources changed since are left out.</summary>
sealed class SearchReader(FhirContext context, FhirDefinitions definitions, SearchIndexer indexer, InternedNames names)
{
    public const int DefaultCount = 20;

    public async Task<SearchPage> Read(SearchQuery query, string? page, CancellationToken ct)
    {
        var secret = await FhirDatabase.PageKey(context, ct);
        var search = (query with { Count = null }).Plan;
        var token = page is null ? (PageToken?)null : PageToken.Verify(page, secret, search);
        var change = token?.Change ?? await context.Counters.Select(c => c.Value).SingleAsync(ct);

        var matches = new SearchTranslator(context, definitions, names).Matches(query).Where(r => r.Change <= change);
        var total = query.Total == SearchTotal.None ? (long?)null : await matches.LongCountAsync(ct);
        var count = query.Count ?? DefaultCount;
        if (count == 0)
        {
            return new([], [], total, null);
        }

        var order = new SearchOrder(context, names, query.Sort);
        var after = token is { } place ? await order.After(matches, place, indexer, definitions, ct) : matches;
        var rows = await order.Sort(after).Take(count + 1).ToListAsync(ct);
        var next = rows.Count > count
            ? new PageToken(change, rows[count - 1].Key, rows[count - 1].Version).Sign(secret, search)
            : null;
        var found = rows.Take(count).ToList();
        var included = await new IncludeReader(context, definitions, names).Read(query, found, ct);
        return new([.. found.Select(Stored)], [.. included.Select(Stored)], total, next);
    }

    StoredResource Stored(ResourceRow row) => StoredRow.Of(row, names);
}
