using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Search;

/// <summary>One page of a search. Later pages see what the first one saw: resources changed since are left out.</summary>
sealed class SearchReader(
    FhirDatabase database, FhirContext context, FhirDefinitions definitions, SearchIndexer indexer, InternedNames names)
{
    public const int DefaultCount = 20;

    public async Task<SearchPage> Read(SearchQuery query, string? page, CancellationToken ct)
    {
        var secret = await database.PageKey(ct);
        var search = Signed(query);
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
        var after = token is { } place ? order.After(matches, await Place(place, ct)) : matches;
        var rows = await order.Sort(after).Take(count + 1).ToListAsync(ct);
        var next = rows.Count > count
            ? new PageToken(change, rows[count - 1].Key, rows[count - 1].Version).Sign(secret, search)
            : null;
        var found = rows.Take(count).ToList();
        var included = await new IncludeReader(context, definitions, names).Read(query, found, ct);
        await names.LoadIfUnknown(context, included.Select(r => r.Type), ct);
        return new([.. found.Select(Stored)], [.. included.Select(Stored)], total, next);
    }

    /// <summary>What a page link is valid for: the parameters, whatever the size of the page.</summary>
    static string Signed(SearchQuery query) => string.Join(
        '\n', query.Used.Where(u => u.Key != "_count").Select(u => u.Key + "=" + u.Value).Prepend(query.ResourceType));

    /// <summary>The version after which a page begins. It is read as it was when the link was made, whatever has happened to the
    /// resource since; so the link need not carry sort values, which may be of a patient.</summary>
    async Task<OrderedPlace> Place(PageToken token, CancellationToken ct)
    {
        var current = await context.Resources.SingleAsync(r => r.Key == token.Key, ct);
        var version = current.Version == token.Version
            ? Stored(current)
            : StoredRow.Of(
                await context.Versions.SingleAsync(v => v.ResourceKey == token.Key && v.Version == token.Version, ct), names);
        var resource = FhirJson.Read(version.Json.Span, definitions.Types).Resource!;
        return new(token.Key, version, indexer.Index(resource));
    }

    StoredResource Stored(ResourceRow row) => StoredRow.Of(row, names);
}
