using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Tests.FhirPath;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.Patch;

public sealed class FhirPathPatchTests
{
    const string Patient =
        """
        {"resourceType":"Patient","id":"p","extension":[{"url":"u","valueCode":"c"}],
        "name":[{"use":"official","given":["A","B"]},{"use":"usual","text":"N"}],
        "birthDate":"2000-01-01","deceasedBoolean":false}
        """;

    [Theory]
    [InlineData("add", "Patient", "gender", """ "valueString":"male" """, "Patient.gender", "male")]
    [InlineData("add", "Patient", "language", """ "valueCode":"de" """, "Patient.language", "de")]
    [InlineData("add", "Patient.name[1]", "given", """ "valueString":"C" """, "Patient.name[1].given", "C")]
    [InlineData("add",
        "Patient.name.where(use = 'usual')", "given", """ "valueString":"C" """, "Patient.name[1].given", "C")]
    [InlineData("add", "name.last()", "given", """ "valueString":"C" """, "Patient.name[1].given", "C")]
    [InlineData("add", "Patient", "extension",
        """ "part":[{"name":"url","valueUri":"v"},{"name":"value","valueString":"w"}] """,
        "Patient.extension('v').value", "w")]
    [InlineData("add", "Patient.birthDate", "extension",
        """ "part":[{"name":"url","valueUri":"v"},{"name":"valueString","valueString":"w"}] """,
        "Patient.birthDate.extension('v').value", "w")]
    [InlineData("add", "Patient", "contained", """ "resource":{"resourceType":"Organization","id":"o"} """,
        "Patient.contained.id", "o")]
    [InlineData("add", "Patient", "multipleBirthInteger", """ "valueInteger":2 """, "Patient.multipleBirth", "2")]
    [InlineData("replace", "Patient.deceased", null, """ "valueDateTime":"2020" """, "Patient.deceased", "2020")]
    [InlineData("replace", "Patient.deceased.ofType(boolean)", null, """ "valueBoolean":true """, "Patient.deceased",
        "true")]
    [InlineData("replace",
        "Patient.extension('u').value", null, """ "valueString":"d" """, "Patient.extension.value", "d")]
    [InlineData("replace",
        "Patient.name[0].given[1]", null, """ "valueString":"C" """, "Patient.name[0].given[1]", "C")]
    public void A_value_goes_where_the_path_says(
        string type, string path, string? name, string value, string at, string expected)
    {
        var result = Apply(Operation(type, path, name, value));

        Assert.Empty(result.Issues);
        Assert.Equal([expected], FhirPathExpression.Compile(at).EvaluateTexts(result.Resource, Context));
    }

    [Fact]
    public void A_list_that_is_not_there_yet_takes_an_element_at_index_0()
    {
        var insert = Operation(
            "insert", "Patient.telecom", null, """ "valueContactPoint":{"value":"1"} """,
            """{"name":"index","valueInteger":0}""");

        Assert.Equal("1", Apply(insert).Resource!.At("telecom", "value")?.Value);
    }

    [Fact]
    public void Deleting_what_is_not_there_changes_nothing()
    {
        var result = Apply(Operation("delete", "Patient.photo"));

        Assert.Equal(Json(Read(Patient)), Json(result.Resource!));
    }

    [Fact]
    public void Operations_see_what_those_before_them_made()
    {
        var result = Apply(
            Operation("delete", "Patient.name[0].given[0]"),
            Operation("add", "Patient.name[0]", "given", """ "valueString":"C" """));

        Assert.Equal(["B", "C"], FhirPathExpression.Compile("name[0].given").EvaluateTexts(result.Resource, Context));
    }

