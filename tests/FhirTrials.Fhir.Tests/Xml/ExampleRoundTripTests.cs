using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Xml;

public sealed class ExampleRoundTripTests
{
    /// <summary>JSON to XML and back gives the same tree, and XML has no issue that JSON had not.</summary>
    [Fact]
    public void Every_example_of_the_R4_package_comes_back_from_XML()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in R4Package.Files())
        {
            count++;
            var json = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
            var read = FhirXml.Read(FhirXml.ToUtf8Bytes(json.Resource!), FhirDefinitions.R4.Types);
            if (read.Resource is null || !Same(json.Resource!, read.Resource)
                || !read.Issues.Select(i => i.Diagnostics).SequenceEqual(json.Issues.Select(i => i.Diagnostics)))
            {
                wrong.Add($"{Path.GetFileName(file)}: {string.Join("; ", read.Issues.Take(3))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.InRange(count, 5_300, 10_000);
    }

    /// <summary>Deep equality without regard to the order of different elements;
    /// narratives are compared as XML.</summary>
    static bool Same(Element one, Element other) =>
        one.Name == other.Name && one.Type == other.Type && one.Children.Length == other.Children.Length
        && (one.Value == other.Value || (one.Type.Primitive == FhirPrimitive.Xhtml
            && XNode.DeepEquals(XElement.Parse(one.Value!), XElement.Parse(other.Value!))))
        && one.Children.GroupBy(c => c.Name).All(g => g.Zip(other[g.Key]).All(p => Same(p.First, p.Second)));
}
