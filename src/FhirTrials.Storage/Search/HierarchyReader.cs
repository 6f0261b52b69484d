using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>Puts in place of a hierarchy the resources that are in it now —
/// https://hl7.org/fhir/R4/search.html#recursive</summary>
sealed class HierarchyReader(SqlRunner runner, SqlDialect dialect, InternedNames names)
{
    const int MaxResources = 20_000;

    public async Task<SearchQuery> Resolve(SearchQuery query, CancellationToken ct)
    {
        var types = new List<SearchedType>();
        foreach (var type in query.Types)
        {
            types.Add(type with { Filters = await Resolve(type.Filters, ct) });
        }

        return query with { Types = [.. types] };
    }

    async Task<ImmutableArray<SearchFilter>> Resolve(ImmutableArray<SearchFilter> filters, CancellationToken ct)
    {
        var resolved = ImmutableArray.CreateBuilder<SearchFilter>(filters.Length);
        foreach (var filter in filters)
        {
            resolved.Add(await Resolve(filter, ct));
        }

        return resolved.MoveToImmutable();
    }

    async Task<SearchFilter> Resolve(SearchFilter filter, CancellationToken ct)
    {
        switch (filter)
        {
            case IndexFilter { Values: [HierarchyValue, ..] } f:
                var values = new List<SearchValue>();
                foreach (var value in f.Values.Cast<HierarchyValue>())
                {
                    values.Add(await Read(value, ct));
                }

                return f with { Values = [.. values] };
            case NotFilter f:
                return new NotFilter(await Resolve(f.Filter, ct));
            case AnyFilter f:
                return new AnyFilter(await Resolve(f.Filters, ct));
            case AllFilter f:
                return new AllFilter(await Resolve(f.Filters, ct));
            case ChainFilter f:
                return f with { Filter = await Resolve(f.Filter, ct) };
            case HasFilter f:
                return f with { Filter = await Resolve(f.Filter, ct) };
            default:
                return filter;
        }
    }

    /// <summary>Level by level; a circle ends where it began.</summary>
    async Task<ReferenceSetValue> Read(HierarchyValue value, CancellationToken ct)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { value.Id };
        for (List<string> level = [value.Id]; level.Count > 0;)
        {
            var next = await runner.Query(
                value.Below ? Below(value, level) : Above(value, level), row => row.GetString(0), ct);
            level = [.. next.Where(found.Add)];
            if (found.Count > MaxResources)
            {
                throw new FhirException(
                    Issue.Error(IssueCode.TooCostly, $"The hierarchy has more than {MaxResources} resources."),
                    status: 400);
            }
        }

        return new(value.Type, [.. found]);
    }

    Sql Below(HierarchyValue value, List<string> level)
    {
        var type = names.Type(value.Type);
        return $"""
            SELECT DISTINCT r."Id" FROM "ReferenceIndex" AS x CROSS JOIN "Resource" AS r
            WHERE x."Type" = {type} AND x."Parameter" = {names.Index(value.Parent)}
              AND {dialect.In($"""x."Target" """, level)} AND x."TargetType" = {type}
              AND r."Key" = x."ResourceKey"
            """;
    }

    Sql Above(HierarchyValue value, List<string> level)
    {
        var type = names.Type(value.Type);
        return $"""
            SELECT DISTINCT x."Target" FROM "Resource" AS r CROSS JOIN "ReferenceIndex" AS x
            WHERE r."Type" = {type} AND {dialect.In($"""r."Id" """, level)} AND r."IsDeleted" = 0
              AND x."ResourceKey" = r."Key" AND x."Parameter" = {names.Index(value.Parent)} AND +x."TargetType" = {type}
            """;
    }
}
