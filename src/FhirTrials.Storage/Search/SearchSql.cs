using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>The conditions and the order of a search of one type.</summary>
/// <param name="Sort">In order of weight; the resource's key makes every place one.</param>
sealed record SearchOfType(string Type, ImmutableArray<SearchFilter> Filters, ImmutableArray<SortColumn> Sort)
{
    /// <summary>Ties go in the direction of the last sort key, so that one index can give the whole order.</summary>
    public bool KeysDescend => Sort is [.., { Descending: true }];
}

/// <summary>Where a page begins, and what it may see.</summary>
/// <param name="Change">Resources changed after it are left out.</param>
/// <param name="After">The key and sort values of the last resource of the page before; null on the first page.</param>
sealed record PageStart(long Change, (long Key, ImmutableArray<object> Values)? After);

/// <summary>Which way a search goes through the data.</summary>
abstract record SearchPath
{
    SearchPath()
    {
    }

    /// <summary>All resources on which a filter holds, then the other conditions, then the order.</summary>
    /// <param name="Known">Their keys as a JSON array, where they were read already.</param>
    public sealed record FromKeys(SearchFilter Filter, string? Known = null) : SearchPath;

    /// <summary>The resources at one place of an index, in the order of their keys, until the page is full.</summary>
    public sealed record AlongPoint(SearchFilter Filter) : SearchPath;

    /// <summary>The index of the first sort key in its order, until the page is full; then what has no value.</summary>
    public sealed record AlongSort : SearchPath;

    /// <summary>The resources of the type in their order, until the page is full.</summary>
    public sealed record AlongType : SearchPath;

    /// <summary>From a place outwards until the page is full: <see cref="NearReader"/>.</summary>
    public sealed record Outwards(IndexFilter Filter) : SearchPath
    {
        public NearValue Near => (NearValue)Filter.Values[0];
    }
}

/// <summary>Searches as SQL: the pages along each path, totals, and estimates that choose the path.</summary>
sealed class SearchSql(SqlDialect dialect, FhirDefinitions definitions, InternedNames names)
{
    readonly FilterSql _filters = new(dialect, definitions, names);

    /// <summary>How many entries each of the filters leads to, counted up to <paramref name="most"/>, and the last key
    /// among those: a row for each, with its number. Where a filter is slow also the keys, so that they need not be
    /// found again.</summary>
    public Sql Estimates(string type, IReadOnlyList<SearchFilter> filters, int most)
    {
        var tellsKeys = filters.Any(FilterSql.IsSlow);
        return Sql.UnionAll([.. filters.Select(
            (f, i) => Estimate(_filters.Keys(type, f), i, most, tellsKeys ? FilterSql.IsSlow(f) : null))]);
    }

    /// <summary>The same of all resources of a type.</summary>
    public Sql Estimate(string type, int most)
    {
        var r = _filters.Alias('r');
        return Estimate($"""SELECT {r}."Key" AS "Key" FROM "Resource" AS {r} WHERE {Current(type, r)}""", 0, most);
    }

