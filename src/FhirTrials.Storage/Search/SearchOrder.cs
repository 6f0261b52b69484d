using System.Collections.Immutable;
using System.Linq.Expressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A place in an ordered result: a resource as it was when it stood there, with what it is sorted by.</summary>
sealed record OrderedPlace(long Key, StoredResource Version, ImmutableArray<IndexEntry> Entries);

/// <summary>The order of a search: its sort keys, then the unique key, so that every place in it is one. Resources without a
/// value come last in either direction.</summary>
sealed class SearchOrder(FhirContext context, InternedNames names, ImmutableArray<SortKey> sort)
{
    readonly ImmutableArray<Key> _keys = [.. sort.Select(s => Key.Of(s, context, names))];

    public IQueryable<ResourceRow> Sort(IQueryable<ResourceRow> rows)
    {
        var ordered = _keys.Aggregate((IOrderedQueryable<ResourceRow>?)null, (sorted, key) => key.Order(rows, sorted));
        return ordered?.ThenBy(r => r.Key) ?? rows.OrderBy(r => r.Key);
    }

    /// <summary>The rows that come after a place.</summary>
    public IQueryable<ResourceRow> After(IQueryable<ResourceRow> rows, OrderedPlace place)
    {
        var key = place.Key;
        Expression<Func<ResourceRow, bool>> later = r => r.Key > key;
        return rows.Where(_keys.Reverse().Aggregate(later, (rest, sortKey) => sortKey.After(place, rest)));
    }

    /// <summary>One sort key: how to read its value from a row, and from the index entries of a resource.</summary>
    abstract class Key(bool descending)
    {
        protected bool Descending { get; } = descending;

        public abstract IOrderedQueryable<ResourceRow> Order(IQueryable<ResourceRow> rows, IOrderedQueryable<ResourceRow>? sorted);

        /// <summary>This value is beyond that of the place, or equal while the rest of the order is beyond.</summary>
        public abstract Expression<Func<ResourceRow, bool>> After(
            OrderedPlace place, Expression<Func<ResourceRow, bool>> rest);

