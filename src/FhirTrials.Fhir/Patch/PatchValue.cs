using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>Makes the value of an operation an element of the resource: it has another definition there.</summary>
/// <param name="place">What names the operation in an issue.</param>
sealed class PatchValue(string place)
{
    /// <summary>The element that a part's <c>value[x]</c>, resource or own parts are in the place of the
    /// definition.</summary>
    /// <param name="chosen">The only type allowed, where the name says which of a choice; else null.</param>
    public bool TryMake(
        Element part,
        ElementDefinition definition,
        FhirType? chosen,
        [NotNullWhen(true)] out Element? element,
        [NotNullWhen(false)] out Issue? issue)
    {
        var types = definition.Types.Select(t => t.Type).Where(t => chosen is null || t == chosen).ToList();
        (element, issue) = (part.Child("value"), part.Child("resource"), part.Child("part")) switch
        {
            ({ } value, null, null) => Retype(value, definition, types),
            (null, { } resource, null) => types.Exists(t => resource.Type.IsA(t.Name))
                ? (new Element(null, definition.Name, resource.Type, null, resource.Children), null)
                : (null, Wrong(definition)),
            (null, null, not null) => FromParts(part, definition, types),
            _ => (null, Issue.Error(IssueCode.Invalid, "A value is one of value[x], resource or parts.", place)),
        };
        return element is not null;
    }

    (Element?, Issue?) Retype(Element value, ElementDefinition definition, List<FhirType> types)
    {
        if (types.Find(t => t.Name == value.Type.Name) is { } same)
        {
            return (new Element(definition, definition.Name, same, value.Value, value.Children), null);
        }

        if (types is not [{ Primitive: { } primitive } only]
            || value.Type.Primitive is not { } given
            || Kin(given) != Kin(primitive))
        {
            return (null, Wrong(definition));
        }

        return value.Value is { } literal && PrimitiveSyntax.Problem(primitive, literal) is { } problem
            ? (null, Issue.Error(IssueCode.Value, $"The value of {definition.Path} {problem}.", place))
            : (new Element(definition, definition.Name, only, value.Value, value.Children), null);
    }

    /// <summary>An element whose children the parts are; for a type without a name there is no other way.</summary>
    (Element?, Issue?) FromParts(Element part, ElementDefinition definition, List<FhirType> types)
    {
        if (types is not [{ Kind: not FhirTypeKind.Resource, IsPrimitive: false } type])
        {
            return (null, Wrong(definition));
        }

        var children = new List<Element>();
        foreach (var childPart in part["part"])
        {
            if (childPart.ValueOf("name") is not { } name || !type.TryElement(name, out var child, out var chosen))
            {
                return (null, Issue.Error(IssueCode.Structure, $"{type.Path} has no element of a part's name.", place));
            }

            if (!child.IsArray && children.Exists(c => c.Name == child.Name))
            {
                return (null, Issue.Error(IssueCode.Structure, $"{child.Path} does not repeat.", place));
            }

            if (!TryMake(childPart, child, chosen, out var element, out var issue))
            {
                return (null, issue);
            }

            children.Add(element);
        }

        var ordered = type.Elements.SelectMany(e => children.Where(c => c.Name == e.Name));
        return (new Element(definition, definition.Name, type, null, [.. ordered]), null);
    }

    Issue Wrong(ElementDefinition definition) =>
        Issue.Error(IssueCode.Value, $"The value is not of a type that {definition.Path} may have.", place);

    /// <summary>Which primitives a value may stand for. A Parameters resource has no value of type xhtml, and writers
    /// of patches do not always know whether a text is a code or a date a dateTime.</summary>
    static FhirPrimitive Kin(FhirPrimitive primitive) => primitive switch
    {
        FhirPrimitive.Boolean => FhirPrimitive.Boolean,
        FhirPrimitive.Integer or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt => FhirPrimitive.Integer,
        FhirPrimitive.Decimal => FhirPrimitive.Decimal,
        FhirPrimitive.Date or FhirPrimitive.DateTime or FhirPrimitive.Instant => FhirPrimitive.DateTime,
        FhirPrimitive.Time => FhirPrimitive.Time,
        FhirPrimitive.Base64Binary => FhirPrimitive.Base64Binary,
        FhirPrimitive.Canonical or FhirPrimitive.Code or FhirPrimitive.Id or FhirPrimitive.Markdown
            or FhirPrimitive.Oid or FhirPrimitive.String or FhirPrimitive.Uri or FhirPrimitive.Url
            or FhirPrimitive.Uuid or FhirPrimitive.Xhtml => FhirPrimitive.String,
    };
}
