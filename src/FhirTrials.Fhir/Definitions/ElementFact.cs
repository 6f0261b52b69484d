using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A type of an element as a definition states it: by code, not yet resolved.</summary>
sealed record TypeFact(string Code, ImmutableArray<string> Profiles, ImmutableArray<string> Targets)
{
    public ImmutableArray<string> Aggregation { get; init; } = [];

    public string? Versioning { get; init; }
}

/// <summary>One line of a snapshot or differential, before it becomes a node of a
/// tree. Null means "not stated".</summary>
sealed record ElementFact
{
    /// <summary>Dotted path without slice names, such as <c>Observation.component.code</c>.</summary>
    public required string Path { get; init; }

    public string? SliceName { get; init; }

    public int? Min { get; init; }

    public int? Max { get; init; }

    /// <summary>Where the element is first defined, such as <c>DomainResource.contained</c>.</summary>
    public string? BasePath { get; init; }

    /// <summary>Whether it repeats where it is first defined: then JSON writes an array.</summary>
    public bool IsArray { get; init; }

    public ImmutableArray<TypeFact> Types { get; init; } = [];

    /// <summary>The path (without <c>#</c> and slice names) of the element whose content this one has too.</summary>
    public string? ContentReference { get; init; }

    public Binding? Binding { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    public Element? Fixed { get; init; }

    public Element? Pattern { get; init; }

    public Element? MinValue { get; init; }

    public Element? MaxValue { get; init; }

    public int? MaxLength { get; init; }

    public string? Regex { get; init; }

    public bool? IsModifier { get; init; }

    public bool? IsSummary { get; init; }

    public bool? MustSupport { get; init; }

    public bool IsXmlAttribute { get; init; }

    /// <summary>Whether it is the literal of a primitive (<c>string.value</c>), which
    /// is no element of the tree.</summary>
    public bool IsLiteral { get; init; }

    public Slicing? Slicing { get; init; }

    /// <summary>The last segment of the path: <c>value[x]</c>.</summary>
    public string Segment => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The name in FHIRPath: <c>value</c>.</summary>
    public string Name => IsChoice ? Segment[..^3] : Segment;

    public bool IsChoice => Path.EndsWith("[x]", StringComparison.Ordinal);

    /// <summary>The path of the element above; null for a root.</summary>
    public string? ParentPath => Path.LastIndexOf('.') is var dot and >= 0 ? Path[..dot] : null;

    public ImmutableArray<TypeReference> ResolveTypes(FhirTypes types) =>
    [
        .. Types.Select(t => new TypeReference(types[t.Code], t.Profiles, t.Targets)
        {
            Aggregation = t.Aggregation,
            Versioning = t.Versioning,
        }),
    ];

    /// <summary>The definition that this line states, without children and slices.</summary>
    public ElementDefinition ToDefinition(ImmutableArray<TypeReference> types) => new()
    {
        Path = Path,
        Name = Name,
        IsChoice = IsChoice,
        Min = Min ?? 0,
        Max = Max ?? ElementDefinition.Many,
        IsArray = IsArray,
        Types = types,
        Binding = Binding,
        Constraints = Constraints,
        Fixed = Fixed,
        Pattern = Pattern,
        MinValue = MinValue,
        MaxValue = MaxValue,
        MaxLength = MaxLength,
        Regex = Regex,
        IsXmlAttribute = IsXmlAttribute,
        IsModifier = IsModifier ?? false,
        IsSummary = IsSummary ?? false,
        MustSupport = MustSupport ?? false,
        Slicing = Slicing,
        SliceName = SliceName,
    };
}

/// <summary>A structure definition before its snapshot becomes a tree.</summary>
/// <param name="Type">The type that is defined or constrained.</param>
/// <param name="Kind"><c>primitive-type</c>, <c>complex-type</c> or <c>resource</c>.</param>
/// <param name="Base">Canonical of the base definition; null for Element and Resource.</param>
sealed record StructureFact(
    string Url,
    string? Version,
    string Name,
    string Type,
    string Kind,
    bool IsAbstract,
    bool IsProfile,
    string? Base,
    ImmutableArray<(string Type, string Expression)> Contexts,
    ImmutableArray<string> ContextInvariants);
