using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.Json;

/// <summary>Damaged texts: whatever they look like, reading ends with issues or a resource that can
/// be written and read again.</summary>
public sealed class MutationTests
{
    const string Seeded = """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a",
         "active":true,
        "name":[{"given":["x",null],"_given":[null,{"extension":[{"url":"http://x.org","valueDecimal":1.50}]}]}],
        "birthDate":"1980-02-29","_birthDate":{"id":"b"},"contained":[{"resourceType":"Observation","status":"final",
        "code":{"coding":[{"system":"http://loinc.org","code":"1-8"}]},"valueQuantity":{"value":-1.0e5,
        "unit":"\u00b5g"}}]}}]}
        """;

    /// <summary>The text has 600 bytes; definitions are decoded when first asked for.</summary>
    const long MostBytes = 16 << 20;

    static readonly string[] Pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "null", "{}", "[]", "\\ud800", "1e9", "true", "_", "\"_given\":",
            "\"resourceType\":\"Patient\",", "\0", "ü",
        ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damage_never_makes_the_reader_throw(int seed) =>
        Hostile.Try(seed, 2_000, MostBytes, random =>
        {
            var read =
                FhirJson.Read(Mutation.Of(Encoding.UTF8.GetBytes(Seeded), random, Pieces), FhirDefinitions.R4.Types);
            Assert.True(read.Resource is not null || read.Issues.Length > 0);
            if (read.IsValid)
            {
                var written = FhirJson.ToUtf8Bytes(read.Resource!);
                var again = FhirJson.Read(written, FhirDefinitions.R4.Types);
                Assert.Empty(again.Issues);
                Assert.Equal(written, FhirJson.ToUtf8Bytes(again.Resource!));
            }
            else if (read.Resource is not null)
            {
                // Writing what is left of a damaged resource must not fail either.
                FhirJson.ToUtf8Bytes(read.Resource);
            }
        });
}
