using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class UriQuery
{
    public static Expression<Func<UriRow, bool>> Matches(UriValue value)
    {
        var uri = IndexText.Key(value.Uri);
        switch (value.Match)
        {
            case UriMatch.Exact:
                return u => u.Value == uri;
            case UriMatch.Below:
                return Predicate.StartsWith<UriRow>(u => u.Value, IndexText.Prefix(value.Uri));
            case UriMatch.Above:
                var above = Above(value.Uri);
                return u => above.Contains(u.Value);
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    /// <summary>The URI itself and what remains when path segments are taken off its end, with and without the last
    /// slash.</summary>
    static List<string> Above(string uri)
    {
        var above = new List<string> { IndexText.Key(uri) };
        var root = uri.IndexOf("//", StringComparison.Ordinal) + 2;
        for (var i = uri.LastIndexOf('/'); i >= root && above.Count < 40; i = uri.LastIndexOf('/', i - 1))
        {
            above.Add(IndexText.Key(uri[..(i + 1)]));
            above.Add(IndexText.Key(uri[..i]));
        }

        return above;
    }
}
