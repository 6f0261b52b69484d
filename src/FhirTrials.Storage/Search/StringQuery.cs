using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

static class StringQuery
{
    public static Sql Matches(StringValue value, Sql x, SqlDialect dialect)
    {
        var text = value.Text;
        switch (value.Match)
        {
            case StringMatch.StartsWith when text.Length <= IndexText.MaxLength:
                return StartsWith($"""{x}."Value" """, text);
            case StringMatch.StartsWith:
                var begins = StartsWith($"""{x}."Value" """, IndexText.Prefix(text));
                return $"""{begins} AND {StartsWith($"""{x}."Whole" """, text)}""";
            case StringMatch.Contains:
                var inValue = dialect.Contains($"""{x}."Value" """, text);
                return $"""({inValue} OR {dialect.Contains($"""{x}."Whole" """, text)})""";
            case StringMatch.EndsWith:
                var whole = (Sql)$"""COALESCE({x}."Whole", {x}."Value")""";
                return dialect.EndsWith(whole, text);
            case StringMatch.Equal when text.Length <= IndexText.MaxLength:
                return $"""{x}."Value" = {text} AND {x}."Whole" IS NULL""";
            case StringMatch.Equal:
                return $"""{x}."Value" = {IndexText.Prefix(text)} AND {x}."Whole" = {text}""";
            case StringMatch.Exact:
                // The normalised beginning leads to the few rows by the index; the text itself decides.
                return $"""{x}."Value" = {IndexTable.Point(value)} AND {x}."Text" = {text}""";
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    /// <summary>As a range, which an index can answer.</summary>
    public static Sql StartsWith(Sql text, string prefix) =>
        $"{text} >= {prefix} AND {text} < {IndexText.After(prefix)}";
}
