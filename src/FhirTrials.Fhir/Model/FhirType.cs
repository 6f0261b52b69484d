using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FhirTrials.Fhir.Model;

/// <summary>What kind of type it is.</summary>
public enum FhirTypeKind
{
    Primitive,
    Complex,
    Backbone,
    Resource,
}

/// <summary>A FHIR type: a resource, a datatype, a primitive, or the anonymous type of a backbone element.</summary>
public sealed class FhirType
{
    readonly Lazy<(ImmutableArray<ElementDefinition> Elements, FrozenDictionary<string, (ElementDefinition, FhirType)> Json)> _content;

    /// <param name="name"><c>Patient</c>, <c>HumanName</c>, <c>string</c>; for a backbone <c>BackboneElement</c> or <c>Element</c>.</param>
    /// <param name="path">The name, or for a backbone its path, such as <c>Patient.contact</c>.</param>
    /// <param name="elements">All elements, inherited ones included, in definition order; called at most once.</param>
    public FhirType(
        string name,
        string path,
        FhirTypeKind kind,
        bool isAbstract,
        FhirType? baseType,
        Func<FhirType, ImmutableArray<ElementDefinition>> elements)
    {
        Name = name;
        Path = path;
        Kind = kind;
        IsAbstract = isAbstract;
        BaseType = baseType;
        _content = new(() =>
        {
            var all = elements(this);
            return (all, JsonProperties(all));
        });
    }

    public string Name { get; }

    /// <summary>The name, or for a backbone its path, such as <c>Patient.contact</c>.</summary>
    public string Path { get; }

    public FhirTypeKind Kind { get; }

    public bool IsAbstract { get; }

    public FhirType? BaseType { get; }

    public bool IsPrimitive => Kind == FhirTypeKind.Primitive;

    /// <summary>All elements, inherited ones included, in definition order.</summary>
    public ImmutableArray<ElementDefinition> Elements => _content.Value.Elements;

    /// <summary>The element of a FHIRPath name (<c>value</c>), or null.</summary>
    public ElementDefinition? Element(string name)
    {
        foreach (var element in Elements)
        {
            if (element.Name == name)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>The element and type that a JSON property stands for: <c>valueQuantity</c> → (value[x], Quantity).</summary>
    public bool TryJsonProperty(string jsonName, out ElementDefinition definition, out FhirType type)
    {
        var found = _content.Value.Json.TryGetValue(jsonName, out var pair);
        (definition, type) = pair;
        return found;
    }

    /// <summary>Whether this is the named type or derives from it.</summary>
    public bool IsA(string name)
    {
        for (var type = this; type is not null; type = type.BaseType)
        {
            if (type.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Path;

    static FrozenDictionary<string, (ElementDefinition, FhirType)> JsonProperties(ImmutableArray<ElementDefinition> elements) =>
        elements
            .SelectMany(e => e.Types.Select(t => (Json: e.IsChoice ? e.JsonNameFor(t.Type) : e.Name, Pair: (e, t.Type))))
            .DistinctBy(p => p.Json)
            .ToFrozenDictionary(p => p.Json, p => p.Pair, StringComparer.Ordinal);
}
