using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>A condition of a search as SQL over the index tables, in two forms: the keys of the resources on which it
/// holds, and whether it holds on a given one. Which form a search uses decides the order of work, so the planner
/// chooses; CROSS JOIN and EXISTS then keep the embedded engine to it. Every value travels as a parameter.</summary>
sealed class FilterSql(SqlDialect dialect, FhirDefinitions definitions, InternedNames names)
{
    /// <summary>More ids than these travel as one parameter: a server takes no more than two thousand.</summary>
    const int MaxListed = 500;

    int _aliases;

    /// <summary>Whether the keys can be read from an index without looking at every resource of the type.</summary>
    public static bool CanDrive(SearchFilter filter) => filter switch
    {
        IndexFilter or IdFilter or LastUpdatedFilter or MissingFilter { IsMissing: false } => true,
        AnyFilter f => f.Filters.All(CanDrive),
        AllFilter f => f.Filters.Any(CanDrive),
        ChainFilter f => CanDrive(f.Filter),
        HasFilter f => CanDrive(f.Filter),
        _ => false,
    };

    /// <summary>Whether all entries of a parameter are read for the keys, since no index
    /// begins with what is asked for.</summary>
    public static bool IsSlow(SearchFilter filter) => filter switch
    {
        IndexFilter f => f.Values.Any(
            v => v is StringValue { Match: StringMatch.Contains or StringMatch.EndsWith } or TokenValue { Code: null }),
        AnyFilter f => f.Filters.Any(IsSlow),
        AllFilter f => f.Filters.Any(IsSlow),
        ChainFilter f => IsSlow(f.Filter),
        HasFilter f => IsSlow(f.Filter),
        _ => false,
    };

    /// <summary>The keys of the resources of that type on which the filter holds, as column <c>"Key"</c>; some may come
    /// more than once.</summary>
    public Sql Keys(string type, SearchFilter filter)
    {
        var typeId = names.Type(type);
        switch (filter)
        {
            case IndexFilter { Values: [CompositeValue, ..] } f:
                return Sql.UnionAll([.. f.Values.Cast<CompositeValue>()
                    .Select(v => CompositeKeys(typeId, f.Index, v))]);
            case IndexFilter { Values: [DateValue] } f:
                return Sql.UnionAll([.. DateQuery.Ranges((DateValue)f.Values[0])
                    .Select(d => EntryKeys(typeId, f with { Values = [d] }))]);
            case IndexFilter f when f.Values.All(v => v is StringValue { Match: StringMatch.Contains }):
                return Sql.UnionAll([.. f.Values.Cast<StringValue>()
                    .SelectMany(v => ContainsKeys(typeId, f.Index, v))]);
            case IndexFilter { Values: [WordValue word] } f:
                return dialect.WordKeys(typeId, names.Index(f.Index), word, Alias('x'));
            case IndexFilter { Values: [NearValue near] } f:
                var (p, x) = (Alias('p'), Alias('x'));
                return $"""
                    SELECT {x}."ResourceKey" AS "Key" FROM ({Places(type, f.Index, near)}) AS {p}
                    CROSS JOIN "PositionIndex" AS {x}
                    WHERE {IsAt(type, f.Index, p, x)}
                    """;
            case IndexFilter f:
                return EntryKeys(typeId, f);
            case MissingFilter { IsMissing: false } f:
                var m = Alias('m');
                return $"""
                    SELECT {m}."ResourceKey" AS "Key" FROM {IndexTable.Of(f.Type)} AS {m}
                    WHERE {m}."Type" = {typeId} AND {m}."Parameter" = {names.Index(f.Index)}
                    """;
            case ChainFilter f when CanDrive(f.Filter):
                return Sql.UnionAll([.. ChainKeys(type, f)]);
            case HasFilter f when CanDrive(f.Filter):
                return Sql.UnionAll([.. HasKeys(type, f)]);
            case AnyFilter f when CanDrive(f):
                return Sql.UnionAll([.. f.Filters.Select(inner => Keys(type, inner))]);
            case AllFilter f when CanDrive(f):
                return AllKeys(type, f);
            case LastUpdatedFilter f:
                var l = Alias('r');
                return $"""
                    SELECT {l}."Key" AS "Key" FROM "Resource" AS {l}
                    WHERE {l}."Type" = {typeId} AND {l}."IsDeleted" = 0
                      AND {Sql.Or([.. f.Values.Select(v => DateQuery.Updated(v, $"""{l}."LastUpdated" """))])}
                    """;
            default:
                var r = Alias('r');
                return $"""
                    SELECT {r}."Key" AS "Key" FROM "Resource" AS {r}
                    WHERE {r}."Type" = {typeId} AND {r}."IsDeleted" = 0 AND {Holds(type, filter, r, $"{r}.\"Key\"")}
                    """;
        }
    }

