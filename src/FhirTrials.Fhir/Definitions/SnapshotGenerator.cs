using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Makes a profile's snapshot: the base's snapshot with the differential applied line by line —
/// https://hl7.org/fhir/R4/profiling.html#snapshot</summary>
/// <param name="snapshotOf">The snapshot of a canonical (profile or type), or null where it is unknown.</param>
sealed class SnapshotGenerator(FhirTypes types, Func<string, ImmutableArray<ElementFact>?> snapshotOf)
{
    readonly List<Issue> _issues = [];

    /// <summary>Choices spoken of by a type's name (<c>Observation.valueQuantity</c>): that limits
    /// them to the types so named.</summary>
    readonly Dictionary<SnapshotNode, List<TypeFact>> _shorthands = [];

    /// <summary>What was wrong with the differentials so far.</summary>
    public IReadOnlyList<Issue> Issues => _issues;

    public ImmutableArray<ElementFact> Generate(
        StructureFact profile, ImmutableArray<ElementFact> baseSnapshot, ImmutableArray<DifferentialLine> differential)
    {
        _shorthands.Clear();
        var root = SnapshotNode.Nest(baseSnapshot);
        foreach (var line in differential)
        {
            if (line.Steps.IsEmpty)
            {
                root.Fact = Merge(root.Fact, line.Fact);
            }
            else if (Find(root, root, line, profile) is { } node)
            {
                node.Fact = Merge(node.Fact, line.Fact with { Path = node.Fact.Path, SliceName = node.Fact.SliceName });
            }
        }

        foreach (var (choice, chosen) in _shorthands)
        {
            var slicing = choice.Fact.Slicing is { } known ? known with { Rules = SlicingRules.Closed } : null;
            choice.Fact = choice.Fact with { Types = [.. chosen], Slicing = slicing };
        }

        return root.Flatten();
    }

    /// <summary>Goes down to the element a line is about, pulling in children and making slices on the way.</summary>
    SnapshotNode? Find(SnapshotNode root, SnapshotNode from, DifferentialLine line, StructureFact profile)
    {
        var node = from;
        foreach (var (segment, slice) in line.Steps)
        {
            Expand(root, node);
            var (child, chosen) = ChildOf(node, segment);
            if (child is null)
            {
                _issues.Add(Issue.Error(IssueCode.Structure,
                    $"The profile {profile.Url} constrains {line.Id}, but {node.Fact.Path} has no element "
                        + $"'{segment}'."));
                return null;
            }

            var name = slice ?? (chosen is null ? null : segment);
            node = name is null ? child : child.Slice(name) ?? NewSlice(child, name, chosen);
        }

        return node;
    }

    /// <summary>The child of a path segment; of <c>valueQuantity</c> the choice and the type it stands for.</summary>
    static (SnapshotNode? Child, TypeFact? Chosen) ChildOf(SnapshotNode node, string segment)
    {
        if (node.Child(segment) is { } exact)
        {
            return (exact, null);
        }

        foreach (var choice in node.Children.Where(c => c.Fact.IsChoice))
        {
            var chosen = choice.Fact.Types.FirstOrDefault(
                t => $"{choice.Fact.Name}{char.ToUpperInvariant(t.Code[0])}{t.Code[1..]}" == segment);
            if (chosen is not null)
            {
                return (choice, chosen);
            }
        }

        return (null, null);
    }

