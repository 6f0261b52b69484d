using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Codes against the value sets they are bound to —
/// https://hl7.org/fhir/R4/terminologies.html#binding</summary>
/// <remarks>Required, and outside a binding's maximum value set: an error; extensible: a warning; preferred and example
/// bind nothing. What cannot be decided offline is said once per value set.</remarks>
static class Bindings
{
    public static void Check(Walk walk, Element element, ElementDefinition definition)
    {
        if (definition.Binding is { } binding)
        {
            Check(walk, element, binding);
        }
    }

    public static void Check(Walk walk, Element element, Binding binding)
    {
        var isRequired = binding.Strength == BindingStrength.Required;
        var isOutside = binding.MaxValueSet is { } hard && Holds(walk, element, hard, isRequired) == Membership.NotIn;
        if (isOutside)
        {
            Report(walk, element, IssueSeverity.Error, "required", binding.MaxValueSet!);
        }
        else if (binding.Strength is BindingStrength.Required or BindingStrength.Extensible
            && Holds(walk, element, binding.ValueSet, isRequired) == Membership.NotIn
            && !IsShortFormat(element))
        {
            Report(
                walk,
                element,
                isRequired ? IssueSeverity.Error : IssueSeverity.Warning,
                isRequired ? "required" : "extensible",
                binding.ValueSet);
        }
    }

    /// <summary>Whether the value is in a value set; where that cannot be decided it is said, once.</summary>
    static Membership Holds(Walk walk, Element element, string valueSet, bool isRequired)
    {
        var membership = MembershipOf(walk.Plans.ValueSets, element, valueSet, isRequired);
        if (membership == Membership.Undecidable && walk.FirstTime(valueSet))
        {
            walk.Warning(
                IssueCode.NotSupported,
                valueSet,
                $"Whether codes are in the value set {valueSet} cannot be decided offline: not checked.");
        }

        return membership;
    }

    /// <summary>Whether a coded element's value is in a value set.</summary>
    /// <param name="isRequired">Whether a text alone will not do.</param>
    internal static Membership MembershipOf(ValueSets valueSets, Element element, string valueSet, bool isRequired)
    {
        switch (element.Type.Name)
        {
            case "code" or "string" or "uri" or "url" or "canonical" or "id" or "markdown":
                return element.Value is { } code ? valueSets.Contains(valueSet, code) : Membership.In;
            case "Coding" or "Quantity" or "Age" or "Count" or "Distance" or "Duration":
                return OfCoding(valueSets, element, valueSet, isRequired);
            case "CodeableConcept":
                return OfConcept(valueSets, element, valueSet, isRequired);
            default:
                return Membership.In;
        }
    }

    static Membership OfCoding(ValueSets valueSets, Element coding, string valueSet, bool isRequired)
    {
        if (coding.ValueOf("code") is not { } code)
        {
            // A text alone, or a quantity without a coded unit, is only wrong where a code is required.
            return isRequired && coding.Type.Name == "Coding"
                ? Membership.NotIn
                : Membership.In;
        }

        return coding.ValueOf("system") is { } system
            ? valueSets.Contains(valueSet, system, code)
            : Membership.NotIn;
    }

    /// <summary>One coding in the value set is enough.</summary>
    static Membership OfConcept(ValueSets valueSets, Element concept, string valueSet, bool isRequired)
    {
        var best = Membership.NotIn;
        var hasCoding = false;
        foreach (var child in concept.Children)
        {
            if (child.Name == "coding")
            {
                hasCoding = true;
                var membership = OfCoding(valueSets, child, valueSet, isRequired);
                if (membership == Membership.In)
                {
                    return Membership.In;
                }

                best = membership == Membership.Undecidable ? membership : best;
            }
        }

        return hasCoding || isRequired ? best : Membership.In;
    }

    // R4 allows these besides MIME types, but only says so in the comment on the element.
    static bool IsShortFormat(Element element) =>
        element is { Name: "format", Value: "json" or "xml" or "ttl", Definition.Path: "CapabilityStatement.format" };

    static void Report(Walk walk, Element element, IssueSeverity severity, string strength, string valueSet)
    {
        walk.Unbound.Add(element);

        // An error counts even where it is not told.
        if (severity != IssueSeverity.Error && !walk.Tells(severity))
        {
            return;
        }

        var what = element.Type.Name == "CodeableConcept" ? "None of the codings is" : "The code is not";
        var codes = walk.Plans.ValueSets.ListedCodes(valueSet);
        var allowed = codes.IsEmpty ? "" : $" ({string.Join(", ", codes)})";
        var advice = severity == IssueSeverity.Error ? "" : "; use one of its codes if one fits";
        walk.Report(
            severity, IssueCode.CodeInvalid, valueSet,
            $"{what} in the {strength} value set {valueSet}{allowed}{advice}.");
    }
}