    /// <summary>Whether the filter holds on the resource in row <paramref name="r"/> of table <c>Resource</c>, which is
    /// of that type.</summary>
    /// <param name="key">The resource's key, where it is known before the row is read.</param>
    public Sql Holds(string type, SearchFilter filter, Sql r, Sql key) => filter switch
    {
        IdFilter { Ids.Length: > MaxListed } f => dialect.In($"""{r}."Id" """, f.Ids),
        IdFilter f => $"""{r}."Id" IN ({Sql.List([.. f.Ids.Select(Sql (id) => $"{id}")])})""",
        LastUpdatedFilter f =>
            Sql.Or([.. f.Values.Select(v => DateQuery.Updated(v, dialect.WithoutIndex($"{r}.\"LastUpdated\"")))]),
        IndexFilter { Values: [CompositeValue, ..] } f =>
            Sql.Or([.. f.Values.Cast<CompositeValue>().Select(v => HasComposite(f.Index, v, key))]),
        IndexFilter { Values: [WordValue word] } f =>
            dialect.HasWord(names.Type(type), names.Index(f.Index), word, key, Alias('x')),
        IndexFilter f => HasEntry(names.Type(type), f, key),
        MissingFilter { IsMissing: true } f => $"NOT {HasAny(f, key)}",
        MissingFilter f => HasAny(f, key),
        NotFilter f => $"NOT ({Holds(type, f.Filter, r, key)})",
        AnyFilter f => Sql.Or([.. f.Filters.Select(inner => Holds(type, inner, r, key))]),
        AllFilter f => $"({Sql.And([.. f.Filters.Select(inner => Holds(type, inner, r, key))])})",
        ChainFilter f => Sql.Or([.. ChainHolds(f, key)]),
        HasFilter f => Sql.Or([.. HasHolds(type, f, r, key)]),
        _ => throw new InvalidOperationException($"There is no translation of {filter.GetType().Name}."),
    };

    /// <summary>The places within a circle at which there is anything of the type, each once. Registries name cities,
    /// so that there are few however many the studies.</summary>
    public Sql Places(string type, string index, NearValue circle)
    {
        var (q, x) = (Alias('q'), Alias('x'));
        return dialect.Places(names.Type(type), names.Index(index), circle, q, x);
    }

    /// <summary>Whether the entry in row <paramref name="x"/> is of the place in row <paramref name="p"/>.</summary>
    public Sql IsAt(string type, string index, Sql p, Sql x) => $"""
        {x}."Type" = {names.Type(type)} AND {x}."Parameter" = {names.Index(index)} AND {x}."Z" = {p}."Z"
        AND {x}."X" = {p}."X" AND {x}."Y" = {p}."Y"
        """;

    public Sql Alias(char letter) => Sql.Alias(letter, ++_aliases);

    /// <summary>Of many places in an index the list of places leads there; the conditions then decide.</summary>
    Sql Matches(ImmutableArray<SearchValue> values, Sql x)
    {
        var any = Sql.Or([.. values.Select(v => Matches(v, x))]);
        return values.Length == 1 ? any
            : values.All(IndexTable.IsPoint)
                ? Points(values, x, any)
            : values.All(v => v is TokenSetValue)
                ? $"""{TokenQuery.IsListed(values.Cast<TokenSetValue>(), x, dialect)} AND {any}"""
            : any;
    }

