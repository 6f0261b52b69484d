using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Json;

public sealed class FhirJsonReadTests
{
    static ReadResult Read(string json, ReadLimits? limits = null) =>
        FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types, limits);

    static string[] Found(ReadResult read) => [.. read.Issues.Select(i => $"{i.Code} {i.Expression}")];

    public static TheoryData<string, string[]> Structure => new()
    {
        // Names.
        { """{"resourceType":"Patient","colour":"red"}""", ["Structure Patient.colour"] },
        { """{"resourceType":"Patient","name":[{"famly":"x","given":["y"]}]}""", ["Structure Patient.name[0].famly"] },
        { """{"resourceType":"Patient","fhir_comments":["x"]}""", ["Structure Patient.fhir_comments"] },
        { """{"resourceType":"Patient","a b c":1}""", ["Structure Patient"] },
        { """{"resourceType":"Patient","\ud800":1}""", ["Structure Patient"] },
        { """{"resourceType":"Patient","name":[{"resourceType":"HumanName","family":"x"}]}""",
            ["Structure Patient.name[0].resourceType"] },
        { """{"resourceType":"Observation","value":1}""", ["Structure Observation.value"] },
        { """{"resourceType":"Observation","value[x]":1}""", ["Structure Observation"] },
        { """{"resourceType":"Patient","active":true,"active":false}""", ["Structure Patient.active"] },
        { """{"resourceType":"Patient","active":true,"\u0061ctive":false}""", ["Structure Patient.active"] },
        { """{"resourceType":"Patient","resourceType":"Patient"}""", ["Structure Patient"] },
        { """{"resourceType":"Patient","_name":[{"id":"x"}]}""", ["Structure Patient._name"] },
        { """{"resourceType":"Patient","extension":[{"url":"x","_url":{"id":"y"}}]}""",
            ["Structure Patient.extension[0]._url"] },

        // Types of JSON.
        { """{"resourceType":"Patient","active":"true"}""", ["Structure Patient.active"] },
        { """{"resourceType":"Patient","active":1}""", ["Structure Patient.active"] },
        { """{"resourceType":"Patient","birthDate":1980}""", ["Structure Patient.birthDate"] },
        { """{"resourceType":"Patient","birthDate":{"value":"1980"}}""", ["Structure Patient.birthDate"] },
        { """{"resourceType":"Patient","multipleBirthInteger":"2"}""", ["Structure Patient.multipleBirth"] },
        { """{"resourceType":"Patient","name":[5]}""", ["Structure Patient.name[0]"] },
        { """{"resourceType":"Patient","name":["x",{"family":"y"}]}""", ["Structure Patient.name[0]"] },
        { """{"resourceType":"Patient","maritalStatus":"single"}""", ["Structure Patient.maritalStatus"] },
        { """{"resourceType":"Patient","name":{"family":"x"}}""", ["Structure Patient.name"] },
        { """{"resourceType":"Patient","name":[[{"family":"x"}]]}""", ["Structure Patient.name[0]"] },
        { """{"resourceType":"Patient","active":[true]}""", ["Structure Patient.active"] },
        { """{"resourceType":"Patient","maritalStatus":[{"text":"x"}]}""", ["Structure Patient.maritalStatus"] },

        // Emptiness.
        { """{"resourceType":"Patient","name":[]}""", ["Structure Patient.name"] },
        { """{"resourceType":"Patient","name":[{}]}""", ["Structure Patient.name[0]"] },
        { """{"resourceType":"Patient","maritalStatus":{}}""", ["Structure Patient.maritalStatus"] },
        { """{"resourceType":"Patient","birthDate":""}""", ["Value Patient.birthDate"] },
        { """{"resourceType":"Patient","name":[{"family":""}]}""", ["Value Patient.name[0].family"] },
        { """{"resourceType":"Patient","birthDate":null}""", ["Structure Patient.birthDate"] },
        { """{"resourceType":"Patient","name":null}""", ["Structure Patient.name"] },
        { """{"resourceType":"Patient","name":[null]}""", ["Structure Patient.name[0]"] },
        { """{"resourceType":"Patient","_birthDate":{}}""", ["Structure Patient.birthDate"] },

        // The two halves of a primitive.
        { """{"resourceType":"Patient","_birthDate":null}""", ["Structure Patient.birthDate"] },
        { """{"resourceType":"Patient","_birthDate":"x"}""", ["Structure Patient.birthDate"] },
        { """{"resourceType":"Patient","name":[{"given":["a",null]}]}""", ["Structure Patient.name[0].given[1]"] },
        { """{"resourceType":"Patient","name":[{"given":["a",null],"_given":[null,null]}]}""",
            ["Structure Patient.name[0].given[1]"] },
        { """{"resourceType":"Patient","name":[{"given":["a","b"],"_given":[{"id":"x"}]}]}""",
            ["Structure Patient.name[0].given"] },
        { """{"resourceType":"Patient","name":[{"_given":[{"id":"x"}],"given":["a","b"]}]}""",
            ["Structure Patient.name[0].given"] },
        { """{"resourceType":"Patient","name":[{"_given":[{"id":"x"}],"family":"f","given":["a","b"]}]}""",
            ["Structure Patient.name[0].given"] },
        { """{"resourceType":"Patient","name":[{"given":["a"],"_given":{"id":"x"}}]}""",
            ["Structure Patient.name[0].given"] },
        { """{"resourceType":"Patient","_birthDate":{"value":"1980"}}""", ["Structure Patient.birthDate.value"] },

        // Choices.
        { """{"resourceType":"Observation","valueString":"x","valueInteger":1}""", ["Structure Observation.value"] },
        { """{"resourceType":"Observation","valueString":"x","valueString":"y"}""", ["Structure Observation.value"] },
        { """{"resourceType":"Observation","valueString":"x","_valueInteger":{"id":"y"}}""",
            ["Structure Observation.value"] },
        { """{"resourceType":"Observation","valueMoney":{"value":1}}""", ["Structure Observation.valueMoney"] },

        // Resources in resources.
        { """{"resourceType":"Patient","contained":[{"id":"x"}]}""", ["Structure Patient.contained[0]"] },
        {
            """{"resourceType":"Patient","contained":[{"resourceType":"Colour"}]}""", ["Structure Patient.contained[0]"]
        },
        { """{"resourceType":"Patient","contained":[{"resourceType":"HumanName"}]}""",
            ["Structure Patient.contained[0]"] },
        { """{"resourceType":"Patient","contained":[{"resourceType":"DomainResource"}]}""",
            ["Structure Patient.contained[0]"] },
        { """{"resourceType":"Patient","contained":["x"]}""", ["Structure Patient.contained[0]"] },
        { """{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","nme":1}}]}""",
            ["Structure Bundle.entry[0].resource.nme"] },
        { """{"resourceType":"Bundle","type":"batch","entry":[{"resource":[{"resourceType":"Patient"}]}]}""",
            ["Structure Bundle.entry[0].resource"] },
        { """{"resourceType":"Parameters","parameter":[{"name":"x","resource":{"resourceType":"Patient","id":"_"}}]}""",
            ["Value Parameters.parameter[0].resource.id"] },

        // All that is wrong is said, not only the first.
        { """{"resourceType":"Patient","a":1,"active":0,"birthDate":"x"}""",
            ["Structure Patient.a", "Structure Patient.active", "Value Patient.birthDate"] },
    };

    [Theory]
    [MemberData(nameof(Structure))]
    public void Each_breach_of_structure_is_reported_at_its_place(string json, string[] issues) =>
        Assert.Equal(issues, Found(Read(json)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("""{"resourceType":"Patient"} {}""")]
    [InlineData("""{"resourceType":"Patient",}""")]
    [InlineData("""{"resourceType":"Patient","active":tru}""")]
    [InlineData("""{"resourceType":"Patient","multipleBirthInteger":01}""")]
    [InlineData("""{"resourceType":"Patient" /* no */}""")]
    [InlineData("{\"resourceType\":\"Patient\",\"language\":\"a\nb\"}")]
    public void What_is_no_JSON_object_is_fatal(string json)
    {
        var read = Read(json);
        Assert.Null(read.Resource);
        Assert.Equal((IssueSeverity.Fatal, IssueCode.Structure), (read.Issues[^1].Severity, read.Issues[^1].Code));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceType":null}""")]
    [InlineData("""{"resourceType":7}""")]
    [InlineData("""{"resourceType":"Resource"}""")]
    [InlineData("""{"resourceType":"patient"}""")]
    [InlineData("""{"resourceType":"string"}""")]
    [InlineData("""{"id":"x","name":[{"family":"y"}]}""")]
    public void Without_a_known_concrete_type_there_is_no_resource(string json)
    {
        var read = Read(json);
        Assert.Null(read.Resource);
        Assert.Equal(IssueCode.Structure, Assert.Single(read.Issues).Code);
    }

    [Fact]
    public void The_type_may_come_last() =>
        Assert.True(Read("""{"name":[{"family":"x"}],"contained":[{"id":"a","resourceType":"Patient"}]"""
            + ""","resourceType":"Patient"}""").IsValid);

    [Fact]
    public void An_issue_has_line_and_column_of_the_value()
    {
        var issue = Assert.Single(
            Read("{\n  \"resourceType\": \"Patient\",\n  \"name\": [{\"text\": \"ü€😀\", \"family\": 5}]\n}").Issues);
        Assert.Equal(new SourcePosition(3, 39), issue.Position);
    }

    [Fact]
    public void What_could_be_understood_is_kept()
    {
        var patient =
            Read("""{"resourceType":"Patient","colour":1,"active":"yes","name":[{"family":"x"}]}""").Resource!;
        Assert.Equal("x", patient.At("name", "family")!.Value);
        Assert.Null(patient.Child("active"));
    }

    [Fact]
    public void Both_halves_of_a_repeating_primitive_meet_in_either_order()
    {
        foreach (var json in new[]
        {
            """{"resourceType":"Patient","name":[{"given":["a",null,"c"],"_given":[null,{"id":"2"},{"id":"3"}]}]}""",
            """{"resourceType":"Patient","name":[{"_given":[null,{"id":"2"},{"id":"3"}],"given":["a",null,"c"]}]}""",
        })
        {
            var read = Read(json);
            Assert.Empty(read.Issues);
            Assert.Equal(["a", null, "c"], read.Resource!.Child("name")!["given"].Select(g => g.Value));
            Assert.Equal([null, "2", "3"], read.Resource!.Child("name")!["given"].Select(g => g.Id));
        }
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.True(FhirJson.Read(
            [.. "\uFEFF"u8, .. """{"resourceType":"Patient","active":true}"""u8], FhirDefinitions.R4.Types).IsValid);

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8 })]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place(byte[] wrong)
    {
        var read = FhirJson.Read([.. "{\n\"resourceType\":\""u8, .. wrong, .. "\"}"u8], FhirDefinitions.R4.Types);
        Assert.Null(read.Resource);
        Assert.Equal(new SourcePosition(2, 17), Assert.Single(read.Issues).Position);
    }

    [Theory]
    [InlineData("""{"resourceType":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"resourceType":"Colour"}""")]
    public void Half_a_surrogate_pair_where_the_type_is_looked_for_is_no_type(string json) =>
        Assert.Null(Read(json).Resource);

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("x\\ud83dy")]
    public void Half_a_surrogate_pair_is_reported(string escape) =>
        Assert.Equal(
            ["Value Patient.name[0].family"],
            Found(Read($$"""{"resourceType":"Patient","name":[{"family":"{{escape}}","given":["a"]}]}""")));

    [Fact]
    public void Depth_is_limited() =>
        Assert.Equal(IssueCode.TooCostly, Assert.Single(Read(Nested(40), new ReadLimits { Depth = 32 }).Issues).Code);

    [Fact]
    public void Depth_within_the_limit_is_read() => Assert.True(Read(Nested(25)).IsValid);

    static string Nested(int levels) =>
        """{"resourceType":"Patient","extension":["""
        + string.Concat(Enumerable.Repeat("""{"url":"x","extension":[""", levels))
        + """{"url":"x","valueBoolean":true}""" + string.Concat(Enumerable.Repeat("]}", levels)) + "]}";

    [Fact]
    public void The_number_of_elements_is_limited() =>
        Assert.Equal(
            IssueCode.TooCostly,
            Assert.Single(Read(Many("""{"family":"x"}""", 100), new ReadLimits { Elements = 50 }).Issues).Code);

    [Fact]
    public void The_number_of_issues_is_limited() =>
        Assert.Equal(10, Read(Many("{}", 100), new ReadLimits { Issues = 10 }).Issues.Length);

    static string Many(string name, int count) =>
        $$"""{"resourceType":"Patient","name":[{{string.Join(",", Enumerable.Repeat(name, count))}}]}""";

    /// <summary>Would not come to an end if each null were looked for among all others.</summary>
    [Fact]
    public void A_million_nulls_are_read_like_a_million_names()
    {
        var nulls = string.Join(",", Enumerable.Repeat("null", 900_000));
        var names = string.Join(",", Enumerable.Repeat("\"a\"", 900_000));
        var read = Read($$"""{"resourceType":"Patient","name":[{"given":[{{nulls}}],"prefix":[{{names}}]}]}""");
        Assert.Equal(900_000, read.Resource!.Child("name")!.Children.Length);
    }

    [Fact]
    public void The_length_of_text_and_strings_is_limited()
    {
        const string Json =
            """{"resourceType":"Patient","name":[{"family":"0123456789012345678901234567890123456789"}]}""";
        Assert.Equal(["TooLong "], Found(Read(Json, new ReadLimits { Bytes = 20 })));
        Assert.Equal(["TooLong Patient.name[0].family"], Found(Read(Json, new ReadLimits { StringBytes = 20 })));
    }

    [Theory]
    [InlineData("0.10")]
    [InlineData("1.0E+2")]
    [InlineData("-0.000")]
    [InlineData("1e-400")]
    [InlineData("123456789012345678901234567890.123456789")]
    public void Decimals_keep_their_digits(string literal)
    {
        var json = $"{{\"resourceType\":\"Observation\",\"valueQuantity\":{{\"value\":{literal}}}}}";
        Assert.Equal(json, Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(Read(json).Resource!)));
    }

    [Fact]
    public void Diagnostics_never_repeat_the_data() =>
        Assert.DoesNotContain(
            Read("""{"resourceType":"Patient","birthDate":"Secret","Jane Secret":1,"name":"""
                + """[{"family":"\ud800Secret"}]}""").Issues,
            i => i.Diagnostics.Contains("Secret", StringComparison.Ordinal));
}
