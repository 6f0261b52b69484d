using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.FhirPath;

public sealed class DefinitionExpressionTests
{
    static IEnumerable<FhirType> Types => FhirDefinitions.R4.Types.Names.Select(n => FhirDefinitions.R4.Types[n]);

    [Fact]
    public void Every_search_parameter_of_R4_compiles_and_fits_its_types()
    {
        var expressions = Types.Where(t => t is { Kind: FhirTypeKind.Resource, IsAbstract: false })
            .SelectMany(t => FhirDefinitions.R4.SearchParameters(t.Name).Select(p => (Type: t, p.Expression)))
            .Where(p => p.Expression is not null)
            .ToList();

        Assert.InRange(expressions.Count, 1_500, 10_000);
        Assert.DoesNotContain(expressions.Select(e => (e.Type, e.Expression, Problem: Problem(e.Expression!, null))), e => e.Problem is not null);
        Assert.DoesNotContain(expressions.SelectMany(e => Parts(e.Expression!, e.Type).Select(part => (part, Problem: Problem(part, e.Type)))), e => e.Problem is not null);
    }

    [Fact]
    public void Every_component_of_a_composite_search_parameter_of_R4_compiles()
    {
        var expressions = Types.SelectMany(t => FhirDefinitions.R4.SearchParameters(t.Name))
            .SelectMany(p => p.Components)
            .Select(c => c.Expression)
            .Distinct()
            .ToList();

        Assert.NotEmpty(expressions);
        Assert.DoesNotContain(expressions.Select(e => (e, Problem: Problem(e, null))), e => e.Problem is not null);
    }

    [Fact]
    public void Every_invariant_of_R4_compiles_and_fits_a_type_of_its_element()
    {
        var invariants = Types.SelectMany(t => Elements(FhirDefinitions.R4.StructureDefinition(t.Name)!.Root, []))
            .SelectMany(e => e.Constraints.Select(c => (Element: e, c.Key, c.Expression)))
            .ToList();

        Assert.InRange(invariants.Select(i => i.Expression).Distinct().Count(), 190, 3_000);
        // R4 asks for a ChargeItemDefinition's name, which it does not have.
        Assert.Equal(
            [("ChargeItemDefinition", "cid-0")],
            invariants.Where(i => i.Element.Types.All(t => Problem(i.Expression, t.Type) is not null)).Select(i => (i.Element.Path, i.Key)));
    }

    /// <summary>What is wrong with an expression, on a type if one is given; null if nothing is.</summary>
    static string? Problem(string expression, FhirType? focus)
    {
        try
        {
            FhirPathExpression.Compile(expression).Check(focus, FhirDefinitions.R4);
            return null;
        }
        catch (FhirPathException e)
        {
            return $"{e.Message} (at {e.Offset})";
        }
    }

    /// <summary>The parts of a union that are about the type: a parameter of many types has one part for
    /// each.</summary>
    static IEnumerable<string> Parts(string expression, FhirType type) =>
        expression.Split('|').Select(p => p.Trim()).Where(p => p.TrimStart('(').StartsWith($"{type.Name}.", StringComparison.Ordinal));

    static IEnumerable<ElementDefinition> Elements(ElementDefinition element, HashSet<FhirType> seen) =>
        element.Children
            .Concat(element.Types.Where(t => t.Type.Kind == FhirTypeKind.Backbone && seen.Add(t.Type)).SelectMany(t => t.Type.Elements))
            .SelectMany(e => Elements(e, seen))
            .Prepend(element);
}
