using System.Collections.Frozen;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Extensions against their definitions — https://hl7.org/fhir/R4/extensibility.html. Their content is checked
/// by the walk itself, which applies the definition as a profile.</summary>
static class Extensions
{
    const string Core = "http://hl7.org/fhir/StructureDefinition/";

    // R4's own definitions use these where the extensions' definitions do not allow it.
    static readonly FrozenDictionary<string, string[]> AlsoOn = new Dictionary<string, string[]>
    {
        [Core + "structuredefinition-fhir-type"] = ["ElementDefinition.type"],
        [Core + "regex"] = ["ElementDefinition.type"],
        [Core + "structuredefinition-normative-version"] =
            ["CodeSystem", "ValueSet", "OperationDefinition", "ElementDefinition"],
        [Core + "valueset-concept-comments"] = ["CodeSystem.concept"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The definition that an extension's URL names, or null. Parts of a complex extension have relative URLs:
    /// the definition of the whole covers them.</summary>
    public static StructureDefinition? DefinitionOf(Walk walk, Element extension) =>
        extension.ValueOf("url") is { } url
        && IsAbsolute(url)
        && walk.Plans.Definitions.StructureDefinition(url) is { } found
        && found.Type.Name == "Extension"
            ? found
            : null;

    public static void Check(Walk walk, Element extension)
    {
        CheckContent(walk, extension);
        if (extension.ValueOf("url") is not { } url)
        {
            return;
        }

        var isModifier = extension.Name == "modifierExtension";
        if (DefinitionOf(walk, extension) is { } definition)
        {
            CheckModifier(walk, definition, isModifier);
            CheckContext(walk, definition);
            CheckContextInvariants(walk, definition, extension);
        }
        else if (isModifier)
        {
            walk.Error(
                IssueCode.Extension,
                "unknown",
                $"The modifier extension {url} is not known here, so the meaning of what it modifies is not either.");
        }
        else if (IsAbsolute(url))
        {
            if (walk.FirstTime(url))
            {
                walk.Report(
                    IssueSeverity.Information,
                    IssueCode.Extension,
                    "unknown",
                    $"The extension {url} is not known here, so it was not checked.");
            }
        }
        else if (walk.Path.Parent?.Type.Name != "Extension")
        {
            walk.Error(
                IssueCode.Extension,
                "url",
                "The URL of an extension must be absolute; only parts of a complex extension have short names.",
                "url");
        }
    }

    // ext-1: either a value or extensions.
    static void CheckContent(Walk walk, Element extension)
    {
        var hasValue = extension.Child("value") is not null;
        if (hasValue == (extension.Child("extension") is not null))
        {
            walk.Error(
                IssueCode.Invariant,
                "ext-1",
                hasValue
                    ? "ext-1: an extension has either a value or extensions, not both."
                    : "ext-1: an extension must have a value or extensions.");
        }
    }

    static void CheckModifier(Walk walk, StructureDefinition definition, bool isModifier)
    {
        if (definition.Root.IsModifier != isModifier)
        {
            walk.Error(
                IssueCode.Extension,
                "modifier",
                isModifier
                    ? $"{definition.Url} is not a modifier: use extension instead of modifierExtension."
                    : $"{definition.Url} is a modifier: use modifierExtension instead of extension.");
        }
    }

    /// <summary>How often each extension occurs on one element.</summary>
    public static void CheckRepetitions(Walk walk, ReadOnlySpan<Element> extensions)
    {
        if (extensions.Length < 2 || extensions[0].Type.Name != "Extension")
        {
            return;
        }

        Dictionary<string, int>? counts = null;
        for (var i = 0; i < extensions.Length; i++)
        {
            if (DefinitionOf(walk, extensions[i]) is { Root.Max: not ElementDefinition.Many } definition)
            {
                counts ??= new(StringComparer.Ordinal);
                var count = counts[definition.Url] = counts.GetValueOrDefault(definition.Url) + 1;
                CheckCount(walk, definition, extensions[i], i, count);
            }
        }
    }

    static void CheckCount(Walk walk, StructureDefinition definition, Element extension, int index, int count)
    {
        if (count <= definition.Root.Max)
        {
            return;
        }

        walk.Path.Push(extension, index);
        walk.Error(
            IssueCode.Extension,
            "max",
            $"{definition.Url} may occur at most {definition.Root.Max} time(s) on one element.");
        walk.Path.Pop();
    }

    static void CheckContext(Walk walk, StructureDefinition definition)
    {
        if (definition.Contexts.Count == 0)
        {
            return;
        }

        foreach (var (type, expression) in definition.Contexts)
        {
            if (IsContext(walk, type, expression))
            {
                return;
            }
        }

        if (AlsoOn.TryGetValue(definition.Url, out var others) && others.Any(o => IsContext(walk, "element", o)))
        {
            return;
        }

        var allowed = string.Join(", ", definition.Contexts.Select(c => c.Expression));
        walk.Error(
            IssueCode.Extension,
            "context",
            $"{definition.Url} is not allowed here, only on: {allowed}.");
    }

    static void CheckContextInvariants(Walk walk, StructureDefinition definition, Element extension)
    {
        if (definition.ContextInvariants.IsEmpty || walk.Path.Parent is not { } parent)
        {
            return;
        }

        var context = walk.Scope!.Context;
        context = context with { Variables = context.Variables.SetItem("extension", [extension]) };
        foreach (var rule in definition.ContextInvariants)
        {
            try
            {
                if (FhirPathExpression.Compile(rule).EvaluateBoolean(parent, context) == false)
                {
                    walk.Error(
                        IssueCode.Extension,
                        rule,
                        $"{definition.Url} is only allowed on an element for which this holds: {rule}");
                }
            }
            catch (FhirPathException) when (!walk.IsExhausted)
            {
                // As with a context's expression, the definition is at fault.
            }
        }
    }

    static bool IsContext(Walk walk, string type, string expression) =>
        walk.Path.Parent is not { } parent
        || type switch
        {
            "fhirpath" => IsSelected(walk, expression, parent),
            "extension" => parent.Type.Name == "Extension" && parent.ValueOf("url") == expression,
            _ => IsElement(walk, parent, expression),
        };

    static bool IsSelected(Walk walk, string expression, Element parent)
    {
        try
        {
            return walk.Scope!.Selected(expression).Contains(parent);
        }
        catch (FhirPathException) when (!walk.IsExhausted)
        {
            // An expression that cannot be evaluated forbids nothing: the definition is at fault, not the resource.
            return true;
        }
    }

    // 'Patient.contact', 'HumanName', 'Element', 'DomainResource.text', or one of these after 'profile#'.
    static bool IsElement(Walk walk, Element parent, string expression)
    {
        var hash = expression.LastIndexOf('#');
        var path = hash < 0 ? expression : expression[(hash + 1)..];

        // 'Element' stands for everything, resources too: HL7's own definitions use it so. The type's path differs from
        // the element's where a definition refers back to another element's content (CodeSystem.concept.concept).
        return path == "Element"
            || parent.Type.IsA(path)
            || parent.Type.Path == path
            || parent.Definition?.Path == path
            || PathsOf(walk, parent).Any(p => p == path);
    }

    /// <summary>The parent's path as named from each type above it: <c>Patient.contact.name</c>,
    /// <c>HumanName.family</c>, and from the base types (<c>DomainResource.text</c>).</summary>
    static IEnumerable<string> PathsOf(Walk walk, Element parent)
    {
        var tail = parent.Definition is { IsChoice: true } ? parent.Name + "[x]" : parent.Name;
        for (var level = 2; walk.Path.Up(level) is { } above; level++)
        {
            for (var type = above.Type; type is not null; type = type.BaseType)
            {
                yield return $"{type.Path}.{tail}";
            }

            if (above.IsResource)
            {
                yield break;
            }

            tail = $"{above.Name}.{tail}";
        }
    }

    static bool IsAbsolute(string url) => url.Contains(':', StringComparison.Ordinal);
}
