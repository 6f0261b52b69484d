using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>References and their targets — https://hl7.org/fhir/R4/references.html</summary>
static class References
{
    const string Core = "http://hl7.org/fhir/StructureDefinition/";

    public static void Check(Walk walk, Element reference, ImmutableArray<ElementDefinition> profiles)
    {
        var declared = reference.ValueOf("type");
        if (reference.ValueOf("reference") is not { } text)
        {
            CheckType(walk, reference, profiles, declared);
            return;
        }

        var literal = LiteralReference.Parse(text);
        var target = NeedsTarget(walk, literal, reference, profiles) ? walk.Resolve(text) : null;
        var type = target?.Type.Name ?? literal.Type;
        CheckFound(walk, literal, target);
        ReferenceModes.Check(walk, text, profiles);
        if (literal.Type is not null
            && walk.Plans.Definitions.Types.Find(literal.Type) is not { Kind: FhirTypeKind.Resource })
        {
            walk.Error(IssueCode.Value, "reference", $"{literal.Type} is not a resource type of FHIR R4.", "reference");
            return;
        }

        if (declared is not null && type is not null && declared != type)
        {
            walk.Error(IssueCode.Value, "type", $"The type says {declared} but the reference is to a {type}.", "type");
        }

        CheckType(walk, reference, profiles, type ?? declared);
        if (target is not null)
        {
            CheckProfiles(walk, target, profiles);
        }
    }

    /// <summary>A canonical that starts with <c>#</c> must be contained.</summary>
    public static void CheckCanonical(Walk walk, Element canonical)
    {
        if (canonical.Value is ['#', _, ..] fragment && walk.Resolve(fragment) is null)
        {
            walk.Error(IssueCode.Invariant, "ref-1", "No contained resource has the id that this canonical points to.");
        }
    }

    // Looking up a target may cost a read of the store, so it is only done where a rule asks for it.
    static bool NeedsTarget(
        Walk walk,
        LiteralReference literal,
        Element reference,
        ImmutableArray<ElementDefinition> profiles) =>
        !literal.IsConditional
        && (literal.IsFragment
            || walk.Scope!.Bundle is not null
            || walk.ResolvesOutside
            || (literal.Type is null && HasTargets(reference.Definition))
            || profiles.Any(HasTargets));

    static bool HasTargets(ElementDefinition? definition) =>
        definition is not null && definition.Types.Any(t => t.TargetProfiles.Length > 0);

    static void CheckFound(Walk walk, LiteralReference literal, Element? target)
    {
        if (target is not null)
        {
            return;
        }

        if (literal.IsFragment)
        {
            walk.Error(
                IssueCode.Invariant,
                "ref-1",
                "ref-1: no contained resource has the id that this reference points to.",
                "reference");
        }
        else if (literal.IsUrn && walk.Scope!.Bundle is { Type: "transaction" or "document" or "message" })
        {
            walk.Error(
                IssueCode.NotFound,
                "reference",
                "No entry of the Bundle has the fullUrl that this reference points to.",
                "reference");
        }
        else if (IsIncluded(walk))
        {
            walk.Error(
                IssueCode.NotFound,
                "reference",
                $"What the {walk.Scope!.Resource.Type.Name} refers to here must be in the {walk.Scope.Bundle!.Type}.",
                "reference");
        }
        else if (literal.IsRelative && walk.ResolvesOutside && !literal.IsConditional)
        {
            walk.Error(
                IssueCode.NotFound,
                "reference",
                $"The {literal.Type} that this reference points to does not exist.",
                "reference");
        }
    }

    // https://hl7.org/fhir/R4/documents.html#content: what a Composition refers to itself, but for what it relates to,
    // is in the document; https://hl7.org/fhir/R4/messaging.html: the focus of a message is in it.
    static bool IsIncluded(Walk walk) =>
        walk.Scope is { Bundle: { } bundle } scope
        && ReferenceEquals(scope.Resource, bundle.First)
        && (bundle.Type, scope.Resource.Type.Name) switch
        {
            ("document", "Composition") => walk.Path.Parent?.Name != "relatesTo",
            ("message", "MessageHeader") => walk.Path.Current.Name == "focus",
            _ => false,
        };

    static void CheckType(Walk walk, Element reference, ImmutableArray<ElementDefinition> profiles, string? type)
    {
        if (type is null)
        {
            return;
        }

        if (reference.Definition is { } definition)
        {
            CheckType(walk, definition, type);
        }

        foreach (var profile in profiles)
        {
            CheckType(walk, profile, type);
        }
    }

    static void CheckType(Walk walk, ElementDefinition definition, string type)
    {
        if (HasTargets(definition) && !Allows(walk, definition, type))
        {
            var allowed = definition.Types.SelectMany(t => t.TargetProfiles).Select(Short).Distinct();
            walk.Error(
                IssueCode.Structure,
                "target",
                $"{definition.Path} refers to a {type} but only these are allowed: {string.Join(", ", allowed)}.");
        }
    }

    static bool Allows(Walk walk, ElementDefinition definition, string type)
    {
        foreach (var reference in definition.Types)
        {
            if (Allows(walk, reference, type))
            {
                return true;
            }
        }

        return false;
    }

    static bool Allows(Walk walk, TypeReference reference, string type)
    {
        if (reference.Type.Name is not "Reference")
        {
            return false;
        }

        if (reference.TargetProfiles.IsEmpty)
        {
            return true;
        }

        foreach (var target in reference.TargetProfiles)
        {
            if (CoreName(target).SequenceEqual(type))
            {
                return true;
            }

            var name = CoreTypeOf(target) ?? walk.Plans.Definitions.StructureDefinition(target)?.Type.Name;
            if (name is null || walk.Plans.Definitions.Types.Find(type)?.IsA(name) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where only profiles are allowed that say more than a type, the target
    /// must conform to one of them.</summary>
    static void CheckProfiles(Walk walk, Element target, ImmutableArray<ElementDefinition> profiles)
    {
        foreach (var profile in profiles)
        {
            var allowed = profile.Types.SelectMany(t => t.TargetProfiles).ToList();
            if (allowed.Count > 0 && !allowed.Any(p => IsMetBy(walk, p, target)))
            {
                walk.Error(
                    IssueCode.Structure,
                    "targetProfile",
                    $"The target of {profile.Path} conforms to none of: {string.Join(", ", allowed.Select(Short))}.");
            }
        }
    }

    static bool IsMetBy(Walk walk, string profile, Element target)
    {
        if (CoreTypeOf(profile) is { } type && walk.Plans.Definitions.Types.Find(type) is not null)
        {
            return target.Type.IsA(type);
        }

        // A profile that is not known here cannot be held against the target.
        return walk.Plans.Definitions.StructureDefinition(profile) is not { } definition
            || (target.Type.IsA(definition.Type.Name) && walk.Conforms(target, definition.Root));
    }

    static string? CoreTypeOf(string canonical) =>
        CoreName(canonical) is { IsEmpty: false } name ? name.ToString() : null;

    /// <summary>The type that a canonical of R4 names; empty where it names none.</summary>
    static ReadOnlySpan<char> CoreName(string canonical) =>
        canonical.StartsWith(Core, StringComparison.Ordinal) && char.IsAsciiLetterUpper(canonical[Core.Length])
            ? canonical.AsSpan(Core.Length)
            : default;

    static string Short(string canonical) => CoreTypeOf(canonical) ?? canonical;
}
