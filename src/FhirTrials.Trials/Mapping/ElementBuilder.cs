using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Mapping;

/// <summary>Mapped JSON → elements, without a detour through its text. What a type cannot hold is left out and reported;
/// whether literals are right is for the validator to say, as of all that a program builds.</summary>
sealed class ElementBuilder(FhirTypes types, ImmutableArray<Issue>.Builder issues)
{
    /// <summary>Finished elements of all open objects, innermost last.</summary>
    readonly List<Element> _done = [];

    int _elements;

    /// <summary>The resource; null where a server would not read as large a one.</summary>
    public Element? Build(JsonObject resource)
    {
        _elements = 0;
        var built = Resource(resource, null);
        if (_elements <= ReadLimits.Default.Elements)
        {
            return built;
        }

        issues.Add(Issue.Error(
            IssueCode.TooCostly, $"The resource has more than {ReadLimits.Default.Elements} elements.", built.Type.Path));
        return null;
    }

    /// <param name="name">Of the element that it is the value of; none for a resource by itself.</param>
    Element Resource(JsonObject resource, string? name)
    {
        var type = types[(string)resource["resourceType"]!];
        var order = type.Elements;
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

    ImmutableArray<Element> Children(JsonObject from, FhirType type)
    {
        var first = _done.Count;
        foreach (var (property, value) in from)
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
    void Add(string property, JsonNode? value, FhirType parent, int first)
    {
        if (!parent.TryJsonProperty(property.TrimStart('_'), out var definition, out var type))
        {
            Misfit(parent, property);
            return;
        }

        var there = IndexOf(definition, first);
        if (value is JsonArray items)
        {
            foreach (var item in items)
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
        else if (_done[there] is var other && other.Type == element.Type && other.Value is null != element.Value is null)
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
    Element? Item(JsonNode? value, ElementDefinition definition, FhirType type) => (value, type) switch
    {
        (JsonObject resource, { Kind: FhirTypeKind.Resource }) => Resource(resource, definition.Name),
        (JsonObject fields, _) => new(definition, definition.Name, type, null, Children(fields, type)),
        (JsonValue literal, { Primitive: { } primitive }) when Literal(literal, primitive) is { } text =>
            new(definition, definition.Name, type, text, []),
        _ => null,
    };

    static string? Literal(JsonValue value, FhirPrimitive primitive) => value.GetValueKind() switch
    {
        JsonValueKind.String when primitive != FhirPrimitive.Boolean && !primitive.IsJsonNumber() =>
            value.GetValue<string>() is var text && IsShort(text) ? text : null,
        JsonValueKind.Number when primitive.IsJsonNumber() => value.TryGetValue<int>(out var number)
            ? number.ToString(CultureInfo.InvariantCulture) : value.ToJsonString(),
        JsonValueKind.True when primitive == FhirPrimitive.Boolean => "true",
        JsonValueKind.False when primitive == FhirPrimitive.Boolean => "false",
        _ => null,
    };

    /// <summary>A character takes three bytes at most.</summary>
    static bool IsShort(string text) => text.Length <= ReadLimits.Default.StringBytes / 3
        || Encoding.UTF8.GetByteCount(text) <= ReadLimits.Default.StringBytes;

    void Misfit(FhirType parent, string property) => issues.Add(Issue.Error(
        IssueCode.Structure, $"{parent.Path} cannot hold what was mapped to its property '{property}'.", parent.Path));
}