    static Sql Points(ImmutableArray<SearchValue> values, Sql x, Sql any)
    {
        var points = Sql.List([.. values.Select(Sql (v) => $"{IndexTable.Point(v)}")]);
        return $"{x}.{IndexTable.PointColumn(values[0])} IN ({points}) AND {any}";
    }

    Sql Matches(SearchValue value, Sql x) => value switch
    {
        TokenValue v => TokenQuery.Matches(v, x, names),
        TokenSetValue v => TokenQuery.Matches(v, x, names, dialect),
        StringValue v => StringQuery.Matches(v, x, dialect),
        DateValue v => DateQuery.Matches(v, x),
        NumberValue v => NumberQuery.Matches(v, x),
        QuantityValue v => QuantityQuery.Matches(v, x, names),
        ReferenceValue v => ReferenceQuery.Matches(v, x, names),
        ReferenceSetValue v => ReferenceQuery.Matches(v, x, names, dialect),
        AnyReferenceValue v => ReferenceQuery.Matches(v, x, names),
        UriValue v => UriQuery.Matches(v, x),
        NearValue v => NearQuery.Matches(v, x),
        OtherValue v => $"NOT ({Matches(v.Value, x)})",
        _ => throw new InvalidOperationException($"There is no translation of {value.GetType().Name}."),
    };

    Sql EntryKeys(short type, IndexFilter filter)
    {
        var x = Alias('x');
        return $"""
            SELECT {x}."ResourceKey" AS "Key" FROM {IndexTable.Of(filter.Values[0])} AS {x}
            WHERE {x}."Type" = {type} AND {x}."Parameter" = {names.Index(filter.Index)} AND {Matches(filter.Values, x)}
            """;
    }

    /// <summary>Where there is no index of parts, what begins every text is read from the index; the few texts that are
    /// longer are looked up.</summary>
    IEnumerable<Sql> ContainsKeys(short type, string index, StringValue value)
    {
        if (dialect.PartKeys(index, value.Text, () => Alias('x')) is { } keys)
        {
            yield return keys;
            yield break;
        }

        foreach (var column in (Sql[])[$"\"Value\"", $"\"Whole\""])
        {
            var x = Alias('x');
            yield return $"""
                SELECT {x}."ResourceKey" AS "Key" FROM "StringIndex" AS {x}
                WHERE {x}."Type" = {type} AND {x}."Parameter" = {names.Index(index)} AND {x}.{column} IS NOT NULL
                  AND {dialect.Contains($"{x}.{column}", value.Text)}
                """;
        }
    }

    /// <summary>Where the value is one place of the index, that place is looked up; otherwise the
    /// few entries of the resource.</summary>
    Sql HasEntry(short type, IndexFilter filter, Sql key)
    {
        var x = Alias('x');
        var ofType = filter.Values.All(IndexTable.IsPoint) ? (Sql)$"""{x}."Type" = {type} AND """ : $"";
        return dialect.Exists($"""
            SELECT 1 FROM {IndexTable.Of(filter.Values[0])} AS {x}
              WHERE {ofType}{x}."ResourceKey" = {key} AND {x}."Parameter" = {names.Index(filter.Index)}
                AND {Matches(filter.Values, x)}
            """);
    }

    Sql HasAny(MissingFilter filter, Sql key)
    {
        var x = Alias('x');
        return dialect.Exists($"""
            SELECT 1 FROM {IndexTable.Of(filter.Type)} AS {x} WHERE {x}."ResourceKey" = {key}
              AND {x}."Parameter" = {names.Index(filter.Index)}
            """);
    }

    Sql CompositeKeys(short type, string index, CompositeValue value)
    {
        var x = Alias('x');
        return $"""
            SELECT {x}."ResourceKey" AS "Key" FROM {IndexTable.Of(value.Components[0])} AS {x}
            WHERE {x}."Type" = {type} AND {x}."Parameter" = {Component(index, 0)}
              AND {Matches(value.Components[0], x)}{Others(index, value, x)}
            """;
    }

    Sql HasComposite(string index, CompositeValue value, Sql key)
    {
        var x = Alias('x');
        return dialect.Exists($"""
            SELECT 1 FROM {IndexTable.Of(value.Components[0])} AS {x}
              WHERE {x}."ResourceKey" = {key} AND {x}."Parameter" = {Component(index, 0)}
                AND {Matches(value.Components[0], x)}{Others(index, value, x)}
            """);
    }

