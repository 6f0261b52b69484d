using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Tests;

namespace FhirTrials.Fhir.Tests.Definitions;

public sealed class PackageTests
{
    const string Base = "http://hl7.org/fhir/StructureDefinition/";

    static Element Read(string json)
    {
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        Assert.Empty(read.Issues);
        return read.Resource!;
    }

    static Element Profile(string type, string elements, string name = "test", string? basedOn = null) => Read($$"""
        {"resourceType":"StructureDefinition","url":"http://x.org/{{name}}","name":"{{name}}","status":"draft",
         "kind":"{{(FhirDefinitions.R4.Types.IsResource(type, out _) ? "resource" : "complex-type")}}","abstract":false,
         "type":"{{type}}","baseDefinition":"{{basedOn ?? Base + type}}","derivation":"constraint",
         "differential":{"element":[{"id":"{{type}}","path":"{{type}}"},{{elements}} ] } }
        """);

    static ElementDefinition Root(params Element[] profiles) =>
        FhirDefinitions.R4.With(profiles).StructureDefinition(profiles[^1].ValueOf("url")!)!.Root;

    static ElementDefinition At(ElementDefinition root, params string[] path) => path.Aggregate(root, (at, step) =>
        step.StartsWith(':')
            ? at.Slices.Single(s => s.SliceName == step[1..])
            : at.Children.Single(c => c.Name == step));

    [Fact]
    public void What_the_differential_does_not_mention_stays_as_it_was()
    {
        var name = At(Root(Profile("Patient", """{"path":"Patient.name","min":1}""")), "name");
        Assert.Equal((1, ElementDefinition.Many, true), (name.Min, name.Max, name.IsArray));
        Assert.Equal("HumanName", name.Types.Single().Type.Name);
    }

    [Fact]
    public void A_single_allowed_repetition_is_still_an_array_in_JSON() =>
        Assert.True(
            At(Root(Profile("Patient", """{"path":"Patient.name","max":"1"}""")), "name") is { Max: 1, IsArray: true });

    [Fact]
    public void Children_of_a_datatype_are_pulled_in()
    {
        var root = Root(Profile("Patient", """{"path":"Patient.name.family","min":1}"""));
        Assert.Equal(1, At(root, "name", "family").Min);
        Assert.Contains(root.Children.Single(c => c.Name == "name").Children, c => c.Name == "given");
    }

    [Fact]
    public void A_slice_starts_as_the_element_it_slices_and_may_be_absent()
    {
        var root = Root(Profile("Patient", """
            {"id":"Patient.identifier","path":"Patient.identifier","min":1,
             "slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"}},
            {"id":"Patient.identifier:nct","path":"Patient.identifier","sliceName":"nct","max":"1"},
            {"id":"Patient.identifier:nct.system","path":"Patient.identifier.system","min":1,
             "fixedUri":"http://clinicaltrials.gov"}
            """));
        var slice = At(root, "identifier", ":nct");
        Assert.Equal((0, 1), (slice.Min, slice.Max));
        Assert.Equal("http://clinicaltrials.gov", At(slice, "system").Fixed!.Value);
        Assert.Empty(At(root, "identifier").Children);
    }

    [Fact]
    public void Slices_are_found_without_ids_too()
    {
        var root = Root(Profile("Patient", """
            {"path":"Patient.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"}},
            {"path":"Patient.identifier","sliceName":"nct","max":"1"},
            {"path":"Patient.identifier.system","fixedUri":"http://clinicaltrials.gov"}
            """));
        Assert.Equal("http://clinicaltrials.gov", At(root, "identifier", ":nct", "system").Fixed!.Value);
    }

    [Fact]
    public void A_reslice_belongs_to_its_slice()
    {
        var root = Root(Profile("Patient", """
            {"id":"Patient.identifier","path":"Patient.identifier",
             "slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"open"}},
            {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a","min":1,
             "slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"closed"}},
            {"id":"Patient.identifier:a/b","path":"Patient.identifier","sliceName":"a/b","max":"1"}
            """));
        Assert.Equal(1, At(root, "identifier", ":a", ":a/b").Max);
    }

    [Theory]
    [InlineData("""{"id":"Observation.value[x]:valueQuantity.unit","path":"Observation.value[x].unit","min":1}""", 11)]
    [InlineData("""{"path":"Observation.valueQuantity.unit","min":1}""", 1)]
    public void A_type_slice_speaks_of_one_type_and_the_shorthand_allows_no_other(string line, int types)
    {
        var value = At(Root(Profile("Observation", line)), "value");
        Assert.Equal(types, value.Types.Length);
        Assert.Equal("Quantity", At(value, ":valueQuantity").Types.Single().Type.Name);
        Assert.Equal(1, At(value, ":valueQuantity", "unit").Min);
        Assert.True(value.IsChoice);
    }

    [Fact]
    public void Referenced_content_can_be_constrained_at_any_depth()
    {
        var root = Root(Profile("Questionnaire", """{"path":"Questionnaire.item.item.item.text","min":1}"""));
        Assert.Equal(1, At(root, "item", "item", "item", "text").Min);
        Assert.Equal(0, At(root, "item", "item", "text").Min);
    }

