using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class StringQuery
{
    public static Expression<Func<StringRow, bool>> Matches(StringValue value)
    {
        var text = value.Text;
        switch (value.Match)
        {
            case StringMatch.StartsWith when text.Length <= IndexText.MaxLength:
                return Predicate.StartsWith<StringRow>(s => s.Value, text);
            case StringMatch.StartsWith:
                return Predicate.All([
                    Predicate.StartsWith<StringRow>(s => s.Value, IndexText.Prefix(text)),
                    s => s.Whole != null && s.Whole.StartsWith(text),
                ]);
            case StringMatch.Contains:
                return s => s.Value.Contains(text) || (s.Whole != null && s.Whole.Contains(text));
            case StringMatch.Exact:
                // The normalised beginning leads to the few rows by the index; the text itself decides.
                var beginning = IndexText.Prefix(StringSearch.Normalise(text));
                return s => s.Value == beginning && s.Text == text;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }
}