    /// <param name="tellsKeys">Null where no row of the select does.</param>
    Sql Estimate(Sql keys, int number, int most, bool? tellsKeys = null)
    {
        var (k, e) = (_filters.Alias('k'), _filters.Alias('e'));
        var first = dialect.First($"""SELECT {k}."Key" AS "Key" FROM ({keys}) AS {k}""", null, most);
        Sql told = tellsKeys switch
        {
            true => $", {dialect.Listed($"""{e}."Key" """)}",
            false => $", NULL",
            null => $"",
        };
        return $"""SELECT {number}, COUNT(*), COALESCE(MAX({e}."Key"), 0){told} FROM ({first}) AS {e}""";
    }

    /// <summary>The rows of a page with their sort values, in no order; one select after the other until the page is
    /// full. Outwards there are others.</summary>
    public IEnumerable<Sql> Pages(SearchOfType search, SearchPath path, PageStart start, int count) =>
        Keys(search, path, start, count).Select(keys => Rows(search, keys));

    Sql Rows(SearchOfType search, Sql keys)
    {
        var (p, r) = (_filters.Alias('p'), _filters.Alias('r'));
        return $"""
            SELECT {ResourceColumns.Of(r)}{Values(search, p)}
            FROM ({keys}) AS {p} CROSS JOIN "Resource" AS {r}
            WHERE {r}."Key" = {p}."Key"
            """;
    }

    /// <summary>How many resources match now.</summary>
    /// <param name="driver">Null where all resources of the type are looked at.</param>
    public Sql Total(string type, ImmutableArray<SearchFilter> filters, SearchPath.FromKeys? driver)
    {
        var (k, d, r) = (_filters.Alias('k'), _filters.Alias('d'), _filters.Alias('r'));
        return (driver, filters.Length) switch
        {
            (null, _) => $"""
                SELECT COUNT(*) FROM "Resource" AS {r}
                WHERE {Sql.And([Current(type, r), .. Others(type, filters, null, r)])}
                """,
            (_, 1) => $"""SELECT COUNT(DISTINCT {k}."Key") FROM ({Keys(type, driver)}) AS {k}""",
            _ => $"""
                SELECT COUNT(*) FROM (SELECT DISTINCT {k}."Key" AS "Key" FROM ({Keys(type, driver)}) AS {k}) AS {d}
                CROSS JOIN "Resource" AS {r} WHERE {r}."Key" = {d}."Key"
                  AND {Sql.And([.. Others(type, filters, driver.Filter, r, $"{d}.\"Key\"")])}
                """,
        };
    }

    IEnumerable<Sql> Keys(SearchOfType search, SearchPath path, PageStart start, int count) => path switch
    {
        SearchPath.FromKeys p => [FromKeys(search, p, start, count)],
        SearchPath.AlongPoint p => [AlongPoint(search, p.Filter, start, count)],
        SearchPath.AlongSort => AlongSort(search, start, count),
        SearchPath.AlongType => [AlongType(search, start, count)],
        _ => throw new InvalidOperationException($"There is no path {path.GetType().Name}."),
    };

    Sql Keys(string type, SearchPath.FromKeys driver) =>
        driver.Known is { } known ? dialect.Keys(known) : _filters.Keys(type, driver.Filter);

    Sql FromKeys(SearchOfType search, SearchPath.FromKeys driver, PageStart start, int count)
    {
        var (k, d, r) = (_filters.Alias('k'), _filters.Alias('d'), _filters.Alias('r'));
        return Ordered(search, start, count, $"""
            SELECT {r}."Key" AS "Key"{ComputedValues(search, r)}
            FROM (SELECT DISTINCT {k}."Key" AS "Key" FROM ({Keys(search.Type, driver)}) AS {k}) AS {d}
            CROSS JOIN "Resource" AS {r}
            WHERE {r}."Key" = {d}."Key" AND {Seen(search, driver.Filter, start, r, $"{d}.\"Key\"")}
            """);
    }

    /// <summary>Grouping takes the repetitions out in the order in which they come.</summary>
    Sql AlongPoint(SearchOfType search, SearchFilter driver, PageStart start, int count)
    {
        var (k, r) = (_filters.Alias('k'), _filters.Alias('r'));
        return dialect.First(
            $"""
            SELECT {k}."Key" AS "Key"
            FROM ({_filters.Keys(search.Type, driver)}) AS {k} CROSS JOIN "Resource" AS {r}
            WHERE {r}."Key" = {k}."Key" AND {k}."Key" > {start.After?.Key ?? 0}
              AND {Seen(search, driver, start, r, $"{k}.\"Key\"")}
            GROUP BY {k}."Key"
            """,
            $"""{k}."Key" """,
            count);
    }

    /// <summary>In an order of the resource's own columns the index of that order must not lose to
    /// that of what is not deleted.</summary>
    Sql AlongType(SearchOfType search, PageStart start, int count)
    {
        var r = _filters.Alias('r');
        Sql isDeleted = $"{r}.\"IsDeleted\"";
        var onwards = search.Sort is [{ Table: null }, ..] ? Onwards(search, start, r) : (Sql)$"";
        return Ordered(search, start, count, $"""
            SELECT {r}."Key" AS "Key"{ComputedValues(search, r)}
            FROM "Resource" AS {r}
            WHERE {r}."Type" = {names.Type(search.Type)}
              AND {(search.Sort.IsEmpty ? isDeleted : dialect.WithoutIndex(isDeleted))} = 0{onwards}
              AND {Seen(search, null, start, r)}
            """);
    }

    /// <summary>Leads an index of the first sort key to where the page begins: <see cref="After"/> would be tried on
    /// all that comes before.</summary>
    static Sql Onwards(SearchOfType search, PageStart start, Sql row)
    {
        var first = search.Sort[0];
        var from = first.Descending ? (Sql)$"<=" : $">=";
        return start.After is { } place ? (Sql)$" AND {row}.{first.Column} {from} {place.Values[0]}" : $"";
    }

    /// <summary>The nearest places within a circle that are farther than another radius, as their coordinates and the
    /// square of their chord.</summary>
    /// <param name="inner">The square of that radius.</param>
    public Sql Places(SearchOfType search, SearchPath.Outwards path, NearValue circle, double inner, int most)
    {
        var p = _filters.Alias('p');
        var square = NearQuery.Square(circle, p);
        return dialect.First(
            $"""
            SELECT {p}."X", {p}."Y", {p}."Z", {square} AS {Sql.Alias('v', 0)}
            FROM ({_filters.Places(search.Type, path.Filter.Index, circle)}) AS {p}
            WHERE {square} > {inner}
            """,
            Sql.Alias('v', 0),
            most);
    }

    /// <summary>The rows of a page that have no nearer place than this one.</summary>
    public Sql AtPlace(
        SearchOfType search, SearchPath.Outwards path, SpherePoint place, double square, PageStart start, int count)
    {
        var (x, y, r) = (_filters.Alias('x'), _filters.Alias('y'), _filters.Alias('r'));
        var (type, parameter) = (names.Type(search.Type), names.Index(path.Filter.Index));
        var begun = start.After is { } after && after.Values[0].Equals(square) ? start : start with { After = null };
        return Rows(search, Ordered(search, begun, count, from: 1, rows: $"""
            SELECT {x}."ResourceKey" AS "Key", {square} AS {Sql.Alias('v', 0)}{ComputedValues(search, r, from: 1)}
            FROM "PositionIndex" AS {x} CROSS JOIN "Resource" AS {r}
            WHERE {x}."Type" = {type} AND {x}."Parameter" = {parameter} AND {x}."Z" = {place.Z} AND {x}."X" = {place.X}
              AND {x}."Y" = {place.Y}
              AND {r}."Key" = {x}."ResourceKey" AND NOT {dialect.Exists($"""
                SELECT 1 FROM "PositionIndex" AS {y} WHERE {y}."ResourceKey" = {x}."ResourceKey"
                  AND {y}."Parameter" = {parameter}
                  AND ({NearQuery.Square(path.Near, y)} < {square}
                    OR ({NearQuery.Square(path.Near, y)} = {square} AND {y}."Ordinal" < {x}."Ordinal"))
                """)}
              AND {Seen(search, path.Filter, start, r, $"{x}.\"ResourceKey\"")}
            """));
    }

    /// <summary>The rows of a page of which the nearest place is within a circle, but
    /// farther than another radius.</summary>
    /// <param name="inner">The square of that radius.</param>
    public Sql Within(
        SearchOfType search, SearchPath.Outwards path, NearValue circle, double inner, PageStart start, int count)
    {
        var (p, x, d, r) = (_filters.Alias('p'), _filters.Alias('x'), _filters.Alias('d'), _filters.Alias('r'));
        return Rows(search, Ordered(search, start, count, $"""
            SELECT {d}."Key" AS "Key", {Value(d, 0)} AS {Sql.Alias('v', 0)}{ComputedValues(search, r, from: 1)}
            FROM (
              SELECT {x}."ResourceKey" AS "Key", MIN({NearQuery.Square(circle, p)}) AS {Sql.Alias('v', 0)}
              FROM ({_filters.Places(search.Type, path.Filter.Index, circle)}) AS {p} CROSS JOIN "PositionIndex" AS {x}
              WHERE {_filters.IsAt(search.Type, path.Filter.Index, p, x)}
              GROUP BY {x}."ResourceKey"
            ) AS {d} CROSS JOIN "Resource" AS {r}
            WHERE {Value(d, 0)} > {inner} AND {r}."Key" = {d}."Key"
              AND {Seen(search, path.Filter, start, r, $"{d}.\"Key\"")}
            """));
    }

    IEnumerable<Sql> AlongSort(SearchOfType search, PageStart start, int count)
    {
        var first = search.Sort[0];
        if (start.After is not { } place || !place.Values[0].Equals(first.Last))
        {
            yield return WithValue(search, start, count);
        }

        yield return WithoutValue(search, start, count);
    }

    /// <summary>Each resource stands at its least (or greatest) value alone.</summary>
    Sql WithValue(SearchOfType search, PageStart start, int count)
    {
        var (first, parameter) = (search.Sort[0], names.Index(search.Sort[0].Key.Parameter.Url));
        var (x, y, r) = (_filters.Alias('x'), _filters.Alias('y'), _filters.Alias('r'));
        var better = first.Descending ? (Sql)$">" : $"<";
        return Ordered(search, start, count, $"""
            SELECT {x}."ResourceKey" AS "Key",
              {x}.{first.Column} AS {Sql.Alias('v', 0)}{ComputedValues(search, r, from: 1)}
            FROM {first.Table!} AS {x} CROSS JOIN "Resource" AS {r}
            WHERE {x}."Type" = {names.Type(search.Type)} AND {x}."Parameter" = {parameter}{Onwards(search, start, x)}
              AND {r}."Key" = {x}."ResourceKey"
              AND NOT {dialect.Exists($"""
                SELECT 1 FROM {first.Table!} AS {y} WHERE {y}."ResourceKey" = {x}."ResourceKey"
                  AND {y}."Parameter" = {parameter}
                  AND ({y}.{first.Column} {better} {x}.{first.Column}
                    OR ({y}.{first.Column} = {x}.{first.Column} AND {y}."Ordinal" < {x}."Ordinal"))
                """)}
              AND {Seen(search, null, start, r, $"{x}.\"ResourceKey\"")}
            """);
    }

    /// <summary>All of them stand at one value, after every other.</summary>
    Sql WithoutValue(SearchOfType search, PageStart start, int count)
    {
        var first = search.Sort[0];
        var begun =
            start.After is { } place && place.Values[0].Equals(first.Last) ? start : start with { After = null };
        var (x, r) = (_filters.Alias('x'), _filters.Alias('r'));
        return Ordered(search, begun, count, from: 1, rows: $"""
            SELECT {r}."Key" AS "Key", {first.Last} AS {Sql.Alias('v', 0)}{ComputedValues(search, r, from: 1)}
            FROM "Resource" AS {r}
            WHERE {Current(search.Type, r)} AND {Seen(search, null, start, r)}
              AND NOT {dialect.Exists($"""
                SELECT 1 FROM {first.Table!} AS {x}
                  WHERE {x}."ResourceKey" = {r}."Key" AND {x}."Parameter" = {names.Index(first.Key.Parameter.Url)}
                """)}
            """);
    }

    /// <summary>The first of the rows that come after the place, in the order of the search.</summary>
    /// <param name="from">The columns before it are the same in all rows.</param>
    Sql Ordered(SearchOfType search, PageStart start, int count, Sql rows, int from = 0)
    {
        var o = _filters.Alias('o');
        var order = search.Sort.Select((c, i) => Direction(Value(o, i), c.Descending)).Skip(from)
            .Append(Direction($"""{o}."Key" """, search.KeysDescend));
        var after = start.After is { } place ? (Sql)$"\nWHERE {After(search, place, o, from)}" : $"";
        return dialect.First($"""SELECT {o}."Key" AS "Key"{Values(search, o)} FROM ({rows}) AS {o}{after}""",
            Sql.List([.. order]), count);
    }

    static Sql Direction(Sql value, bool descending) => descending ? (Sql)$"{value} DESC" : value;

    /// <summary>Beyond in the first column, or equal there and beyond in the rest.</summary>
    static Sql After(SearchOfType search, (long Key, ImmutableArray<object> Values) place, Sql o, int from)
    {
        var after = search.KeysDescend ? (Sql)$"""{o}."Key" < {place.Key}""" : $"""{o}."Key" > {place.Key}""";
        for (var i = search.Sort.Length - 1; i >= from; i--)
        {
            var beyond = search.Sort[i].Descending ? (Sql)$"<" : $">";
            after = $"({Value(o, i)} {beyond} {place.Values[i]} OR ({Value(o, i)} = {place.Values[i]} AND {after}))";
        }

        return after;
    }

    static Sql Value(Sql o, int column) => $"{o}.{Sql.Alias('v', column)}";

    /// <summary><c>, p."v0", p."v1"</c></summary>
    static Sql Values(SearchOfType search, Sql p) =>
        Sql.Concat([.. search.Sort.Select(Sql (_, i) => $", {Value(p, i)} AS {Sql.Alias('v', i)}")]);

    Sql ComputedValues(SearchOfType search, Sql r, int from = 0) => Sql.Concat([.. search.Sort.Index().Skip(from)
        .Select(Sql (c) => $", {c.Item.Value(r, _filters.Alias('s'), names)} AS {Sql.Alias('v', c.Index)}")]);

    Sql Current(string type, Sql r) => $"""{r}."Type" = {names.Type(type)} AND {r}."IsDeleted" = 0""";

    /// <summary>The conditions come before the row of the resource is read, of which there are more pages than of all
    /// indexes; first those that are looked up at one place of an index.</summary>
    /// <param name="key">Where the key is known before.</param>
    Sql Seen(SearchOfType search, SearchFilter? driver, PageStart start, Sql r, Sql? key = null) =>
        Sql.And([
            $"{dialect.WithoutIndex($"{r}.\"Change\"")} <= {start.Change}",
            .. Others(search.Type, search.Filters, driver, r, key),
        ]);

    IEnumerable<Sql> Others(
        string type, ImmutableArray<SearchFilter> filters, SearchFilter? driver, Sql r, Sql? key = null) =>
        filters.Where(f => !ReferenceEquals(f, driver)).OrderBy(f => IndexTable.IsPoint(f) ? 0 : 1)
            .Select(f => _filters.Holds(type, f, r, key ?? $"{r}.\"Key\""));
}
