using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Ids of elements are unique within a resource, contained ones apart —
/// https://hl7.org/fhir/R4/element-definitions.html#Element.id</summary>
static class ElementIds
{
    public static void Check(Walk walk, Element resource)
    {
        HashSet<string>? seen = null;
        CheckChildren(walk, resource, ref seen);
        CheckContained(walk, resource);
    }

    static void CheckChildren(Walk walk, Element element, ref HashSet<string>? seen)
    {
        foreach (var child in element.Children)
        {
            // Element definitions have paths as ids, and those of a snapshot repeat those of the differential.
            if (child.IsResource || child.Type.Name == "ElementDefinition")
            {
                continue;
            }

            if (child is { Name: "id", Value: { } id } && !element.IsResource && !(seen ??= []).Add(id))
            {
                walk.Error(
                    IssueCode.Invariant,
                    "id " + id,
                    $"Two elements of this resource have the same id (the second: {element.Name}); make them differ.");
            }

            if (!child.Children.IsEmpty)
            {
                CheckChildren(walk, child, ref seen);
            }
        }
    }

    static void CheckContained(Walk walk, Element resource)
    {
        HashSet<string>? seen = null;
        foreach (var child in resource.Children)
        {
            if (child.Name == "contained" && child.Id is { } id && !(seen ??= []).Add(id))
            {
                walk.Error(
                    IssueCode.Invariant,
                    "contained id",
                    "Two contained resources have the same id; make them differ.",
                    "contained");
            }
        }
    }
}
