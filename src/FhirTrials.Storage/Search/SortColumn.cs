using System.Linq.Expressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>One sort key: how to read its value from a row, and from the index entries of a resource. Of several values the
/// least counts, or the greatest in descending order; a resource without one comes last.</summary>
abstract class SortColumn
{
    private protected SortColumn()
    {
    }

    public abstract IOrderedQueryable<ResourceRow> Order(
        IQueryable<ResourceRow> rows, IOrderedQueryable<ResourceRow>? sorted);

    /// <summary>This value is beyond that of the place, or equal while the rest of the order is beyond.</summary>
    public abstract Expression<Func<ResourceRow, bool>> After(
        OrderedPlace place, Expression<Func<ResourceRow, bool>> rest);

    public static SortColumn Of(SortKey sort, FhirContext context, InternedNames names)
    {
        var source = new SortSource(context, names.Index(sort.Parameter.Url), sort.Parameter.Url, sort.Descending);
        var (ticks, number) = sort.Descending
            ? (long.MinValue, double.MinValue)
            : (long.MaxValue, double.MaxValue);
        return (sort.Parameter.Code, sort.Parameter.Type) switch
        {
            ("_id", _) => new SortColumn<string>(sort.Descending, r => r.Id, place => place.Version.Id),
            ("_lastUpdated", _) => new SortColumn<long>(
                sort.Descending, r => r.LastUpdated, place => place.Version.LastUpdated.UtcTicks),
            (_, SearchParameterType.String) => source.Text<StringRow, StringEntry>(
                s => s.Value, s => IndexText.Prefix(s.Normalised)),
            (_, SearchParameterType.Token) => source.Text<TokenRow, TokenEntry>(t => t.Code, t => IndexText.Key(t.Code)),
            (_, SearchParameterType.Reference) => source.Text<ReferenceRow, ReferenceEntry>(
                r => r.Target, r => IndexText.Key(r.Target)),
            (_, SearchParameterType.Uri) => source.Text<UriRow, UriEntry>(u => u.Value, u => IndexText.Key(u.Uri)),
            (_, SearchParameterType.Date) => source.Range<DateRow, DateEntry, long>(
                d => d.Start, d => d.End, d => (d.Range.Start, d.Range.End), ticks),
            (_, SearchParameterType.Number) => source.Range<NumberRow, NumberEntry, double>(
                n => n.Low, n => n.High, n => (n.Range.Low, n.Range.High), number),
            (_, SearchParameterType.Quantity) => source.Quantity(number),
            _ => throw new InvalidOperationException($"There is no order by {sort.Parameter.Code}."),
        };
    }
}

/// <summary>A sort key whose values are of one type.</summary>
/// <param name="value">Of a row.</param>
/// <param name="read">Of a place; the same value.</param>
sealed class SortColumn<T>(bool descending, Expression<Func<ResourceRow, T>> value, Func<OrderedPlace, T> read) : SortColumn
{
    public override IOrderedQueryable<ResourceRow> Order(
        IQueryable<ResourceRow> rows, IOrderedQueryable<ResourceRow>? sorted) => (sorted, descending) switch
    {
        (null, false) => rows.OrderBy(value),
        (null, true) => rows.OrderByDescending(value),
        (_, false) => sorted.ThenBy(value),
        (_, true) => sorted.ThenByDescending(value),
    };

    public override Expression<Func<ResourceRow, bool>> After(
        OrderedPlace place, Expression<Func<ResourceRow, bool>> rest)
    {
        var last = Predicate.Parameter(read(place));
        var row = value.Parameters[0];
        var isText = typeof(T) == typeof(string);
        var left = isText ? Predicate.Compare(value.Body, last) : value.Body;
        var right = isText ? Expression.Constant(0) : last;
        var beyond = descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
        var equal = Expression.AndAlso(Expression.Equal(value.Body, last), Predicate.On(rest, row));
        return Expression.Lambda<Func<ResourceRow, bool>>(Expression.OrElse(beyond, equal), row);
    }
}

/// <summary>The index rows and entries that a parameter's sort values come from.</summary>
sealed class SortSource(FhirContext context, short parameter, string index, bool descending)
{
    public SortColumn<string> Text<TRow, TEntry>(Expression<Func<TRow, string?>> value, Func<TEntry, string> read)
        where TRow : IndexRow
        where TEntry : IndexEntry
    {
        var rows = Rows<TRow>();
        var last = descending ? "" : IndexText.Last;
        return new(
            descending,
            descending
                ? r => rows.Where(x => x.ResourceKey == r.Key).Max(value) ?? last
                : r => rows.Where(x => x.ResourceKey == r.Key).Min(value) ?? last,
            place => Extreme(Entries<TEntry>(place).Select(read), StringComparer.Ordinal) ?? last);
    }

    public SortColumn<T> Range<TRow, TEntry, T>(
        Expression<Func<TRow, T?>> low, Expression<Func<TRow, T?>> high, Func<TEntry, (T Low, T High)> read, T last)
        where TRow : IndexRow
        where TEntry : IndexEntry
        where T : struct
    {
        var rows = Rows<TRow>();
        return new(
            descending,
            descending
                ? r => rows.Where(x => x.ResourceKey == r.Key).Max(high) ?? last
                : r => rows.Where(x => x.ResourceKey == r.Key).Min(low) ?? last,
            place => Extreme(Bounds(Entries<TEntry>(place).Select(read)), Comparer<T?>.Default) ?? last);
    }

    /// <summary>In canonical units where there are any: 1 g then comes after 2 mg.</summary>
    public SortColumn<double> Quantity(double last)
    {
        var rows = Rows<QuantityRow>();
        var canonical = rows.Where(q => q.System == QuantityRow.CanonicalSystem);
        return new(
            descending,
            descending
                ? r => canonical.Where(q => q.ResourceKey == r.Key).Max(q => (double?)q.High)
                    ?? rows.Where(q => q.ResourceKey == r.Key).Max(q => (double?)q.High) ?? last
                : r => canonical.Where(q => q.ResourceKey == r.Key).Min(q => (double?)q.Low)
                    ?? rows.Where(q => q.ResourceKey == r.Key).Min(q => (double?)q.Low) ?? last,
            place => ReadQuantity(Entries<QuantityEntry>(place).ToList()) ?? last);
    }

    double? ReadQuantity(List<QuantityEntry> entries)
    {
        var canonical = entries.Where(e => e.IsCanonical).ToList();
        var compared = canonical.Count > 0 ? canonical : entries;
        return Extreme(Bounds(compared.Select(e => (e.Range.Low, e.Range.High))), Comparer<double?>.Default);
    }

    IEnumerable<T?> Bounds<T>(IEnumerable<(T Low, T High)> ranges)
        where T : struct => ranges.Select(r => (T?)(descending ? r.High : r.Low));

    T? Extreme<T>(IEnumerable<T> values, IComparer<T> comparer) =>
        descending ? values.Max(comparer) : values.Min(comparer);

    IQueryable<TRow> Rows<TRow>()
        where TRow : IndexRow => context.Set<TRow>().Where(row => row.Parameter == parameter);

    IEnumerable<TEntry> Entries<TEntry>(OrderedPlace place)
        where TEntry : IndexEntry => place.Entries.OfType<TEntry>().Where(e => e.Index == index);
}
