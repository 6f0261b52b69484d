using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Makes the tree of a profile's snapshot out of its lines: children below their
/// element, slices beside it.</summary>
static class SnapshotTree
{
    public static ElementDefinition Build(FhirType type, FhirTypes types, ImmutableArray<ElementFact> snapshot)
    {
        var root = SnapshotNode.Nest(snapshot);
        var children = root.Children.Select(c => Convert(c, type, types)).OfType<ElementDefinition>();
        return root.Fact.ToDefinition([new TypeReference(type, [], [])]) with { Children = [.. children] };
    }

    /// <summary>Null where the type has no such element.</summary>
    static ElementDefinition? Convert(SnapshotNode node, FhirType parent, FhirTypes types)
    {
        var fact = node.Fact;
        if (!parent.TryElement(fact.Segment, out var known, out var chosen))
        {
            return null;
        }

        // What repeats, what is a choice and what a backbone consists of is the type's matter, not the profile's.
        var own = chosen is not null ? [new TypeReference(chosen, [], [])]
            : known.Types is [{ Type.Kind: FhirTypeKind.Backbone }] || fact.Types.IsEmpty ? known.Types
            : fact.ResolveTypes(types);
        var below = own is [var only] ? only.Type : types["Element"];
        return fact.ToDefinition(own) with
        {
            Name = known.Name,
            IsChoice = known.IsChoice,
            IsArray = known.IsArray,
            IsXmlAttribute = known.IsXmlAttribute,
            Children = [.. node.Children.Select(c => Convert(c, below, types)).OfType<ElementDefinition>()],
            Slices = [.. node.Slices.Select(s => Convert(s, parent, types)).OfType<ElementDefinition>()],
        };
    }
}
