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
    /// <summary>What is wrong with the value of a known field; null where nothing is,
    /// or the reader has said it.</summary>
    public Issue? Warning => IsSound
        ? Issue.Warning(
            IssueCode.Value, $"{Place} is out of range or contradicts the rest of the record: it is kept as it is.",
            Place)
        : null;

    /// <summary>Whether the value is by itself what the format asks for.</summary>
    bool IsSound => Value.ValueKind != JsonValueKind.Null && Format switch
    {
        RegistryField.Flag or RegistryField.Number or RegistryField.Count => true,
        RegistryField.Date => RegistryDate.IsValid(Value.GetString()!),
        _ => false,
    };

    /// <summary>The place as issues name it: <c>a.b[1].c</c>.</summary>
    string Place => string.Concat(Pointer.Split('/').Skip(1).Select(step =>
        step.Length > 0 && step.All(char.IsAsciiDigit) ? $"[{step}]" : $".{step}")).TrimStart('.');
}

/// <summary>What reading a mapped record back does not give again: fields that the format has gained, codes and dates
/// that are none, blank texts, empty lists. Kept as JSON with its place, so that nothing of a record is lost.</summary>
static class KeptFields
{
    static readonly PatternTest IsKept = new(new() { ["url"] = Canonicals.Ours("registry-field") });

    /// <summary>What a record has and its rebuilt self has not.</summary>
    public static List<KeptField> Of(JsonElement record, ObjectNode rebuilt)
    {
        var comparison = new Comparison();
        comparison.Compare(record, rebuilt, RegistryFormat.Record);
        return comparison.Kept;
    }

    /// <summary>Adds the fields to the study.</summary>
    public static void Write(IEnumerable<KeptField> fields, ObjectNode study)
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
    /// changed the study, is left out, and so is what no record may hold.</summary>
    public static void Read(ObjectNode study, JsonObject record)
    {
        foreach (var field in ((Place)"extension").Items(study, IsKept))
        {
            var parts = ((Place)"extension").Items(field, Shapes.AnyTest).ToLookup(p => (string?)p["url"], Value);
            if (parts["path"].FirstOrDefault() is { } pointer
                && RegistryReader.ReadPart(string.Concat(parts["json"])) is { } value)
            {
                Put(record, [.. pointer.Split('/').Skip(1).Select(Unescaped)], JsonSerializer.SerializeToNode(value));
            }
        }
    }

    static string? Value(ObjectNode part) => (string?)part["valueString"];

    static void Put(JsonObject record, string[] path, JsonNode? value)
    {
        if (path.Length is 0 or > RegistryReader.MaxDepth)
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

    /// <summary>A record held against its rebuilt self, which is another reading of the same: nearly all of it is
    /// equal, in the same order.</summary>
    sealed class Comparison
    {
        /// <summary>The way to the value that is compared: names, and indices of items.</summary>
        readonly List<(string? Name, int Index)> _path = [];

        public List<KeptField> Kept { get; } = [];

        public void Compare(JsonElement there, Node? again, RegistryField? format)
        {
            switch (there.ValueKind, format, again)
            {
                case (JsonValueKind.Object, RegistryField.Fields fields, null) when there.GetPropertyCount() > 0:
                    Compare(there, new(), fields);
                    break;
                case (JsonValueKind.Object, RegistryField.Fields fields, ObjectNode rebuilt)
                    when HasNoMore(rebuilt, there):
                    Compare(there, rebuilt, fields);
                    break;
                case (JsonValueKind.Array, RegistryField.Array array, ArrayNode rebuilt)
                    when rebuilt.Count == there.GetArrayLength():
                    var index = 0;
                    foreach (var item in there.EnumerateArray())
                    {
                        _path.Add((null, index));
                        Compare(item, rebuilt[index++], array.Item);
                        _path.RemoveAt(_path.Count - 1);
                    }

                    break;
                default:
                    if (!IsSame(there, again))
                    {
                        Kept.Add(new(Pointer(), there, format));
                    }

                    break;
            }
        }

        void Compare(JsonElement there, ObjectNode again, RegistryField.Fields fields)
        {
            var next = 0;
            foreach (var property in there.EnumerateObject())
            {
                var (name, value) = Find(property, again, ref next);
                _path.Add((name, 0));
                Compare(property.Value, value, fields.ByName.GetValueOrDefault(name));
                _path.RemoveAt(_path.Count - 1);
            }
        }

        /// <summary>A property's name, and its value in the rebuilt object.</summary>
        /// <param name="next">Where it is likely to be: behind the one that was found last.</param>
        static (string Name, Node? Value) Find(JsonProperty property, ObjectNode again, ref int next)
        {
            var properties = again.Properties;
            for (var tried = 0; tried < properties.Length; tried++)
            {
                var at = next;
                next = (next + 1) % properties.Length;
                if (property.NameEquals(properties[at].Name))
                {
                    return properties[at];
                }
            }

            return (property.Name, null);
        }

        static bool HasNoMore(ObjectNode rebuilt, JsonElement there)
        {
            foreach (var (name, _) in rebuilt.Properties)
            {
                if (!there.TryGetProperty(name, out _))
                {
                    return false;
                }
            }

            return true;
        }

        static bool IsSame(JsonElement there, Node? again) => (there.ValueKind, again) switch
        {
            (JsonValueKind.String, TextNode { Text: var text }) => there.ValueEquals(text),
            (JsonValueKind.Number, NumberNode { Literal: var literal }) => IsSameNumber(there, literal),
            (JsonValueKind.True, FlagNode flag) => flag.IsTrue,
            (JsonValueKind.False, FlagNode flag) => !flag.IsTrue,
            _ => false,
        };

        static bool IsSameNumber(JsonElement there, string literal)
        {
            if (there.GetRawText() == literal)
            {
                return true;
            }

            using var number = JsonDocument.Parse(literal);
            return JsonElement.DeepEquals(there, number.RootElement);
        }

        string Pointer() => string.Concat(_path.Select(step => step.Name is { } name
            ? $"/{Escaped(name)}" : FormattableString.Invariant($"/{step.Index}")));
    }
}
