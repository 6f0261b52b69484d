using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Makes the tree of a profile's snapshot out of its lines: children below their element, slices beside it.</summary>
static class SnapshotTree
{
    sealed class Node(ElementFact fact)
    {
        public ElementFact Fact { get; } = fact;

        public List<Node> Children { get; } = [];

        public List<Node> Slices { get; } = [];
    }

    public static ElementDefinition Build(FhirType type, FhirTypes types, ImmutableArray<ElementFact> snapshot)
    {
        var root = Nest(snapshot);
        var children = root.Children.Select(c => Convert(c, type, types)).OfType<ElementDefinition>();
        return root.Fact.ToDefinition([new TypeReference(type, [], [])]) with { Children = [.. children] };
    }

    static Node Nest(ImmutableArray<ElementFact> snapshot)
    {
        var root = new Node(snapshot[0]);
        var open = new Stack<Node>([root]);
        foreach (var fact in snapshot.Skip(1))
        {
            var node = new Node(fact);
            while (open.Count > 1 && open.Peek().Fact.Path != fact.ParentPath)
            {
                open.Pop();
            }

            var parent = open.Peek();
            (SlicedBy(parent, fact)?.Slices ?? parent.Children).Add(node);
            open.Push(node);
        }

        return root;
    }

    /// <summary>The element that a slice belongs to: for a reslice (<c>a/b</c>) the slice before the slash.</summary>
    static Node? SlicedBy(Node parent, ElementFact fact)
    {
        if (fact.SliceName is not { } name || parent.Children.Find(c => c.Fact.Path == fact.Path) is not { } sliced)
        {
            return null;
        }

        var slash = name.LastIndexOf('/');
        return slash < 0 ? sliced : sliced.Slices.Find(s => s.Fact.SliceName == name[..slash]) ?? sliced;
    }

    /// <summary>Null where the type has no such element.</summary>
    static ElementDefinition? Convert(Node node, FhirType parent, FhirTypes types)
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