    /// <summary>The other components match on the same repetition as the first.</summary>
    Sql Others(string index, CompositeValue value, Sql first) =>
        Sql.Concat([.. value.Components.Skip(1).Select((component, i) =>
        {
            var y = Alias('y');
            var other = dialect.Exists($"""
                SELECT 1 FROM {IndexTable.Of(component)} AS {y}
                  WHERE {y}."ResourceKey" = {first}."ResourceKey" AND {y}."Group" = {first}."Group"
                    AND {y}."Parameter" = {Component(index, i + 1)} AND {Matches(component, y)}
                """);
            return (Sql)$" AND {other}";
        })]);

    Sql TargetType(Sql reference) => dialect.WithoutIndex($"{reference}.\"TargetType\"");

    short Component(string index, int component) => names.Index(IndexKey.Component(index, component));

    /// <summary>The filter that leads to the fewest is not known here: the first that can.</summary>
    Sql AllKeys(string type, AllFilter filter)
    {
        var driver = filter.Filters.First(CanDrive);
        var (k, r) = (Alias('k'), Alias('r'));
        return $"""
            SELECT {r}."Key" AS "Key" FROM ({Keys(type, driver)}) AS {k} CROSS JOIN "Resource" AS {r}
            WHERE {r}."Key" = {k}."Key"
              AND {Sql.And([.. filter.Filters.Where(f => f != driver).Select(f => Holds(type, f, r, $"{k}.\"Key\""))])}
            """;
    }

    /// <summary>From the targets back to what refers to them, by id and by canonical URL.</summary>
    IEnumerable<Sql> ChainKeys(string type, ChainFilter filter)
    {
        var (typeId, targetType, parameter) =
            (names.Type(type), names.Type(filter.TargetType), names.Index(filter.Index));
        var (k, t, x) = (Alias('k'), Alias('t'), Alias('x'));
        yield return $"""
            SELECT {x}."ResourceKey" AS "Key" FROM ({Keys(filter.TargetType, filter.Filter)}) AS {k}
            CROSS JOIN "Resource" AS {t} CROSS JOIN "ReferenceIndex" AS {x}
            WHERE {t}."Key" = {k}."Key" AND {t}."IsDeleted" = 0 AND {x}."Type" = {typeId}
              AND {x}."Parameter" = {parameter}
              AND {x}."Target" = {t}."Id" AND {x}."TargetType" = {targetType}
            """;
        if (UrlIndex(filter.TargetType) is { } url)
        {
            var (j, u, y) = (Alias('k'), Alias('u'), Alias('x'));
            yield return $"""
                SELECT {y}."ResourceKey" AS "Key" FROM ({Keys(filter.TargetType, filter.Filter)}) AS {j}
                CROSS JOIN "UriIndex" AS {u} CROSS JOIN "ReferenceIndex" AS {y}
                WHERE {u}."ResourceKey" = {j}."Key" AND {u}."Parameter" = {url} AND {y}."Type" = {typeId}
                  AND {y}."Parameter" = {parameter}
                  AND {y}."Target" = {u}."Value" AND {y}."TargetType" = 0
                """;
        }
    }

    IEnumerable<Sql> ChainHolds(ChainFilter filter, Sql key)
    {
        var (targetType, parameter) = (names.Type(filter.TargetType), names.Index(filter.Index));
        var (x, t) = (Alias('x'), Alias('t'));
        yield return dialect.Exists($"""
            SELECT 1 FROM "ReferenceIndex" AS {x} CROSS JOIN "Resource" AS {t}
              WHERE {x}."ResourceKey" = {key} AND {x}."Parameter" = {parameter} AND {TargetType(x)} = {targetType}
              AND {t}."Type" = {targetType} AND {t}."Id" = {x}."Target" AND {t}."IsDeleted" = 0
              AND {Holds(filter.TargetType, filter.Filter, t, $"{t}.\"Key\"")}
            """);
        if (UrlIndex(filter.TargetType) is { } url)
        {
            var (y, u, v) = (Alias('x'), Alias('u'), Alias('t'));
            yield return dialect.Exists($"""
                SELECT 1 FROM "ReferenceIndex" AS {y} CROSS JOIN "UriIndex" AS {u} CROSS JOIN "Resource" AS {v}
                  WHERE {y}."ResourceKey" = {key} AND {y}."Parameter" = {parameter} AND {TargetType(y)} = 0
                  AND {u}."Type" = {targetType} AND {u}."Parameter" = {url} AND {u}."Value" = {y}."Target"
                  AND {v}."Key" = {u}."ResourceKey"
                  AND {Holds(filter.TargetType, filter.Filter, v, $"{u}.\"ResourceKey\"")}
                """);
        }
    }

