using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>A part of a record that no rule takes.</summary>
/// <param name="Pointer">Its place, as a JSON Pointer (RFC 6901).</param>
/// <param name="Format">What the format holds there; null for a field that it does not know.</param>
readonly record struct KeptField(string Pointer, JsonElement Value, RegistryField? Format)
{
    /// <summary>What is wrong with the value of a known field; null where nothing is, or the reader has said
    /// it.</summary>
    public Issue? Warning => Value.ValueKind != JsonValueKind.Null && Format
        is RegistryField.Flag or RegistryField.Number or RegistryField.Count || IsSoundDate
            ? Issue.Warning(
                IssueCode.Value, $"{Place} is out of range or contradicts the rest of the record: it is kept as it is.",
                Place)
            : null;

    bool IsSoundDate => Format is RegistryField.Date && RegistryDate.IsValid(Value.GetString() ?? "");

    /// <summary>The place as issues name it: <c>a.b[1].c</c>.</summary>
    string Place => string.Concat(Pointer.Split('/').Skip(1).Select(step =>
        step.Length > 0 && step.All(char.IsAsciiDigit) ? $"[{step}]" : $".{step}")).TrimStart('.');
}

/// <summary>What reading a mapped record back does not give again: fields that the format has gained, codes and dates
/// that are none, blank texts, empty lists. Kept as JSON with its place, so that nothing of a record is lost.</summary>
static class KeptFields
{
    /// <summary>No record that is read is deeper.</summary>
    const int MaxDepth = 32;

    static readonly PatternTest IsKept = new(new() { ["url"] = Canonicals.Ours("registry-field") });

    /// <summary>What a record has and its rebuilt self has not.</summary>
    public static List<KeptField> Of(JsonElement record, JsonObject rebuilt)
    {
        var kept = new List<KeptField>();
        Compare(record, rebuilt, RegistryFormat.Record, "", kept);
        return kept;
    }

    /// <summary>Adds the fields to the study.</summary>
    public static void Write(IEnumerable<KeptField> fields, JsonObject study)
    {
        foreach (var field in fields)
        {
            ((Place)"extension").Add(study, FhirNode.Extension(
                Canonicals.Ours("registry-field"),
                [
                    FhirNode.Extension("path", "valueString", field.Pointer),
                    .. Chunks(field.Value.GetRawText()).Select(part => FhirNode.Extension("json", "valueString", part)),
                ])!);
        }
    }

    /// <summary>Puts the fields that the study keeps back into the record. One whose place is gone, because somebody
    /// changed the study, is left out.</summary>
    public static void Read(JsonObject study, JsonObject record)
    {
        foreach (var field in ((Place)"extension").Items(study, IsKept))
        {
            var parts = ((Place)"extension").Items(field, Shapes.AnyTest).ToLookup(p => (string?)p["url"], Value);
            if (parts["path"].FirstOrDefault() is { } pointer && Parsed(string.Concat(parts["json"])) is { } json)
            {
                Put(record, [.. pointer.Split('/').Skip(1).Select(Unescaped)], json.Value);
            }
        }
    }

    static string? Value(JsonObject part) => (string?)part["valueString"];

    static void Compare(
        JsonElement there, JsonNode? again, RegistryField? format, string pointer, List<KeptField> kept)
    {
        switch (there.ValueKind, format, again)
        {
            case (JsonValueKind.Object, RegistryField.Fields fields, JsonObject or null)
                when again is null ? there.EnumerateObject().Any() : HasNoMore(again.AsObject(), there):
                foreach (var property in there.EnumerateObject())
                {
                    Compare(
                        property.Value, again?[property.Name], fields.ByName.GetValueOrDefault(property.Name),
                        $"{pointer}/{Escaped(property.Name)}", kept);
                }

                break;
            case (JsonValueKind.Array, RegistryField.Array array, JsonArray rebuilt)
                when rebuilt.Count == there.GetArrayLength():
                var index = 0;
                foreach (var item in there.EnumerateArray())
                {
                    Compare(
                        item, rebuilt[index], array.Item, FormattableString.Invariant($"{pointer}/{index}"), kept);
                    index++;
                }

                break;
            default:
                if (!IsSame(there, again))
                {
                    kept.Add(new(pointer, there, format));
                }

                break;
        }
    }

    static bool HasNoMore(JsonObject rebuilt, JsonElement there) =>
        rebuilt.All(property => there.TryGetProperty(property.Key, out _));

    static bool IsSame(JsonElement there, JsonNode? again) => there.ValueKind switch
    {
        JsonValueKind.String => again is JsonValue text && text.TryGetValue<string>(out var value)
            && there.ValueEquals(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
            again is JsonValue value && value.GetValueKind() == there.ValueKind
                && JsonElement.DeepEquals(there, JsonSerializer.SerializeToElement(value)),
        _ => false,
    };

    static void Put(JsonObject record, string[] path, JsonNode? value)
    {
        if (path.Length is 0 or > MaxDepth)
        {
            return;
        }

        JsonNode? at = record;
        for (var step = 0; step < path.Length - 1; step++)
        {
            at = at switch
            {
                JsonObject owner => owner[path[step]] ??= new JsonObject(),
                JsonArray array when IndexIn(array, path[step]) is { } index => array[index],
                _ => null,
            };
        }

        if (at is JsonObject last)
        {
            last[path[^1]] = value;
        }
        else if (at is JsonArray items && IndexIn(items, path[^1]) is { } index)
        {
            items[index] = value;
        }
    }

    static int? IndexIn(JsonArray array, string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Count
            ? index
            : null;

    /// <summary>The JSON, which may be null itself; nothing where it is no JSON.</summary>
    static (JsonNode? Value, bool IsJson)? Parsed(string json)
    {
        try
        {
            return (JsonNode.Parse(json, documentOptions: new() { MaxDepth = MaxDepth }), true);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Pieces that a FHIR string can hold, no surrogate pair torn.</summary>
    static IEnumerable<string> Chunks(string json)
    {
        for (var start = 0; start < json.Length;)
        {
            var length = Math.Min(RegistryReader.MaxText, json.Length - start);
            if (start + length < json.Length && char.IsHighSurrogate(json[start + length - 1]))
            {
                length--;
            }

            yield return json.Substring(start, length);
            start += length;
        }
    }

    static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);

    static string Unescaped(string name) => name.Replace("~1", "/", StringComparison.Ordinal)
        .Replace("~0", "~", StringComparison.Ordinal);
}
