using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class NearQuery
{
    /// <summary>Latitude (Z) narrows by the index; the chord decides.</summary>
    public static Expression<Func<PositionRow, bool>> Matches(NearValue value)
    {
        var (x, y, z) = value.Point;
        var (south, north, square) = (z - value.Chord, z + value.Chord, value.Chord * value.Chord);
        return p => p.Z >= south && p.Z <= north
            && ((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y)) + ((p.Z - z) * (p.Z - z)) <= square;
    }
}
