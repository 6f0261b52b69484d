using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Terminology;
using FhirTrials.Fhir.Validation.Rules;

namespace FhirTrials.Fhir.Validation;

/// <summary>What one discriminator asks of a member of one slice.</summary>
abstract class SliceCondition(DiscriminatorPath path)
{
    DiscriminatorPath Path { get; } = path;

    /// <param name="index">Which repetition the element is.</param>
    public abstract bool Holds(Walk walk, Element element, int index);

    /// <summary>Of a condition that asks for one literal of a child, and nothing else: the
    /// child's name and the literal.</summary>
    public virtual (string Child, Element Literal)? Literal => null;

    /// <summary>The condition, or null where the slice says nothing at the discriminator's path.</summary>
    public static SliceCondition? Of(
        DiscriminatorType type,
        DiscriminatorPath path,
        ElementDefinition slice,
        FhirDefinitions definitions)
    {
        var targets = path.Follow(definitions, slice);
        return type switch
        {
            DiscriminatorType.Value or DiscriminatorType.Pattern => HasValue.From(path, targets),
            DiscriminatorType.Exists => Exists.From(path, targets),
            DiscriminatorType.Type => IsOfType.From(path, targets),
            DiscriminatorType.Profile => HasProfile.From(path, targets, definitions),
        };
    }

    sealed class HasValue(DiscriminatorPath path, List<ElementDefinition> wanted) : SliceCondition(path)
    {
        public static HasValue? From(DiscriminatorPath path, List<ElementDefinition> targets)
        {
            var wanted = targets.Where(t => Says(t, true)).ToList();
            return wanted.Count == 0 ? null : new HasValue(path, wanted);
        }

        public override bool Holds(Walk walk, Element element, int index)
        {
            var values = Path.Follow(walk, element);
            walk.Spend(values.Count * wanted.Count);
            return wanted.TrueForAll(w => values.Exists(v => Fits(walk, v, w)));
        }

        public override (string Child, Element Literal)? Literal =>
            Path.Child is { } child && wanted is [{ Fixed: { Value: not null, Children: [] } literal }]
                ? (child, literal)
                : null;

        /// <summary>Whether a definition prescribes a value, by itself or through its required children.</summary>
        static bool Says(ElementDefinition definition, bool isTarget) =>
            definition.Fixed is not null
            || definition.Pattern is not null
            || (isTarget && definition.Binding is { Strength: BindingStrength.Required })
            || definition.Children.Any(c =>
                c.Min > 0 && (Says(c, false) || c.Slices.Any(s => s.Min > 0 && Says(s, false))));

        static bool Fits(Walk walk, Element value, ElementDefinition definition)
        {
            if (definition.Fixed is { } exact)
            {
                return FixedAndPattern.IsExactly(value, exact);
            }

            if (definition.Pattern is { } pattern)
            {
                return FixedAndPattern.Contains(value, pattern);
            }

            return definition.Children.Any(c => c.Min > 0 && Says(c, false))
                ? definition.Children.Where(c => c.Min > 0).All(c => ChildFits(walk, value, c))
                : definition.Binding is not { Strength: BindingStrength.Required } binding
                    || Bindings.MembershipOf(walk.Plans.ValueSets, value, binding.ValueSet, true) == Membership.In;
        }

        static bool ChildFits(Walk walk, Element value, ElementDefinition child) =>
            (!Says(child, false) || value[child.Name].Any(v => Fits(walk, v, child)))
            && child.Slices
                .Where(s => s.Min > 0 && Says(s, false))
                .All(s => value[child.Name].Any(v => Fits(walk, v, s)));
    }

    sealed class Exists(DiscriminatorPath path, bool expected) : SliceCondition(path)
    {
        public static Exists? From(DiscriminatorPath path, List<ElementDefinition> targets) =>
            targets.Exists(t => t.Max == 0) ? new Exists(path, false)
            : targets.Exists(t => t.Min > 0) ? new Exists(path, true)
            : null;

        public override bool Holds(Walk walk, Element element, int index) =>
            Path.Follow(walk, element).Count > 0 == expected;
    }

    sealed class IsOfType(DiscriminatorPath path, ImmutableArray<string> types) : SliceCondition(path)
    {
        public static IsOfType? From(DiscriminatorPath path, List<ElementDefinition> targets)
        {
            // The root of a profile, reached through resolve(), has its type as its path.
            ImmutableArray<string> types = [.. targets.SelectMany(t =>
                t.Types.IsEmpty ? [t.Path] : t.Types.Select(reference => reference.Type.Name))];
            return types.IsEmpty ? null : new IsOfType(path, types);
        }

        public override bool Holds(Walk walk, Element element, int index) =>
            Path.Follow(walk, element).Exists(e => types.Any(e.Type.IsA));
    }

    sealed class HasProfile(DiscriminatorPath path, ImmutableArray<ElementDefinition> roots) : SliceCondition(path)
    {
        public static HasProfile? From(
            DiscriminatorPath path,
            List<ElementDefinition> targets,
            FhirDefinitions definitions)
        {
            ImmutableArray<ElementDefinition> roots = [.. targets.SelectMany(t => RootsOf(t, definitions))];
            return roots.IsEmpty ? null : new HasProfile(path, roots);
        }

        public override bool Holds(Walk walk, Element element, int index) =>
            Path.Follow(walk, element).Exists(e => roots.Any(root => walk.Conforms(e, root, index)));

        static IEnumerable<ElementDefinition> RootsOf(ElementDefinition target, FhirDefinitions definitions)
        {
            if (!target.Path.Contains('.', StringComparison.Ordinal))
            {
                return [target];
            }

            return target.Types
                .SelectMany(t => t.Profiles)
                .Select(definitions.StructureDefinition)
                .OfType<StructureDefinition>()
                .Select(p => p.Root);
        }
    }
}
