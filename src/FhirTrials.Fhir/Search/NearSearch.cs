using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>A place on the unit sphere. Distances between such points need no trigonometry in a database, and neither
/// the poles nor the date line are special.</summary>
public readonly record struct SpherePoint(double X, double Y, double Z)
{
    public static SpherePoint Of(double latitude, double longitude)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude * Math.PI / 180);
        var (sinLongitude, cosLongitude) = Math.SinCos(longitude * Math.PI / 180);
        return new(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }
}

public sealed record PositionEntry(string Index, int Group, SpherePoint Point) : IndexEntry(Index, Group);

/// <param name="Chord">The greatest straight distance on the unit sphere that is still near, 0 to 2.</param>
public sealed record NearValue(SpherePoint Point, double Chord) : SearchValue;

/// <summary>The special parameter <c>near</c> — https://hl7.org/fhir/R4/location.html#positional</summary>
public static class NearSearch
{
    const double EarthKilometres = 6371.0088;
    const double DefaultKilometres = 50;

    internal static IEnumerable<IndexEntry> Extract(string index, int group, object item) =>
        item is Element position && PointOf(position) is { } point ? [new PositionEntry(index, group, point)] : [];

    /// <summary>Of a Location's position, or of an extension of the parts <c>latitude</c> and <c>longitude</c>; null
    /// where there is none on the globe.</summary>
    public static SpherePoint? PointOf(Element position) =>
        Degrees(position, "latitude") is { } latitude and >= -90 and <= 90
        && Degrees(position, "longitude") is { } longitude and >= -180 and <= 180
            ? SpherePoint.Of(latitude, longitude)
            : null;

    static double? Degrees(Element position, string name) => NumberSearch.ValueOf(
        position.Child(name) ?? position["extension"].FirstOrDefault(e => e.ValueOf("url") == name)?.Child("value"));

    /// <summary>Kilometres along the globe.</summary>
    public static double Distance(NearValue near, SpherePoint point) =>
        2 * Math.Asin(Math.Min(1, Math.Sqrt(Square(near, point)) / 2)) * EarthKilometres;

    /// <summary><c>latitude|longitude[|distance[|units]]</c>; units are <c>km</c>
    /// (default), <c>m</c> or a mile.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        var parts = text.Split('|');
        if (parts.Length is < 2 or > 4
            || !Number(parts[0], 90, out var latitude) || !Number(parts[1], 180, out var longitude))
        {
            return false;
        }

        var distance = DefaultKilometres;
        var unit = parts.Length > 3 && parts[3].Length > 0 ? parts[3] : "km";
        if (parts.Length > 2 && parts[2].Length > 0 && (!Number(parts[2], 1e9, out distance) || distance < 0)
            || KilometresPer(unit) is not { } kilometres)
        {
            return false;
        }

        value = Within(distance * kilometres, SpherePoint.Of(latitude, longitude));
        return true;
    }

    /// <summary><see cref="NearValue"/> of <c>latitude|longitude[|distance[|units]]</c>, or null.</summary>
    public static NearValue? Parse(string text) => TryParse(text, out var value) ? (NearValue)value : null;

    /// <summary>What is at most so far from a place.</summary>
    public static NearValue Within(double kilometres, SpherePoint place) =>
        new(place, 2 * Math.Sin(Math.Min(Math.PI, kilometres / EarthKilometres) / 2));

    /// <summary>How far a point is from that of the search, over the ground.</summary>
    public static double Kilometres(NearValue near, SpherePoint point) =>
        2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt(Square(near, point)) / 2));

    /// <summary>The square of the straight distance between a point and that of the
    /// search, on the unit sphere.</summary>
    public static double Square(NearValue near, SpherePoint point)
    {
        var (x, y, z) = (point.X - near.Point.X, point.Y - near.Point.Y, point.Z - near.Point.Z);
        return (x * x) + (y * y) + (z * z);
    }

    /// <summary>The length of a unit; null of one that is not known here.</summary>
    public static double? KilometresPer(string unit) => unit switch
    {
        "km" => 1,
        "m" => 0.001,
        "mi" or "[mi_i]" => 1.609344,
        "[mi_us]" => 6336.0 / 3937,
        _ => null,
    };

    static bool Number(string text, double limit, out double value) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out value)
        && Math.Abs(value) <= limit;
}
