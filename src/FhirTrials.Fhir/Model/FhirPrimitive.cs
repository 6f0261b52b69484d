namespace FhirTrials.Fhir.Model;

/// <summary>The primitive types — https://hl7.org/fhir/R4/datatypes.html#primitive</summary>
public enum FhirPrimitive
{
    Base64Binary,
    Boolean,
    Canonical,
    Code,
    Date,
    DateTime,
    Decimal,
    Id,
    Instant,
    Integer,
    Markdown,
    Oid,
    PositiveInt,
    String,
    Time,
    UnsignedInt,
    Uri,
    Url,
    Uuid,
    Xhtml,
}

/// <summary>What a primitive is called and how JSON writes it.</summary>
public static class FhirPrimitives
{
    /// <summary>The primitive of a type's name (<c>dateTime</c>), or null.</summary>
    public static FhirPrimitive? Of(string name) => name switch
    {
        "base64Binary" => FhirPrimitive.Base64Binary,
        "boolean" => FhirPrimitive.Boolean,
        "canonical" => FhirPrimitive.Canonical,
        "code" => FhirPrimitive.Code,
        "date" => FhirPrimitive.Date,
        "dateTime" => FhirPrimitive.DateTime,
        "decimal" => FhirPrimitive.Decimal,
        "id" => FhirPrimitive.Id,
        "instant" => FhirPrimitive.Instant,
        "integer" => FhirPrimitive.Integer,
        "markdown" => FhirPrimitive.Markdown,
        "oid" => FhirPrimitive.Oid,
        "positiveInt" => FhirPrimitive.PositiveInt,
        "string" => FhirPrimitive.String,
        "time" => FhirPrimitive.Time,
        "unsignedInt" => FhirPrimitive.UnsignedInt,
        "uri" => FhirPrimitive.Uri,
        "url" => FhirPrimitive.Url,
        "uuid" => FhirPrimitive.Uuid,
        "xhtml" => FhirPrimitive.Xhtml,
        _ => null,
    };

    /// <summary>Whether JSON writes it as a number.</summary>
    public static bool IsJsonNumber(this FhirPrimitive primitive) =>
        primitive is FhirPrimitive.Decimal or FhirPrimitive.Integer
            or FhirPrimitive.UnsignedInt or FhirPrimitive.PositiveInt;
}
