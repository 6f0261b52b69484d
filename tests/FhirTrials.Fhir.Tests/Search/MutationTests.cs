using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Fhir.Tests.Generation;

namespace FhirTrials.Fhir.Tests.Search;

public sealed class MutationTests
{
    static readonly string[] Pieces =
    [
        ",", "$", "|", "\\", "\\,", ":", ".", "-", "eq", "ge", "sa", "ap", ":missing", ":exact", ":not", ":in",
        ":below", ":of-type", ":Patient", "_has:Observation:patient:code", "subject:Patient.name", "2024", "-02-30",
        "T24:00", "+14:00", "1e400", "-0", "99999999999999999999", "http://unitsofmeasure.org", "mg/dL", "[degF]", "#a",
        "urn:oid:", "é", "\0", "\U0001F600", "%", "_sort", "_include", "*", "_count",
    ];

    static readonly string[] Values =
    [
        "2024-05-01T10:00:00Z", "ge2024-05", "http://loinc.org|1-8", "5.40e-3|http://unitsofmeasure.org|mg",
        "Patient/1", "a,b\\,c", "true", "8-1$5.4|ucum|mg", "urn:uuid:00000000-0000-0000-0000-000000000001|2",
        "-122.4|37.8|10|km", "name eq 'x' and birthdate lt 2000",
    ];

    [Theory]
    [InlineData("Observation", 1)]
    [InlineData("Patient", 2)]
    [InlineData("ResearchStudy", 3)]
    [InlineData("ValueSet", 4)]
    [InlineData("Location", 5)]
    public void A_damaged_search_is_understood_or_refused(string type, int seed)
    {
        var parser = new SearchQueryParser(FhirDefinitions.R4);
        string[] names =
        [
            .. FhirDefinitions.R4.SearchParameters(type).Select(p => p.Code), "_sort", "_include", "_revinclude",
            "_has:Observation:subject:code", "_count", "_total", "_summary", "_elements", "_filter", "_list", "_text",
            "_content",
        ];
        Hostile.Try(seed, 4_000, 16 << 20, random =>
        {
            var parameters = Enumerable.Range(0, random.Next(1, 4)).Select(_ => KeyValuePair.Create(
                random.Next(3) == 0
                    ? Mutation.Of(names[random.Next(names.Length)], random, Pieces)
                    : names[random.Next(names.Length)],
                Mutation.Of(Values[random.Next(Values.Length)], random, Pieces))).ToList();
            var parsed = parser.Parse(type, parameters, lenient: random.Next(2) == 0);
            Assert.All(parsed.Issues, i => Assert.NotEmpty(i.Diagnostics));
        });
    }
}
