using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Model;

/// <summary>A node of an immutable, typed FHIR element tree: a resource, a complex element or a primitive. It knows its
/// definition but not its parent, so a subtree can be shared.</summary>
/// <remarks>A repeating element is one node per repetition, adjacent and in order. A primitive may have children too
/// (<c>id</c>, <c>extension</c>).</remarks>
public sealed class Element
{
    /// <param name="definition">The element's definition; null for a resource (also a contained one, and one in a
    /// Bundle entry).</param>
    /// <param name="name">The name in FHIRPath: <c>value</c>, not <c>valueQuantity</c>;
    /// for a root the resource type.</param>
    /// <param name="type">Its actual type: of a choice the chosen one, of a
    /// contained resource the resource type.</param>
    /// <param name="value">The literal of a primitive, as written, without quotes and
    /// unescaped; null if it has none.</param>
    public Element(
        ElementDefinition? definition,
        string name,
        FhirType type,
        string? value,
        ImmutableArray<Element> children,
        SourcePosition position = default)
    {
        Definition = definition;
        Name = name;
        Type = type;
        Value = value;
        Children = children.IsDefault ? [] : children;
        Position = position;
    }

    public ElementDefinition? Definition { get; }

    /// <summary>The name in FHIRPath: <c>value</c>, not <c>valueQuantity</c>.</summary>
    public string Name { get; }

    public FhirType Type { get; }

    /// <summary>The literal of a primitive as written (so a decimal keeps its precision and a
    /// date its own); null if none.</summary>
    public string? Value { get; }

    /// <summary>In source order; repetitions of one element are adjacent.</summary>
    public ImmutableArray<Element> Children { get; }

    public SourcePosition Position { get; }

    public bool IsResource => Type.Kind == FhirTypeKind.Resource;

    /// <summary>The property's name in JSON: <c>valueQuantity</c> where <see cref="Name"/> is <c>value</c>.</summary>
    public string JsonName => Definition is { IsChoice: true } ? Definition.JsonNameFor(Type) : Name;

    /// <summary>All repetitions of a child by its FHIRPath name.</summary>
    public IEnumerable<Element> this[string name]
    {
        get
        {
            foreach (var child in Children)
            {
                if (child.Name == name)
                {
                    yield return child;
                }
            }
        }
    }

    /// <summary>The first child of that name, or null.</summary>
    public Element? Child(string name)
    {
        foreach (var child in Children)
        {
            if (child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The first element at a path of names (<c>a.b.c</c> as separate arguments), or null.</summary>
    public Element? At(params ReadOnlySpan<string> path)
    {
        var at = this;
        foreach (var name in path)
        {
            at = at.Child(name);
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The literal of the first child of that name, or null.</summary>
    public string? ValueOf(string name) => Child(name)?.Value;

    /// <summary>The logical id of a resource, or an element's id.</summary>
    public string? Id => ValueOf("id");

    /// <summary>The value (<c>value[x]</c>) of the first extension of that URL, or null.</summary>
    public Element? Extension(string url)
    {
        foreach (var extension in this["extension"])
        {
            if (extension.ValueOf("url") == url)
            {
                return extension.Child("value");
            }
        }

        return null;
    }

    /// <summary>A copy with other children.</summary>
    public Element With(ImmutableArray<Element> children) => new(Definition, Name, Type, Value, children, Position);

    public override string ToString() => Value is null ? $"{Name} ({Type.Name})" : $"{Name} ({Type.Name}) = {Value}";
}
