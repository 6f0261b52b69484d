using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>Builds FHIR JSON, leaving out what is not there: a null value, an empty
/// array, an object of neither.</summary>
static class FhirNode
{
    const string Ucum = "http://unitsofmeasure.org";

    /// <summary>An object of the properties that have a value; null where none has.</summary>
    public static ObjectNode? Object(params ReadOnlySpan<(string Name, Node? Value)> properties)
    {
        var built = new ObjectNode();
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                built.Add(name, value);
            }
        }

        return built.Count == 0 ? null : built;
    }

    /// <summary>An array of the items that are there; null where none is.</summary>
    public static ArrayNode? Array(params ReadOnlySpan<Node?> items)
    {
        ArrayNode? there = null;
        foreach (var item in items)
        {
            if (item is not null)
            {
                (there ??= new()).Add(item);
            }
        }

        return there;
    }

    public static ArrayNode? Array(IEnumerable<Node?> items) => Array([.. items]);

    /// <summary>A resource of a profile, with its narrative.</summary>
    public static ObjectNode Resource(
        string type, string id, string profile, Narrative narrative,
        params ReadOnlySpan<(string Name, Node? Value)> properties)
    {
        var resource = Object(
            ("resourceType", type),
            ("id", id),
            ("meta", Object(("profile", Array(profile)))),
            ("text", narrative.ToNode()))!;
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                resource.Add(name, value);
            }
        }

        return resource;
    }

    public static ObjectNode Coding(string system, string code, string? display = null) =>
        Object(("system", system), ("code", code), ("display", display))!;

    public static ObjectNode? Coding(RegistryCode? code) =>
        code is null ? null : Coding(code.System, code.Code, code.Display);

    /// <summary>A CodeableConcept of codings and text; null where there is neither.</summary>
    public static ObjectNode? Concept(IEnumerable<Node?> codings, string? text = null) =>
        Object(("coding", Array(codings)), ("text", text));

    public static ObjectNode? Concept(RegistryCode? code, string? text = null) => Concept([Coding(code)], text);

    public static ObjectNode? Text(string? text) => Concept([], text);

    public static ObjectNode Reference(string reference, string? display = null) =>
        Object(("reference", reference), ("display", display))!;

    /// <summary>A quantity in a UCUM unit.</summary>
    public static ObjectNode Quantity(Node value, string unit, string ucum) =>
        Object(("value", value), ("unit", unit), ("system", Ucum), ("code", ucum))!;

    /// <summary>An extension with a value; null where there is none.</summary>
    public static ObjectNode? Extension(string url, string valueName, Node? value) =>
        value is null ? null : Object(("url", url), (valueName, value));

    /// <summary>An extension of extensions; null where none is there.</summary>
    public static ObjectNode? Extension(string url, params ReadOnlySpan<ObjectNode?> parts) =>
        Array(ReadOnlySpan<Node?>.CastUp(parts)) is { } there ? Object(("url", url), ("extension", there)) : null;

    public static ObjectNode? Extension(string url, IEnumerable<ObjectNode?> parts) => Extension(url, [.. parts]);

    /// <summary>What stands in <c>_name</c> beside a primitive <c>name</c>.</summary>
    public static ObjectNode? Beside(ObjectNode? extension) => Object(("extension", Array(extension)));

    public static Node? Integer(int? number) => number is { } value ? (Node)value : null;
}
