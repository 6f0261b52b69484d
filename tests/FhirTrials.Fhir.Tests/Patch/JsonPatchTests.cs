using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.Patch;

public sealed class JsonPatchTests
{
    const string Patient =
        """{"resourceType":"Patient","id":"p","name":[{"given":["A","B"]}]"""
        + ""","birthDate":"2000-01-01","multipleBirthInteger":2}""";

    static readonly string SuitePath =
        Path.Combine(Repository.Root, "..", "shared", "data", "fhirpath-patch", "json-patch-tests.json");
    static readonly Lazy<Dictionary<string, JsonObject>> Suite =
        new(() => JsonNode.Parse(File.ReadAllText(SuitePath))!.AsArray()
            .ToDictionary(t => t!["comment"]!.GetValue<string>(), t => t!.AsObject()));

    public static TheoryData<string> Tests() => File.Exists(SuitePath) ? [.. Suite.Value.Keys] : ["absent"];

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_test_of_the_suite_gives_what_it_says(string name)
    {
        Repository.SharedData("fhirpath-patch", "json-patch-tests.json");
        var test = Suite.Value[name];
        var document = new JsonDocumentPatch(test["doc"]!.DeepClone(), budget: 1000, maxDepth: 10);
        Assert.Null(
            JsonPatch.Read(JsonSerializer.SerializeToUtf8Bytes(test["patch"]), ReadLimits.Default, out var operations));

        var issue = JsonPatch.Apply(document, operations);

        Assert.Equal(test.ContainsKey("error"), issue is not null);
        Assert.True(
            issue is not null || JsonNode.DeepEquals(test["expected"], document.Root), document.Root?.ToJsonString());
    }

    [Fact]
    public void The_suite_is_whole()
    {
        Repository.SharedData("fhirpath-patch", "json-patch-tests.json");
        Assert.Equal(16, Suite.Value.Count);
    }

