using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Profiles;

public sealed class ProfilePackageTests
{
    const string Ours = "http://fhirtrials.org/fhir/";

    public static TheoryData<string> Enumerations => [.. RegistryCodes.ByName.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Records => Tests.Records.All;

    [Fact]
    public void A_file_is_named_by_type_and_id() => Assert.Equal(
        ProfilePackage.Resources.Select(r => $"{r.Type.Name}-{r.Id}.json"),
        Directory.EnumerateFiles(ProfilePackage.Folder, "*.json").Select(f => Path.GetFileName(f)!)
            .Where(f => f != "package.json").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_canonical_is_defined_once() =>
        Assert.Equal(ProfilePackage.Resources.Length, ProfilePackage.Resources.Select(UrlOf).Distinct().Count());

    [Fact]
    public void Every_canonical_that_the_package_names_is_in_it_or_in_R4()
    {
        var defined = ProfilePackage.Resources.Select(UrlOf).ToHashSet();
        var named = ProfilePackage.Resources.SelectMany(Descendants)
            .Where(e => e.Type.Name is "canonical" || e is { Name: "system", Type.Name: "uri" }).Select(e => e.Value!)
            .Where(url => url.StartsWith(Ours, StringComparison.Ordinal)
                || url.StartsWith("http://hl7.org/fhir/StructureDefinition/", StringComparison.Ordinal));
        Assert.DoesNotContain(named.Except(defined), url => FhirDefinitions.R4.StructureDefinition(url) is null);
    }

    [Theory, MemberData(nameof(Enumerations))]
    public void A_code_system_holds_the_codes_of_the_registry(string enumeration)
    {
        var codes = RegistryCodes.ByName[enumeration];
        var system = Assert.Single(ProfilePackage.Resources, r => UrlOf(r) == codes.All[0].System);
        Assert.Equal(
            codes.All.Select(code => (code.Code, code.Display)),
            system["concept"].Select(concept => (concept.ValueOf("code")!, concept.ValueOf("display")!)));
    }

    [Fact]
    public void The_vocabulary_is_a_code_system()
    {
        var system = Assert.Single(ProfilePackage.Resources, r => UrlOf(r) == CodeSystems.Vocabulary);
        Assert.Equal(
            ConceptVocabulary.Default.Concepts
                .Select(c => (c.Key, c.Text, string.Join(' ', c.Parents.Order(StringComparer.Ordinal))))
                .OrderBy(c => c.Key, StringComparer.Ordinal),
            system["concept"].Select(c => (
                c.ValueOf("code")!,
                c.ValueOf("display")!,
                string.Join(' ', c["property"].Select(p => p.ValueOf("value")!).Order(StringComparer.Ordinal)))));
    }

    [Fact]
    public void Every_invariant_compiles()
    {
        var expressions = ProfilePackage.Resources.Where(r => r.Type.Name == "StructureDefinition")
            .SelectMany(Descendants).Where(e => e.Name == "constraint").Select(c => c.ValueOf("expression")!).ToList();
        Assert.NotEmpty(expressions);
        Assert.All(expressions, expression => FhirPathExpression.Compile(expression));
    }

    [Fact]
    public void Every_invariant_has_a_key_of_its_own()
    {
        var keys = ProfilePackage.Resources.SelectMany(Descendants).Where(e => e.Name == "constraint")
            .Select(c => c.ValueOf("key")!).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Theory, MemberData(nameof(Records))]
    public void Every_extension_and_profile_of_a_mapped_study_is_defined(string nctId)
    {
        var defined = ProfilePackage.Resources.Select(UrlOf).ToHashSet();
        var resources = StudyMapper.Map(Tests.Records.Read(nctId), FhirDefinitions.R4.Types).Resources;
        var used = resources.SelectMany(Descendants)
            .Where(e => e is { Name: "url", Type.Name: "uri" or "string" } or { Name: "profile",
                Type.Name: "canonical" })
            .Select(e => e.Value!)
            .Where(url => url.Contains("/StructureDefinition/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains(Canonicals.R5("recruitment"), used);
        Assert.Contains(Canonicals.TrialStudy, used);
        Assert.DoesNotContain(used.Except(defined), url => FhirDefinitions.R4.StructureDefinition(url) is null);
    }

    static string UrlOf(Element resource) => resource.ValueOf("url")!;

    static IEnumerable<Element> Descendants(Element element) =>
        element.Children.SelectMany(child => Descendants(child).Prepend(child));
}
