using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>Tells the slices of one element apart: for each slice the conditions that its discriminators make —
/// https://hl7.org/fhir/R4/profiling.html#discriminator</summary>
sealed class SliceMatchers
{
    readonly ImmutableArray<ImmutableArray<SliceCondition>> _slices;

    public SliceMatchers(ElementDefinition sliced, FhirDefinitions definitions)
    {
        var discriminators = DiscriminatorsOf(sliced)
            .Select(d => (d.Type, Path: DiscriminatorPath.Parse(d.Path)))
            .ToList();
        _slices = [.. sliced.Slices.Select(slice => discriminators
            .Select(d => SliceCondition.Of(d.Type, d.Path, slice, definitions))
            .OfType<SliceCondition>()
            .ToImmutableArray())];
    }

    /// <summary>Which slice an element is in, or -1. A slice that its discriminators say nothing of has no
    /// members.</summary>
    public int Find(Walk walk, Element element, int index)
    {
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

    // Extensions are always told apart by URL, choices by type; what else is sliced without saying how, by its values.
    static ImmutableArray<Discriminator> DiscriminatorsOf(ElementDefinition sliced) => sliced switch
    {
        { Slicing.Discriminators.IsEmpty: false } => sliced.Slicing.Discriminators,
        { Name: "extension" or "modifierExtension" } => [new(DiscriminatorType.Value, "url")],
        { IsChoice: true } => [new(DiscriminatorType.Type, "$this")],
        _ => [new(DiscriminatorType.Value, "$this")],
    };
}
