using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;

namespace FhirTrials.Fhir.Tests.Json;

/// <summary>Damaged texts: whatever they look like, reading ends with issues or a resource that can be written and read again.</summary>
public sealed class MutationTests
{
    const string Seeded = """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a","active":true,
        "name":[{"given":["x",null],"_given":[null,{"extension":[{"url":"http://x.org","valueDecimal":1.50}]}]}],
        "birthDate":"1980-02-29","_birthDate":{"id":"b"},"contained":[{"resourceType":"Observation","status":"final",
        "code":{"coding":[{"system":"http://loinc.org","code":"1-8"}]},"valueQuantity":{"value":-1.0e5,"unit":"\u00b5g"}}]}}]}
        """;

    static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "{}", "[]", "\\ud800", "1e9", "true", "_", "\"_given\":", "\"resourceType\":\"Patient\",", "\0", "ü"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damage_never_makes_the_reader_throw(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = Damage([.. Encoding.UTF8.GetBytes(Seeded)], random);
            var read = FhirJson.Read(bytes, FhirDefinitions.R4.Types);
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
        }
    }

    static byte[] Damage(List<byte> bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    bytes.Add((byte)' ');
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    var from = random.Next(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(random.Next(1, 40), bytes.Count - from)));
                    break;
            }
        }

        return [.. bytes];
    }
}
