using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Fhir.Validation;
using FhirTrials.Tests;

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
        Assert.DoesNotContain(
            expressions.Select(e => (e.Type, e.Expression, Problem: Problem(e.Expression!, null))),
            e => e.Problem is not null);
        Assert.DoesNotContain(expressions.SelectMany(e => Parts(e.Expression!, e.Type)
            .Select(part => (part, Problem: Problem(part, e.Type)))), e => e.Problem is not null);
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
            invariants.Where(i => i.Element.Types.All(t => Problem(i.Expression, t.Type) is not null))
                .Select(i => (i.Element.Path, i.Key)));
    }

    [Fact]
    public void Every_invariant_and_search_parameter_of_our_profiles_fits_its_type()
    {
        var package = PackageLoader.Load(Path.Combine(Repository.Root, "profiles"), FhirDefinitions.R4.Types);
        var definitions = FhirDefinitions.R4.With(package);
        var invariants = definitions.PackageProfiles.Select(p => definitions.StructureDefinition(p)!)
            .SelectMany(p => Elements(p.Root, []))
            .SelectMany(e => e.Types.SelectMany(t => e.Constraints.Select(c => (e.Path, Type: t.Type, c.Expression))))
            .Distinct()
            .ToList();
        var parameters = package.Where(r => r.Type.Name == "SearchParameter")
            .SelectMany(r => r["base"].Select(b =>
                (Path: r.ValueOf("url")!, Type: definitions.Types[b.Value!], Expression: r.ValueOf("expression")!)))
            .ToList();

        Assert.InRange(invariants.Count, 300, 100_000);
        Assert.NotEmpty(parameters);
        Assert.DoesNotContain(
            invariants.Concat(parameters).Select(i => (i.Path, i.Expression, Problem: Problem(i.Expression, i.Type))),
            i => i.Problem is not null);
    }

    /// <summary>On every example of HL7's package: the search parameters of its type, and the invariants of every
    /// element in it, those too that validation decides without their expression.</summary>
    [Fact]
    public void Every_expression_of_R4_runs_on_every_example_without_an_error()
    {
        var (parameters, invariants) = (new HashSet<string>(), new HashSet<string>());
        var failures = new HashSet<string>();
        var (examples, evaluations) = (0, 0);
        var validator = new Validator(FhirDefinitions.R4, TimeProvider.System);
        foreach (var file in R4Package.Files())
        {
            var resource = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types).Resource;
            Assert.True(resource is not null, file);
            examples++;
            foreach (var each in Resources(resource))
            {
                var context = validator.Answering(new(FhirDefinitions.R4)
                {
                    Now = DateTimeOffset.UnixEpoch, Resource = each, RootResource = resource,
                });
                foreach (var parameter in FhirDefinitions.R4.SearchParameters(each.Type.Name)
                    .Where(p => p.Expression is not null))
                {
                    Run(parameter.Code, SearchIndexer.OfType(parameter.Expression!), each, context, parameters);
                }

                Own(each, context);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{parameters.Count} search parameters' expressions and {invariants.Count} invariants on {examples} "
                + $"examples: {evaluations} evaluations");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.InRange(examples, 5_000, 10_000);
        Assert.InRange(parameters.Count, 1_000, 2_000);
        Assert.InRange(invariants.Count, 180, 1_000);

        void Own(Element element, FhirPathContext context)
        {
            foreach (var constraint in (element.Definition?.Constraints ?? []).Concat(element.Type.Constraints))
            {
                // R4 wrote 'as' where N1 has ofType() in its search parameters, and in this one, which validation
                // decides without it.
                var expression =
                    constraint.Key == "dom-3" ? SearchIndexer.OfType(constraint.Expression) : constraint.Expression;
                Run(constraint.Key, expression, element, context, invariants);
            }

            foreach (var child in element.Children.Where(c => !c.IsResource))
            {
                Own(child, context);
            }
        }

        void Run(string key, string expression, Element focus, FhirPathContext context, HashSet<string> seen)
        {
            seen.Add(expression);
            evaluations++;
            try
            {
                FhirPathExpression.Compile(expression).Evaluate(focus, context);
            }
            catch (FhirPathException e)
            {
                failures.Add($"{focus.Type}: {key}: {e.Message}");
            }
        }
    }

    /// <summary>A resource and those in it.</summary>
    static IEnumerable<Element> Resources(Element element) =>
        element.Children.SelectMany(Resources).Concat(element.IsResource ? [element] : []);

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

    /// <summary>The parts of a union that are about the type: a parameter of many
    /// types has one part for each.</summary>
    static IEnumerable<string> Parts(string expression, FhirType type) =>
        expression.Split('|').Select(p => p.Trim())
            .Where(p => p.TrimStart('(').StartsWith($"{type.Name}.", StringComparison.Ordinal));

    static IEnumerable<ElementDefinition> Elements(ElementDefinition element, HashSet<FhirType> seen) =>
        element.Children
            .Concat(element.Types.Where(t => t.Type.Kind == FhirTypeKind.Backbone && seen.Add(t.Type))
                .SelectMany(t => t.Type.Elements))
            .SelectMany(e => Elements(e, seen))
            .Prepend(element);
}
