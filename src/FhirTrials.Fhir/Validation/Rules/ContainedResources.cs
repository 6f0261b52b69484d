using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Resources inside resources (dom-2 to dom-5), and the narrative each should have (dom-6) —
/// https://hl7.org/fhir/R4/references.html#contained</summary>
static class ContainedResources
{
    public static void Check(Walk walk, Element resource)
    {
        if (walk.Scope!.IsContained)
        {
            CheckContained(walk, resource);
            return;
        }

        if (resource.Type.IsA("DomainResource") && resource.At("text", "div") is null)
        {
            walk.Warning(IssueCode.Invariant, "dom-6", "dom-6: a resource should have a narrative for human readers.");
        }
    }

    static void CheckContained(Walk walk, Element resource)
    {
        if (resource.Child("contained") is not null)
        {
            walk.Error(
                IssueCode.Invariant,
                "dom-2",
                "dom-2: a contained resource must not contain resources; move them to the outer one.");
        }

        if (resource.Child("meta") is { } meta)
        {
            CheckMeta(walk, meta);
        }

        if (resource.Id is not { } id)
        {
            walk.Error(IssueCode.Required, "id", "A contained resource must have an id to be referred to.", "id");
        }
        else if (!walk.Scope!.Contained.IsLinked(id) && !ContainedIndex.LinksToContainer(resource))
        {
            walk.Error(
                IssueCode.Invariant,
                "dom-3",
                "dom-3: nothing refers to this contained resource; refer to it or remove it.");
        }
    }

    static void CheckMeta(Walk walk, Element meta)
    {
        if (meta.Child("versionId") is not null || meta.Child("lastUpdated") is not null)
        {
            walk.Error(
                IssueCode.Invariant,
                "dom-4",
                "dom-4: a contained resource has no version of its own; remove meta.versionId and meta.lastUpdated.",
                "meta");
        }

        if (meta.Child("security") is not null)
        {
            walk.Error(
                IssueCode.Invariant,
                "dom-5",
                "dom-5: security labels belong on the outer resource; remove meta.security.",
                "meta");
        }
    }
}
