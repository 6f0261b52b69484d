using System.Collections.Immutable;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>Chooses the path of a search: the few matches of a selective filter are read whole and sorted; where every filter
/// matches many, the resources are walked in the order asked for, which soon fills a page.</summary>
/// <param name="few">Matches that are sooner sorted than walked past.</param>
sealed class SearchPlanner(SearchSql sql, SqlRunner runner, int few)
{
    public async Task<SearchPath> Path(SearchOfType search, CancellationToken ct)
    {
        if (Paths(search) is [var only])
        {
            return only;
        }

        var driver = await MostSelective(search.Type, search.Filters, ct);
        var walk = Walk(search);
        return driver.Filter is { } filter && (driver.Count < few || walk is null) && filter != (walk as SearchPath.Outwards)?.Filter
            ? new SearchPath.FromKeys(filter)
            : walk!;
    }

    /// <summary>The paths among which the data decides: from the keys of any filter that can drive, or along the
    /// order.</summary>
    public static IReadOnlyList<SearchPath> Paths(SearchOfType search)
    {
        var walk = Walk(search);
        return search.Filters.FirstOrDefault(f => f is IdFilter) is { } id ? [new SearchPath.FromKeys(id)]
            : search.Filters.Length == 1 && walk is (SearchPath.AlongPoint or SearchPath.Outwards) ? [walk]
            : [.. search.Filters.Where(FilterSql.CanDrive).Select(f => new SearchPath.FromKeys(f)), .. walk is null ? [] : new[] { walk }];
    }

    /// <summary>The way in the order asked for; null where no index has that order and a filter can drive.</summary>
    static SearchPath? Walk(SearchOfType search) => (search.Sort, search.Filters.FirstOrDefault(IndexTable.IsPoint)) switch
    {
        ([{ Key.Near: { } near, Descending: false }, ..], _)
            when search.Filters.OfType<IndexFilter>().FirstOrDefault(f => f.Values is [NearValue value] && value == near) is { } filter =>
            new SearchPath.Outwards(filter),
        ([], { } point) => new SearchPath.AlongPoint(point),
        ([{ Table: not null, IsWalkable: true }, ..], _) => new SearchPath.AlongSort(),
        ([{ IsWalkable: false }, ..], _) when search.Filters.Any(FilterSql.CanDrive) => null,
        _ => new SearchPath.AlongType(),
    };

    /// <summary>The filter that leads to the fewest entries, as far as counted; null where none leads anywhere.</summary>
    public async Task<(SearchFilter? Filter, long Count)> MostSelective(
        string type, ImmutableArray<SearchFilter> filters, CancellationToken ct)
    {
        var drivers = filters.Where(FilterSql.CanDrive).ToList();
        if (drivers.Count == 0)
        {
            return (null, long.MaxValue);
        }

        var counts = await runner.Query(
            sql.Estimates(type, drivers, few),
            row => Enumerable.Range(0, drivers.Count).Select(i => SqlRunner.Number(row, i)).ToList(),
            ct);
        return drivers.Zip(counts[0]).MinBy(d => d.Second);
    }
}
