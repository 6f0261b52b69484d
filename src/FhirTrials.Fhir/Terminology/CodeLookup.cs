using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>What the code systems of some definitions say of a code.</summary>
public static class CodeLookup
{
    /// <summary>The display of a code; null where the system or the code is not known.</summary>
    public static string? Display(FhirDefinitions definitions, string system, string code) =>
        definitions.CodeSystem(system)?.Find(code)?.Display;

    /// <summary>Whether a system has that code: undecidable where not all of its codes are known here.</summary>
    public static Membership Has(FhirDefinitions definitions, string system, string code)
    {
        var known = definitions.CodeSystem(system);
        return known?.Find(code) is not null ? Membership.In
            : known is { Content: CodeSystemContent.Complete } ? Membership.NotIn
            : CodeSyntax.Check(system, code);
    }

    /// <summary>Whether a text is one of a code's names, but for case and white space; null
    /// where these are not known.</summary>
    public static bool? IsDisplay(FhirDefinitions definitions, string system, string code, string display) =>
        definitions.CodeSystem(system)?.Find(code) is { Display: { } name } concept
            ? IsSameText(name, display) || IsDesignation(concept, display)
            : null;

    static bool IsDesignation(Concept concept, string display) => concept.Designations.Any(n => IsSameText(n, display));

    static bool IsSameText(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Words(left), Words(right), StringComparison.OrdinalIgnoreCase);

    static string Words(string text) =>
        string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a code is the ancestor or lies below it in its system; null
    /// where either is not known.</summary>
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
