using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Tests;

namespace FhirTrials.Trials.Tests.Registry;

/// <summary>The format of a study record as the API's own description (openapi.yaml) has
/// it, and records made from it.</summary>
abstract record StudySchema
{
    StudySchema()
    {
    }

    sealed record Fields(Dictionary<string, StudySchema> ByName) : StudySchema;

    sealed record Array(StudySchema Item) : StudySchema;

    sealed record Leaf(string Name, string Type, string? Format, string? Pattern, string[] Codes) : StudySchema;

    /// <summary>Texts that have gone wrong somewhere before.</summary>
    static readonly string[] Texts =
    [
        "Research Site", "Trailing blank ", " Leading blank", "Two\n\nparagraphs\n", "tab\tand\r\nreturn",
        "\\<18 years\\> \\* item",
        "0", "07", "-3", "12", "1.50", "1e5", "1,234", "NA", "<0.001", ">=5", "< 0.5", "2,5", ".5",
        "99999999999999999999", "https://example.org/a b", " https://example.org ", "ü 漢字 🧬", "true", "null",
        "D000003680", "NCT00000002", "+1 555", "<script>alert(1)</script> & \"x\"", "PMID 1", "Participants",
        "2019-03-21T10:11", "{\"a\":1}",
    ];

    static readonly string[] Blank = ["", " ", "\n"];

    /// <summary>The schema of a study; the test is skipped where the description is absent.</summary>
    public static StudySchema Study { get; } = Read();

    /// <summary>Every leaf, arrays not marked: <c>protocolSection.designModule.phases</c>.</summary>
    public IEnumerable<string> Leaves(string path = "") => this switch
    {
        Fields fields => fields.ByName.SelectMany(f => f.Value.Leaves(path.Length == 0 ? f.Key : $"{path}.{f.Key}")),
        Array array => array.Item.Leaves(path),
        _ => [path],
    };

    /// <summary>The most codes that an enumeration has.</summary>
    public int MostCodes => this switch
    {
        Fields fields => fields.ByName.Values.Max(f => f.MostCodes),
        Array array => array.Item.MostCodes,
        Leaf leaf => leaf.Codes.Length,
        _ => 0,
    };