    [Fact]
    public void Extensions_are_sliced_by_url_without_saying_so()
    {
        var extension = Profile("Extension", """
            {"path":"Extension.url","fixedUri":"http://x.org/ext"},{"path":"Extension.value[x]","min":1,
             "type":[{"code":"code"}]}
            """, "ext");
        var profile = Profile("Patient", """
            {"id":"Patient.extension:e","path":"Patient.extension","sliceName":"e","min":1,
             "type":[{"code":"Extension","profile":["http://x.org/ext"]}]}
            """);
        var root = Root(extension, profile);
        Assert.Equal("url", At(root, "extension").Slicing!.Discriminators.Single().Path);
        Assert.Equal(["http://x.org/ext"], At(root, "extension", ":e").Types.Single().Profiles);
    }

    [Fact]
    public void A_profile_of_a_profile_adds_rules_to_those_before()
    {
        const string Rule = """{"path":"Patient.name","constraint":"""
            + """[{"key":"NAME","severity":"error","human":"h","expression":"true"}]}""";
        var first = Profile("Patient", Rule.Replace("NAME", "one", StringComparison.Ordinal), "first");
        var second =
            Profile("Patient", Rule.Replace("NAME", "two", StringComparison.Ordinal), "second", "http://x.org/first");
        Assert.Equal(["ele-1", "one", "two"], At(Root(first, second), "name").Constraints.Select(c => c.Key).Order());
    }

    [Fact]
    public void Fixed_and_pattern_values_keep_their_type()
    {
        var root = Root(Profile("Observation", """
            {"path":"Observation.status","fixedCode":"final"},
            {"path":"Observation.code","patternCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"1-8"}]}}
            """));
        Assert.Equal(("code", "final"), (At(root, "status").Fixed!.Type.Name, At(root, "status").Fixed!.Value));
        Assert.Equal("1-8", At(root, "code").Pattern!.At("coding", "code")!.Value);
    }

    public static TheoryData<string, string, IssueCode> Broken => new()
    {
        { """{"path":"Patient.colour","min":1}""", Base + "Patient", IssueCode.Structure },
        { """{"path":"Patient.name.family.first","min":1}""", Base + "Patient", IssueCode.Structure },
        { """{"path":"Patient.name","min":1}""", "http://x.org/none", IssueCode.NotFound },
        { """{"path":"Patient.name","min":1}""", "http://x.org/test", IssueCode.Structure },
        { """{"path":"Patient.name","min":1}""", Base + "Observation", IssueCode.Structure },
        { """{"path":"Patient.extension","sliceName":"e","type":[{"code":"Extension","profile":"""
            + """["http://x.org/none"]}]}""",
            Base + "Patient", IssueCode.NotFound },
        { """{"path":"Patient.name","type":[{"code":"Name"}]}""", Base + "Patient", IssueCode.NotFound },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_profile_is_refused_with_an_issue(string elements, string basedOn, IssueCode code) =>
        Assert.Contains(
            Assert.Throws<FhirException>(() => Root(Profile("Patient", elements, basedOn: basedOn))).Issues,
            i => i.Code == code && i.Diagnostics.Contains("http://x.org/test", StringComparison.Ordinal));

    [Fact]
    public void A_package_adds_codes_and_search_parameters_and_leaves_R4_as_it_is()
    {
        var added = FhirDefinitions.R4.With(
            Read("""
                {"resourceType":"CodeSystem","url":"http://x.org/cs","status":"draft","content":"complete",
                 "concept":[{"code":"a","concept":[{"code":"b"}]}]}
                """),
            Read("""
                {"resourceType":"ValueSet","url":"http://x.org/vs","status":"draft",
                 "compose":{"include":[{"system":"http://x.org/cs","concept":[{"code":"a"}]}]}}
                """),
            Read("""
                {"resourceType":"SearchParameter","url":"http://x.org/sp","name":"x","status":"draft","description":"d",
                 "code":"arm","base":["ResearchStudy"],"type":"token","expression":"ResearchStudy.arm.name"}
                """));
        Assert.True(added.CodeSystem("http://x.org/cs|1")!.IsA("b", "a"));
        Assert.Equal("a", added.ValueSet("http://x.org/vs")!.Includes.Single().Concepts.Single().Code);
        Assert.Contains(added.SearchParameters("ResearchStudy"), p => p.Code == "arm");
        Assert.DoesNotContain(FhirDefinitions.R4.SearchParameters("ResearchStudy"), p => p.Code == "arm");
        Assert.Null(FhirDefinitions.R4.CodeSystem("http://x.org/cs"));
    }

    [Fact]
    public void The_products_own_profiles_are_a_package()
    {
        var resources = PackageLoader.Load(Path.Combine(Repository.Root, "profiles"), FhirDefinitions.R4.Types);
        var structures = resources.Where(r => r.Type.Name == "StructureDefinition").Select(r => r.ValueOf("url")!)
            .Order(StringComparer.Ordinal);
        var definitions = FhirDefinitions.R4.With(resources);
        Assert.Equal(structures, definitions.PackageProfiles);
        Assert.All(
            definitions.PackageProfiles, url => Assert.NotEmpty(definitions.StructureDefinition(url)!.Root.Children));
    }
}
