using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Generation;

/// <summary>Makes elements out of R4's definitions alone: any children, any of the codes that they are bound to, few
/// distinct values. Structure and literals are right; whether the rules hold is left to chance.</summary>
sealed class RandomResource(FhirDefinitions definitions, Random random)
{
    const int MaxDepth = 6;

    static readonly string[] Inner =
        ["Patient", "Observation", "Organization", "Composition", "MessageHeader", "Parameters"];

    readonly Dictionary<string, ImmutableArray<string>> _codes = new(StringComparer.Ordinal);

    /// <summary>A resource of that type.</summary>
    public Element Make(string type) => Element(null, type, definitions.Types[type], 0);

    /// <summary>A value of that type for an element, with some content.</summary>
    public Element Make(ElementDefinition definition, FhirType type)
    {
        while (true)
        {
            // Half way down the tree: not too large, not empty for long.
            var made = Element(definition, definition.Name, type, 2);
            if (made.Value is not null || made.Children.Length > 0)
            {
                return made;
            }
        }
    }

    Element Element(ElementDefinition? definition, string name, FhirType type, int depth)
    {
        var value = type.Primitive is { } primitive ? Literal(primitive, definition) : null;
        var children = ImmutableArray.CreateBuilder<Element>();
        foreach (var child in type.Elements)
        {
            if (IsPresent(child, definition, type, depth))
            {
                AddRepetitions(children, child, depth + 1);
            }
        }

        return new Element(definition, name, type, value, children.ToImmutable());
    }

    bool IsPresent(ElementDefinition child, ElementDefinition? definition, FhirType type, int depth)
    {
        // R4's definitions give even an attribute of XML the children of any element; a div has its id in its text.
        if (child.Max == 0 || depth >= MaxDepth || definition?.IsXmlAttribute == true || type.Name == "xhtml")
        {
            return false;
        }

        // Extensions and ids of primitives and datatypes are rare: they would be most of the tree.
        var isExtra =
            child.Name is "id" or "extension" or "modifierExtension" or "contained" or "language" or "implicitRules";
        var chance = isExtra ? (type.IsPrimitive ? 0.003 : 0.04) : child.Min > 0 ? 0.97 : 0.5 / (1 + (0.6 * depth));
        return random.NextDouble() < chance;
    }

    void AddRepetitions(ImmutableArray<Element>.Builder children, ElementDefinition definition, int depth)
    {
        var reference = definition.Types[random.Next(definition.Types.Length)].Type;
        for (var count = definition.IsArray ? 1 + random.Next(3) : 1; count > 0; count--)
        {
            var type = reference.IsAbstract && reference.Kind == FhirTypeKind.Resource
                ? definitions.Types[Inner[random.Next(Inner.Length)]]
                : reference;
            var made = Element(type.Kind == FhirTypeKind.Resource ? null : definition, definition.Name, type, depth);
            if (made.Value is not null || made.Children.Length > 0)
            {
                children.Add(made);
            }
        }
    }

    string Literal(FhirPrimitive primitive, ElementDefinition? definition) => primitive switch
    {
        FhirPrimitive.Boolean => Any("true", "false"),
        FhirPrimitive.Integer => Any("-3", "0", "1", "2", "7"),
        FhirPrimitive.UnsignedInt => Any("0", "1", "2", "7"),
        FhirPrimitive.PositiveInt => Any("1", "2", "7"),
        FhirPrimitive.Decimal => Any("-3", "-0.5", "0", "1.0", "2.50", "7"),
        FhirPrimitive.Date => Any("2019", "2020-02", "2020-02-29", "2024-05-01"),
        FhirPrimitive.DateTime => Any("2019", "2020-02-29", "2020-03-01T10:00:00Z", "2024-05-01T12:00:00+02:00"),
        FhirPrimitive.Instant => Any("2020-03-01T10:00:00Z", "2024-05-01T12:00:00.123+02:00"),
        FhirPrimitive.Time => Any("08:00:00", "23:59:59"),
        FhirPrimitive.Id => Any("a", "b", "c"),
        FhirPrimitive.Oid => "urn:oid:1.2.3",
        FhirPrimitive.Uuid => "urn:uuid:00000000-0000-0000-0000-000000000001",
        FhirPrimitive.Uri or FhirPrimitive.Url or FhirPrimitive.Canonical =>
            Any("#a", "http://example.org/a", "http://example.org/a|1", "http://unitsofmeasure.org", "urn:oid:1.2.3"),
        FhirPrimitive.Base64Binary => "AAAA",
        FhirPrimitive.Xhtml => Any(
            "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"> </div>",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script></div>", "<p>x</p>"),
        FhirPrimitive.Code or FhirPrimitive.String or FhirPrimitive.Markdown => Text(definition),
    };

    string Text(ElementDefinition? definition)
    {
        var codes = definition?.Binding is { } binding ? Codes(binding.ValueSet) : [];
        return codes.IsEmpty
            ? Any("a", "b", "A", "1", "#a", "a.b", "name with blanks", "Patient.name")
            : codes[random.Next(codes.Length)];
    }

    /// <summary>The codes of a value set that lists them, or whose systems do.</summary>
    ImmutableArray<string> Codes(string valueSet) => _codes.TryGetValue(valueSet, out var known)
        ? known
        : _codes[valueSet] =
        [
            .. definitions.ValueSet(valueSet)?.Includes.SelectMany(i => i.Concepts.IsEmpty
                ? definitions.CodeSystem(i.System ?? "")?.Concepts.Select(c => c.Code) ?? []
                : i.Concepts.Select(c => c.Code)) ?? [],
        ];

    string Any(params ReadOnlySpan<string> values) => values[random.Next(values.Length)];
}
