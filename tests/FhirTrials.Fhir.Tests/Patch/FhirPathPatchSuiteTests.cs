using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Patch;

/// <summary>HL7's FHIRPath Patch test suite, one row per test.</summary>
public sealed partial class FhirPathPatchSuiteTests
{
    static readonly string SuitePath =
        Path.Combine(Repository.Root, "..", "shared", "data", "fhirpath-patch", "fhir-patch-tests.xml");
    static readonly Lazy<Dictionary<string, XElement>> Suite =
        new(() => XDocument.Load(SuitePath, LoadOptions.PreserveWhitespace)
            .Descendants("case").ToDictionary(c => c.Attribute("name")!.Value));

    public static TheoryData<string> Tests() => File.Exists(SuitePath) ? [.. Suite.Value.Keys] : ["absent"];

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_test_of_the_suite_gives_what_it_says(string name)
    {
        Repository.SharedData("fhirpath-patch", "fhir-patch-tests.xml");
        var test = Suite.Value[name];
        var context = new FhirPathContext(FhirDefinitions.R4) { Now = DateTimeOffset.UnixEpoch };

        var result = FhirPathPatch.Apply(Resource(test.Element("input")!), Resource(test.Element("diff")!), context);

        if (test.Element("output") is not { } output)
        {
            Assert.NotNull(test.Element("error"));
            Assert.Equal("Parameters.parameter[0]", result.Issues.Single().Expression);
            return;
        }

        Assert.Empty(result.Issues);
        Assert.Equal(Json(Resource(output)), Json(result.Resource!));
    }

    [Fact]
    public void The_suite_is_whole()
    {
        Repository.SharedData("fhirpath-patch", "fhir-patch-tests.xml");
        Assert.Equal(33, Suite.Value.Count);
    }

    static Element Resource(XElement place)
    {
        var xml = place.Elements().Single().ToString(SaveOptions.DisableFormatting);
        var read = FhirXml.Read(Encoding.UTF8.GetBytes(xml), FhirDefinitions.R4.Types);
        Assert.True(read.Resource is not null, read.Issues.FirstOrDefault()?.Diagnostics);
        return read.Resource;
    }

    /// <summary>The JSON without white space in texts: the suite indents its narratives differently.</summary>
    static string Json(Element resource) =>
        Space().Replace(Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(resource)), "");

    [GeneratedRegex(@"(\s|\\n|\\r|\\t)+")]
    private static partial Regex Space();
}
