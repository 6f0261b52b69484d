using System.Xml.Linq;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Xml;

public sealed class ExampleRoundTripTests
{
    [Fact]
    public void Every_example_of_the_R4_package_comes_back_from_XML()
    {
        var wrong = new List<string>();
        foreach (var file in R4Package.Files())
        {
            var resource = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types).Resource!;
            var read = FhirXml.Read(FhirXml.ToUtf8Bytes(resource), FhirDefinitions.R4.Types);
            if (read.Resource is null || !Same(resource, read.Resource))
            {
                wrong.Add($"{Path.GetFileName(file)}: {string.Join("; ", read.Issues.Take(3))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>Deep equality without regard to the order of different elements; narratives are compared as XML.</summary>
    static bool Same(Element one, Element other) =>
        one.Name == other.Name && one.Type == other.Type && one.Children.Length == other.Children.Length
        && (one.Value == other.Value || (one.Type.Primitive == FhirPrimitive.Xhtml
            && XNode.DeepEquals(XElement.Parse(one.Value!), XElement.Parse(other.Value!))))
        && one.Children.GroupBy(c => c.Name).All(g => g.Zip(other[g.Key]).All(p => Same(p.First, p.Second)));
}
