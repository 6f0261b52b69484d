using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>FHIR's primitives as FHIRPath's system values: <see cref="bool"/>, <see cref="int"/>, <see cref="decimal"/>,
/// <see cref="string"/>, <see cref="SystemDate"/>, <see cref="SystemDateTime"/>, <see cref="SystemTime"/>,
/// <see cref="SystemQuantity"/> — https://hl7.org/fhir/R4/fhirpath.html#types</summary>
public static class SystemValue
{
    const string UcumSystem = "http://unitsofmeasure.org";

    /// <summary>The value of a primitive, or of a Quantity with a UCUM code; null where there is none or it cannot be read.</summary>
    public static object? Of(Element element) => element.Value is { } literal
        ? Primitive(element.Type.Name, literal)
        : element.Type.IsA("Quantity") ? Quantity(element) : null;

    /// <summary>The name of a system value's type, without <c>System.</c>.</summary>
    public static string TypeName(object value) => value switch
    {
        bool => "Boolean",
        int => "Integer",
        decimal => "Decimal",
        string => "String",
        SystemDate => "Date",
        SystemDateTime => "DateTime",
        SystemTime => "Time",
        SystemQuantity => "Quantity",
        _ => throw new ArgumentException($"{value.GetType()} is no system value.", nameof(value)),
    };

    /// <summary>Reads digits with an optional sign and fraction: no exponent, no blanks.</summary>
    internal static bool TryDecimal(string text, out decimal value) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && char.IsAsciiDigit(text[^1]) && text[0] != '.';

    static object? Primitive(string type, string literal) => type switch
    {
        "boolean" => literal switch
        {
            "true" => Boxed.Of(true),
            "false" => Boxed.Of(false),
            _ => null,
        },
        "integer" or "positiveInt" or "unsignedInt" =>
            int.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? Boxed.Of(i) : null,
        "decimal" => decimal.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : null,
        "date" => SystemDate.TryParse(literal, out var date) ? date : null,
        "dateTime" or "instant" => SystemDateTime.TryParse(literal, out var dateTime) ? dateTime : null,
        "time" => SystemTime.TryParse(literal, out var time) ? time : null,
        _ => literal,
    };

    /// <summary>A Quantity with a comparator is a range, and one without a UCUM code has no known unit: neither is a value.</summary>
    static SystemQuantity? Quantity(Element element) =>
        element.Child("value") is { Value: not null } number && Of(number) is decimal value
        && element.ValueOf("comparator") is null
        && UnitOf(element) is { } unit
            ? new(value, unit)
            : null;

    static string? UnitOf(Element quantity) => quantity.ValueOf("system") switch
    {
        UcumSystem => quantity.ValueOf("code"),
        null when quantity.Child("code") is null && quantity.Child("unit") is null => SystemQuantity.One,
        _ => null,
    };
}
