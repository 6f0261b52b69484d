using System.Globalization;

namespace FhirTrials.Trials.Registry;

/// <summary>A field of an object of a record, or an item of it; in words <c>a.b[1].c</c>. It is put into words only
/// where there is something to say of it.</summary>
/// <param name="Above">Null for the record itself, whose name is empty.</param>
sealed record RegistryPlace(RegistryPlace? Above, string Field, int? Index = null)
{
    public static readonly RegistryPlace Record = new(null, "");

    public override string ToString() =>
        Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Above}[{index}]")
        : Above is null or { Above: null, Field: "" } ? Field
        : $"{Above}.{Field}";
}
