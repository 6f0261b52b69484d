using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>How often each child may occur — https://hl7.org/fhir/R4/conformance-rules.html#cardinality</summary>
static class Cardinality
{
    public static void Check(Walk walk, Element element, Plan plan, ImmutableArray<ElementDefinition> profiles)
    {
        foreach (var required in plan.Required)
        {
            if (element.Child(required.Name) is null)
            {
                Missing(walk, required, 0);
            }
        }

        CheckMaximum(walk, element);
        foreach (var profile in profiles)
        {
            foreach (var child in profile.Children)
            {
                CheckProfiled(walk, element, child);
            }
        }
    }

    static void CheckMaximum(Walk walk, Element element)
    {
        var children = element.Children;
        for (var i = 1; i < children.Length; i++)
        {
            var name = children[i].Name;
            if (name == children[i - 1].Name && (i == 1 || name != children[i - 2].Name)
                && (children[i].Definition ?? element.Type.Element(name)) is { } definition
                && definition.Max != ElementDefinition.Many)
            {
                CheckMaximum(walk, definition, Count(element, name));
            }
        }
    }

    static void CheckProfiled(Walk walk, Element element, ElementDefinition child)
    {
        walk.Spend(1 + (element.Children.Length / 16));
        var isFree = child is { Min: 0, Max: ElementDefinition.Many, Slices.IsEmpty: true };
        var count = isFree ? 0 : Count(element, child.Name);
        if (count < child.Min)
        {
            Missing(walk, child, count);
        }

        CheckMaximum(walk, child, count);
        if (count == 0)
        {
            foreach (var slice in child.Slices)
            {
                Slices.CheckCount(walk, child, slice, 0);
            }
        }
    }

    static void CheckMaximum(Walk walk, ElementDefinition child, int count)
    {
        if (count > child.Max)
        {
            var text = child.Max == 0
                ? $"{child.Path} is not allowed here: remove it."
                : $"{child.Path} occurs {count} times but at most {child.Max} are allowed.";
            walk.Error(IssueCode.Structure, "max", text, child.Name);
        }
    }

    static void Missing(Walk walk, ElementDefinition child, int count)
    {
        var text = count == 0
            ? $"{child.Path} is required but missing."
            : $"{child.Path} occurs {count} times but at least {child.Min} are required.";
        walk.Error(IssueCode.Required, "min", text, child.Name);
    }

    static int Count(Element element, string name)
    {
        var count = 0;
        foreach (var child in element.Children)
        {
            if (child.Name == name)
            {
                count++;
            }
        }

        return count;
    }
}
