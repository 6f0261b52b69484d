using System.Collections.Immutable;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class RobustnessTests
{
    static readonly Validator R4 = new(FhirDefinitions.R4, TimeProvider.System);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_damaged_resource_gives_issues_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "examples", "patients"), "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        var text = File.ReadAllText(files[random.Next(files.Length)]);
        var resource = FhirJson.Read(Encoding.UTF8.GetBytes(text), FhirDefinitions.R4.Types).Resource!;

        var issues = R4.Validate(Damaged(resource, random));

        Assert.All(issues, i => Assert.StartsWith("Bundle", i.Expression, StringComparison.Ordinal));
        Assert.All(issues, i => Assert.NotEmpty(i.Diagnostics));
    }

    [Fact]
    public void Warnings_never_crowd_an_error_out_and_both_are_limited()
    {
        var patients = Enumerable.Repeat("""{"resource":{"resourceType":"Patient","active":true}}""", 1000);
        var bad = Enumerable.Repeat("""{"resource":{"resourceType":"Patient","gender":"x"}}""", 20);
        var issues = Validated.Issues(
            $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', patients.Concat(bad))}}]}""",
            new ValidationOptions { MaxIssues = 10 });
        Assert.Equal((10, 10), (issues.Count(i => i.IsError), issues.Count(i => !i.IsError)));
    }

    /// <summary>Loses, doubles, empties and garbles elements.</summary>
    static Element Damaged(Element element, Random random)
    {
        var children = ImmutableArray.CreateBuilder<Element>();
        foreach (var child in element.Children)
        {
            var damaged = Damaged(child, random);
            switch (random.Next(60))
            {
                case 0:
                    break;
                case 1:
                    children.Add(damaged);
                    children.Add(damaged);
                    break;
                case 2:
                    children.Add(damaged.With([]));
                    break;
                case 3 when child.Value is not null:
                    children.Add(new Element(
                        child.Definition, child.Name, child.Type, "#\u0000<'" + child.Value, [], child.Position));
                    break;
                default:
                    children.Add(damaged);
                    break;
            }
        }

        return element.With(children.ToImmutable());
    }
}
