using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.FhirPath;

public sealed class DefinitionExpressionTests
{
    static IEnumerable<FhirType> Types => FhirDefinitions.R4.Types.Names.Select(n => FhirDefinitions.R4.Types[n]);

    [Fact]
    public void Every_search_parameter_of_R4_compiles()
    {
        var expressions = Types.SelectMany(t => FhirDefinitions.R4.SearchParameters(t.Name))
            .SelectMany(p => p.Components.Select(c => c.Expression).Append(p.Expression))
            .OfType<string>()
            .Distinct()
            .ToList();

        Assert.InRange(expressions.Count, 900, 3_000);
        Assert.All(expressions, text => FhirPathExpression.Compile(text));
    }

    [Fact]
    public void Every_invariant_of_R4_compiles()
    {
        var expressions = Types.SelectMany(t => Elements(FhirDefinitions.R4.StructureDefinition(t.Name)!.Root, []))
            .SelectMany(e => e.Constraints)
            .Select(c => c.Expression)
            .Distinct()
            .ToList();

        Assert.InRange(expressions.Count, 190, 3_000);
        Assert.All(expressions, text => FhirPathExpression.Compile(text));
    }

    static IEnumerable<ElementDefinition> Elements(ElementDefinition element, HashSet<FhirType> seen) =>
        element.Children
            .Concat(element.Types.Where(t => t.Type.Kind == FhirTypeKind.Backbone && seen.Add(t.Type)).SelectMany(t => t.Type.Elements))
            .SelectMany(e => Elements(e, seen))
            .Prepend(element);
}
