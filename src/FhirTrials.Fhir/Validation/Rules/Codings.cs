using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>What a Coding says of its code system, and a Quantity of its unit, whatever they are bound to —
/// https://hl7.org/fhir/R4/datatypes.html#Coding</summary>
static class Codings
{
    public static void Check(Walk walk, Element element)
    {
        if (element.ValueOf("system") is not { } system || !CheckSystem(walk, system))
        {
            return;
        }

        if (element.ValueOf("code") is not { } code)
        {
            return;
        }

        if (CodeLookup.Has(walk.Plans.Definitions, system, code) == Membership.NotIn)
        {
            ReportUnknown(walk, element, system);
        }
        else if (element.ValueOf("display") is { } display)
        {
            CheckDisplay(walk, system, code, display);
        }
    }

    static bool CheckSystem(Walk walk, string system)
    {
        if (!system.Contains(':', StringComparison.Ordinal))
        {
            walk.Error(IssueCode.Value, "system", "The system of a code must be an absolute URI.", "system");
            return false;
        }

        var definitions = walk.Plans.Definitions;
        if (definitions.CodeSystem(system) is null && definitions.ValueSet(system) is not null)
        {
            walk.Error(
                IssueCode.Value,
                "system",
                "The system is the URL of a value set; give the code system that the code comes from.",
                "system");
            return false;
        }

        return true;
    }

    // Records come from other versions of a system, and from senders who make up units: they stay writable. Only a
    // binding forbids a code.
    static void ReportUnknown(Walk walk, Element element, string system)
    {
        if (!walk.Unbound.Contains(element) && !(walk.Path.Parent is { } parent && walk.Unbound.Contains(parent)))
        {
            var version = walk.Plans.Definitions.CodeSystem(system)?.Version;
            var which = version is null ? system : $"{system}, version {version}";
            walk.Warning(IssueCode.CodeInvalid, "system", $"The code is not one of {which}.", "code");
        }
    }

    // Another language's names are not all known here.
    static void CheckDisplay(Walk walk, string system, string code, string display)
    {
        if (CodeLookup.IsDisplay(walk.Plans.Definitions, system, code, display) == false
            && walk.Scope!.Resource.ValueOf("language") is null or ['e', 'n'] or ['e', 'n', '-', ..])
        {
            walk.Warning(
                IssueCode.CodeInvalid,
                "display",
                "The display is none of the names that the code system gives this code.",
                "display");
        }
    }
}
