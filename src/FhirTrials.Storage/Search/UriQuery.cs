using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

static class UriQuery
{
    public static Sql Matches(UriValue value, Sql x) => value.Match switch
    {
        UriMatch.Exact => $"""{x}."Value" = {IndexTable.Point(value)}""",
        UriMatch.Below => StringQuery.StartsWith($"""{x}."Value" """, IndexText.Prefix(value.Uri)),
        UriMatch.Above => $"""{x}."Value" IN ({Sql.List([.. Above(value.Uri).Select(Sql (u) => $"{u}")])})""",
    };

    /// <summary>The URI itself and what remains when path segments are taken off its end, with
    /// and without the last slash.</summary>
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
