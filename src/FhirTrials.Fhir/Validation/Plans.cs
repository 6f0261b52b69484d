using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Validation;

/// <summary>What is worked out once per definition and kept: compiled invariants, required
/// children, profiles of types.</summary>
sealed class Plans(FhirDefinitions definitions)
{
    /// <summary>How many characters the expressions may have about which answers are
    /// kept: anyone may send some.</summary>
    const int MaxCharacters = 8 << 20;

    readonly ConcurrentDictionary<IdentityPair, Plan> _plans = new();
    readonly ConcurrentDictionary<string, Invariant> _invariants = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Identity, SliceMatchers> _slices = new();
    readonly ConcurrentDictionary<string, Regex?> _regexes = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Expression, FhirType? Focus, bool AnyVariable), ExpressionFault?> _faults =
        new();
    int _characters;

    public FhirDefinitions Definitions { get; } = definitions;

    public ValueSets ValueSets { get; } = ValueSets.Of(definitions);

    /// <summary>The plan of an element of that definition (null for a resource) and actual type.</summary>
    public Plan For(ElementDefinition? definition, FhirType type) =>
        _plans.TryGetValue(new(definition, type), out var plan)
            ? plan
            : _plans.GetOrAdd(new(definition, type), Make(definition, type));

    /// <summary>A profile's regular expression, ready for use; null where it cannot be used.</summary>
    public Regex? RegexOf(string pattern) => _regexes.GetOrAdd(pattern, LinearRegex.Whole);

    public SliceMatchers SlicesOf(ElementDefinition sliced) =>
        _slices.TryGetValue(new(sliced), out var known)
            ? known
            : _slices.GetOrAdd(new(sliced), new SliceMatchers(sliced, Definitions));

    /// <summary>What is wrong with an expression on a type; null where nothing is found. Criteria ask the same again
    /// and again, in expressions too long to be kept compiled.</summary>
    public ExpressionFault? FaultOf(string expression, FhirType? focus, bool anyVariable)
    {
        var question = (expression, focus, anyVariable);
        if (_faults.TryGetValue(question, out var known))
        {
            return known;
        }

        var fault = Find(expression, focus, anyVariable);
        if (Volatile.Read(ref _characters) < MaxCharacters && _faults.TryAdd(question, fault))
        {
            Interlocked.Add(ref _characters, 100 + expression.Length);
        }

        return fault;
    }

    ExpressionFault? Find(string expression, FhirType? focus, bool anyVariable)
    {
        var isCompiled = false;
        try
        {
            var compiled = FhirPathExpression.CompileOnce(expression);
            isCompiled = true;
            compiled.Check(focus, Definitions, anyVariable);
            return null;
        }
        catch (FhirPathException e)
        {
            return new(e.Message, e.Offset, isCompiled);
        }
    }

    Plan Make(ElementDefinition? definition, FhirType type)
    {
        var constraints = (definition?.Constraints ?? [])
            .Concat(type.Constraints)
            .Where(c => !Invariant.IsNative(c.Key))
            .DistinctBy(c => c.Key);
        return new Plan(
            [.. constraints.Select(Compiled)],
            [.. type.Elements.Where(e => e.Min > 0)],
            definition is null ? [] : ProfilesOf(definition, type),
            SpecialOf(type),
            type.Binding);
    }

    static SpecialType SpecialOf(FhirType type) => type.Name switch
    {
        "Reference" => SpecialType.Reference,
        "Coding" => SpecialType.Coding,
        "canonical" => SpecialType.Canonical,
        "Extension" => SpecialType.Extension,
        "xhtml" => SpecialType.Xhtml,
        "Expression" => SpecialType.Expression,
        "SearchParameter" => SpecialType.SearchParameter,
        _ when type.Path == "ElementDefinition.constraint" => SpecialType.Constraint,
        _ when type.IsQuantity => SpecialType.Coding,
        _ => SpecialType.None,
    };

    Invariant Compiled(Constraint constraint) =>
        _invariants.GetOrAdd(constraint.Key + " " + constraint.Expression, _ => Invariant.Compile(constraint));

    ImmutableArray<ImmutableArray<StructureDefinition>> ProfilesOf(ElementDefinition definition, FhirType type) =>
        [.. definition.Types
            .Where(t => t.Profiles.Length > 0 && type.IsA(t.Type.Name))
            .Select(t => t.Profiles
                .Select(Definitions.StructureDefinition)
                .OfType<StructureDefinition>()
                .ToImmutableArray())
            .Where(p => p.Length > 0)];
}

/// <param name="Invariants">Those of the element's definition and of its type; none
/// that a rule decides by itself.</param>
/// <param name="Required">The type's elements that must be present.</param>
/// <param name="Binding">The type's own, which holds besides the element's.</param>
/// <param name="Profiles">Of each type reference that fits: the profiles of which one must hold.</param>
sealed record Plan(
    ImmutableArray<Invariant> Invariants,
    ImmutableArray<ElementDefinition> Required,
    ImmutableArray<ImmutableArray<StructureDefinition>> Profiles,
    SpecialType Special,
    Binding? Binding);

/// <summary>Types that have a rule of their own.</summary>
enum SpecialType
{
    None,
    Reference,

    /// <summary>A code and its system: Coding, and Quantity with what derives from it.</summary>
    Coding,
    Canonical,
    Extension,
    Xhtml,
    Expression,
    SearchParameter,
    Constraint,
}

/// <summary>Compares by reference: definitions are records, whose own equality would compare whole trees.</summary>
readonly struct Identity(object? target) : IEquatable<Identity>
{
    readonly object? _target = target;

    public bool Equals(Identity other) => ReferenceEquals(_target, other._target);

    public override bool Equals(object? obj) => obj is Identity other && Equals(other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_target);
}

/// <summary>Two objects compared by reference, for what is looked up at every element.</summary>
readonly struct IdentityPair(object? first, object? second) : IEquatable<IdentityPair>
{
    readonly object? _first = first;
    readonly object? _second = second;

    public bool Equals(IdentityPair other) =>
        ReferenceEquals(_first, other._first) && ReferenceEquals(_second, other._second);

    public override bool Equals(object? obj) => obj is IdentityPair other && Equals(other);

    public override int GetHashCode() =>
        unchecked((RuntimeHelpers.GetHashCode(_first) * 31) + RuntimeHelpers.GetHashCode(_second));
}
