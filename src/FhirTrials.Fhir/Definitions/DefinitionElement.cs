using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A definition as data: an element of type ElementDefinition —
/// https://hl7.org/fhir/R4/elementdefinition.html. Texts for people are not carried
/// over, but those of the rules.</summary>
static class DefinitionElement
{
    public static Element Of(ElementDefinition definition, FhirTypes types)
    {
        var element = new Element(null, "ElementDefinition", types["ElementDefinition"], null, []);
        var content = definition.Types is [{ Type: { Kind: FhirTypeKind.Backbone } type }]
            && type.Path != definition.Path
            ? type.Path
            : null;
        return element
            .WithValue(
                "id", definition.SliceName is null ? definition.Path : $"{definition.Path}:{definition.SliceName}")
            .WithValue("path", definition.Path)
            .WithValue("sliceName", definition.SliceName)
            .With("slicing", definition.Slicing is { } slicing ? [Slicing(element, slicing)] : [])
            .WithValue("min", Number(definition.Min))
            .WithValue("max", definition.Max == ElementDefinition.Many ? "*" : Number(definition.Max))
            .WithValue("contentReference", content is null ? null : $"#{content}")
            .With("type", content is null ? [.. definition.Types.Select(t => Type(element, t))] : [])
            .With("fixed", Value(element, "fixed", definition.Fixed))
            .With("pattern", Value(element, "pattern", definition.Pattern))
            .With("minValue", Value(element, "minValue", definition.MinValue))
            .With("maxValue", Value(element, "maxValue", definition.MaxValue))
            .WithValue("maxLength", definition.MaxLength is { } length ? Number(length) : null)
            .With("constraint", [.. definition.Constraints.Select(c => Constraint(element, c))])
            .WithValue("mustSupport", definition.MustSupport ? "true" : null)
            .WithValue("isModifier", definition.IsModifier ? "true" : "false")
            .WithValue("isSummary", definition.IsSummary ? "true" : "false")
            .With("binding", definition.Binding is { } binding ? [Binding(element, binding)] : []);
    }

    static Element Slicing(Element parent, Slicing slicing)
    {
        var element = parent.NewChild("slicing");
        return element
            .With("discriminator", [.. slicing.Discriminators.Select(d => element.NewChild("discriminator")
                .WithValue("type", Code(d.Type))
                .WithValue("path", d.Path))])
            .WithValue("ordered", slicing.Ordered ? "true" : "false")
            .WithValue("rules", Code(slicing.Rules));
    }

    static Element Type(Element parent, TypeReference reference)
    {
        var element = parent.NewChild("type");
        return element
            .WithValue("code", reference.Type.Name)
            .With("profile", [.. reference.Profiles.Select(p => element.NewChild("profile", p))])
            .With("targetProfile", [.. reference.TargetProfiles.Select(p => element.NewChild("targetProfile", p))]);
    }

    static Element Constraint(Element parent, Constraint constraint) => parent.NewChild("constraint")
        .WithValue("key", constraint.Key)
        .WithValue("severity", constraint.IsWarning ? "warning" : "error")
        .WithValue("human", constraint.Human.Length > 0 ? constraint.Human : constraint.Expression)
        .WithValue("expression", constraint.Expression);

    static Element Binding(Element parent, Binding binding) => parent.NewChild("binding")
        .WithValue("strength", Code(binding.Strength))
        .WithValue("valueSet", binding.ValueSet);

    static Element[] Value(Element parent, string name, Element? value) => value is null
        ? []
        : [parent.NewChild(name, value.Value, value.Type.Name).With(value.Children)];

    /// <summary><c>OpenAtEnd</c> → <c>openAtEnd</c></summary>
    static string Code<T>(T member)
        where T : struct, Enum
    {
        var name = member.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
