using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Search;

/// <summary>One page of a search. Later pages see what the first one saw: resources
/// changed since are left out.</summary>
sealed class SearchReader(
    FhirDatabase database,
    FhirContext context,
    SqlRunner runner,
    FhirDefinitions definitions,
    SearchIndexer indexer,
    InternedNames names)
{
    public const int DefaultCount = 20;

    /// <summary>Who asks for larger pages reads everything once, and would drive out what is read again.</summary>
    const int MaxCached = 100;

    public async Task<SearchPage> Read(SearchQuery query, string? page, CancellationToken ct)
    {
        var secret = await database.PageKey(ct);
        var search = Signed(query);
        var token = page is null ? (PageToken?)null : PageToken.Verify(page, secret, search);
        var change = token?.Change ?? await runner.Scalar($"""SELECT "Value" FROM "ChangeCounter" """, ct);

        var dialect = SqlDialect.Of(database.Provider);
        var resolved = await new HierarchyReader(runner, dialect, names).Resolve(query, ct);
        var matches = new MatchReader(database, runner, definitions, names, resolved);
        var total =
            query.Total == SearchTotal.None ? PageToken.NoTotal : token?.Total ?? await matches.Total(change, ct);
        var count = query.Count ?? DefaultCount;
        if (count == 0)
        {
            return new([], [], total, null, change);
        }

        var rows = await matches.First(count + 1, change, token is { } place ? await Place(place, ct) : null, ct);
        var next = rows.Count > count
            ? new PageToken(change, rows[count - 1].Row.Key, rows[count - 1].Row.Version, total).Sign(secret, search)
            : null;
        var found = rows.Take(count).Select(r => r.Row).ToList();
        if (!query.Includes.IsEmpty)
        {
            // The types and URLs that references lead to may have been met by another node first.
            await names.Load(context, ct);
        }

        var included = await new IncludeReader(runner, new(dialect, definitions, names)).Read(query, found, ct);
        await names.LoadIfUnknown(context, found.Concat(included).Select(r => r.Type), ct);
        var cache = count > MaxCached ? null : database.Json;
        return new(
            [.. found.Select(r => Stored(r, cache))], [.. included.Select(r => Stored(r, cache))],
            total == PageToken.NoTotal ? null : total, next, change);
    }

    /// <summary>What a page link is valid for: the parameters, whatever the size of the page.</summary>
    static string Signed(SearchQuery query) => string.Join(
        '\n',
        query.Types.Select(t => t.ResourceType)
            .Concat(query.Used.Where(u => u.Key != "_count").Select(u => u.Key + "=" + u.Value)));

    /// <summary>The version after which a page begins. It is read as it was when the link was made, whatever has
    /// happened to the resource since; so the link need not carry sort values, which may be of a patient.</summary>
    async Task<OrderedPlace> Place(PageToken token, CancellationToken ct)
    {
        var current = await context.Resources.SingleOrDefaultAsync(r => r.Key == token.Key, ct);
        var old = current is null || current.Version == token.Version ? null
            : await context.Versions.SingleOrDefaultAsync(
                v => v.ResourceKey == token.Key && v.Version == token.Version, ct);
        await names.LoadIfUnknown(context, [current?.Type ?? 0], ct);
        var version = old is not null ? StoredRow.Of(old, names)
            : current?.Version == token.Version ? Stored(current)
            : throw new FhirException(Issue.Error(
                IssueCode.Deleted,
                "The resource after which the page begins has been erased. Start again from the first page."));
        var resource = FhirJson.Read(version.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
        return new(token.Key, version, indexer.Index(resource));
    }

    StoredResource Stored(ResourceRow row, JsonCache? cache = null) => StoredRow.Of(row, names, cache);
}
