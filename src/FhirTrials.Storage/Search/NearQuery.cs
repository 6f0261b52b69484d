using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

static class NearQuery
{
    /// <summary>Latitude (Z) narrows by the index; the chord decides.</summary>
    public static Sql Matches(NearValue value, Sql x)
    {
        var z = value.Point.Z;
        return $"""
            {x}."Z" >= {z - value.Chord} AND {x}."Z" <= {z + value.Chord} AND {Square(value, x)} <= {value.Chord * value.Chord}
            """;
    }

    /// <summary>The square of the chord between a row's point and that of the search: it grows with the distance.</summary>
    public static Sql Square(NearValue value, Sql x)
    {
        var point = value.Point;
        return $"""
            (({x}."X" - {point.X}) * ({x}."X" - {point.X}) + ({x}."Y" - {point.Y}) * ({x}."Y" - {point.Y}) + ({x}."Z" - {point.Z}) * ({x}."Z" - {point.Z}))
            """;
    }
}
