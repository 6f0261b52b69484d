using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Tests;

namespace FhirTrials.Fhir.Tests.Search;

public sealed class SearchIndexerTests
{
    static readonly SearchIndexer Indexer = new(FhirDefinitions.R4);

    [Theory]
    [InlineData("gender", """{"resourceType":"Patient","gender":"male"}""",
        "http://hl7.org/fhir/administrative-gender|male")]
    [InlineData("status", """{"resourceType":"ResearchStudy","status":"active"}""",
        "http://hl7.org/fhir/research-study-status|active")]
    [InlineData("active", """{"resourceType":"Patient","active":true}""", "true (implied)")]
    [InlineData("deceased", """{"resourceType":"Patient","deceasedDateTime":"2020"}""", "true (implied)")]
    [InlineData("identifier",
        """{"resourceType":"Patient","identifier":[{"system":"s:s","value":"1"},{"value":"2"}]}""", "s:s|1; |2")]
    [InlineData("phone",
        """{"resourceType":"Patient","telecom":[{"system":"phone","value":"1"},{"system":"email","value":"2"}]}""",
        "|1")]
    [InlineData("name", """{"resourceType":"Patient","name":[{"family":"Müller","given":["Ann"]}]}""", "muller; ann")]
    [InlineData("birthdate", """{"resourceType":"Patient","birthDate":"1980"}""", "[1980-01-01, 1981-01-01)")]
    [InlineData("date", """{"resourceType":"ResearchStudy","status":"active","period":{"start":"2020-02"}}""",
        "[2020-02-01, )")]
    [InlineData("date", """{"resourceType":"ResearchStudy","status":"active","period":{"end":"2020-02"}}""",
        "[, 2020-03-01)")]
    [InlineData("organization",
        """{"resourceType":"Patient","managingOrganization":{"reference":"Organization/1/_history/2"}}""",
        "Organization/1")]
    [InlineData("organization",
        """{"resourceType":"Patient","managingOrganization":{"reference":"http://x.test/Organization/1"}}""",
        "Organization/http://x.test/Organization/1")]
    [InlineData("organization", """{"resourceType":"Patient","managingOrganization":{"reference":"#inside"}}""", "")]
    [InlineData("organization",
        """{"resourceType":"Patient","managingOrganization":{"reference":"urn:uuid:1","type":"Organization"}}""",
        "Organization/urn:uuid:1")]
    [InlineData("organization",
        """{"resourceType":"Patient","managingOrganization":{"reference":"urn:uuid:1","type":"Nonsense"}}""",
        "*/urn:uuid:1")]
    [InlineData("patient",
        """{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/1"}}""",
        "Patient/1")]
    [InlineData("patient",
        """{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Group/1"}}""",
        "")]
    [InlineData("definition",
        """{"resourceType":"PlanDefinition","status":"active","action":"""
            + """[{"definitionCanonical":"http://x.test/A|1"}]}""",
        "*/http://x.test/A|1")]
    [InlineData("_profile", """{"resourceType":"Patient","meta":{"profile":["http://x.test/P|1"]}}""",
        "http://x.test/P|1; http://x.test/P")]
    [InlineData("probability",
        """{"resourceType":"RiskAssessment","status":"final","subject":{"reference":"Patient/1"},"prediction":"""
            + """[{"probabilityDecimal":0.5}]}""",
        "0.5..0.5")]
    [InlineData("value-quantity",
        """{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":5"""
            + ""","system":"http://unitsofmeasure.org","code":"kg"}}""",
        "5..5 kg; 5000..5000 g canonical")]
    [InlineData("value-quantity",
        """{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":5"""
            + ""","comparator":">="}}""",
        "5..∞ ")]
    [InlineData("context-quantity",
        """{"resourceType":"PlanDefinition","status":"active","useContext":[{"code":{"code":"age"},"valueRange":"""
            + """{"low":{"value":1,"unit":"a"}}},{"code":{"code":"x"},"valueQuantity":{"value":2}}]}""",
        "2..2 ; 1..∞ ")]
    public void A_parameter_finds_the_values_of_its_elements(string code, string json, string expected) =>
        Assert.Equal(expected, string.Join("; ", Entries(json, code).Select(Show)));

    [Fact]
    public void Components_of_a_composite_share_the_number_of_their_element()
    {
        var entries = Entries(
            """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"component":[
              {"code":{"coding":[{"code":"a","display":"only :text asks"}]},"valueQuantity":{"value":1}},
              {"code":{"coding":[{"code":"b"}]},"valueQuantity":{"value":2}}]}
            """,
            "component-code-value-quantity");

        Assert.Equal(
            [("0", 0, "|a"), ("1", 0, "1..1 "), ("0", 1, "|b"), ("1", 1, "2..2 ")],
            entries.Select(e => (e.Index[^1..], e.Group, Show(e))));
    }