    [Theory]
    [InlineData("""[]""", Patient)]
    [InlineData(
        """[{"op":"add","path":"/name/0/given/-","value":"C"},{"op":"remove","path":"/birthDate"},"""
            + """{"op":"remove","path":"/multipleBirthInteger"}]""",
        """{"resourceType":"Patient","id":"p","name":[{"given":["A","B","C"]}]}""")]
    [InlineData(
        """[{"op":"replace","path":"/name/0/given/1","value":"C"},{"op":"remove","path":"/birthDate"},"""
            + """{"op":"remove","path":"/multipleBirthInteger"}]""",
        """{"resourceType":"Patient","id":"p","name":[{"given":["A","C"]}]}""")]
    [InlineData(
        """[{"op":"copy","from":"/name/0","path":"/name/0"},{"op":"remove","path":"/birthDate"},"""
            + """{"op":"test","path":"/multipleBirthInteger","value":2.0},"""
            + """{"op":"remove","path":"/multipleBirthInteger"}]""",
        """{"resourceType":"Patient","id":"p","name":[{"given":["A","B"]},{"given":["A","B"]}]}""")]
    [InlineData(
        """[{"op":"move","from":"/name","path":"/name"},{"op":"remove","path":"/birthDate"},"""
            + """{"op":"remove","path":"/multipleBirthInteger"},{"op":"add","path":"/active","value":true}]""",
        """{"resourceType":"Patient","id":"p","name":[{"given":["A","B"]}],"active":true}""")]
    [InlineData(
        """[{"op":"replace","path":"","value":{"resourceType":"Patient","id":"p","gender":"female"}}]""",
        """{"resourceType":"Patient","id":"p","gender":"female"}""")]
    public void A_patch_changes_what_it_names(string patch, string expected)
    {
        var result = Apply(patch);

        Assert.Empty(result.Issues);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(FhirJson.ToUtf8Bytes(result.Resource!))));
    }

    [Fact]
    public void What_a_removal_leaves_empty_goes_too_but_can_be_filled_again()
    {
        var emptied = Apply("""[{"op":"remove","path":"/name/0/given/0"},{"op":"remove","path":"/name/0/given/0"}]""");
        var filled = Apply("""[{"op":"remove","path":"/name/0"},{"op":"add","path":"/name/0","value":{"text":"C"}}]""");

        Assert.Null(emptied.Resource!.Child("name"));
        Assert.Equal("C", filled.Resource!.At("name", "text")?.Value);
    }

    [Fact]
    public void Decimals_keep_their_precision()
    {
        var observation = Read("""{"resourceType":"Observation","id":"p","status":"final","code":{"text":"c"}"""
            + ""","valueQuantity":{"value":1.50}}""");
        var patch = """[{"op":"add","path":"/referenceRange","value":[{"low":{"value":0.100}}]}]"""u8;

        var result = JsonPatch.Apply(observation, patch, FhirDefinitions.R4.Types);

        Assert.Equal("1.50", result.Resource!.At("value", "value")?.Value);
        Assert.Equal("0.100", result.Resource!.At("referenceRange", "low", "value")?.Value);
    }

    [Theory]
    // Malformed.
    [InlineData("", "structure", "patch")]
    [InlineData("{}", "structure", "patch")]
    [InlineData("[", "structure", "patch")]
    [InlineData("""[{"op":"remove","path":"/name","path":"/id"}]""", "structure", "patch")]
    [InlineData("""[{"op":"add","path":"/language","value":"\ud800"}]""", "structure", "patch")]
    [InlineData("""[{"op":"add","path":"/\udc00","value":1}]""", "structure", "patch")]
    [InlineData("""[{"op":"add","path":"/x","value":{"\ud800":1}}]""", "structure", "patch")]
    [InlineData("[1]", "invalid", "patch[0]")]
    [InlineData("[null]", "invalid", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/id","value":"p"},{"op":"append","path":"/name"}]""", "invalid", "patch[1]")]
    [InlineData("""[{"op":1,"path":"/name"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"remove"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"name"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/na~me"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name~"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"remove","path":["/name"]}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"add","path":"/name"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"move","path":"/name"}]""", "invalid", "patch[0]")]
    [InlineData("""[{"op":"copy","path":"/name","from":"name"}]""", "invalid", "patch[0]")]
    // Not about this resource.
    [InlineData("""[{"op":"remove","path":"/gender"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":""}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name/-"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name/1"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name/00"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name/"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"remove","path":"/name/99999999999999999999"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"replace","path":"/gender","value":"male"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"replace","path":"/name/-","value":{}}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"add","path":"/name/2","value":{}}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"add","path":"/birthDate/x","value":1}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"move","from":"/name","path":"/name/0/x"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"move","from":"","path":"/x"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"copy","from":"/gender","path":"/x"}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/gender","value":null}]""", "processing", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/id","value":"q"}]""", "conflict", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/multipleBirthInteger","value":"2"}]""", "conflict", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/multipleBirthInteger","value":2e999999999}]""", "conflict", "patch[0]")]
    [InlineData("""[{"op":"test","path":"/multipleBirthInteger","value":2e99999999999999999999}]""", "conflict",
        "patch[0]")]
    // Whose result is no sound resource.
    [InlineData("""[{"op":"replace","path":"/id","value":"q"}]""", "processing", "patch")]
    [InlineData("""[{"op":"remove","path":"/id"}]""", "processing", "patch")]
    [InlineData("""[{"op":"replace","path":"/resourceType","value":"Group"}]""", "processing", "patch")]
    [InlineData("""[{"op":"replace","path":"","value":null}]""", "processing", "patch")]
    [InlineData("""[{"op":"add","path":"/nam","value":[]}]""", "processing", "patch")]
    [InlineData("""[{"op":"replace","path":"/birthDate","value":"yesterday"}]""", "processing", "patch")]
    public void A_patch_that_cannot_be_applied_names_its_operation(string patch, string code, string expression)
    {
        var result = Apply(patch);

        Assert.Null(result.Resource);
        Assert.Equal((code, expression), (result.Issues[0].Code.ToFhirCode(), result.Issues[0].Expression));
    }

    [Fact]
    public void A_malformed_result_says_where()
    {
        var result = Apply("""[{"op":"replace","path":"/birthDate","value":"yesterday"}]""");

        Assert.Equal(["patch", "Patient.birthDate"], result.Issues.Select(i => i.Expression));
    }

    [Fact]
    public void Copies_of_copies_are_bounded()
    {
        var doubling = string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/name","path":"/name/-"}""", 60));
        var widening = string.Join(
            ',', Enumerable.Repeat("""{"op":"copy","from":"/name/0/given","path":"/name/0/given/0"}""", 60));

        Assert.Equal(IssueCode.TooLong, Apply($"[{doubling}]").Issues[0].Code);
        Assert.Equal(IssueCode.TooLong, Apply($"[{widening}]").Issues[0].Code);
    }

    [Fact]
    public void A_resource_as_deep_as_can_be_read_can_be_patched()
    {
        var limits = ReadLimits.Default;
        var (inner, deepest) = ("", Read(Patient));
        for (var depth = 1; depth < limits.Depth; depth++)
        {
            inner = $$"""{"url":"u"{{(inner.Length == 0 ? "" : $",\"extension\":[{inner}]")}}}""";
            var read = FhirJson.Read(
                Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"p","extension":[{{inner}}]}"""),
                FhirDefinitions.R4.Types);
            if (!read.IsValid)
            {
                break;
            }

            deepest = read.Resource!;
        }

        var result =
            JsonPatch.Apply(deepest, """[{"op":"add","path":"/active","value":true}]"""u8, FhirDefinitions.R4.Types);

        Assert.Empty(result.Issues);
        Assert.Equal("true", result.Resource!.ValueOf("active"));
    }

    /// <summary>Texts made from a patch by changing, doubling and dropping bytes: each is applied or refused.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_mutated_patch_harms(int seed)
    {
        byte[] patch =
        [
            .. """[{"op":"copy","from":"/name/0","path":"/name/-"},"""u8
            + """{"op":"move","from":"/name/0/given/0","path":"/name/1/given/1"},"""u8
            + """{"op":"replace","path":"/birthDate","value":"2001-02-03"},"""u8
            + """{"op":"test","path":"/multipleBirthInteger","value":2.0},{"op":"remove","path":"/name/0"}]"""u8,
        ];
        var patient = Read(Patient);
        Hostile.Try(seed, 2000, 16 << 20, random =>
        {
            var result = JsonPatch.Apply(
                patient, Mutation.Of(patch, random, "/name/-", "/", "~1", "\"op\":", "null", "[", "1e999999999"),
                FhirDefinitions.R4.Types);
            Assert.NotEqual(result.Resource is null, result.Issues.IsEmpty);
        });
    }

    [Fact]
    public void Operations_and_depth_are_bounded()
    {
        var many = string.Join(
            ',', Enumerable.Repeat("""{"op":"test","path":"/id","value":"p"}""", PatchResult.MaxOperations + 1));
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.Equal(
            (IssueCode.TooLong, "patch"), (Apply($"[{many}]").Issues[0].Code, Apply($"[{many}]").Issues[0].Expression));
        Assert.Equal(IssueCode.Structure, Apply(deep).Issues[0].Code);
    }

    static PatchResult Apply(string patch) =>
        JsonPatch.Apply(Read(Patient), Encoding.UTF8.GetBytes(patch), FhirDefinitions.R4.Types);

    static Element Read(string json)
    {
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        Assert.Empty(read.Issues);
        return read.Resource!;
    }
}
