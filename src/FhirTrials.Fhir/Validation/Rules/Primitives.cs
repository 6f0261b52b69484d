using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>The literals of primitives — https://hl7.org/fhir/R4/datatypes.html#primitive. Readers decide them for what
/// they read; this rule does for elements that a program has built, which have no place in a text.</summary>
static class Primitives
{
    public static void Check(Walk walk, Element element)
    {
        if (element is { Value: { } literal, Type.Primitive: { } primitive, Position.Line: 0 }
            && PrimitiveSyntax.Problem(primitive, literal) is { } problem)
        {
            walk.Error(IssueCode.Value, "literal", $"The {element.Name} {problem}.");
        }
    }
}
