using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>The comparisons that <see cref="NumberValue"/> describes.</summary>
static class NumberQuery
{
    public static Expression<Func<TRow, bool>> Matches<TRow>(NumberValue value)
        where TRow : class, INumberBounds
    {
        var (exact, low, high) = (value.Exact, value.Low, value.High);
        return value.Prefix switch
        {
            SearchPrefix.Eq => n => n.Low >= low && n.High < high,
            SearchPrefix.Ne => n => n.Low < low || n.High >= high,
            SearchPrefix.Gt => n => n.High > exact,
            SearchPrefix.Lt => n => n.Low < exact,
            SearchPrefix.Ge => n => n.High >= exact,
            SearchPrefix.Le => n => n.Low <= exact,
            SearchPrefix.Sa => n => n.Low > exact,
            SearchPrefix.Eb => n => n.High < exact,
            SearchPrefix.Ap => n => n.Low <= high && n.High >= low,
        };
    }
}
