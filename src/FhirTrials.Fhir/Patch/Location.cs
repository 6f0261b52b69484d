using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Patch;

/// <summary>An element where it stands in a resource: elements do not know their parents.</summary>
/// <param name="Parent">Null for the resource itself.</param>
/// <param name="Index">The place among the parent's children.</param>
sealed record Location(Element Element, Location? Parent = null, int Index = 0)
{
    /// <summary>How many elements stand above it.</summary>
    public int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    public IEnumerable<Location> Children(string name)
    {
        var children = Element.Children;
        for (var i = 0; i < children.Length; i++)
        {
            if (children[i].Name == name)
            {
                yield return new(children[i], this, i);
            }
        }
    }

    /// <summary>The resource with another element in this place.</summary>
    public Element Replace(Element element) =>
        Parent is null ? element : Parent.Replace(Parent.Element.With(Parent.Element.Children.SetItem(Index, element)));

    /// <summary>The resource without this element, and without what that leaves empty:
    /// FHIR has no empty elements.</summary>
    public Element Remove()
    {
        var parent = Parent ?? throw new InvalidOperationException("A resource cannot be removed from itself.");
        var children = parent.Element.Children.RemoveAt(Index);
        var isEmpty = children.IsEmpty && parent.Element is { Value: null, IsResource: false };
        return isEmpty && parent.Parent is not null
            ? parent.Remove()
            : parent.Replace(parent.Element.With(children));
    }

    /// <summary>The resource where the children of that name are these.</summary>
    public Element ReplaceChildren(string name, ImmutableArray<Element> children) =>
        Replace(Element.With(name, children.AsSpan()));
}
