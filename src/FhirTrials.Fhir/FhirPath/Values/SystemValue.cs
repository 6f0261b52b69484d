using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>FHIR's primitives as FHIRPath's system values: <see cref="bool"/>, <see cref="int"/>,
/// <see cref="decimal"/>, <see cref="string"/>, <see cref="SystemDate"/>, <see cref="SystemDateTime"/>,
/// <see cref="SystemTime"/>, <see cref="SystemQuantity"/> — https://hl7.org/fhir/R4/fhirpath.html#types</summary>
public static class SystemValue
{
    const string UcumSystem = "http://unitsofmeasure.org";

    /// <summary>The value of a primitive, or of a Quantity with a UCUM code; null where there is
    /// none or it cannot be read.</summary>
    public static object? Of(Element element) => element.Value is { } literal
        ? Primitive(element.Type.Primitive, literal)
        : element.Type.IsQuantity ? Quantity(element) : null;

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

    static object? Primitive(FhirPrimitive? type, string literal) => type switch
    {
        FhirPrimitive.Boolean => literal switch
        {
            "true" => Boxed.Of(true),
            "false" => Boxed.Of(false),
            _ => null,
        },
        FhirPrimitive.Integer or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt =>
            int.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i)
                ? Boxed.Of(i)
                : null,
        FhirPrimitive.Decimal =>
            decimal.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : null,
        FhirPrimitive.Date => SystemDate.TryParse(literal, out var date) ? date : null,
        FhirPrimitive.DateTime or FhirPrimitive.Instant =>
            SystemDateTime.TryParse(literal, out var dateTime) ? dateTime : null,
        FhirPrimitive.Time => SystemTime.TryParse(literal, out var time) ? time : null,
        null or FhirPrimitive.Base64Binary or FhirPrimitive.Canonical or FhirPrimitive.Code or FhirPrimitive.Id
            or FhirPrimitive.Markdown or FhirPrimitive.Oid or FhirPrimitive.String or FhirPrimitive.Uri
            or FhirPrimitive.Url or FhirPrimitive.Uuid or FhirPrimitive.Xhtml => literal,
    };

    /// <summary>A Quantity with a comparator is a range, and one without a UCUM code has no
    /// known unit: neither is a value.</summary>
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
