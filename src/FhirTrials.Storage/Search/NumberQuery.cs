using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>The comparisons that <see cref="NumberValue"/> describes.</summary>
static class NumberQuery
{
    public static Sql Matches(NumberValue value, Sql x)
    {
        var (exact, low, high) = (value.Exact, value.Low, value.High);
        return value.Prefix switch
        {
            SearchPrefix.Eq => $"""{x}."Low" >= {low} AND {x}."Low" < {high} AND {x}."High" < {high}""",
            SearchPrefix.Ne => $"""({x}."Low" < {low} OR {x}."High" >= {high})""",
            SearchPrefix.Gt => $"""{x}."High" > {exact}""",
            SearchPrefix.Lt => $"""{x}."Low" < {exact}""",
            SearchPrefix.Ge => $"""{x}."High" >= {exact}""",
            SearchPrefix.Le => $"""{x}."Low" <= {exact}""",
            SearchPrefix.Sa => $"""{x}."Low" > {exact}""",
            SearchPrefix.Eb => $"""{x}."Low" < {exact} AND {x}."High" < {exact}""",
            SearchPrefix.Ap => $"""{x}."Low" <= {high} AND {x}."High" >= {low}""",
        };
    }
}
