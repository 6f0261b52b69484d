using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Trials.Mapping;

/// <summary>JSON while it is mapped: a text, a number, true or false, an object or an array. A node does not know what
/// it is in, and an object has no index, so that it takes less than a <see cref="JsonNode"/>.</summary>
abstract class Node
{
    private protected Node()
    {
    }

    public static implicit operator Node?(string? text) => text is null ? null : new TextNode(text);

    public static implicit operator Node(bool flag) => flag ? FlagNode.True : FlagNode.False;

    public static implicit operator Node(int number) => new NumberNode(number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator Node(decimal number) =>
        new NumberNode(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text of a text; null for anything else.</summary>
    public static explicit operator string?(Node? node) => (node as TextNode)?.Text;

    /// <summary>A copy that may be changed: of what never changes, the same node.</summary>
    public virtual Node Copy() => this;

    /// <summary>The node of JSON; null for JSON's null.</summary>
    public static Node? Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var read = new ObjectNode();
                foreach (var property in json.EnumerateObject())
                {
                    read.Add(property.Name, Of(property.Value));
                }

                return read;
            case JsonValueKind.Array:
                var items = new ArrayNode();
                foreach (var item in json.EnumerateArray())
                {
                    items.Add(Of(item));
                }

                return items;
            case JsonValueKind.String:
                return new TextNode(json.GetString()!);
            case JsonValueKind.Number:
                return new NumberNode(json.GetRawText());
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }

    /// <summary>Writes the JSON of a node; JSON's null for none.</summary>
    public static void Write(Utf8JsonWriter writer, Node? node)
    {
        switch (node)
        {
            case TextNode { Text: var text }:
                writer.WriteStringValue(text);
                break;
            case NumberNode { Literal: var literal }:
                writer.WriteRawValue(literal);
                break;
            case FlagNode flag:
                writer.WriteBooleanValue(flag.IsTrue);
                break;
            case ObjectNode fields:
                writer.WriteStartObject();
                foreach (var (name, value) in fields.Properties)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case ArrayNode array:
                writer.WriteStartArray();
                foreach (var item in array.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>The JSON; of a text, a number or true and false what they say, without quotes.</summary>
    public override string ToString()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(writer, this);
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}

/// <summary>A text.</summary>
sealed class TextNode(string text) : Node
{
    public string Text => text;

    public override string ToString() => text;
}

/// <summary>A number as it is written.</summary>
sealed class NumberNode(string literal) : Node
{
    public string Literal => literal;

    public override string ToString() => literal;
}

/// <summary>True or false.</summary>
sealed class FlagNode : Node
{
    FlagNode(bool isTrue) => IsTrue = isTrue;

    public static FlagNode True { get; } = new(true);

    public static FlagNode False { get; } = new(false);

    public bool IsTrue { get; }

    public override string ToString() => IsTrue ? "true" : "false";
}

/// <summary>An object: its properties in the order in which they were added. It has few, so they
/// are looked for one by one.</summary>
sealed class ObjectNode : Node
{
    (string Name, Node? Value)[] _properties = [];
    int _count;

    public int Count => _count;

    public ReadOnlySpan<(string Name, Node? Value)> Properties => _properties.AsSpan(0, _count);

    /// <summary>The value of a property, null where there is none; setting one that is not there adds it.</summary>
    public Node? this[string name]
    {
        get => IndexOf(name) is >= 0 and var at ? _properties[at].Value : null;
        set
        {
            if (IndexOf(name) is >= 0 and var at)
            {
                _properties[at].Value = value;
            }
            else
            {
                Add(name, value);
            }
        }
    }

    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>Adds a property that is not there.</summary>
    public void Add(string name, Node? value)
    {
        if (_count == _properties.Length)
        {
            Array.Resize(ref _properties, Math.Max(2, 2 * _count));
        }

        _properties[_count++] = (name, value);
    }

    /// <summary>The same for those who edit JSON, or look for many properties.</summary>
    public JsonObject ToJson() => JsonNode.Parse(ToString())!.AsObject();

    public override ObjectNode Copy()
    {
        var copy = new ObjectNode { _properties = Properties.ToArray(), _count = _count };
        foreach (ref var property in copy._properties.AsSpan())
        {
            property.Value = property.Value?.Copy();
        }

        return copy;
    }

    int IndexOf(string name)
    {
        var properties = Properties;
        for (var at = 0; at < properties.Length; at++)
        {
            if (properties[at].Name == name)
            {
                return at;
            }
        }

        return -1;
    }
}

/// <summary>An array.</summary>
sealed class ArrayNode : Node
{
    Node?[] _items = [];
    int _count;

    public int Count => _count;

    public ReadOnlySpan<Node?> Items => _items.AsSpan(0, _count);

    public Node? this[int index] => Items[index];

    public void Add(Node? item) => Insert(_count, item);

    public void Insert(int index, Node? item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(1, 2 * _count));
        }

        Array.Copy(_items, index, _items, index + 1, _count - index);
        _items[index] = item;
        _count++;
    }

    public override ArrayNode Copy()
    {
        var copy = new ArrayNode { _items = Items.ToArray(), _count = _count };
        foreach (ref var item in copy._items.AsSpan())
        {
            item = item?.Copy();
        }

        return copy;
    }
}
