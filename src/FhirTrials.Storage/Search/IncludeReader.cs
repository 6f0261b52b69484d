using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Search;

/// <summary>What a page's matches refer to, and what refers to them — https://hl7.org/fhir/R4/search.html#include</summary>
sealed class IncludeReader(FhirContext context, FhirDefinitions definitions, InternedNames names)
{
    /// <summary>A page that includes more is refused rather than cut.</summary>
    const int MaxIncluded = 5000;

    const int ChunkLength = 500;

    /// <summary>Each resource once, and none of the matches again, in the order in which they were found.</summary>
    public async Task<IReadOnlyList<ResourceRow>> Read(SearchQuery query, List<ResourceRow> matches, CancellationToken ct)
    {
        var seen = matches.Select(r => r.Key).ToHashSet();
        var included = new List<ResourceRow>();
        var sources = matches;
        var includes = query.Includes;
        if (!includes.IsEmpty)
        {
            // The types and URLs that references lead to may have been met by another node first.
            await names.Load(context, ct);
        }

        while (sources.Count > 0 && includes.Length > 0)
        {
            var found = new List<ResourceRow>();
            foreach (var include in includes)
            {
                foreach (var row in await Follow(include, sources, ct))
                {
                    if (seen.Add(row.Key))
                    {
                        found.Add(row);
                    }
                }
            }

            included.AddRange(found);
            if (included.Count > MaxIncluded)
            {
                throw new FhirException(Issue.Error(
                    IssueCode.TooCostly, $"A page may include {MaxIncluded} resources. Ask for fewer matches a page."));
            }

            (sources, includes) = (found, [.. query.Includes.Where(i => i.Iterate)]);
        }

        return included;
    }

    async Task<List<ResourceRow>> Follow(Include include, List<ResourceRow> sources, CancellationToken ct)
    {
        var rows = new List<ResourceRow>();
        foreach (var chunk in sources.Chunk(ChunkLength))
        {
            rows.AddRange(include.Reverse ? await Referring(include, chunk, ct) : await Referred(include, chunk, ct));
        }

        return rows;
    }

    /// <summary>The resources to which rows of the source type refer, by id or by canonical URL.</summary>
    async Task<List<ResourceRow>> Referred(Include include, ResourceRow[] sources, CancellationToken ct)
    {
        var keys = sources.Where(r => include.SourceType is not { } type || r.Type == names.Type(type)).Select(r => r.Key).ToArray();
        if (keys.Length == 0)
        {
            return [];
        }

        var references = References(include).Where(x => keys.Contains(x.ResourceKey));
        var byId = context.Resources.Where(r => !r.IsDeleted
            && references.Any(x => x.TargetType == r.Type && x.Target == r.Id));
        var urls = references.Where(x => x.TargetType == 0).Select(x => x.Target);
        var urlIndexes = TargetTypes(include).Select(t => UrlIndex(t)).Distinct().ToArray();
        var urlKeys = context.Uris
            .Where(u => urlIndexes.Contains(u.Parameter) && urls.Contains(u.Value)).Select(u => u.ResourceKey);
        var byUrl = context.Resources.Where(r => urlKeys.Contains(r.Key));
        return [.. await OfType(byId, include.TargetType).OrderBy(r => r.Key).ToListAsync(ct),
            .. urlIndexes.Length == 0 ? [] : await OfType(byUrl, include.TargetType).OrderBy(r => r.Key).ToListAsync(ct)];
    }

    /// <summary>The resources of the source type that refer to rows.</summary>
    async Task<List<ResourceRow>> Referring(Include include, ResourceRow[] targets, CancellationToken ct)
    {
        var rows = new List<ResourceRow>();
        var references = References(include);
        foreach (var type in targets.GroupBy(r => r.Type))
        {
            var typeName = names.TypeName(type.Key);
            if (include.TargetType is { } wanted && wanted != typeName)
            {
                continue;
            }

            var ids = type.Select(r => r.Id).ToArray();
            var keys = references.Where(x => x.TargetType == type.Key && ids.Contains(x.Target)).Select(x => x.ResourceKey);
            rows.AddRange(await context.Resources.Where(r => keys.Contains(r.Key)).OrderBy(r => r.Key).ToListAsync(ct));
            if (UrlIndex(typeName) is var urlIndex && urlIndex != InternedNames.Unknown)
            {
                var targetKeys = type.Select(r => r.Key).ToArray();
                var urls = context.Uris
                    .Where(u => u.Parameter == urlIndex && targetKeys.Contains(u.ResourceKey)).Select(u => u.Value);
                var byUrl = references.Where(x => x.TargetType == 0 && urls.Contains(x.Target)).Select(x => x.ResourceKey);
                rows.AddRange(await context.Resources.Where(r => byUrl.Contains(r.Key)).OrderBy(r => r.Key).ToListAsync(ct));
            }
        }

        return rows;
    }

    IQueryable<ReferenceRow> References(Include include)
    {
        IQueryable<ReferenceRow> references = context.References;
        if (include.SourceType is not null)
        {
            var sourceType = names.Type(include.SourceType);
            references = references.Where(x => x.Type == sourceType);
        }

        if (include.Parameter is not null)
        {
            var parameter = names.Index(include.Parameter.Url);
            references = references.Where(x => x.Parameter == parameter);
        }

        return references;
    }

    IQueryable<ResourceRow> OfType(IQueryable<ResourceRow> rows, string? targetType)
    {
        if (targetType is null)
        {
            return rows;
        }

        var type = names.Type(targetType);
        return rows.Where(r => r.Type == type);
    }

    /// <summary>The types to which a canonical may lead.</summary>
    static ImmutableArray<string> TargetTypes(Include include) =>
        include.TargetType is { } only ? [only] : include.Parameter?.Target ?? [];

    short UrlIndex(string type) =>
        CanonicalUrl.IndexOf(type, definitions) is { } url ? names.Index(url) : InternedNames.Unknown;
}