    /// <summary>A record that fills every leaf, each with a value of its own; the enumerations with their code of that
    /// number, lists of codes with all.</summary>
    public static JsonObject Filled(int code)
    {
        var count = 0;
        return WithNumber(Fill(Study));

        JsonNode Fill(StudySchema schema) => schema switch
        {
            Fields fields =>
                new JsonObject(fields.ByName.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)Fill(f.Value)))),
            Array { Item: Leaf { Codes.Length: > 0 } item } =>
                new JsonArray([.. item.Codes.Select(c => JsonValue.Create(c))]),
            Array array => new JsonArray(Fill(array.Item), Fill(array.Item)),
            Leaf leaf => Value(leaf, count++),
            _ => throw new InvalidOperationException(),
        };

        JsonNode Value(Leaf leaf, int number) => leaf switch
        {
            { Codes.Length: > 0 } => leaf.Codes[code % leaf.Codes.Length],
            { Type: "boolean" } => (number + code) % 2 == 0,
            { Type: "integer" } => number,
            { Type: "number" } => IsWhole(leaf) ? number : number % 60 + 0.25m,
            { Format: "date" } => DateText(number, 10),
            { Format: "partial-date" } => DateText(number, (number % 3) switch { 0 => 4, 1 => 7, _ => 10 }),
            { Pattern: not null } => $"{number} Years",
            _ => $"Text {number} \\< of {leaf.Name}",
        };
    }

    /// <summary>Any record of the format.</summary>
    /// <param name="isWild">With blank texts, empty lists and empty objects too.</param>
    public static JsonObject Any(Random random, bool isWild)
    {
        return WithNumber(Make(Study, 0));

        JsonNode Make(StudySchema schema, int depth) => schema switch
        {
            Fields fields => Object(fields, depth),
            Array array => new JsonArray(
            [
                .. Enumerable.Range(0, random.Next(isWild ? 0 : 1, 4)).Select(_ => Make(array.Item, depth + 1)),
            ]),
            Leaf leaf => Value(leaf),
            _ => throw new InvalidOperationException(),
        };

        JsonObject Object(Fields fields, int depth)
        {
            var chosen = fields.ByName.Where(f => f.Key is "lat" or "lon" || depth < 2 || random.Next(10) < 6).ToList();
            if (chosen.Count == 0 && !isWild)
            {
                chosen.Add(fields.ByName.ElementAt(random.Next(fields.ByName.Count)));
            }

            return new(chosen.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)Make(f.Value, depth + 1))));
        }

        JsonNode Value(Leaf leaf) => leaf switch
        {
            { Codes.Length: > 0 } => leaf.Codes[random.Next(leaf.Codes.Length)],
            { Type: "boolean" } => random.Next(2) == 0,
            { Type: "integer" } => random.Next(100_000),
            { Type: "number" } => IsWhole(leaf) ? random.Next(50) : random.Next(-9000, 9000) / 100m,
            { Format: "date" } => DateText(random.Next(9000), 10),
            { Format: "partial-date" } =>
                DateText(random.Next(9000), random.Next(3) switch { 0 => 4, 1 => 7, _ => 10 }),
            _ when isWild && random.Next(8) == 0 => Blank[random.Next(Blank.Length)],
            _ => Texts[random.Next(Texts.Length)],
        };
    }

    static bool IsWhole(Leaf leaf) => leaf.Name.StartsWith('n');

    static string DateText(int days, int length) =>
        new DateOnly(2000, 1, 1).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)[..length];

    /// <summary>What makes it a record: a number and a title.</summary>
    static JsonObject WithNumber(JsonNode record)
    {
        var protocol = record["protocolSection"]!.AsObject();
        var identification = protocol["identificationModule"] as JsonObject ?? [];
        identification["nctId"] = "NCT00000001";
        identification["briefTitle"] = "A study";
        if (identification.Parent is null)
        {
            protocol["identificationModule"] = identification;
        }

        return record.AsObject();
    }

    static StudySchema Read()
    {
        var schemas = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? open = null;
        foreach (var line in File.ReadLines(Repository.SharedData("ctgov-v2", "openapi.yaml"))
            .SkipWhile(l => l != "  schemas:").Skip(1).TakeWhile(l => l.Length == 0 || l[0] == ' '))
        {
            if (Regex.Match(line, "^    (\\w+):$") is { Success: true } name)
            {
                schemas[name.Groups[1].Value] = open = [];
            }
            else if (line.StartsWith("      ", StringComparison.Ordinal))
            {
                open?.Add(line[6..]);
            }
        }

        return Named("Study", "");

        StudySchema Named(string schema, string name) => schema == "PartialDate"
            ? new Leaf(name, "string", "partial-date", null, [])
            : Of(schemas[schema], name);

        StudySchema Of(List<string> lines, string name)
        {
            // The description defines the enumeration, and forgets to say that this is one.
            if (name == "retention")
            {
                return Named("BioSpecRetention", "");
            }

            if (After(lines, "$ref") is { } reference)
            {
                return Named(reference[(reference.LastIndexOf('/') + 1)..], name);
            }

            // So it does with a field that the registry lists.
            if (name == "statusModule" && !lines.Contains("  resultsWaived:"))
            {
                lines = [.. lines, "  resultsWaived:", "    type: boolean"];
            }

            return After(lines, "type") switch
            {
                "object" => new Fields(Blocks(Below(lines, "properties"))
                    .ToDictionary(b => b.Name, b => Of(b.Lines, b.Name), StringComparer.Ordinal)),
                "array" => new Array(Of(Below(lines, "items"), name)),
                var type => new Leaf(
                    name, type!, After(lines, "format"), After(lines, "pattern"),
                    [.. lines.SkipWhile(l => l != "enum:").Skip(1)
                        .TakeWhile(l => l.StartsWith("- ", StringComparison.Ordinal))
                        .Select(l => l[2..].Trim('"'))]),
            };
        }
    }

    static string? After(List<string> lines, string key) =>
        lines.Where(l => l.StartsWith($"{key}: ", StringComparison.Ordinal))
            .Select(l => l[(key.Length + 2)..].Trim('"'))
            .FirstOrDefault();

    static List<string> Below(List<string> lines, string key) =>
        [.. lines.SkipWhile(l => l != $"{key}:").Skip(1).TakeWhile(l => l[0] == ' ').Select(l => l[2..])];

    static IEnumerable<(string Name, List<string> Lines)> Blocks(List<string> lines)
    {
        for (var at = 0; at < lines.Count;)
        {
            var name = lines[at].TrimEnd(':');
            var block = lines.Skip(at + 1).TakeWhile(l => l[0] == ' ').Select(l => l[2..]).ToList();
            at += block.Count + 1;
            yield return (name, block);
        }
    }
}
