using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Whether a profile allows the type that was chosen.</summary>
static class ChoiceTypes
{
    public static void Check(Walk walk, Element element, ElementDefinition profile)
    {
        if (profile.Types.IsEmpty || element.Type.Kind == FhirTypeKind.Backbone || Allows(profile, element.Type))
        {
            return;
        }

        var allowed = string.Join(", ", profile.Types.Select(t => t.Type.Name).Distinct());
        walk.Error(
            IssueCode.Structure,
            "type",
            $"{profile.Path} has the type {element.Type.Name} but the profile allows only {allowed}.");
    }

    public static bool Allows(ElementDefinition definition, FhirType type)
    {
        foreach (var allowed in definition.Types)
        {
            // A choice names its type exactly (an Age is no Quantity there); a place for resources takes any that
            // derives.
            if (allowed.Type.Name == type.Name || (type.Kind == FhirTypeKind.Resource && type.IsA(allowed.Type.Name)))
            {
                return true;
            }
        }

        return false;
    }
}
