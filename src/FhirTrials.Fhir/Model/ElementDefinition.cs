using System.Collections.Immutable;

namespace FhirTrials.Fhir.Model;

/// <summary>How strictly a coded element is bound — https://hl7.org/fhir/R4/valueset-binding-strength.html</summary>
public enum BindingStrength
{
    Required,
    Extensible,
    Preferred,
    Example,
}

/// <summary>A binding of a coded element to a value set.</summary>
/// <param name="MaxValueSet">Where the binding is not required: the value set that other codes must come from —
/// http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet. Null where any will do.</param>
public sealed record Binding(BindingStrength Strength, string ValueSet, string? MaxValueSet = null);

/// <summary>A formal rule of a type or element — https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
/// <param name="IsWarning">Whether a breach is a warning rather than an error.</param>
public sealed record Constraint(string Key, bool IsWarning, string Human, string Expression);

/// <summary>A type that an element may have.</summary>
/// <param name="Profiles">Canonicals the value must conform to (one of them).</param>
/// <param name="TargetProfiles">For Reference and canonical: what the target must conform to (one of them).</param>
public sealed record TypeReference(
    FhirType Type, ImmutableArray<string> Profiles, ImmutableArray<string> TargetProfiles)
{
    /// <summary>For Reference: where the target may be (<c>contained</c>, <c>referenced</c>, <c>bundled</c>); anywhere
    /// where empty — https://hl7.org/fhir/R4/valueset-resource-aggregation-mode.html</summary>
    public ImmutableArray<string> Aggregation { get; init; } = [];

    /// <summary>For Reference: <c>independent</c> of a version, <c>specific</c> to one, or
    /// <c>either</c> (also where null).</summary>
    public string? Versioning { get; init; }
}

/// <summary>How repetitions of an element are told apart.</summary>
public sealed record Slicing(ImmutableArray<Discriminator> Discriminators, SlicingRules Rules, bool Ordered);

public sealed record Discriminator(DiscriminatorType Type, string Path);

public enum DiscriminatorType
{
    Value,
    Exists,
    Pattern,
    Type,
    Profile,
}

public enum SlicingRules
{
    Closed,
    Open,
    OpenAtEnd,
}

/// <summary>One element of a type or profile, as a node of the snapshot's tree —
/// https://hl7.org/fhir/R4/elementdefinition.html</summary>
public sealed record ElementDefinition
{
    /// <summary>Unlimited repetitions (<c>*</c>).</summary>
    public const int Many = int.MaxValue;

    /// <summary>The path in the definition, such as <c>Observation.value[x]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The name in FHIRPath: <c>value</c>, without <c>[x]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the definition's name ends in <c>[x]</c>.</summary>
    public bool IsChoice { get; init; }

    public int Min { get; init; }

    public int Max { get; init; } = Many;

    /// <summary>Whether the JSON property is an array (the base definition's maximum is above
    /// 1, whatever a profile says).</summary>
    public bool IsArray { get; init; }

    /// <summary>The allowed types; a backbone element's is its own anonymous type.</summary>
    public required ImmutableArray<TypeReference> Types { get; init; }

    public Binding? Binding { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>The exact value required, or null.</summary>
    public Element? Fixed { get; init; }

    /// <summary>What the value must contain at least, or null.</summary>
    public Element? Pattern { get; init; }

    public Element? MinValue { get; init; }

    public Element? MaxValue { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>The regular expression that a profile asks the whole literal to match, or null —
    /// http://hl7.org/fhir/StructureDefinition/regex</summary>
    public string? Regex { get; init; }

    /// <summary>Whether XML writes it as an attribute: <c>id</c> of elements, <c>url</c> of extensions.</summary>
    public bool IsXmlAttribute { get; init; }

    public bool IsModifier { get; init; }

    public bool IsSummary { get; init; }

    public bool MustSupport { get; init; }

    public Slicing? Slicing { get; init; }

    /// <summary>The slices of a sliced element, in order.</summary>
    public ImmutableArray<ElementDefinition> Slices { get; init; } = [];

    public string? SliceName { get; init; }

    /// <summary>What a profile says of the element's own children; empty where the type's elements apply
    /// unchanged.</summary>
    public ImmutableArray<ElementDefinition> Children { get; init; } = [];

    /// <summary>The JSON property of a choice with that type: <c>valueQuantity</c>.</summary>
    public string JsonNameFor(FhirType type) =>
        string.Concat(Name, char.ToUpperInvariant(type.Name[0]).ToString(), type.Name.AsSpan(1));
}
