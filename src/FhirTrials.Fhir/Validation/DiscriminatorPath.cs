using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>The restricted FHIRPath of discriminators: names, <c>$this</c>, <c>resolve()</c>, <c>ofType(T)</c>,
/// <c>as(T)</c>, <c>extension('url')</c> — https://hl7.org/fhir/R4/profiling.html#discriminator. It is followed through
/// data and through definitions alike.</summary>
sealed class DiscriminatorPath
{
    readonly ImmutableArray<Step> _steps;

    DiscriminatorPath(ImmutableArray<Step> steps) => _steps = steps;

    enum StepKind
    {
        Child,
        Resolve,
        OfType,
        Extension,
    }

    readonly record struct Step(StepKind Kind, string Name);

    public static DiscriminatorPath Parse(string text) =>
        new([.. Split(text).Where(s => s.Length > 0 && s != "$this").Select(ParseStep)]);

    /// <summary>The name of the child that it leads to; null where it leads elsewhere.</summary>
    public string? Child => _steps is [{ Kind: StepKind.Child, Name: var name }] ? name : null;

    /// <summary>The elements that it leads to.</summary>
    public List<Element> Follow(Walk walk, Element element)
    {
        List<Element> at = [element];
        foreach (var step in _steps)
        {
            at = [.. at.SelectMany(e => Follow(walk, e, step))];
        }

        return at;
    }

    /// <summary>What definitions say of the elements that it leads to. Required
    /// slices on the way count as well.</summary>
    public List<ElementDefinition> Follow(FhirDefinitions definitions, ElementDefinition definition)
    {
        List<ElementDefinition> at = [definition];
        foreach (var step in _steps)
        {
            at = [.. at.SelectMany(d => Follow(definitions, d, step))];
        }

        return at;
    }

    static IEnumerable<Element> Follow(Walk walk, Element element, Step step) => step.Kind switch
    {
        StepKind.Child => element[step.Name],
        StepKind.OfType => element.Type.IsA(step.Name) ? [element] : [],
        StepKind.Extension => element["extension"].Where(e => e.ValueOf("url") == step.Name),
        StepKind.Resolve => (element.Value ?? element.ValueOf("reference")) is { } reference
            && walk.Resolve(reference) is { } target ? [target] : [],
    };

    static IEnumerable<ElementDefinition> Follow(
        FhirDefinitions definitions,
        ElementDefinition definition,
        Step step) =>
        step.Kind switch
        {
            StepKind.Child => Children(definitions, definition, step.Name),
            StepKind.OfType => OfType(definition, step.Name),
            StepKind.Extension => Extensions(definitions, definition, step.Name),
            StepKind.Resolve => definition.Types
                .SelectMany(t => t.TargetProfiles)
                .Select(definitions.StructureDefinition)
                .OfType<StructureDefinition>()
                .Select(p => p.Root),
        };

    static IEnumerable<ElementDefinition> Children(
        FhirDefinitions definitions,
        ElementDefinition definition,
        string name)
    {
        var own = definition.Children.Where(c => c.Name == name).ToList();
        if (own.Count > 0)
        {
            return own.Concat(own.SelectMany(c => c.Slices.Where(s => s.Min > 0)));
        }

        return definition.Types.SelectMany(t => t.Profiles.IsEmpty
            ? t.Type.Elements.Where(e => e.Name == name)
            : t.Profiles
                .Select(definitions.StructureDefinition)
                .OfType<StructureDefinition>()
                .SelectMany(p => Children(definitions, p.Root, name)));
    }

    static List<ElementDefinition> OfType(ElementDefinition definition, string type)
    {
        var slices = definition.Slices.Where(s => s.Types.Any(t => t.Type.Name == type)).ToList();
        return slices.Count > 0 ? slices : [definition];
    }

    static IEnumerable<ElementDefinition> Extensions(
        FhirDefinitions definitions,
        ElementDefinition definition,
        string url) =>
        definition.Children
            .Where(c => c.Name == "extension")
            .SelectMany(c => c.Slices)
            .Where(s => s.Types.Any(t => t.Profiles.Contains(url)))
            .Concat(definitions.StructureDefinition(url) is { } known ? [known.Root] : []);

    static Step ParseStep(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return new Step(StepKind.Child, text);
        }

        var argument = text[(open + 1)..].TrimEnd(')').Trim().Trim('\'', '"');
        return text[..open] switch
        {
            "resolve" => new Step(StepKind.Resolve, ""),
            "ofType" or "as" => new Step(StepKind.OfType, argument),
            "extension" => new Step(StepKind.Extension, argument),
            _ => new Step(StepKind.Child, text),
        };
    }

    /// <summary>At dots that are outside parentheses: URLs have dots of their own.</summary>
    static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == '.' && depth == 0)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }
}