    /// <summary>From the referring resources to those that they name, by id and by canonical URL.</summary>
    IEnumerable<Sql> HasKeys(string type, HasFilter filter)
    {
        var (typeId, parameter) = (names.Type(type), names.Index(filter.Index));
        var (k, x, t) = (Alias('k'), Alias('x'), Alias('t'));
        yield return $"""
            SELECT {t}."Key" AS "Key" FROM ({Keys(filter.SourceType, filter.Filter)}) AS {k}
            CROSS JOIN "ReferenceIndex" AS {x} CROSS JOIN "Resource" AS {t}
            WHERE {x}."ResourceKey" = {k}."Key" AND {x}."Parameter" = {parameter} AND {TargetType(x)} = {typeId}
              AND {t}."Type" = {typeId} AND {t}."Id" = {x}."Target" AND {t}."IsDeleted" = 0
            """;
        if (UrlIndex(type) is { } url)
        {
            var (j, y, u) = (Alias('k'), Alias('x'), Alias('u'));
            yield return $"""
                SELECT {u}."ResourceKey" AS "Key" FROM ({Keys(filter.SourceType, filter.Filter)}) AS {j}
                CROSS JOIN "ReferenceIndex" AS {y} CROSS JOIN "UriIndex" AS {u}
                WHERE {y}."ResourceKey" = {j}."Key" AND {y}."Parameter" = {parameter} AND {TargetType(y)} = 0
                  AND {u}."Type" = {typeId} AND {u}."Parameter" = {url} AND {u}."Value" = {y}."Target"
                """;
        }
    }

    IEnumerable<Sql> HasHolds(string type, HasFilter filter, Sql r, Sql key)
    {
        var (typeId, sourceType, parameter) =
            (names.Type(type), names.Type(filter.SourceType), names.Index(filter.Index));
        var (x, s) = (Alias('x'), Alias('s'));
        yield return dialect.Exists($"""
            SELECT 1 FROM "ReferenceIndex" AS {x} CROSS JOIN "Resource" AS {s}
              WHERE {x}."Type" = {sourceType} AND {x}."Parameter" = {parameter} AND {x}."Target" = {r}."Id"
                AND {x}."TargetType" = {typeId}
              AND {s}."Key" = {x}."ResourceKey" AND {Holds(filter.SourceType, filter.Filter, s, $"{x}.\"ResourceKey\"")}
            """);
        if (UrlIndex(type) is { } url)
        {
            var (u, y, v) = (Alias('u'), Alias('x'), Alias('s'));
            yield return dialect.Exists($"""
                SELECT 1 FROM "UriIndex" AS {u} CROSS JOIN "ReferenceIndex" AS {y} CROSS JOIN "Resource" AS {v}
                  WHERE {u}."ResourceKey" = {key} AND {u}."Parameter" = {url}
                  AND {y}."Type" = {sourceType} AND {y}."Parameter" = {parameter} AND {y}."Target" = {u}."Value"
                  AND {y}."TargetType" = 0
                  AND {v}."Key" = {y}."ResourceKey"
                  AND {Holds(filter.SourceType, filter.Filter, v, $"{y}.\"ResourceKey\"")}
                """);
        }
    }

    short? UrlIndex(string resourceType) =>
        CanonicalUrl.IndexOf(resourceType, definitions) is { } url ? names.Index(url) : null;
}