        public static Key Of(SortKey sort, FhirContext context, InternedNames names)
        {
            var (url, descending) = (sort.Parameter.Url, sort.Descending);
            var parameter = names.Index(url);
            var (lastText, lastTicks, lastNumber) = descending
                ? ("", long.MinValue, double.MinValue)
                : (IndexText.Last, long.MaxValue, double.MaxValue);
            return (sort.Parameter.Code, sort.Parameter.Type) switch
            {
                ("_id", _) => new Key<string>(descending, r => r.Id, (place, _) => place.Id),
                ("_lastUpdated", _) => new Key<long>(descending, r => r.LastUpdated, (place, _) => place.LastUpdated.UtcTicks),
                (_, SearchParameterType.String) => Text<StringRow>(s => s.Value, e => e is StringEntry s ? IndexText.Prefix(s.Normalised) : null),
                (_, SearchParameterType.Token) => Text<TokenRow>(t => t.Code, e => e is TokenEntry t ? IndexText.Key(t.Code) : null),
                (_, SearchParameterType.Reference) => Text<ReferenceRow>(r => r.Target, e => e is ReferenceEntry r ? IndexText.Key(r.Target) : null),
                (_, SearchParameterType.Uri) => Text<UriRow>(u => u.Value, e => e is UriEntry u ? IndexText.Key(u.Uri) : null),
                (_, SearchParameterType.Date) => Dates(),
                (_, SearchParameterType.Number) => Numbers(),
                (_, SearchParameterType.Quantity) => Quantities(),
                _ => throw new InvalidOperationException($"There is no order by {sort.Parameter.Code}."),
            };

            Key Text<TRow>(Expression<Func<TRow, string?>> value, Func<IndexEntry, string?> read)
                where TRow : IndexRow
            {
                var rows = context.Set<TRow>().Where(s => s.Parameter == parameter);
                return new Key<string>(
                    descending,
                    descending
                        ? r => rows.Where(s => s.ResourceKey == r.Key).Max(value) ?? lastText
                        : r => rows.Where(s => s.ResourceKey == r.Key).Min(value) ?? lastText,
                    (_, entries) => Extreme(entries.Where(e => e.Index == url).Select(read).OfType<string>(), StringComparer.Ordinal) ?? lastText);
            }

            Key Dates() => new Key<long>(
                descending,
                descending
                    ? r => context.Dates.Where(d => d.ResourceKey == r.Key && d.Parameter == parameter).Max(d => (long?)d.End) ?? lastTicks
                    : r => context.Dates.Where(d => d.ResourceKey == r.Key && d.Parameter == parameter).Min(d => (long?)d.Start) ?? lastTicks,
                (_, entries) => Extreme(
                    entries.OfType<DateEntry>().Where(e => e.Index == url).Select(e => (long?)(descending ? e.Range.End : e.Range.Start)),
                    Comparer<long?>.Default) ?? lastTicks);

            Key Numbers() => new Key<double>(
                descending,
                descending
                    ? r => context.Numbers.Where(n => n.ResourceKey == r.Key && n.Parameter == parameter).Max(n => (double?)n.High) ?? lastNumber
                    : r => context.Numbers.Where(n => n.ResourceKey == r.Key && n.Parameter == parameter).Min(n => (double?)n.Low) ?? lastNumber,
                (_, entries) => Extreme(
                    entries.OfType<NumberEntry>().Where(e => e.Index == url).Select(e => (double?)(descending ? e.Range.High : e.Range.Low)),
                    Comparer<double?>.Default) ?? lastNumber);

            // Canonical units where there are any: 1 g then comes after 2 mg.
            Key Quantities() => new Key<double>(
                descending,
                descending
                    ? r => context.Quantities.Where(q => q.ResourceKey == r.Key && q.Parameter == parameter && q.System == QuantityRow.CanonicalSystem).Max(q => (double?)q.High)
                        ?? context.Quantities.Where(q => q.ResourceKey == r.Key && q.Parameter == parameter).Max(q => (double?)q.High) ?? lastNumber
                    : r => context.Quantities.Where(q => q.ResourceKey == r.Key && q.Parameter == parameter && q.System == QuantityRow.CanonicalSystem).Min(q => (double?)q.Low)
                        ?? context.Quantities.Where(q => q.ResourceKey == r.Key && q.Parameter == parameter).Min(q => (double?)q.Low) ?? lastNumber,
                (_, entries) =>
                {
                    var all = entries.OfType<QuantityEntry>().Where(e => e.Index == url).ToList();
                    var canonical = all.Where(e => e.IsCanonical).ToList();
                    return Extreme(
                        (canonical.Count > 0 ? canonical : all).Select(e => (double?)(descending ? e.Range.High : e.Range.Low)),
                        Comparer<double?>.Default) ?? lastNumber;
                });

            T? Extreme<T>(IEnumerable<T> values, IComparer<T> comparer) =>
                descending ? values.Max(comparer) : values.Min(comparer);
        }
    }

    sealed class Key<T>(
        bool descending, Expression<Func<ResourceRow, T>> value, Func<StoredResource, ImmutableArray<IndexEntry>, T> read)
        : Key(descending)
    {
        public override IOrderedQueryable<ResourceRow> Order(IQueryable<ResourceRow> rows, IOrderedQueryable<ResourceRow>? sorted) =>
            (sorted, Descending) switch
            {
                (null, false) => rows.OrderBy(value),
                (null, true) => rows.OrderByDescending(value),
                (_, false) => sorted.ThenBy(value),
                (_, true) => sorted.ThenByDescending(value),
            };

        public override Expression<Func<ResourceRow, bool>> After(
            OrderedPlace place, Expression<Func<ResourceRow, bool>> rest)
        {
            var last = Predicate.Parameter(read(place.Version, place.Entries));
            var row = value.Parameters[0];
            var isText = typeof(T) == typeof(string);
            var left = isText ? Predicate.Compare(value.Body, last) : value.Body;
            var right = isText ? Expression.Constant(0) : last;
            var beyond = Descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
            var equal = Expression.AndAlso(Expression.Equal(value.Body, last), Predicate.On(rest, row));
            return Expression.Lambda<Func<ResourceRow, bool>>(Expression.OrElse(beyond, equal), row);
        }
    }
}
