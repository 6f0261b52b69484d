using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>What the code systems of some definitions say of a code.</summary>
public static class CodeLookup
{
    /// <summary>The display of a code; null where the system or the code is not known.</summary>
    public static string? Display(FhirDefinitions definitions, string system, string code) =>
        definitions.CodeSystem(system)?.Find(code)?.Display;

    /// <summary>Whether a code is the ancestor or lies below it in its system; null where either is not
    /// known.</summary>
    public static bool? IsA(FhirDefinitions definitions, string system, string code, string ancestor)
    {
        if (code == ancestor)
        {
            return true;
        }

        return definitions.CodeSystem(system) is { } known
            && known.Find(code) is not null
            && known.Find(ancestor) is not null
            ? known.IsA(code, ancestor)
            : null;
    }
}