    SnapshotNode NewSlice(SnapshotNode sliced, string name, TypeFact? chosen)
    {
        // An element of one type needs no slicing to be spoken of by its type's name.
        if (chosen is not null && sliced.Fact is { Types: [_], Slicing: null })
        {
            return sliced;
        }

        sliced.Fact = sliced.Fact with { Slicing = sliced.Fact.Slicing ?? ImpliedSlicing(sliced.Fact) };
        if (chosen is not null)
        {
            (_shorthands.TryGetValue(sliced, out var known) ? known : _shorthands[sliced] = []).Add(chosen);
        }

        var owner = sliced.Owner(name);
        chosen ??= ChosenBy(sliced.Fact, name);
        var fact = owner.Fact with
        {
            SliceName = name,
            Min = 0,
            Slicing = null,
            Types = chosen is null ? owner.Fact.Types : [chosen],
        };
        var slice = owner.CopyTo(fact.Path, fact);
        if (chosen is not null)
        {
            slice.Children.Clear();
        }

        owner.Slices.Add(slice);
        return slice;
    }

    /// <summary>A slice of a choice that bears the name of a type
    /// (<c>value[x]:valueQuantity</c>) is of that type.</summary>
    static TypeFact? ChosenBy(ElementFact choice, string slice) => choice.IsChoice
        ? choice.Types.FirstOrDefault(t => $"{choice.Name}{char.ToUpperInvariant(t.Code[0])}{t.Code[1..]}" == slice)
        : null;

    /// <summary>Extensions are told apart by URL, choices by type; anything else must say how.</summary>
    static Slicing? ImpliedSlicing(ElementFact fact) => fact switch
    {
        { IsChoice: true } =>
            new Slicing([new Discriminator(DiscriminatorType.Type, "$this")], SlicingRules.Open, false),
        { Name: "extension" or "modifierExtension" } =>
            new Slicing([new Discriminator(DiscriminatorType.Value, "url")], SlicingRules.Open, false),
        _ => null,
    };

    /// <summary>Gives a node the children of its type, profile or referenced content, if it has none yet.</summary>
    void Expand(SnapshotNode root, SnapshotNode node)
    {
        if (node.Children.Count > 0)
        {
            return;
        }

        if (node.Fact.ContentReference is { } reference)
        {
            var target = reference.Split('.').Skip(1)
                .Aggregate((SnapshotNode?)root, (at, segment) => at?.Child(segment));
            if (target is not null)
            {
                node.Children.AddRange(target.CopyTo(node.Fact.Path, node.Fact).Children);
                node.Fact = node.Fact with { ContentReference = null };
            }

            return;
        }

        var type = node.Fact.Types is [var only] ? only : null;
        var code = type?.Code ?? "Element";
        var canonical = type is { Profiles: [var profile] } && snapshotOf(profile) is not null
            ? profile
            : FhirDefinitions.CoreUrl(code);
        if (types.Find(code) is not null && snapshotOf(canonical) is { } snapshot)
        {
            var content = SnapshotNode.Nest(snapshot);
            content.Children.RemoveAll(c => c.Fact.IsLiteral);
            node.Children.AddRange(content.CopyTo(node.Fact.Path, node.Fact).Children);
        }
    }

    /// <summary>What a line states replaces what the base says; rules add up.</summary>
    static ElementFact Merge(ElementFact known, ElementFact stated) => known with
    {
        Min = stated.Min ?? known.Min,
        Max = stated.Max ?? known.Max,
        Types = stated.Types.IsEmpty ? known.Types : stated.Types,
        Binding = stated.Binding ?? known.Binding,
        Constraints =
        [
            .. known.Constraints.Where(c => !stated.Constraints.Any(s => s.Key == c.Key)),
            .. stated.Constraints,
        ],
        Fixed = stated.Fixed ?? known.Fixed,
        Pattern = stated.Pattern ?? known.Pattern,
        MinValue = stated.MinValue ?? known.MinValue,
        MaxValue = stated.MaxValue ?? known.MaxValue,
        MaxLength = stated.MaxLength ?? known.MaxLength,
        Regex = stated.Regex ?? known.Regex,
        IsModifier = stated.IsModifier ?? known.IsModifier,
        IsSummary = stated.IsSummary ?? known.IsSummary,
        MustSupport = stated.MustSupport ?? known.MustSupport,
        Slicing = stated.Slicing ?? known.Slicing,
    };
}
