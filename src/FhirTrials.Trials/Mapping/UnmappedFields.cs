using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>What the record holds and no element takes: fields that the format has gained, codes and dates that are
/// none. Kept as JSON with their place, so that nothing of a record is lost.</summary>
static class UnmappedFields
{
    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record) =>
        Walk(record.Root.Json, RegistryFormat.Record, "").Select(field => FhirNode.Extension(
            Canonicals.Ours("registry-field"),
            FhirNode.Extension("path", "valueString", field.Path),
            FhirNode.Extension("json", "valueString", field.Json)));

    static IEnumerable<(string Path, string Json)> Walk(JsonElement value, RegistryField? field, string path) =>
        (field, value.ValueKind) switch
        {
            (RegistryField.Any, _) or (_, JsonValueKind.Null) => [],
            (RegistryField.Fields fields, JsonValueKind.Object) => value.EnumerateObject().SelectMany(property =>
                Walk(
                    property.Value,
                    fields.ByName.GetValueOrDefault(property.Name),
                    path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
            (RegistryField.Array array, JsonValueKind.Array) => value.EnumerateArray().SelectMany((item, index) =>
                Walk(item, array.Item, $"{path}[{index}]")),
            _ when field is not null && IsMapped(value, field) => [],
            _ => Keep(value, path),
        };

    static bool IsMapped(JsonElement value, RegistryField field) => field switch
    {
        RegistryField.Code { Codes: var codes } => value.GetString() is { } code && codes.Find(code) is not null,
        RegistryField.Date => value.GetString() is { } date && RegistryDate.IsValid(date),
        RegistryField.Count => value.TryGetInt32(out var count) && count >= 0,
        _ => true,
    };

    /// <summary>One field, or its parts where the whole is longer than a FHIR string may be.</summary>
    static IEnumerable<(string Path, string Json)> Keep(JsonElement value, string path)
    {
        var json = value.GetRawText();
        return json.Length <= RegistryReader.MaxText ? [(path, json)]
            : value.ValueKind == JsonValueKind.Object
                ? value.EnumerateObject().SelectMany(property => Keep(property.Value, $"{path}.{property.Name}"))
            : value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((item, index) => Keep(item, $"{path}[{index}]"))
            : [(path, json[..RegistryReader.MaxText])];
    }
}
