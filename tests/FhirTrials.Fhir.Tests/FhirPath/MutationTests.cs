using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.FhirPath;

public sealed class MutationTests
{
    static readonly string[] Fragments =
    [
        "'", "`", "(", ")", "[", "]", "{}", ".", ",", "%", "$this", "$total", "@2024", "@T10", "1", "0.5", "-",
        "1 'mg'", "2 days", " is ", " as ", "//", "/*", "\\", "\\u", "Patient", "descendants()", ".repeat(children())",
        " | ", "~", " in ", "name", ".first()", ".resolve()", ".toQuantity()", ".lowBoundary(40)", ".power(99)", "é",
        "\0", "\U0001F600", "2147483647", "99999999999999999999999999999",
    ];

    /// <summary>Broken expressions are refused, and whatever compiles runs: nothing but
    /// <see cref="FhirPathException"/> escapes.</summary>
    [Fact]
    public void A_changed_expression_of_R4_compiles_and_runs_or_is_refused()
    {
        var random = new Random(20260301);
        var expressions = FhirDefinitions.R4.Types.Names.SelectMany(FhirDefinitions.R4.SearchParameters)
            .Select(p => p.Expression)
            .Concat(FhirDefinitions.R4.Types.Names
                .SelectMany(n => FhirDefinitions.R4.StructureDefinition(n)!.Root.Constraints).Select(c => c.Expression))
            .OfType<string>().Where(e => e.Length < 400).Distinct().Order(StringComparer.Ordinal).ToList();
        var focus = FhirJson.Read(Encoding.UTF8.GetBytes(
            """
            {"resourceType":"Patient","id":"p","birthDate":"2008","name":[{"family":"F","given":["G","H"],
             "period":{"start":"2001-02-03"}}],
            "deceasedDateTime":"2024-01-01T10:00:00Z","multipleBirthInteger":2,"contained":[{"resourceType":"Patient",
            "id":"q"}]}
            """), FhirDefinitions.R4.Types).Resource!;
        var context = new FhirPathContext(FhirDefinitions.R4)
        {
            Now = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), MaxSteps = 20_000,
        };

        var compiled = 0;
        for (var i = 0; i < 20_000; i++)
        {
            compiled +=
                Runs(Mutation.Of(expressions[random.Next(expressions.Count)], random, Fragments), focus, context)
                    ? 1
                    : 0;
        }

        Assert.InRange(compiled, 500, 19_500);
    }

    static bool Runs(string text, Element focus, FhirPathContext context)
    {
        try
        {
            var expression = FhirPathExpression.Compile(text);
            Attempt(() => expression.Check(focus.Type, context.Definitions));
            Attempt(() => expression.Evaluate(focus, context));
            Attempt(() => expression.EvaluateBoolean(focus, context));
            return true;
        }
        catch (FhirPathException)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name} from: {text}", e);
        }
    }

    static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (FhirPathException)
        {
            // Refused, as it may be.
        }
    }
}
