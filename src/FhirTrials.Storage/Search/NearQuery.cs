using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

static class NearQuery
{
    /// <summary>Latitude (Z) narrows by the index, and a box around the place within it; the chord decides.</summary>
    public static Sql Matches(NearValue value, Sql x)
    {
        var (point, chord) = (value.Point, value.Chord);
        return $"""
            {x}."Z" >= {point.Z - chord} AND {x}."Z" <= {point.Z + chord} AND {x}."X" >= {point.X - chord}
            AND {x}."X" <= {point.X + chord} AND {x}."Y" >= {point.Y - chord} AND {x}."Y" <= {point.Y + chord}
            AND {Square(value, x)} <= {chord * chord}
            """;
    }

    /// <summary>The square of the chord between a row's point and that of the search:
    /// it grows with the distance.</summary>
    public static Sql Square(NearValue value, Sql x)
    {
        var point = value.Point;
        return $"""
            (({x}."X" - {point.X}) * ({x}."X" - {point.X}) + ({x}."Y" - {point.Y}) * ({x}."Y" - {point.Y})
              + ({x}."Z" - {point.Z}) * ({x}."Z" - {point.Z}))
            """;
    }
}
