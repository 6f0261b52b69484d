using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Mapping;

public sealed class ElementBuilderTests
{
    [Theory]
    [InlineData("""{"resourceType":"Group","active":true,"name":"<a> & \u00e9","quantity":12}""")]
    [InlineData("""{"resourceType":"Group","name":"a","_name":{"extension":[{"url":"b","valueDecimal":1.50}]}}""")]
    [InlineData("""{"resourceType":"Group","type":"person","_name":{"id":"n"},"name":"a"}""")]
    [InlineData(
        """{"resourceType":"Group","_name":{"id":"n"},"characteristic":[{"valueBoolean":false},{"exclude":true}]}""")]
    [InlineData("""{"resourceType":"Group","id":"g","contained":[{"resourceType":"Location","id":"l"}]}""")]
    public void What_is_built_is_what_would_be_read(string json)
    {
        var (built, issues) = Build(json);

        Assert.Empty(issues);
        Assert.Equal(
            FhirJson.ToUtf8Bytes(
                FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types).Resource!), built);
    }

    [Theory]
    [InlineData("""{"resourceType":"Group","unknown":"a"}""")]
    [InlineData("""{"resourceType":"Group","name":1}""")]
    [InlineData("""{"resourceType":"Group","quantity":"1"}""")]
    [InlineData("""{"resourceType":"Group","active":"true"}""")]
    [InlineData("""{"resourceType":"Group","name":null}""")]
    [InlineData("""{"resourceType":"Group","code":"a"}""")]
    [InlineData("""{"resourceType":"Group","extension":[{"url":"a","valueString":"b","valueCode":"b"}]}""")]
    public void What_a_type_cannot_hold_is_an_error(string json) =>
        Assert.Equal([IssueCode.Structure], Build(json).Issues.Where(i => i.IsError).Select(i => i.Code));

    [Fact]
    public void Elements_stand_as_R4_lists_them() => Assert.Equal(
        """{"resourceType":"Group","id":"g","type":"person","name":"a","_name":{"id":"n"},"quantity":1}""",
        Encoding.UTF8.GetString(Build(
            """{"quantity":1,"_name":{"id":"n"},"type":"person","id":"g","name":"a","resourceType":"Group"}""").Json));

    /// <summary>64 MB, in texts of 8 MB.</summary>
    [Theory]
    [InlineData(7, null)]
    [InlineData(8, IssueCode.TooLong)]
    public void What_a_server_would_not_read_is_an_error(int texts, IssueCode? expected)
    {
        var text = FhirNode.Extension("a", "valueString", new string('a', 8 << 20))!;
        var extensions = FhirNode.Array(Enumerable.Repeat(text, texts));
        var issues = ImmutableArray.CreateBuilder<Issue>();

        var built = new ElementBuilder(FhirDefinitions.R4.Types, issues)
            .Build(FhirNode.Object(("resourceType", "Group"), ("extension", extensions))!);

        Assert.Equal(expected is null, built is not null);
        Assert.Equal(expected, issues.SingleOrDefault()?.Code);
    }

    static (byte[] Json, ImmutableArray<Issue> Issues) Build(string json)
    {
        var issues = ImmutableArray.CreateBuilder<Issue>();
        using var document = JsonDocument.Parse(json);
        var built = new ElementBuilder(FhirDefinitions.R4.Types, issues)
            .Build((ObjectNode)Node.Of(document.RootElement)!);
        return (FhirJson.ToUtf8Bytes(built!), issues.ToImmutable());
    }
}
