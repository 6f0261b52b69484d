using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Model;

/// <summary>What kind of type it is.</summary>
public enum FhirTypeKind
{
    Primitive,
    Complex,
    Backbone,
    Resource,
}

/// <summary>What a type is made of.</summary>
/// <param name="Elements">All elements, inherited ones included, in definition order.</param>
/// <param name="Constraints">The rules of the type itself: they hold wherever it is used.</param>
/// <param name="Regex">For a primitive: what its whole literal must match; null where nothing is said.</param>
/// <param name="Binding">What the type itself is bound to: the units of an Age; null where to nothing.</param>
public sealed record FhirTypeContent(
    ImmutableArray<ElementDefinition> Elements,
    ImmutableArray<Constraint> Constraints,
    string? Regex = null,
    Binding? Binding = null);

/// <summary>A FHIR type: a resource, a datatype, a primitive, or the anonymous type of a backbone element.</summary>
public sealed class FhirType
{
    readonly Lazy<FhirTypeContent> _content;
    readonly Lazy<FrozenDictionary<string, (ElementDefinition, FhirType)>> _json;

    /// <param name="name"><c>Patient</c>, <c>HumanName</c>, <c>string</c>; for a backbone <c>BackboneElement</c> or
    /// <c>Element</c>.</param>
    /// <param name="path">The name, or for a backbone its path, such as <c>Patient.contact</c>.</param>
    /// <param name="content">Makes what the type consists of; called at most once, when first asked for.</param>
    public FhirType(
        string name,
        string path,
        FhirTypeKind kind,
        bool isAbstract,
        FhirType? baseType,
        Func<FhirTypeContent> content)
    {
        Name = name;
        Path = path;
        Kind = kind;
        Primitive = kind == FhirTypeKind.Primitive ? FhirPrimitives.Of(name) : null;
        IsAbstract = isAbstract;
        BaseType = baseType;
        IsQuantity = name == "Quantity" || baseType is { IsQuantity: true };
        _content = new(content);
        _json = new(() => JsonProperties(Elements));
    }

    public string Name { get; }

    /// <summary>The name, or for a backbone its path, such as <c>Patient.contact</c>.</summary>
    public string Path { get; }

    public FhirTypeKind Kind { get; }

    public bool IsAbstract { get; }

    public FhirType? BaseType { get; }

    /// <summary>Which primitive it is; null for any other kind of type.</summary>
    public FhirPrimitive? Primitive { get; }

    public bool IsPrimitive => Kind == FhirTypeKind.Primitive;

    /// <summary>Whether it is Quantity or derives from it.</summary>
    public bool IsQuantity { get; }

    /// <summary>All elements, inherited ones included, in definition order.</summary>
    public ImmutableArray<ElementDefinition> Elements => _content.Value.Elements;

    /// <summary>The rules of the type itself, such as <c>per-1</c> of Period: they hold wherever it is used, besides
    /// those of the element that uses it.</summary>
    public ImmutableArray<Constraint> Constraints => _content.Value.Constraints;

    /// <summary>For a primitive: the regular expression of R4 that its whole literal
    /// must match; null where none.</summary>
    public string? Regex => _content.Value.Regex;

    /// <summary>The binding of the type itself, which holds wherever it is used: the units of Age, Distance and
    /// Duration; null for others.</summary>
    public Binding? Binding => _content.Value.Binding;

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

    /// <summary>The element that a definition's path segment names: <c>value[x]</c>, <c>code</c>, or
    /// <c>valueQuantity</c>, which also says which type is <paramref name="chosen"/>.</summary>
    public bool TryElement(string segment, [NotNullWhen(true)] out ElementDefinition? definition, out FhirType? chosen)
    {
        chosen = null;
        definition = Element(segment.EndsWith("[x]", StringComparison.Ordinal) ? segment[..^3] : segment);
        if (definition is null && TryJsonProperty(segment, out definition, out var type))
        {
            chosen = type;
        }

        return definition is not null;
    }

    /// <summary>The element and type that a JSON property stands for: <c>valueQuantity</c> → (value[x],
    /// Quantity).</summary>
    public bool TryJsonProperty(
        string jsonName,
        [NotNullWhen(true)] out ElementDefinition? definition,
        [NotNullWhen(true)] out FhirType? type)
    {
        var found = _json.Value.TryGetValue(jsonName, out var pair);
        (definition, type) = pair;
        return found;
    }

    /// <summary>The same by characters, without making a string.</summary>
    internal bool TryJsonProperty(
        ReadOnlySpan<char> jsonName,
        [NotNullWhen(true)] out ElementDefinition? definition,
        [NotNullWhen(true)] out FhirType? type)
    {
        var found = _json.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(jsonName, out var pair);
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

    static FrozenDictionary<string, (ElementDefinition, FhirType)> JsonProperties(
        ImmutableArray<ElementDefinition> elements) =>
        elements
            .SelectMany(
                e => e.Types.Select(t => (Json: e.IsChoice ? e.JsonNameFor(t.Type) : e.Name, Pair: (e, t.Type))))
            .DistinctBy(p => p.Json)
            .ToFrozenDictionary(p => p.Json, p => p.Pair, StringComparer.Ordinal);
}
