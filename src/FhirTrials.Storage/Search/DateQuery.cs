using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>The comparisons that <see cref="DateValue"/> describes.</summary>
static class DateQuery
{
    /// <summary>There is an index that begins with the start, and one that begins with the end.</summary>
    public static Sql Matches(DateValue value, Sql x)
    {
        var (start, end) = value.Range;
        return value.Prefix switch
        {
            SearchPrefix.Eq => $"""{x}."Start" >= {start} AND {x}."Start" < {end} AND {x}."End" <= {end}""",
            SearchPrefix.Ne => $"""({x}."Start" < {start} OR {x}."End" > {end})""",
            SearchPrefix.Gt => $"""{x}."End" > {end}""",
            SearchPrefix.Lt => $"""{x}."Start" < {start}""",
            SearchPrefix.Ge => $"""({x}."Start" >= {start} OR {x}."End" > {end})""",
            SearchPrefix.Le => $"""({x}."Start" < {start} OR {x}."End" <= {end})""",
            SearchPrefix.Sa => $"""{x}."Start" >= {end}""",
            SearchPrefix.Eb => $"""{x}."End" <= {start}""",
            SearchPrefix.Ap => $"""{x}."Start" < {end} AND {x}."End" > {start}""",
        };
    }

    /// <summary>The same value as several, each of which is one range of an index: <c>ge</c> is "starts not before" or
    /// "ends after".</summary>
    public static IEnumerable<DateValue> Ranges(DateValue value) => value.Prefix switch
    {
        SearchPrefix.Ne => [value with { Prefix = SearchPrefix.Lt }, value with { Prefix = SearchPrefix.Gt }],
        SearchPrefix.Ge => [
            value with { Prefix = SearchPrefix.Sa, Range = new(value.Range.Start, value.Range.Start) },
            value with { Prefix = SearchPrefix.Gt },
        ],
        SearchPrefix.Le => [
            value with { Prefix = SearchPrefix.Lt },
            value with { Prefix = SearchPrefix.Eb, Range = new(value.Range.End, value.Range.End) },
        ],
        _ => [value],
    };

    /// <summary>The same on <c>meta.lastUpdated</c>, a range of one millisecond.</summary>
    public static Sql Updated(DateValue value, Sql updated)
    {
        var (start, end) = value.Range;
        return value.Prefix switch
        {
            SearchPrefix.Eq or SearchPrefix.Ap => $"""{updated} >= {start} AND {updated} < {end}""",
            SearchPrefix.Ne => $"""({updated} < {start} OR {updated} >= {end})""",
            SearchPrefix.Gt or SearchPrefix.Sa => $"""{updated} >= {end}""",
            SearchPrefix.Lt or SearchPrefix.Eb => $"""{updated} < {start}""",
            SearchPrefix.Ge => $"""{updated} >= {start}""",
            SearchPrefix.Le => $"""{updated} < {end}""",
        };
    }
}
