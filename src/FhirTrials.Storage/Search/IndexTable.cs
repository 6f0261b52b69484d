using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>Which table the entries of a kind of value are in.</summary>
static class IndexTable
{
    static readonly Sql Token = $"\"TokenIndex\"";
    static readonly Sql Text = $"\"StringIndex\"";
    static readonly Sql Date = $"\"DateIndex\"";
    static readonly Sql Number = $"\"NumberIndex\"";
    static readonly Sql Quantity = $"\"QuantityIndex\"";
    static readonly Sql Reference = $"\"ReferenceIndex\"";
    static readonly Sql Uri = $"\"UriIndex\"";
    static readonly Sql Position = $"\"PositionIndex\"";

    public static Sql Of(SearchValue value) => value switch
    {
        TokenValue or TokenSetValue => Token,
        StringValue => Text,
        DateValue => Date,
        NumberValue => Number,
        QuantityValue => Quantity,
        ReferenceValue or ReferenceSetValue or AnyReferenceValue => Reference,
        UriValue => Uri,
        NearValue => Position,
        OtherValue v => Of(v.Value),
        _ => throw new InvalidOperationException($"There is no table for {value.GetType().Name}."),
    };

    public static Sql Of(SearchParameterType type) => type switch
    {
        SearchParameterType.Token => Token,
        SearchParameterType.String => Text,
        SearchParameterType.Date => Date,
        SearchParameterType.Number => Number,
        SearchParameterType.Quantity => Quantity,
        SearchParameterType.Reference => Reference,
        SearchParameterType.Uri => Uri,
        SearchParameterType.Special or SearchParameterType.Composite => Position,
    };

    /// <summary>Whether one value is one place of the index, behind which the rows stand in the order of their
    /// resources.</summary>
    public static bool IsPoint(SearchValue value) =>
        value is TokenValue { Code: not null } or UriValue { Match: UriMatch.Exact }
        or StringValue { Match: StringMatch.Exact } or ReferenceValue { Type: not null } or WordValue;

    /// <summary>Whether the keys of a filter come from one place, and so in order; of a composite
    /// the first component leads.</summary>
    public static bool IsPoint(SearchFilter filter) => filter is IndexFilter { Values: [var value] }
        && IsPoint(value is CompositeValue composite ? composite.Components[0] : value);

    /// <summary>The column in which a place stands, after type and parameter.</summary>
    public static Sql PointColumn(SearchValue value) => value switch
    {
        TokenValue => $"\"Code\"",
        ReferenceValue => $"\"Target\"",
        _ => $"\"Value\"",
    };

    /// <summary>What stands there.</summary>
    public static string Point(SearchValue value) => value switch
    {
        TokenValue v => IndexText.Key(v.Code!),
        ReferenceValue v => IndexText.Key(v.Target),
        UriValue v => IndexText.Key(v.Uri),
        StringValue v => IndexText.Prefix(StringSearch.Normalise(v.Text)),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no place in an index."),
    };
}
