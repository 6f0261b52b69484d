using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Codes against the value sets they are bound to —
/// https://hl7.org/fhir/R4/terminologies.html#binding</summary>
/// <remarks>Required: an error; extensible: a warning; preferred and example bind nothing. What cannot be decided
/// offline
/// is said once per value set.</remarks>
static class Bindings
{
    public static void Check(Walk walk, Element element, ElementDefinition definition)
    {
        if (definition.Binding is { Strength: BindingStrength.Required or BindingStrength.Extensible } binding)
        {
            Check(walk, element, binding);
        }
    }

    static void Check(Walk walk, Element element, Binding binding)
    {
        var membership = MembershipOf(walk.Plans.ValueSets, element, binding);
        if (membership == Membership.NotIn && !IsShortFormat(element))
        {
            Report(walk, element, binding);
        }
        else if (membership == Membership.Undecidable && walk.FirstTime(binding.ValueSet))
        {
            walk.Warning(
                IssueCode.NotSupported,
                binding.ValueSet,
                $"Whether codes are in the value set {binding.ValueSet} cannot be decided offline: not checked.");
        }
    }

    /// <summary>Whether a coded element's value is in the value set that it is bound to.</summary>
    internal static Membership MembershipOf(ValueSets valueSets, Element element, Binding binding)
    {
        switch (element.Type.Name)
        {
            case "code" or "string" or "uri" or "url" or "canonical" or "id" or "markdown":
                return element.Value is { } code ? valueSets.Contains(binding.ValueSet, code) : Membership.In;
            case "Coding" or "Quantity" or "Age" or "Count" or "Distance" or "Duration":
                return OfCoding(valueSets, element, binding);
            case "CodeableConcept":
                return OfConcept(valueSets, element, binding);
            default:
                return Membership.In;
        }
    }

    static Membership OfCoding(ValueSets valueSets, Element coding, Binding binding)
    {
        if (coding.ValueOf("code") is not { } code)
        {
            // A text alone, or a quantity without a coded unit, is only wrong where a code is required.
            return binding.Strength == BindingStrength.Required && coding.Type.Name == "Coding"
                ? Membership.NotIn
                : Membership.In;
        }

        return coding.ValueOf("system") is { } system
            ? valueSets.Contains(binding.ValueSet, system, code)
            : Membership.NotIn;
    }

    /// <summary>One coding in the value set is enough.</summary>
    static Membership OfConcept(ValueSets valueSets, Element concept, Binding binding)
    {
        var best = Membership.NotIn;
        var hasCoding = false;
        foreach (var child in concept.Children)
        {
            if (child.Name == "coding")
            {
                hasCoding = true;
                var membership = OfCoding(valueSets, child, binding);
                if (membership == Membership.In)
                {
                    return Membership.In;
                }

                best = membership == Membership.Undecidable ? membership : best;
            }
        }

        return hasCoding || binding.Strength == BindingStrength.Required ? best : Membership.In;
    }

    // R4 allows these besides MIME types, but only says so in the comment on the element.
    static bool IsShortFormat(Element element) =>
        element is { Name: "format", Value: "json" or "xml" or "ttl", Definition.Path: "CapabilityStatement.format" };

    static void Report(Walk walk, Element element, Binding binding)
    {
        var what = element.Type.Name == "CodeableConcept" ? "None of the codings is" : "The code is not";
        var codes = walk.Plans.ValueSets.ListedCodes(binding.ValueSet);
        var allowed = codes.IsEmpty ? "" : $" ({string.Join(", ", codes)})";
        if (binding.Strength == BindingStrength.Required)
        {
            walk.Error(
                IssueCode.CodeInvalid,
                binding.ValueSet,
                $"{what} in the required value set {binding.ValueSet}{allowed}.");
        }
        else
        {
            walk.Warning(
                IssueCode.CodeInvalid,
                binding.ValueSet,
                $"{what} in the extensible value set {binding.ValueSet}{allowed}; use one of its codes if one fits.");
        }
    }
}
