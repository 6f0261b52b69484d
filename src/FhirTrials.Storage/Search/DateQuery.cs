using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>The comparisons that <see cref="DateValue"/> describes.</summary>
static class DateQuery
{
    public static Expression<Func<DateRow, bool>> Matches(DateValue value)
    {
        var (start, end) = value.Range;
        return value.Prefix switch
        {
            SearchPrefix.Eq => d => d.Start >= start && d.End <= end,
            SearchPrefix.Ne => d => d.Start < start || d.End > end,
            SearchPrefix.Gt => d => d.End > end,
            SearchPrefix.Lt => d => d.Start < start,
            SearchPrefix.Ge => d => d.Start >= start || d.End > end,
            SearchPrefix.Le => d => d.Start < start || d.End <= end,
            SearchPrefix.Sa => d => d.Start >= end,
            SearchPrefix.Eb => d => d.End <= start,
            SearchPrefix.Ap => d => d.Start < end && d.End > start,
        };
    }

    /// <summary>The same on <c>meta.lastUpdated</c>, a range of one millisecond.</summary>
    public static Expression<Func<ResourceRow, bool>> Updated(DateValue value)
    {
        var (start, end) = value.Range;
        return value.Prefix switch
        {
            SearchPrefix.Eq or SearchPrefix.Ap => r => r.LastUpdated >= start && r.LastUpdated < end,
            SearchPrefix.Ne => r => r.LastUpdated < start || r.LastUpdated >= end,
            SearchPrefix.Gt or SearchPrefix.Sa => r => r.LastUpdated >= end,
            SearchPrefix.Lt or SearchPrefix.Eb => r => r.LastUpdated < start,
            SearchPrefix.Ge => r => r.LastUpdated >= start,
            SearchPrefix.Le => r => r.LastUpdated < end,
        };
    }
}
