
namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>Whether an object has everything that a pattern has; a display is for people and need not be the same. The
/// pattern, of texts, objects and arrays of objects, is taken apart once, since the items of every array are held
/// against it.</summary>
sealed class PatternTest
{
    readonly (string Name, string Text)[] _texts;
    readonly (string Name, PatternTest Fields)[] _objects;
    readonly (string Name, PatternTest[] Items)[] _arrays;

    public PatternTest(ObjectNode pattern)
    {
        _texts = [.. Of<TextNode>().Select(p => (p.Name, p.Value.Text))];
        _objects = [.. Of<ObjectNode>().Select(p => (p.Name, new PatternTest(p.Value)))];
        _arrays = [.. Of<ArrayNode>()
            .Select(p => (p.Name, p.Value.Items.ToArray().Select(i => new PatternTest((ObjectNode)i!)).ToArray()))];

        IEnumerable<(string Name, T Value)> Of<T>() where T : Node =>
            pattern.Properties.ToArray().Where(p => p.Name != "display" && p.Value is T)
                .Select(p => (p.Name, (T)p.Value!));
    }

    public bool IsHeldBy(ObjectNode item)
    {
        foreach (var (name, text) in _texts)
        {
            if (item[name] is not TextNode there || there.Text != text)
            {
                return false;
            }
        }

        foreach (var (name, fields) in _objects)
        {
            if (item[name] is not ObjectNode there || !fields.IsHeldBy(there))
            {
                return false;
            }
        }

        foreach (var (name, wanted) in _arrays)
        {
            if (item[name] is not ArrayNode there || !AreHeldBy(wanted, there))
            {
                return false;
            }
        }

        return true;
    }

    static bool AreHeldBy(PatternTest[] wanted, ArrayNode items)
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

    bool IsHeldByAny(ArrayNode items)
    {
        foreach (var item in items.Items)
        {
            if (item is ObjectNode there && IsHeldBy(there))
            {
                return true;
            }
        }

        return false;
    }
}
