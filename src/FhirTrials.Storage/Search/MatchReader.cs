using System.Collections.Immutable;
using System.Data.Common;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A resource that matches, with what it is sorted by.</summary>
sealed record FoundRow(ResourceRow Row, ImmutableArray<object> Values);

/// <summary>Reads the resources that match a search of one type or several, in its order.</summary>
sealed class MatchReader(
    FhirDatabase database, SqlRunner runner, FhirDefinitions definitions, InternedNames names, SearchQuery query)
{
    readonly SqlDialect _dialect = SqlDialect.Of(database.Provider);
    readonly RowOrder _order = new(SqlDialect.Of(database.Provider));
    readonly ImmutableArray<SearchOfType> _types =
    [
        // Of a type without a number nothing was ever stored.
        .. query.Types.Where(t => names.Type(t.ResourceType) != InternedNames.Unknown)
            .Select(t => new SearchOfType(t.ResourceType, t.Filters, [.. t.Sort.Select(SortColumn.Of)])),
    ];

    /// <param name="change">Resources changed after it are left out.</param>
    /// <param name="after">The last resource of the page before, or null.</param>
    public Task<List<FoundRow>> First(int count, long change, OrderedPlace? after, CancellationToken ct) =>
        First(count, type =>
            new(change, after is null ? null : (after.Key, [.. type.Sort.Select(c => c.ValueAt(after, _order))])), ct);

    /// <summary>The same of a search without order: the matches after a key.</summary>
    public Task<List<FoundRow>> First(int count, long change, long after, CancellationToken ct) =>
        First(count, _ => new(change, (after, [])), ct);

    async Task<List<FoundRow>> First(int count, Func<SearchOfType, PageStart> begin, CancellationToken ct)
    {
        var found = new List<FoundRow>();
        foreach (var type in _types)
        {
            var sql = new SearchSql(_dialect, definitions, names);
            var start = begin(type);
            var path = await Planner(sql).Path(type, start.Change, count, ct);
            found.AddRange(path is SearchPath.Outwards outwards
                ? await new NearReader(sql, runner).First(type, outwards, start, count, Row, ct)
                : await Read(sql.Pages(type, path, start, count), count, ct));
        }

        found.Sort(Compare);
        return found.Count > count ? found[..count] : found;
    }

    async Task<List<FoundRow>> Read(IEnumerable<Sql> pages, int count, CancellationToken ct)
    {
        var found = new List<FoundRow>();
        foreach (var page in pages)
        {
            found.AddRange(await runner.Query(page, Row, ct));
            if (found.Count >= count)
            {
                break;
            }
        }

        return found;
    }

    /// <param name="newest">The last change.</param>
    public async Task<long> Total(long newest, CancellationToken ct)
    {
        var total = 0L;
        foreach (var type in _types)
        {
            var sql = new SearchSql(_dialect, definitions, names);
            var driver = await Planner(sql).MostSelective(type.Type, type.Filters, newest, ct);
            total += await runner.Scalar(sql.Total(type.Type, type.Filters, driver), ct);
        }

        return total;
    }

    SearchPlanner Planner(SearchSql sql) => new(sql, runner, database.Options.FewMatches);

    static FoundRow Row(DbDataReader row) => new(
        ResourceColumns.Read(row),
        [.. Enumerable.Range(ResourceColumns.Count, row.FieldCount - ResourceColumns.Count).Select(row.GetValue)]);

    int Compare(FoundRow x, FoundRow y)
    {
        var sort = _types[0];
        for (var i = 0; i < sort.Sort.Length; i++)
        {
            var compared = _order.Compare(x.Values[i], y.Values[i]);
            if (compared != 0)
            {
                return sort.Sort[i].Descending ? -compared : compared;
            }
        }

        return sort.KeysDescend ? y.Row.Key.CompareTo(x.Row.Key) : x.Row.Key.CompareTo(y.Row.Key);
    }
}

/// <summary>The order of sort values as the database has it: numbers, or texts.</summary>
sealed class RowOrder(SqlDialect dialect) : IComparer<object>
{
    public int Compare(object? x, object? y) => (x, y) switch
    {
        (string a, string b) => dialect.TextOrder.Compare(a, b),
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        _ => throw new InvalidOperationException($"{x?.GetType()} and {y?.GetType()} are not compared."),
    };
}
