using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Mapping;

/// <summary>Mapped JSON → elements, without a detour through its text. What a type cannot hold is left out and
/// reported; whether literals are right is for the validator to say, as of all that a program builds.</summary>
sealed class ElementBuilder(FhirTypes types, ImmutableArray<Issue>.Builder issues)
{
    /// <summary>What a character takes in JSON at most: <c>\u0001</c>.</summary>
    const int CharacterBytes = 6;

    /// <summary>What an element takes at most besides its name and its value: quotes, commas, brackets, null.</summary>
    const int ElementBytes = 24;

    /// <summary>Finished elements of all open objects, innermost last.</summary>
    readonly List<Element> _done = [];

    int _elements;

    /// <summary>Of names and literals.</summary>
    long _characters;

    /// <summary>The resource; null where a server would not read as large a one.</summary>
    public Element? Build(ObjectNode resource)
    {
        (_elements, _characters) = (0, 0);
        var built = Resource(resource, null);
        if (_elements > ReadLimits.Default.Elements)
        {
            issues.Add(Issue.Error(
                IssueCode.TooCostly, $"The resource has more than {ReadLimits.Default.Elements} elements.",
                built.Type.Path));
            return null;
        }

        if (IsTooLong(built))
        {
            issues.Add(Issue.Error(
                IssueCode.TooLong, $"The resource is longer than {ReadLimits.Default.Bytes} bytes.", built.Type.Path));
            return null;
        }

        return built;
    }

    /// <summary>Only what may be too long by its characters is written to be measured.</summary>
    bool IsTooLong(Element resource) =>
        (CharacterBytes * _characters) + ((long)ElementBytes * _elements) > ReadLimits.Default.Bytes
        && FhirJson.ToUtf8Bytes(resource).Length > ReadLimits.Default.Bytes;

    /// <param name="name">Of the element that it is the value of; none for a resource by itself.</param>
    Element Resource(ObjectNode resource, string? name)
    {
        var type = types[(string)resource["resourceType"]!];
        var order = type.Elements;
        _characters += "resourceType".Length + type.Name.Length;
        return new(null, name ?? type.Name, type, null, [.. Children(resource, type).OrderBy(OrderOf)]);

        // As R4 lists them.
        int OrderOf(Element child)
        {
            var at = 0;
            while (order[at].Name != child.Name)
            {
                at++;
            }

            return at;
        }
    }

    ImmutableArray<Element> Children(ObjectNode from, FhirType type)
    {
        var first = _done.Count;
        foreach (var (property, value) in from.Properties)
        {
            if (type.Kind != FhirTypeKind.Resource || property != "resourceType")
            {
                Add(property, value, type, first);
            }
        }

        var children = CollectionsMarshal.AsSpan(_done)[first..].ToImmutableArray();
        _done.RemoveRange(first, children.Length);
        _elements += children.Length;
        return children;
    }

    /// <param name="first">Where the children of the object begin.</param>
    void Add(string property, Node? value, FhirType parent, int first)
    {
        if (!parent.TryJsonProperty(property.TrimStart('_'), out var definition, out var type))
        {
            Misfit(parent, property);
            return;
        }

        _characters += property.Length;
        var there = IndexOf(definition, first);
        if (value is ArrayNode items)
        {
            foreach (var item in items.Items)
            {
                Put(there, Item(item, definition, type), parent, property);
            }
        }
        else
        {
            Put(there, Item(value, definition, type), parent, property);
        }
    }

    int IndexOf(ElementDefinition definition, int first)
    {
        for (var at = first; at < _done.Count; at++)
        {
            if (ReferenceEquals(_done[at].Definition, definition))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Adds an element, or joins a primitive's value and what stands beside it.</summary>
    /// <param name="there">Where the element's other half is, or another type of the same choice.</param>
    void Put(int there, Element? element, FhirType parent, string property)
    {
        if (element is null)
        {
            Misfit(parent, property);
        }
        else if (there < 0)
        {
            _done.Add(element);
        }
        else if (_done[there] is var other && other.Type == element.Type
            && other.Value is null != element.Value is null)
        {
            _done[there] = new(
                element.Definition, element.Name, element.Type, element.Value ?? other.Value,
                element.Value is null ? element.Children : other.Children);
        }
        else
        {
            Misfit(parent, property);
        }
    }

    /// <summary>One repetition, or one half of a primitive; null for JSON of another kind.</summary>
    Element? Item(Node? value, ElementDefinition definition, FhirType type) => (value, type) switch
    {
        (ObjectNode resource, { Kind: FhirTypeKind.Resource }) => Resource(resource, definition.Name),
        (ObjectNode fields, _) => new(definition, definition.Name, type, null, Children(fields, type)),
        (not null, { Primitive: { } primitive }) when Literal(value, primitive) is { } text =>
            Primitive(text, definition, type),
        _ => null,
    };

    Element Primitive(string literal, ElementDefinition definition, FhirType type)
    {
        _characters += literal.Length;
        return new(definition, definition.Name, type, literal, []);
    }

    static string? Literal(Node value, FhirPrimitive primitive) => value switch
    {
        TextNode { Text: var text } when primitive != FhirPrimitive.Boolean && !primitive.IsJsonNumber() =>
            IsShort(text) ? text : null,
        NumberNode { Literal: var literal } when primitive.IsJsonNumber() => literal,
        FlagNode when primitive == FhirPrimitive.Boolean => value.ToString(),
        _ => null,
    };

    /// <summary>A character takes three bytes at most.</summary>
    static bool IsShort(string text) => text.Length <= ReadLimits.Default.StringBytes / 3
        || Encoding.UTF8.GetByteCount(text) <= ReadLimits.Default.StringBytes;

    void Misfit(FhirType parent, string property) => issues.Add(Issue.Error(
        IssueCode.Structure, $"{parent.Path} cannot hold what was mapped to its property '{property}'.", parent.Path));
}
