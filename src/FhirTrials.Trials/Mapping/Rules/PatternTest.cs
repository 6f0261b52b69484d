using System.Text.Json.Nodes;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>Whether an object has everything that a pattern has; a display is for people and need not be the same. The
/// pattern, of texts, objects and arrays of objects, is taken apart once, since the items of every array are held against
/// it.</summary>
sealed class PatternTest
{
    readonly (string Name, string Text)[] _texts;
    readonly (string Name, PatternTest Fields)[] _objects;
    readonly (string Name, PatternTest[] Items)[] _arrays;

    public PatternTest(JsonObject pattern)
    {
        _texts = [.. Of<JsonValue>().Select(p => (p.Name, p.Value.GetValue<string>()))];
        _objects = [.. Of<JsonObject>().Select(p => (p.Name, new PatternTest(p.Value)))];
        _arrays = [.. Of<JsonArray>().Select(p => (p.Name, p.Value.Select(i => new PatternTest(i!.AsObject())).ToArray()))];

        IEnumerable<(string Name, T Value)> Of<T>() where T : JsonNode =>
            pattern.Where(p => p.Key != "display" && p.Value is T).Select(p => (p.Key, (T)p.Value!));
    }

    public bool IsHeldBy(JsonObject item)
    {
        foreach (var (name, text) in _texts)
        {
            if (item[name] is not JsonValue there || !there.TryGetValue<string>(out var value) || value != text)
            {
                return false;
            }
        }

        foreach (var (name, fields) in _objects)
        {
            if (item[name] is not JsonObject there || !fields.IsHeldBy(there))
            {
                return false;
            }
        }

        foreach (var (name, wanted) in _arrays)
        {
            if (item[name] is not JsonArray there || !AreHeldBy(wanted, there))
            {
                return false;
            }
        }

        return true;
    }

    static bool AreHeldBy(PatternTest[] wanted, JsonArray items)
    {
        foreach (var test in wanted)
        {
            if (!test.IsHeldByAny(items))
            {
                return false;
            }
        }

        return true;
    }

    bool IsHeldByAny(JsonArray items)
    {
        foreach (var item in items)
        {
            if (item is JsonObject there && IsHeldBy(there))
            {
                return true;
            }
        }

        return false;
    }
}
