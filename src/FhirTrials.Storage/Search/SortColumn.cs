using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A place in an ordered result: a resource as it was when it stood there,
/// with what it is sorted by.</summary>
sealed record OrderedPlace(long Key, StoredResource Version, ImmutableArray<IndexEntry> Entries);

/// <summary>One sort key: how to read its value from a row, and from the index entries of a resource. Of several values
/// the least counts, or the greatest in descending order; a resource without one comes last.</summary>
sealed class SortColumn
{
    readonly Func<OrderedPlace, IEnumerable<object>> _entries;

    SortColumn(SortKey sort, Sql? table, Sql column, object last, Func<OrderedPlace, IEnumerable<object>> entries)
    {
        (Key, Table, Column, Last, _entries) = (sort, table, column, last, entries);
    }

    public SortKey Key { get; }

    public bool Descending => Key.Descending;

    /// <summary>The index table; null for columns of the resource itself.</summary>
    public Sql? Table { get; }

    /// <summary>The column of <see cref="Table"/> or of the resource.</summary>
    public Sql Column { get; }

    /// <summary>What stands for a resource without a value: beyond every value.</summary>
    public object Last { get; }

    /// <summary>The value of the resource at a place, as the database would have it.</summary>
    public object ValueAt(OrderedPlace place, IComparer<object> order)
    {
        var values = _entries(place).Order(order).ToList();
        return values.Count == 0 ? Last : Descending ? values[^1] : values[0];
    }

    public static SortColumn Of(SortKey sort)
    {
        IEnumerable<object> Entries<TEntry>(OrderedPlace place, Func<TEntry, object> value)
            where TEntry : IndexEntry =>
            place.Entries.OfType<TEntry>().Where(e => e.Index == sort.Parameter.Url).Select(value);

        SortColumn Indexed<TEntry>(Sql column, object last, Func<TEntry, object> value)
            where TEntry : IndexEntry =>
            new(sort, IndexTable.Of(sort.Parameter.Type), column, last, place => Entries(place, value));

        object text = sort.Descending ? "" : IndexText.Last;
        object ticks = sort.Descending ? long.MinValue : long.MaxValue;
        object number = sort.Descending ? double.MinValue : double.MaxValue;
        return (sort.Parameter.Code, sort.Parameter.Type) switch
        {
            ("_id", _) => new(sort, null, $"\"Id\"", text, place => [place.Version.Id]),
            ("_lastUpdated", _) =>
                new(sort, null, $"\"LastUpdated\"", ticks, place => [place.Version.LastUpdated.UtcTicks]),
            (_, SearchParameterType.String) =>
                Indexed<StringEntry>($"\"Value\"", text, e => IndexText.Prefix(e.Normalised)),
            (_, SearchParameterType.Token) => Indexed<TokenEntry>($"\"Code\"", text, e => IndexText.Key(e.Code)),
            (_, SearchParameterType.Reference) =>
                Indexed<ReferenceEntry>($"\"Target\"", text, e => IndexText.Key(e.Target)),
            (_, SearchParameterType.Uri) => Indexed<UriEntry>($"\"Value\"", text, e => IndexText.Key(e.Uri)),
            (_, SearchParameterType.Date) => sort.Descending
                ? Indexed<DateEntry>($"\"End\"", ticks, e => e.Range.End)
                : Indexed<DateEntry>($"\"Start\"", ticks, e => e.Range.Start),
            (_, SearchParameterType.Number) => Indexed<NumberEntry>($"\"Low\"", number, e => e.Range.Low),
            (_, SearchParameterType.Quantity) => new(
                sort, IndexTable.Of(SearchParameterType.Quantity), $"\"Low\"", number,
                place => Quantities(place, sort.Parameter.Url)),
            (_, SearchParameterType.Special) when sort.Near is not null => Indexed<PositionEntry>(
                $"\"Z\"", number, e => NearSearch.Square(sort.Near, e.Point)),
            _ => throw new InvalidOperationException($"There is no order by {sort.Parameter.Code}."),
        };
    }

    /// <summary>In canonical units where there are any: 1 g then comes after 2 mg.</summary>
    static IEnumerable<object> Quantities(OrderedPlace place, string index)
    {
        var entries = place.Entries.OfType<QuantityEntry>().Where(e => e.Index == index).ToList();
        var hasCanonical = entries.Any(e => e.IsCanonical);
        return entries.Where(e => e.IsCanonical == hasCanonical).Select(object (e) => e.Range.Low);
    }

    /// <summary>The value on the resource in row <paramref name="r"/>, computed from its few entries.</summary>
    public Sql Value(Sql r, Sql s, InternedNames names) => (Table, Key.Parameter.Type) switch
    {
        (null, _) => $"{r}.{Column}",
        (_, SearchParameterType.Quantity) => $"""
            COALESCE({Extreme(r, s, names, $"""{s}."System" = {QuantityRow.CanonicalSystem} AND """)},
              {Extreme(r, s, names, $"")}, {Last})
            """,
        _ => $"COALESCE({Extreme(r, s, names, $"")}, {Last})",
    };

    /// <summary>Whether the order of the index is that of the values, so that a page can be read off it. Quantities are
    /// compared in canonical units where they have them, and places by distance.</summary>
    public bool IsWalkable => Key.Parameter.Type is not (SearchParameterType.Quantity or SearchParameterType.Special);

    Sql Extreme(Sql r, Sql s, InternedNames names, Sql also)
    {
        var value = Key.Near is null ? (Sql)$"{s}.{Column}" : NearQuery.Square(Key.Near, s);
        var extreme = Descending ? (Sql)$"MAX({value})" : $"MIN({value})";
        return $"""
            (SELECT {extreme} FROM {Table!} AS {s} WHERE {also}{s}."ResourceKey" = {r}."Key"
              AND {s}."Parameter" = {names.Index(Key.Parameter.Url)})
            """;
    }
}
