using System.Text.Json;

namespace FhirTrials.Trials.Registry;

/// <summary>A study record of ClinicalTrials.gov's API v2, as read: a JSON object whose known fields have the kinds
/// that <see cref="RegistryFormat"/> says.</summary>
/// <param name="NctId"><c>NCT</c> and eight digits.</param>
/// <param name="Root">The whole record.</param>
public sealed record RegistryRecord(string NctId, RegistryNode Root)
{
    /// <summary>What the sponsor registered; always there.</summary>
    public RegistryNode Protocol => Root["protocolSection"];

    public RegistryNode Identification => Protocol["identificationModule"];

    public RegistryNode Eligibility => Protocol["eligibilityModule"];
}

/// <summary>A place in a record, there or not: asking an absent place gives absent answers, so that a mapper reads
/// straight down to the field it wants.</summary>
public readonly struct RegistryNode(JsonElement? element)
{
    readonly JsonElement? _element = element;

    public bool Exists => _element is not null;

    /// <summary>The JSON at this place; undefined where there is none.</summary>
    public JsonElement Json => _element ?? default;

    /// <summary>The field of an object; absent where this is no object, the field
    /// is not there, or it is null.</summary>
    public RegistryNode this[string field] =>
        _element is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(value)
            : default;

    /// <summary>The text of this place; null for an absent, blank or other one, and for half a character.</summary>
    public string? AsText()
    {
        try
        {
            return _element is { ValueKind: JsonValueKind.String } element && element.GetString() is var text
                && !string.IsNullOrWhiteSpace(text)
                ? text
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a field; null for an absent or blank one.</summary>
    public string? Text(string field) => this[field].AsText();

    /// <summary>The code in a field, where the registry defines it; null for an absent or unknown one.</summary>
    public RegistryCode? Code(string field, RegistryCodes codes) => Text(field) is { } code ? codes.Find(code) : null;

    /// <summary>The date in a field, as precise as written; null for an absent one or one that is no date.</summary>
    public string? Date(string field) => Text(field) is { } date && RegistryDate.IsValid(date) ? date : null;

    public bool? Flag(string field) => this[field]._element?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The whole number in a field, not negative; null for an absent one or
    /// one that FHIR cannot hold.</summary>
    public int? Count(string field) =>
        this[field]._element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count)
            && count >= 0
            ? count
            : null;

    /// <summary>The items of an array field; none where it is absent.</summary>
    public IEnumerable<RegistryNode> Items(string field) =>
        this[field]._element is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Select(item => new RegistryNode(item))
            : [];

    /// <summary>The texts of an array field, blank ones left out.</summary>
    public IEnumerable<string> Texts(string field) => Items(field).Select(item => item.AsText()).OfType<string>();

    /// <summary>The codes of an array field that the registry defines.</summary>
    public IEnumerable<RegistryCode> Codes(string field, RegistryCodes codes) =>
        Texts(field).Select(codes.Find).OfType<RegistryCode>();
}
