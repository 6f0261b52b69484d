using System.Collections.Immutable;

namespace FhirTrials.Fhir.Model;

/// <summary>Changed copies of elements; everything that is not changed is shared with the original.</summary>
public static class ElementEditing
{
    /// <summary>A copy whose children of that name are these and no others. They stand where the old ones stood, else
    /// at their place in the type's order of elements.</summary>
    /// <param name="name">The name in FHIRPath: <c>value</c>, not <c>valueQuantity</c>.</param>
    /// <exception cref="ArgumentException">The type has no such element.</exception>
    public static Element With(this Element element, string name, params ReadOnlySpan<Element> values)
    {
        var order = OrderOf(element.Type, name);
        if (order < 0)
        {
            throw new ArgumentException($"{element.Type} has no element '{name}'.", nameof(name));
        }

        var children = ImmutableArray.CreateBuilder<Element>(element.Children.Length + values.Length);
        var at = -1;
        foreach (var child in element.Children)
        {
            if (child.Name == name)
            {
                at = at < 0 ? children.Count : at;
            }
            else
            {
                children.Add(child);
            }
        }

        if (at < 0)
        {
            at = 0;
            while (at < children.Count && OrderOf(element.Type, children[at].Name) < order)
            {
                at++;
            }
        }

        foreach (var value in values)
        {
            children.Insert(at++, value);
        }

        return element.With(children.DrainToImmutable());
    }

    /// <summary>A copy with a primitive child set to a literal (its id and extensions
    /// stay), or without it where null.</summary>
    public static Element WithValue(this Element element, string name, string? literal) =>
        literal is null
            ? element.With(name)
            : element.With(name, element.NewChild(name, literal) is var value && element.Child(name) is { } old
                ? value.With(old.Children)
                : value);

    /// <summary>A new child that the type allows, still outside the element.</summary>
    /// <param name="literal">The value of a primitive.</param>
    /// <param name="type">The chosen type of a choice; else the element's only type.</param>
    /// <exception cref="ArgumentException">The type has no such element, or not of that type.</exception>
    public static Element NewChild(this Element parent, string name, string? literal = null, string? type = null)
    {
        var definition = parent.Type.Element(name)
            ?? throw new ArgumentException($"{parent.Type} has no element '{name}'.", nameof(name));
        var reference = type is null ? definition.Types[0] : definition.Types.FirstOrDefault(t => t.Type.Name == type);
        return reference is null
            ? throw new ArgumentException($"{definition.Path} is never of type {type}.", nameof(type))
            : new Element(definition, name, reference.Type, literal, []);
    }

    static int OrderOf(FhirType type, string name)
    {
        var elements = type.Elements;
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
