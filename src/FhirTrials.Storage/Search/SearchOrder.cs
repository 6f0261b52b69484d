using System.Collections.Immutable;
using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A place in an ordered result: a resource as it was when it stood there, with what it is sorted by.</summary>
sealed record OrderedPlace(long Key, StoredResource Version, ImmutableArray<IndexEntry> Entries);

/// <summary>The order of a search: its sort keys, then the unique key, so that every place in it is one.</summary>
sealed class SearchOrder(FhirContext context, InternedNames names, ImmutableArray<SortKey> sort)
{
    readonly ImmutableArray<SortColumn> _columns = [.. sort.Select(s => SortColumn.Of(s, context, names))];

    public IQueryable<ResourceRow> Sort(IQueryable<ResourceRow> rows)
    {
        var ordered = _columns.Aggregate(
            (IOrderedQueryable<ResourceRow>?)null, (sorted, column) => column.Order(rows, sorted));
        return ordered?.ThenBy(r => r.Key) ?? rows.OrderBy(r => r.Key);
    }

    /// <summary>The rows that come after a place.</summary>
    public IQueryable<ResourceRow> After(IQueryable<ResourceRow> rows, OrderedPlace place)
    {
        var key = place.Key;
        Expression<Func<ResourceRow, bool>> later = r => r.Key > key;
        return rows.Where(_columns.Reverse().Aggregate(later, (rest, column) => column.After(place, rest)));
    }
}
