using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Tests;

namespace FhirTrials.Trials.Tests.Profiles;

/// <summary>Each file of examples/invalid/ breaks one constraint, and says in its <c>.issues.json</c> exactly which
/// errors that gives; the <c>valid-</c> files, which the others were made from, give none.</summary>
public sealed class InvalidExamplesTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "examples", "invalid");

    static readonly FhirDefinitions Definitions = FhirDefinitions.R4.With(ProfilePackage.Resources);

    static readonly Validator Validator = new(Definitions, TimeProvider.System);

    public static TheoryData<string> Examples =>
    [
        .. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Where(name => !name.EndsWith(".issues", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Examples))]
    public void An_example_breaks_just_what_it_says(string name)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.issues.json")));
        Assert.Equal(
            expected.RootElement.EnumerateArray()
                .Select(issue =>
                    $"{issue.GetProperty("code").GetString()} {issue.GetProperty("expression").GetString()}").Order(),
            Errors(Path.Combine(Folder, $"{name}.json")).Select(issue => $"{Code(issue)} {issue.Expression}").Order());
    }

    [Fact]
    public void Every_example_says_what_it_breaks() => Assert.All(
        Examples, row => Assert.True(File.Exists(Path.Combine(Folder, $"{row.Data}.issues.json"))));

    [Fact]
    public void Every_invariant_of_the_profiles_is_broken_by_an_example()
    {
        var keys = ProfilePackage.Resources.SelectMany(Descendants).Where(e => e.Name == "constraint")
            .Select(constraint => constraint.ValueOf("key")!);
        var broken = Examples.SelectMany(row => Errors(Path.Combine(Folder, $"{row.Data}.json")))
            .Where(issue => issue.Code == IssueCode.Invariant)
            .Select(issue => issue.Diagnostics.Split(':')[0]);
        Assert.Empty(keys.Except(broken));
    }

    static IEnumerable<Element> Descendants(Element element) =>
        element.Children.SelectMany(child => Descendants(child).Prepend(child));

    static IEnumerable<Issue> Errors(string file)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), Definitions.Types);
        return read.Issues.AddRange(Validator.Validate(read.Resource!)).Where(issue => issue.IsError);
    }

    /// <summary>FHIR's word for an issue's code.</summary>
    static string Code(Issue issue) => JsonNamingPolicy.KebabCaseLower.ConvertName(issue.Code.ToString());
}
