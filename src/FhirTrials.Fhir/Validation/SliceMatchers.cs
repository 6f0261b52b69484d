using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>Tells the slices of one element apart: for each slice the conditions that its discriminators make —
/// https://hl7.org/fhir/R4/profiling.html#discriminator</summary>
sealed class SliceMatchers
{
    readonly ImmutableArray<ImmutableArray<SliceCondition>> _slices;

    /// <summary>Where every slice is told by one literal of the same child: the slices by that.</summary>
    readonly FrozenDictionary<string, int>? _byLiteral;
    readonly (string Name, string Type) _literal;

    public SliceMatchers(ElementDefinition sliced, FhirDefinitions definitions)
    {
        var discriminators = DiscriminatorsOf(sliced)
            .Select(d => (d.Type, Path: DiscriminatorPath.Parse(d.Path)))
            .ToList();
        _slices = [.. sliced.Slices.Select(slice => discriminators
            .Select(d => SliceCondition.Of(d.Type, d.Path, slice, definitions))
            .OfType<SliceCondition>()
            .ToImmutableArray())];
        var literals = _slices.Select(s => s is [var only] ? only.Literal : null)
            .OfType<(string Child, Element Literal)>().ToList();
        if (literals.Count == _slices.Length && literals.DistinctBy(l => (l.Child, l.Literal.Type.Name)).Count() == 1)
        {
            _literal = (literals[0].Child, literals[0].Literal.Type.Name);
            _byLiteral = literals.Select((l, slice) => (l.Literal.Value, slice)).DistinctBy(l => l.Value)
                .ToFrozenDictionary(l => l.Value!, l => l.slice, StringComparer.Ordinal);
        }
    }

    /// <summary>Which slice an element is in, or -1. A slice that its discriminators say
    /// nothing of has no members.</summary>
    public int Find(Walk walk, Element element, int index)
    {
        if (_byLiteral is not null)
        {
            walk.Spend(1);
            return FindByLiteral(_byLiteral, element);
        }

        for (var s = 0; s < _slices.Length; s++)
        {
            walk.Spend(_slices[s].Length);
            if (!_slices[s].IsEmpty && _slices[s].All(c => c.Holds(walk, element, index)))
            {
                return s;
            }
        }

        return -1;
    }

    int FindByLiteral(FrozenDictionary<string, int> slices, Element element)
    {
        var first = -1;
        foreach (var child in element.Children)
        {
            if (child.Name == _literal.Name && child is { Value: { } value, Children: [] }
                && child.Type.Name == _literal.Type
                && slices.TryGetValue(value, out var slice))
            {
                first = first < 0 ? slice : Math.Min(first, slice);
            }
        }

        return first;
    }

    // Extensions are always told apart by URL, choices by type; what else is sliced without saying how, by its values.
    static ImmutableArray<Discriminator> DiscriminatorsOf(ElementDefinition sliced) => sliced switch
    {
        { Slicing.Discriminators.IsEmpty: false } => sliced.Slicing.Discriminators,
        { Name: "extension" or "modifierExtension" } => [new(DiscriminatorType.Value, "url")],
        { IsChoice: true } => [new(DiscriminatorType.Type, "$this")],
        _ => [new(DiscriminatorType.Value, "$this")],
    };
}
