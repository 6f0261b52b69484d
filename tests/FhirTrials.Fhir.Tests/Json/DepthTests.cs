using System.Runtime.ExceptionServices;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Tests.Validation;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Json;

/// <summary>Resources as deep as a server may allow go through all that walks them, on
/// the stack of a small thread.</summary>
public sealed class DepthTests
{
    const int StackBytes = 1 << 20;

    static readonly ReadLimits Deepest = new() { Depth = ReadLimits.MaxDepth };

    /// <summary>The start and the end of a resource, and what is repeated between them, to stand in
    /// as many elements as may be.</summary>
    public static TheoryData<string, string, string, string, string, int> Shapes => new()
    {
        {
            """{"resourceType":"Basic","extension":[{"url":"http://example.org/x" """,
            ""","extension":[{"url":"x" """, ""","valueCode":"x" """, "}]", """}],"code":{"text":"x"}}""",
            ReadLimits.MaxDepth - 2
        },
        {
            """{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","text":"x","type":"group" """,
            ""","item":[{"linkId":"x","type":"group" """, "", "}]", "}]}", ReadLimits.MaxDepth - 2
        },
        {
            """{"resourceType":"Bundle","type":"collection" """,
            ""","entry":[{"fullUrl":"urn:uuid:a9d8a9e6-6bd8-4d29-8b5c-8f1a3cde0a4f","resource":"""
                + """{"resourceType":"Bundle","type":"collection" """,
            "", "}}]", "}", (ReadLimits.MaxDepth - 1) / 2
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_deepest_resource_is_read_validated_patched_and_written(
        string start, string level, string core, string end, string last, int levels)
    {
        var json = Encode(start, level, core, end, last, levels);
        OnSmallStack(() =>
        {
            var read = FhirJson.Read(json, FhirDefinitions.R4.Types, Deepest);
            Assert.Empty(read.Issues);
            Assert.DoesNotContain(Validated.Issues(read), i => i.Code is IssueCode.TooCostly or IssueCode.Exception);
            var fromXml =
                FhirXml.Read(FhirXml.ToUtf8Bytes(read.Resource!, pretty: true), FhirDefinitions.R4.Types, Deepest);
            Assert.Empty(fromXml.Issues);
            Assert.Equal(FhirJson.ToUtf8Bytes(read.Resource!), FhirJson.ToUtf8Bytes(fromXml.Resource!));
            Assert.Equal(
                FhirJson.ToUtf8Bytes(read.Resource!, pretty: true),
                FhirJson.ToUtf8Bytes(fromXml.Resource!, pretty: true));
            var patch = """[{"op":"add","path":"/language","value":"de"}]"""u8;
            Assert.Empty(JsonPatch.Apply(read.Resource!, patch, FhirDefinitions.R4.Types, Deepest).Issues);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_level_more_is_refused_in_either_format(
        string start, string level, string core, string end, string last, int levels)
    {
        var json = Encode(start, level, core, end, last, levels + 1);
        OnSmallStack(() =>
        {
            Assert.Equal(
                IssueCode.TooCostly, Assert.Single(FhirJson.Read(json, FhirDefinitions.R4.Types, Deepest).Issues).Code);
            var stored = FhirJson.Read(json, FhirDefinitions.R4.Types, ReadLimits.Stored).Resource!;
            var xml = FhirXml.ToUtf8Bytes(stored);
            Assert.Equal(
                IssueCode.TooCostly, Assert.Single(FhirXml.Read(xml, FhirDefinitions.R4.Types, Deepest).Issues).Code);
        });
    }

    static byte[] Encode(string start, string level, string core, string end, string last, int levels) =>
        System.Text.Encoding.UTF8.GetBytes(
            start + string.Concat(Enumerable.Repeat(level, levels)) + core
                + string.Concat(Enumerable.Repeat(end, levels)) + last);

    static void OnSmallStack(Action test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    test();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
