using System.Collections.Immutable;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A line of a snapshot with the lines below it and the slices beside it, while
/// a snapshot is made or read.</summary>
sealed class SnapshotNode(ElementFact fact)
{
    public ElementFact Fact { get; set; } = fact;

    public List<SnapshotNode> Children { get; } = [];

    public List<SnapshotNode> Slices { get; } = [];

    /// <summary>The tree of a snapshot's lines; the first is the root.</summary>
    public static SnapshotNode Nest(ImmutableArray<ElementFact> snapshot)
    {
        var root = new SnapshotNode(snapshot[0]);
        var open = new Stack<SnapshotNode>([root]);
        foreach (var fact in snapshot.Skip(1))
        {
            var node = new SnapshotNode(fact);
            while (open.Count > 1 && open.Peek().Fact.Path != fact.ParentPath)
            {
                open.Pop();
            }

            var parent = open.Peek();
            var sliced = fact.SliceName is { } slice ? parent.Child(fact.Segment)?.Owner(slice) : null;
            (sliced?.Slices ?? parent.Children).Add(node);
            open.Push(node);
        }

        return root;
    }

    /// <summary>The lines again: each element, what is below it, then its slices.</summary>
    public ImmutableArray<ElementFact> Flatten()
    {
        var lines = ImmutableArray.CreateBuilder<ElementFact>();
        Add(this);
        return lines.ToImmutable();

        void Add(SnapshotNode node)
        {
            lines.Add(node.Fact);
            node.Children.ForEach(Add);
            node.Slices.ForEach(Add);
        }
    }

    public SnapshotNode? Child(string segment) => Children.Find(c => c.Fact.Segment == segment);

    /// <summary>The slice of that name, at any depth of reslicing, or null.</summary>
    public SnapshotNode? Slice(string name) =>
        Slices.Find(s => s.Fact.SliceName == name)
        ?? Slices.Select(s => s.Slice(name)).FirstOrDefault(s => s is not null);

    /// <summary>The node whose slices a slice belongs to: for a reslice (<c>a/b</c>) the
    /// slice <c>a</c>, else this one.</summary>
    public SnapshotNode Owner(string slice) =>
        slice.LastIndexOf('/') is var slash and >= 0 ? Slice(slice[..slash]) ?? this : this;

    /// <summary>A copy of everything below, at another path, without slices of its own.</summary>
    public SnapshotNode CopyTo(string path, ElementFact fact)
    {
        var from = Fact.Path.Length;
        var copy = new SnapshotNode(fact);
        copy.Children.AddRange(Children.Select(c => c.Moved(path, from)));
        return copy;
    }

    SnapshotNode Moved(string path, int from)
    {
        var copy = new SnapshotNode(Fact with { Path = path + Fact.Path[from..] });
        copy.Children.AddRange(Children.Select(c => c.Moved(path, from)));
        copy.Slices.AddRange(Slices.Select(s => s.Moved(path, from)));
        return copy;
    }
}
