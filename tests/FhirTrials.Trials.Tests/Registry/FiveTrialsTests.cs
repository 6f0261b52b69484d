using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FhirTrials.Trials.Tests.Registry;

/// <summary>The five records of examples/registry hold every fact of the pages they were written from.</summary>
public sealed partial class FiveTrialsTests
{
    static readonly Dictionary<string, string> Pages = new()
    {
        ["NCT01207388"] = "000_719472115872fa3b.txt",
        ["NCT02458014"] = "001_13e2c9b8a274de96.txt",
        ["NCT04521231"] = "002_13e80903b23bb29b.txt",
        ["NCT02013167"] = "003_51ea25da6280855a.txt",
        ["NCT07192237"] = "004_11d087d0b659fa86.txt",
    };

    public static TheoryData<string, string, string> Facts()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Registry", "five-trials.tsv")))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var cells = line.Split('\t');
                rows.Add(cells[0], cells[1], cells[2]);
            }
        }

        return rows;
    }

    public static TheoryData<string> Studies() => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_of_the_page_is_at_its_place(string nctId, string path, string value) =>
        Assert.Contains(value, Values(Record(nctId), path));

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_line_of_the_page_is_in_the_record_or_known_page_furniture(string nctId)
    {
        var page = File.ReadAllText(Repository.SharedData("seeds", Pages[nctId]));
        var record = string.Join('\n', Leaves(Record(nctId)).Select(Fold));
        var furniture = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Registry", "page-furniture.txt"))
            .Select(Fold).ToHashSet();

        var lost = page.Split('\n').Select(Fold)
            .Where(line => line.Length > 0
                && !record.Contains(line, StringComparison.Ordinal) && !furniture.Contains(line))
            .Where(line => !Places(nctId).Contains(line));

        Assert.Empty(lost);
    }

    [Theory]
    [InlineData("NCT04521231", 47)]
    [InlineData("NCT02013167", 117)]
    public void Every_site_row_of_the_page_is_a_location_with_its_place_and_status(string nctId, int count)
    {
        var page = File.ReadAllText(Repository.SharedData("seeds", Pages[nctId]));
        var rows = SiteRow().Matches(page).Select(m => (
            Facility: m.Groups[1].Value.Trim(),
            Place: m.Groups[2].Value.Trim(),
            Status: m.Groups[3].Value.Trim())).ToList();
        var locations = Locations(nctId).Select(l => (
            Facility: Text(l["facility"]), Place: PlaceOf(l), Status: Text(l["status"]))).ToList();

        Assert.Equal(count, rows.Count);
        Assert.Equal(rows, locations);
    }

    [Fact]
    public void Every_number_of_the_results_in_the_old_xml_is_in_the_record()
    {
        var xml = XDocument.Load(Repository.SharedData("ctgov-xml", "NCT01207388.xml"));
        string[] attributes =
            ["value", "spread", "lower_limit", "upper_limit", "count", "subjects_affected", "subjects_at_risk"];
        var expected = xml.Descendants("clinical_results").Descendants().Attributes()
            .Where(a => attributes.Contains(a.Name.LocalName))
            .Select(a => a.Value).CountBy(v => v).ToDictionary();
        string[] names =
        [
            "value", "spread", "lowerLimit", "upperLimit", "numSubjects", "numAffected", "numAtRisk",
            "seriousNumAffected", "seriousNumAtRisk", "otherNumAffected", "otherNumAtRisk",
        ];
        var actual = Properties(Record("NCT01207388")["resultsSection"]!)
            .Where(p => names.Contains(p.Name)).Select(p => p.Value).CountBy(v => v).ToDictionary();

        Assert.Equal(
            expected.OrderBy(p => p.Key, StringComparer.Ordinal), actual.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_site_of_the_old_xml_is_a_location()
    {
        var xml = XDocument.Load(Repository.SharedData("ctgov-xml", "NCT01207388.xml"));
        var expected = xml.Descendants("location").Select(l => (
            l.Element("facility")!.Element("name")!.Value,
            l.Descendants("city").Single().Value,
            l.Descendants("country").Single().Value));
        var actual = Locations("NCT01207388").Select(l => (Text(l["facility"]), Text(l["city"]), Text(l["country"])));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_side_effects_of_another_trial_say_whose_they_are()
    {
        var description = Text(Record("NCT02458014")["protocolSection"]!["descriptionModule"]!["detailedDescription"]);

        Assert.True(
            description.IndexOf("NCT02393859", StringComparison.Ordinal) <
            description.IndexOf("Pyrexia: 80%", StringComparison.Ordinal));
        Assert.Null(Record("NCT02458014")["resultsSection"]);
    }

    static JsonNode Record(string nctId) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples", "registry", nctId + ".json")))!;

    static IEnumerable<JsonNode> Locations(string nctId) =>
        (Record(nctId)["protocolSection"]!["contactsLocationsModule"]?["locations"] as JsonArray ?? []).Select(l => l!);

    static HashSet<string> Places(string nctId) => [.. Locations(nctId).Select(l => Fold(PlaceOf(l)))];

    static string PlaceOf(JsonNode location) =>
        $"{Text(location["city"])}, {Text(location["state"])}, {Text(location["country"])}";

    static string Text(JsonNode? node) => node?.ToString() ?? "";

    static string Fold(string text) =>
        Space().Replace(Bullet().Replace(text.Trim(), ""), " ").Trim().ToUpperInvariant();

    /// <summary>The values at a dotted path; arrays are searched in every item.</summary>
    static IEnumerable<string> Values(JsonNode? node, string path) => node switch
    {
        null => [],
        JsonArray array => array.SelectMany(item => Values(item, path)),
        _ when path.Length == 0 =>
            [node is JsonValue v && v.TryGetValue<bool>(out var b) ? (b ? "true" : "false") : node.ToString()],
        JsonObject obj => Values(obj[path.Split('.')[0]], path.Contains('.', StringComparison.Ordinal)
            ? path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]
            : ""),
        _ => [],
    };

    static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject obj => obj.SelectMany(p => Leaves(p.Value)),
        JsonArray array => array.SelectMany(Leaves),
        null => [],
        _ => [node.ToString()],
    };

    static IEnumerable<(string Name, string Value)> Properties(JsonNode node) => node switch
    {
        JsonObject obj =>
            obj.SelectMany(p => p.Value is JsonValue ? [(p.Key, p.Value.ToString())] : Properties(p.Value!)),
        JsonArray array => array.SelectMany(item => Properties(item!)),
        _ => [],
    };

    [GeneratedRegex(@"^[*•]\s*")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=\n\n)([^\n]+)\n\n([^\n]+, [^\n]*, [^\n]+)\n\nSite Status([^\n]*)\n")]
    private static partial Regex SiteRow();
}
