using System.Collections.Immutable;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>Chooses the path of a search: the few matches of a selective filter are read whole and sorted; where every
/// filter matches many, the resources are walked in the order asked for, which soon fills a page, unless so few are
/// likely to match all filters that sorting the matches of one is shorter.</summary>
/// <param name="few">Matches that are sooner sorted than walked past.</param>
sealed class SearchPlanner(SearchSql sql, SqlRunner runner, int few)
{
    /// <param name="newest">The last change, which no key exceeds.</param>
    /// <param name="count">Of the page.</param>
    public async Task<SearchPath> Path(SearchOfType search, long newest, int count, CancellationToken ct)
    {
        if (Paths(search) is [var only])
        {
            return only;
        }

        var sizes = await Sizes(search.Type, search.Filters, newest, ct);
        var walk = Walks(search).MinBy(w => w is SearchPath.AlongPoint p ? sizes.Of(p.Filter) : 0);
        var walked = walk switch
        {
            SearchPath.AlongPoint p => p.Filter,
            SearchPath.Outwards p => p.Filter,
            _ => null,
        };
        return sizes.Least is { } driver && driver != (walk as SearchPath.Outwards)?.Filter
            && (walk is null || sizes.Of(driver) < few
                || (driver != walked && sizes.Of(driver) < sizes.Walk(walked, count)))
                ? sizes.From(driver)
                : walk!;
    }

    /// <summary>The paths among which the data decides: from the keys of any filter that can
    /// drive, or along the order.</summary>
    public static IReadOnlyList<SearchPath> Paths(SearchOfType search)
    {
        var walks = Walks(search);
        return search.Filters.FirstOrDefault(f => f is IdFilter) is { } id ? [new SearchPath.FromKeys(id)]
            : search.Filters.Length == 1 && walks is [SearchPath.AlongPoint or SearchPath.Outwards] ? walks
            : [.. search.Filters.Where(FilterSql.CanDrive).Select(f => new SearchPath.FromKeys(f)), .. walks];
    }

    /// <summary>The ways in the order asked for; none where no index has that order and a filter can drive.</summary>
    static IReadOnlyList<SearchPath> Walks(SearchOfType search) => search.Sort switch
    {
        [{ Key.Near: { } near, Descending: false }, ..]
            when search.Filters.OfType<IndexFilter>()
                .FirstOrDefault(f => f.Values is [NearValue value] && value == near) is { } filter =>
            [new SearchPath.Outwards(filter)],
        [] when search.Filters.Any(IndexTable.IsPoint) =>
            [.. search.Filters.Where(IndexTable.IsPoint).Select(f => new SearchPath.AlongPoint(f))],
        [{ Table: not null, IsWalkable: true }, ..] => [new SearchPath.AlongSort()],
        [{ IsWalkable: false }, ..] when search.Filters.Any(FilterSql.CanDrive) => [],
        _ => [new SearchPath.AlongType()],
    };

    /// <summary>From the filter that leads to the fewest entries, as far as can be told; null
    /// where none leads anywhere.</summary>
    public async Task<SearchPath.FromKeys?> MostSelective(
        string type, ImmutableArray<SearchFilter> filters, long newest, CancellationToken ct)
    {
        if (!filters.Any(FilterSql.CanDrive))
        {
            return null;
        }

        var sizes = await Sizes(type, filters, newest, ct);
        return sizes.From(sizes.Least!);
    }

    async Task<FilterSizes> Sizes(string type, ImmutableArray<SearchFilter> filters, long newest, CancellationToken ct)
    {
        var drivers = filters.Where(FilterSql.CanDrive).ToImmutableArray();
        var counted = drivers.IsEmpty ? [] : await Counted(sql.Estimates(type, drivers, few), ct);
        var ofType = counted.Exists(c => c.Count < few) ? double.PositiveInfinity
            : (await Counted(sql.Estimate(type, few), ct)).Select(c => Size(c, isInOrder: true)).Single() ?? few;
        var known = counted.Select(c => c.Count < few ? c.Keys : null);
        return new(
            drivers, [.. drivers.Select((d, i) => Size(counted[i], IndexTable.IsPoint(d)))], [.. known], few, ofType);

        // At a point of an index the keys come in order: how far the first reach tells how dense they are.
        double? Size((long Count, long LastKey, string? Keys) found, bool isInOrder) =>
            found.Count < few ? found.Count
            : isInOrder ? found.Count * Math.Max(1, (double)newest / Math.Max(1, found.LastKey))
            : null;
    }

    async Task<List<(long Count, long LastKey, string? Keys)>> Counted(Sql estimates, CancellationToken ct)
    {
        var counted = await runner.Query(
            estimates,
            row => (
                Number: SqlRunner.Number(row, 0), Count: SqlRunner.Number(row, 1), LastKey: SqlRunner.Number(row, 2),
                Keys: row.FieldCount > 3 && !row.IsDBNull(3) ? row.GetString(3) : null),
            ct);
        return [.. counted.OrderBy(c => c.Number).Select(c => (c.Count, c.LastKey, c.Keys))];
    }
}

/// <summary>About how many resources each filter leads to.</summary>
/// <param name="Sizes">Null where it is more than <paramref name="Few"/>, but not known how many.</param>
/// <param name="Known">The keys of all that a filter leads to, where they were read.</param>
/// <param name="OfType">All resources of the type; without end where a filter leads to fewer than
/// <paramref name="Few"/>, and it is therefore not counted.</param>
sealed record FilterSizes(
    ImmutableArray<SearchFilter> Filters, ImmutableArray<double?> Sizes, ImmutableArray<string?> Known, double Few,
    double OfType)
{
    /// <summary>The filter that leads to the fewest; null where none leads anywhere.</summary>
    public SearchFilter? Least => Filters.IsEmpty ? null : Filters.MinBy(Of);

    /// <summary>What the estimate has read is not read again: whatever was changed
    /// meanwhile is not of the snapshot.</summary>
    public SearchPath.FromKeys From(SearchFilter filter) => new(filter, Known[Filters.IndexOf(filter)]);

    /// <summary>At most.</summary>
    public double Of(SearchFilter filter) => Size(filter, OfType);

    /// <summary>How many resources a walk passes until a page is full, were the filters independent of each other. What
    /// is not known is taken to be midway between few and all.</summary>
    /// <param name="along">The filter whose matches are walked; null for all resources.</param>
    public double Walk(SearchFilter? along, int count) => Filters.Where(f => f != along)
        .Aggregate((double)count, (length, f) => length * OfType / Math.Max(1, Size(f, Math.Sqrt(Few * OfType))));

    double Size(SearchFilter filter, double unknown) =>
        Math.Min(OfType, Filters.IndexOf(filter) is >= 0 and var i ? Sizes[i] ?? unknown : unknown);
}
