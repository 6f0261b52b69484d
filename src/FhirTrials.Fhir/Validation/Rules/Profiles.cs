using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Which profiles apply to an element: those asked for, those a resource claims, those its type references
/// name — https://hl7.org/fhir/R4/profiling.html#resources</summary>
static class Profiles
{
    /// <summary>The roots of the profiles that the caller asked for.</summary>
    public static ImmutableArray<ElementDefinition> Requested(Walk walk, Element resource)
    {
        var roots = ImmutableArray.CreateBuilder<ElementDefinition>();
        foreach (var canonical in walk.Options.Profiles)
        {
            walk.Path.Push(resource, -1);
            if (walk.Plans.Definitions.StructureDefinition(canonical) is { } profile)
            {
                Add(walk, roots, profile, resource);
            }
            else
            {
                walk.Error(
                    IssueCode.NotSupported,
                    canonical,
                    $"The profile {canonical} is not known here: load the package that defines it.");
            }

            walk.Path.Pop();
        }

        return roots.ToImmutable();
    }

    /// <summary>These, and the ones that <c>meta.profile</c> claims.</summary>
    public static ImmutableArray<ElementDefinition> WithClaimed(
        Walk walk,
        Element resource,
        ImmutableArray<ElementDefinition> profiles)
    {
        if (resource.Child("meta") is not { } meta || meta.Child("profile") is null)
        {
            return profiles;
        }

        var roots = profiles.ToBuilder();
        foreach (var claim in meta["profile"])
        {
            if (claim.Value is null)
            {
                continue;
            }

            if (walk.Plans.Definitions.StructureDefinition(claim.Value) is { } profile)
            {
                Add(walk, roots, profile, resource);
            }
            else
            {
                // A claim that nobody here can check is no error: records from elsewhere carry their own country's
                // profiles.
                walk.Warning(
                    IssueCode.NotSupported,
                    claim.Value,
                    $"The profile {claim.Value} is not known here, so it was not checked.",
                    "meta.profile");
            }
        }

        return roots.ToImmutable();
    }

    /// <summary>These, and the profiles of the element's own type and extension URL.</summary>
    public static ImmutableArray<ElementDefinition> Expand(
        Walk walk,
        Element element,
        Plan plan,
        ImmutableArray<ElementDefinition> profiles)
    {
        var extension = plan.Special == SpecialType.Extension ? Extensions.DefinitionOf(walk, element) : null;
        if (plan.Profiles.IsEmpty && extension is null && !NameProfiles(profiles))
        {
            return profiles;
        }

        var all = profiles.ToBuilder();
        AddAlternatives(walk, element, all, plan);
        foreach (var profile in profiles)
        {
            AddAlternatives(walk, element, all, walk.Plans.For(profile, element.Type));
        }

        if (extension is not null)
        {
            AddOnce(all, extension.Root);
        }

        return all.ToImmutable();
    }

    /// <summary>Whether a type of one of the definitions names profiles.</summary>
    static bool NameProfiles(ImmutableArray<ElementDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            foreach (var type in definition.Types)
            {
                if (!type.Profiles.IsEmpty)
                {
                    return true;
                }
            }
        }

        return false;
    }

    static void AddAlternatives(Walk walk, Element element, ImmutableArray<ElementDefinition>.Builder all, Plan plan)
    {
        foreach (var alternatives in plan.Profiles)
        {
            if (alternatives.Length == 1)
            {
                AddOnce(all, alternatives[0].Root);
            }
            else if (Fitting(walk, element, alternatives) is { } fitting)
            {
                AddOnce(all, fitting.Root);
            }
            else
            {
                walk.Error(
                    IssueCode.Structure,
                    "profile",
                    $"This conforms to none of the profiles {string.Join(", ", alternatives.Select(p => p.Url))}.");
            }
        }
    }

    static StructureDefinition? Fitting(Walk walk, Element element, ImmutableArray<StructureDefinition> alternatives)
    {
        foreach (var profile in alternatives)
        {
            if (walk.Conforms(element, profile.Root))
            {
                return profile;
            }
        }

        return null;
    }

    static void Add(
        Walk walk,
        ImmutableArray<ElementDefinition>.Builder roots,
        StructureDefinition profile,
        Element resource)
    {
        if (resource.Type.IsA(profile.Type.Name))
        {
            AddOnce(roots, profile.Root);
            return;
        }

        walk.Error(
            IssueCode.Structure,
            profile.Url,
            $"The profile {profile.Url} is for {profile.Type.Name}, not for {resource.Type.Name}.");
    }

    static void AddOnce(ImmutableArray<ElementDefinition>.Builder all, ElementDefinition root)
    {
        foreach (var present in all)
        {
            if (ReferenceEquals(present, root))
            {
                return;
            }
        }

        all.Add(root);
    }
}