    [Theory]
    // Malformed.
    [InlineData("""{"name":"op"}""", IssueCode.Invalid)]
    [InlineData("""{"name":"operation"}""", IssueCode.Invalid)]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"delete"}]}""", IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.name["}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":""}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"erase"},"""
            + """{"name":"path","valueString":"Patient.name"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},"""
            + """{"name":"name","valueString":"active"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.name"},{"name":"path","valueString":"Patient.id"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.name"},{"name":"where","valueString":"x"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.generalPractitioner.resolve().name"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.descendants()"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"Patient.name | Patient.id"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"delete"},"""
            + """{"name":"path","valueString":"%resource.name"}]}""",
        IssueCode.Invalid)]
    [InlineData(
        """{"name":"operation","part":[{"name":"type","valueCode":"move"},"""
            + """{"name":"path","valueString":"Patient.name"},{"name":"source","valueInteger":-1},"""
            + """{"name":"destination","valueInteger":0}]}""",
        IssueCode.Invalid)]
    public void A_malformed_operation_is_named(string operation, IssueCode code) => AssertRefused(operation, code);

    [Theory]
    [InlineData("add", "Patient", "nam", """ "valueString":"x" """, IssueCode.Structure)]
    [InlineData("add", "Patient", "birthDate", """ "valueDate":"2001" """, IssueCode.Processing)]
    [InlineData("add", "Patient.contact", "gender", """ "valueCode":"male" """, IssueCode.Processing)]
    [InlineData("add", "Patient.name", "text", """ "valueString":"x" """, IssueCode.Processing)]
    [InlineData("add", "Observation", "status", """ "valueCode":"final" """, IssueCode.Processing)]
    [InlineData("add", "Patient", "active", """ "valueString":"true" """, IssueCode.Value)]
    [InlineData("add", "Patient", "gender", """ "valueString":" two  spaces" """, IssueCode.Value)]
    [InlineData("add", "Patient", "deceased", """ "valueString":"x" """, IssueCode.Processing)]
    [InlineData("add", "Patient", "multipleBirth", """ "valueString":"x" """, IssueCode.Value)]
    [InlineData("add", "Patient", "multipleBirthInteger", """ "valueBoolean":true """, IssueCode.Value)]
    [InlineData("add", "Patient", "maritalStatus", """ "valueString":"x" """, IssueCode.Value)]
    [InlineData("add", "Patient", "maritalStatus", """ "resource":{"resourceType":"Patient"} """, IssueCode.Value)]
    [InlineData("add", "Patient", "contact", """ "part":[{"name":"nothing","valueString":"x"}] """,
        IssueCode.Structure)]
    [InlineData("add", "Patient", "contact",
        """ "part":[{"name":"gender","valueCode":"male"},{"name":"gender","valueCode":"male"}] """,
        IssueCode.Structure)]
    [InlineData("replace", "Patient", null, """ "resource":{"resourceType":"Patient"} """, IssueCode.Processing)]
    [InlineData("replace", "Patient.photo", null, """ "valueAttachment":{"title":"x"} """, IssueCode.Processing)]
    [InlineData("replace", "Patient.name", null, """ "valueHumanName":{"text":"x"} """, IssueCode.Processing)]
    [InlineData("replace", "Patient.name.where(given.single() = 'A').text", null, """ "valueString":"x" """,
        IssueCode.Processing)]
    public void An_operation_that_does_not_fit_is_named(
        string type, string path, string? name, string value, IssueCode code) =>
        AssertRefused(Operation(type, path, name, value), code);

    [Theory]
    [InlineData("delete", "Patient", null, IssueCode.Processing)]
    [InlineData("delete", "Patient.name", null, IssueCode.Processing)]
    [InlineData("insert", "Patient.name", """{"name":"index","valueInteger":3}""", IssueCode.Processing)]
    [InlineData("insert", "Patient.birthDate", """{"name":"index","valueInteger":0}""", IssueCode.Structure)]
    [InlineData("insert", "Patient.name[0]", """{"name":"index","valueInteger":0}""", IssueCode.Processing)]
    [InlineData("insert", "Patient.name.given", """{"name":"index","valueInteger":0}""", IssueCode.Processing)]
    [InlineData("move", "Patient.name",
        """{"name":"source","valueInteger":2},{"name":"destination","valueInteger":0}""", IssueCode.Processing)]
    [InlineData("move", "Patient.name",
        """{"name":"source","valueInteger":0},{"name":"destination","valueInteger":2}""", IssueCode.Processing)]
    public void A_list_operation_that_does_not_fit_is_named(string type, string path, string? more, IssueCode code) =>
        AssertRefused(
            Operation(type, path, null, type == "insert" ? """ "valueHumanName":{"text":"x"} """ : null, more), code);

    [Fact]
    public void The_id_stays_and_the_whole_patch_is_refused_otherwise()
    {
        var result = Apply(
            Operation("delete", "Patient.birthDate"), Operation("replace", "Patient.id", null, """ "valueId":"q" """));

        Assert.Null(result.Resource);
        Assert.Equal((IssueCode.Processing, "Parameters"), (result.Issues[0].Code, result.Issues[0].Expression));
    }

    [Fact]
    public void Depth_steps_and_operations_are_bounded()
    {
        var path = new StringBuilder("Patient");
        var nested = new List<string>();
        for (var i = 0; i < 70; i++)
        {
            nested.Add(
                Operation("add", path.ToString(), "extension", $$""" "part":[{"name":"url","valueUri":"x{{i}}"}] """));
            path.Append(i == 0 ? ".extension.last()" : ".extension[0]");
        }

        var many = Enumerable.Repeat(Operation("delete", "Patient.photo"), PatchResult.MaxOperations + 1).ToArray();
        var costly = Operation("delete", "Patient.name.where(" + string.Concat(Enumerable.Repeat("given.where(", 400))
            + "true" + new string(')', 401));

        Assert.Equal(IssueCode.TooLong, Apply([.. nested]).Issues[0].Code);
        Assert.Equal((IssueCode.TooLong, "Parameters"), (Apply(many).Issues[0].Code, Apply(many).Issues[0].Expression));
        Assert.Equal(
            IssueCode.Processing,
            FhirPathPatch.Apply(Read(Patient), Parameters(costly), Context with { MaxSteps = 3 }).Issues[0].Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_mutated_patch_harms(int seed)
    {
        var patient = Read(Patient);
        var patch = FhirJson.ToUtf8Bytes(Parameters(
            Operation("add", "Patient", "birthDate", """ "valueDate":"1930-01-01" """),
            Operation("delete", "Patient.name[0].given"),
            Operation("replace", "Patient.name.first().family", null, """ "valueString":"x" """)));
        Hostile.Try(seed, 1000, 16 << 20, random =>
        {
            var damaged = Mutation.Of(
                patch, random, "Patient", ".repeat(children())", "descendants()", "[0]", "\"part\":", "{}", "'",
                "value", "null");
            if (FhirJson.Read(damaged, FhirDefinitions.R4.Types).Resource is { } parameters)
            {
                var result = FhirPathPatch.Apply(patient, parameters, Context with { MaxSteps = 100_000 });
                Assert.NotEqual(result.Resource is null, result.Issues.IsEmpty);
            }
        });
    }

    [Fact]
    public void What_is_no_Parameters_resource_is_no_patch() =>
        Assert.Equal(
            IssueCode.Structure, FhirPathPatch.Apply(Read(Patient), Read(Patient), Context).Issues.Single().Code);

    static FhirPathContext Context => new(FhirDefinitions.R4) { Now = DateTimeOffset.UnixEpoch };

    /// <summary>Second of two operations, so that the index in the issue tells something.</summary>
    static void AssertRefused(string operation, IssueCode code)
    {
        var result = Apply(Operation("delete", "Patient.photo"), operation);

        Assert.Null(result.Resource);
        Assert.Equal((code, "Parameters.parameter[1]"), (result.Issues[0].Code, result.Issues[0].Expression));
    }

    static string Operation(string type, string path, string? name = null, string? value = null, string? more = null)
    {
        string?[] parts =
        [
            $$"""{"name":"type","valueCode":"{{type}}"}""",
            $$"""{"name":"path","valueString":{{JsonValue.Create(path).ToJsonString()}}}""",
            name is null ? null : $$"""{"name":"name","valueString":"{{name}}"}""",
            value is null ? null : $$"""{"name":"value",{{value}}}""",
            more,
        ];
        return $$"""{"name":"operation","part":[{{string.Join(',', parts.Where(p => p is not null))}}]}""";
    }

    static PatchResult Apply(params string[] operations) =>
        FhirPathPatch.Apply(Read(Patient), Parameters(operations), Context);

    static Element Parameters(params string[] operations) =>
        Read($$"""{"resourceType":"Parameters","parameter":[{{string.Join(',', operations)}}]}""");

    static string Json(Element resource) => Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(resource));

    static Element Read(string json) => FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types).Resource!;
}