    [Fact]
    public void Words_are_those_of_all_texts_in_order_and_tell_which_the_narrative_has()
    {
        var resource = FhirJson.Read(
            """
            {"resourceType":"Basic","text":{"status":"generated",
             "div":"<div xmlns='http://www.w3.org/1999/xhtml'><b>Caf&#233;</b>-BAR</div>"},
             "code":{"text":"Bar ZÜRICH 10mg","coding":[{"code":"B-12"}]}}
            """u8,
            FhirDefinitions.R4.Types).Resource!;

        var words = Assert.Single(Indexer.Index(resource).OfType<WordsEntry>());

        Assert.Equal(
            [
                ("10mg", false), ("12", false), ("b", false), ("bar", true), ("cafe", true), ("generated", false),
                ("zurich", false),
            ],
            words.Words);
    }

    [Fact]
    public void The_value_of_an_identified_reference_is_found_by_its_identifier()
    {
        var entry = Assert.Single(Entries(
            """{"resourceType":"Patient","managingOrganization":{"identifier":{"system":"s:s","value":"1"}}}""",
            "organization"));

        Assert.EndsWith("#identifier", entry.Index, StringComparison.Ordinal);
        Assert.Equal("s:s|1", Show(entry));
    }

    [Theory]
    [InlineData("condition", "http://c.test|all")]
    [InlineData("phase", "http://p.test|phase-2")]
    public void The_packages_own_parameters_find_studies(string code, string expected)
    {
        var definitions = FhirDefinitions.R4.With(
            PackageLoader.Load(Path.Combine(Repository.Root, "profiles"), FhirDefinitions.R4.Types));
        var parameter = definitions.SearchParameters("ResearchStudy").Single(p => p.Code == code);
        var study = Resource(
            """
            {"resourceType":"ResearchStudy","status":"active",
             "phase":{"coding":[{"system":"http://p.test","code":"phase-2"}]},
             "condition":[{"coding":[{"system":"http://c.test","code":"all"}]}]}
            """);

        var entry = Assert.Single(new SearchIndexer(definitions).Index(study), e => e.Index == parameter.Url);

        Assert.Equal(expected, Show(entry));
    }

    [Theory]
    [InlineData("Observation.value as Quantity", "Observation.value.ofType(Quantity)")]
    [InlineData("value  as\tdateTime", "value .ofType(dateTime)")]
    [InlineData("value.as(DateTime)", "value.ofType(dateTime)")]
    public void As_on_a_collection_is_read_as_of_type(string expression, string read) =>
        Assert.Equal(read, SearchIndexer.OfType(expression));

    [Fact]
    public void An_expression_of_blanks_is_read_in_time()
    {
        var blanks = new string(' ', 500_000);

        Assert.Equal(blanks, SearchIndexer.OfType(blanks));
    }

    [Fact]
    public void Every_expression_of_R4s_search_parameters_compiles()
    {
        var types = FhirDefinitions.R4.Types;
        var parameters = types.Names.Where(n => types.IsResource(n, out _))
            .SelectMany(FhirDefinitions.R4.SearchParameters)
            .DistinctBy(p => p.Url).ToList();
        var failures =
            parameters.SelectMany(p => p.Components.Select(c => c.Expression).Append(p.Expression).OfType<string>())
                .Where(e => !Compiles(e)).ToList();

        Assert.True(parameters.Count > 1000);
        Assert.Equal([], failures);

        static bool Compiles(string expression)
        {
            try
            {
                FhirPathExpression.Compile(SearchIndexer.OfType(expression));
                return true;
            }
            catch (FhirPathException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Every_example_of_HL7_is_indexed()
    {
        var entries = 0;
        foreach (var file in R4Package.Files())
        {
            if (FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types).Resource is not { } resource)
            {
                continue;
            }

            entries += Indexer.Index(resource).Length;
        }

        Assert.True(entries > 50_000, $"There are {entries} entries.");
    }

    static List<IndexEntry> Entries(string json, string code)
    {
        var resource = Resource(json);
        var parameter = FhirDefinitions.R4.SearchParameters(resource.Type.Name).Single(p => p.Code == code);
        return [.. Indexer.Index(resource).Where(e => e.Index.Split('#')[0] == parameter.Url
            && !e.Index.EndsWith("#text", StringComparison.Ordinal))];
    }

    static Element Resource(string json)
    {
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        Assert.NotNull(read.Resource);
        return read.Resource;
    }

    static string Show(IndexEntry entry) => entry switch
    {
        TokenEntry { ImpliesSystem: true, System: null } e => $"{e.Code} (implied)",
        TokenEntry e => $"{e.System}|{e.Code}",
        StringEntry e => e.Normalised,
        DateEntry e => $"[{Show(e.Range.Start)}, {Show(e.Range.End)})",
        NumberEntry e => $"{Show(e.Range.Low)}..{Show(e.Range.High)}",
        QuantityEntry e => $"{Show(e.Range.Low)}..{Show(e.Range.High)} {e.Code}{(e.IsCanonical ? " canonical" : "")}",
        ReferenceEntry e => $"{e.Type ?? "*"}/{e.Target}{(e.Version is null ? "" : "|" + e.Version)}",
        UriEntry e => e.Uri,
        _ => entry.ToString(),
    };

    static string Show(double number) => number == double.MaxValue ? "∞" : FormattableString.Invariant($"{number}");

    static string Show(long ticks) => ticks is DateRange.Earliest or DateRange.Latest ? ""
        : new DateTime(ticks, DateTimeKind.Utc)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
