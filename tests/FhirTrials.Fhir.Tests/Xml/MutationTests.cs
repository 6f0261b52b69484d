using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Tests.Validation;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Xml;

public sealed class MutationTests
{
    static readonly string[] Pieces =
    [
        "<", ">", "/>", "</", "\"", "'", "&", "&amp;", "&#0;", "&#x10FFFF;", "&nbsp;", "<!--", "-->", "<![CDATA[",
        "]]>", "<?pi x?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", " xmlns=\"\"", " xmlns:x=\"http://hl7.org/fhir\"",
        "<x:id value=\"1\"/>", " value=\"\"", "<Patient xmlns=\"http://hl7.org/fhir\">", "<extension url=\"u\">",
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">", "<script/>", "\0", "ü",
    ];

    static readonly byte[] Seeded = FhirXml.ToUtf8Bytes(Validated.Read("""
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a",
         "active":true,
        "text":{"status":"generated",
        "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"x\">a &lt; b</p></div>"},
        "name":[{"given":["x",null],"_given":[null,{"extension":[{"url":"http://x.org","valueDecimal":1.50}]}]}],
        "contained":[{"resourceType":"Observation","status":"final","code":{"text":"y"},"valueQuantity":{"value":-1.0e5,
        "unit":"g"} }]} }]}
        """));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damage_never_makes_the_reader_throw(int seed) => Hostile.Try(seed, 1_500, 16 << 20, random =>
    {
        var read = FhirXml.Read(Mutation.Of(Seeded, random, Pieces), FhirDefinitions.R4.Types);
        Assert.True(read.Resource is not null || read.Issues.Length > 0);
        if (read.IsValid)
        {
            var written = FhirXml.ToUtf8Bytes(read.Resource!);
            var again = FhirXml.Read(written, FhirDefinitions.R4.Types);
            Assert.Empty(again.Issues);
            Assert.Equal(
                Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(FhirXml.ToUtf8Bytes(again.Resource!)));
        }
        else if (read.Resource is not null)
        {
            FhirXml.ToUtf8Bytes(read.Resource);
        }
    });
}
