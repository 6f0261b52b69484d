using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Tests.Studies;

/// <summary>Makes up any number of registry records (ClinicalTrials.gov API v2), none of them a real study: what they
/// are about, who runs them where, when, and whom they ask for is put together from tables; results are those of real
/// records with other values. A record depends on the seed and its number alone.</summary>
/// <param name="examples">Records; those with results lend them.</param>
sealed class StudyGenerator(IEnumerable<byte[]> examples)
{
    /// <summary>Numbers that the registry has not given to anyone: <c>NCT9</c> and seven digits.</summary>
    public const int MaxCount = 10_000_000;

    const int PercentWithResults = 25;

    static readonly DateOnly First = new(2004, 1, 1);

    static readonly DateOnly Today = new(2026, 11, 1);

    static readonly JsonSerializerOptions Json =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly ImmutableArray<JsonObject> _withResults =
    [
        .. examples.Select(e => JsonNode.Parse(e)!.AsObject()).Where(e => e["resultsSection"] is not null),
    ];

    /// <summary>From the records of a checkout's <c>examples/registry</c> and, where it is there, the reference data
    /// beside the checkout.</summary>
    public static StudyGenerator Of(string checkout)
    {
        string[] folders =
        [
            Path.Combine(checkout, "examples", "registry"),
            Path.Combine(checkout, "..", "shared", "data", "ctgov-v2"),
        ];
        return new(folders.Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "NCT*.json").Order(StringComparer.Ordinal))
            .Select(File.ReadAllBytes));
    }

    /// <summary>The first records, one after another.</summary>
    public IEnumerable<byte[]> Studies(int seed, int count) => Enumerable.Range(0, count).Select(i => Study(seed, i));

    /// <summary>The record of a number as UTF-8 JSON without line breaks. Other seeds give the same
    /// study number other content.</summary>
    public byte[] Study(int seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MaxCount);
        var dice = new Dice(seed, index);
        var topic = Topic.Of(dice);
        var hasResults = _withResults.Length > 0 && dice.Percent(PercentWithResults);
        var status = hasResults
            ? dice.Word("COMPLETED 85, TERMINATED 12, ACTIVE_NOT_RECRUITING 3")
            : dice.Word("COMPLETED 44, RECRUITING 18, UNKNOWN 14, TERMINATED 7, NOT_YET_RECRUITING 6, "
                + "ACTIVE_NOT_RECRUITING 5, WITHDRAWN 3, ENROLLING_BY_INVITATION 2, SUSPENDED 1");
        var nctId = string.Create(CultureInfo.InvariantCulture, $"NCT9{index:D7}");
        var study = new StudyModules(dice, topic, status);
        var protocol = study.Protocol(nctId, Dates(dice, status, hasResults));
        var record = new JsonObject { ["protocolSection"] = protocol };
        if (hasResults)
        {
            record["resultsSection"] = Results(dice, topic);
        }

        record["derivedSection"] = study.Derived();
        record["hasResults"] = hasResults;
        return JsonSerializer.SerializeToUtf8Bytes(record, Json);
    }

    static JsonObject Dates(Dice dice, string status, bool hasResults)
    {
        var isOver = status is "COMPLETED" or "TERMINATED" or "UNKNOWN" || hasResults;
        var start = isOver
            ? First.AddDays(dice.Below(365 * 18))
            : Today.AddDays(-dice.Below(status is "NOT_YET_RECRUITING" ? 60 : 365 * 4));
        var submitted = start.AddDays(-dice.Between(10, 200));
        var primary = isOver ? start.AddDays(dice.Between(90, 1200)) : Today.AddDays(dice.Between(60, 1500));
        var end = primary.AddDays(dice.Below(400));
        var updated = (isOver ? end : start).AddDays(dice.Between(30, 900)) is var day && day < Today ? day : Today;
        var tense = isOver ? "ACTUAL" : "ESTIMATED";
        var dates = new JsonObject { ["statusVerifiedDate"] = Month(updated), ["overallStatus"] = status };
        if (status is "TERMINATED" or "WITHDRAWN" or "SUSPENDED")
        {
            dates["whyStopped"] =
                dice.Text("{Slow accrual|Sponsor decision|Lack of funding|Interim analysis|Supply of the drug}");
        }

        if (status is "UNKNOWN")
        {
            dates["lastKnownStatus"] = "RECRUITING";
        }

        dates["expandedAccessInfo"] = new JsonObject { ["hasExpandedAccess"] = false };
        dates["startDateStruct"] =
            Date(start, status is "NOT_YET_RECRUITING" ? "ESTIMATED" : "ACTUAL", dice.Percent(30));
        dates["primaryCompletionDateStruct"] = Date(primary, tense, isMonth: false);
        dates["completionDateStruct"] = Date(end, tense, isMonth: false);
        dates["studyFirstSubmitDate"] = Day(submitted);
        dates["studyFirstSubmitQcDate"] = Day(submitted);
        dates["studyFirstPostDateStruct"] = Date(submitted.AddDays(5), "ACTUAL", isMonth: false);
        if (hasResults)
        {
            dates["resultsFirstSubmitDate"] = Day(end.AddDays(20));
            dates["resultsFirstSubmitQcDate"] = Day(end.AddDays(25));
            dates["resultsFirstPostDateStruct"] = Date(end.AddDays(30), "ACTUAL", isMonth: false);
        }

        dates["lastUpdateSubmitDate"] = Day(updated.AddDays(-3));
        dates["lastUpdatePostDateStruct"] = Date(updated, "ACTUAL", isMonth: false);
        return dates;

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        static JsonObject Date(DateOnly day, string type, bool isMonth) =>
            new() { ["date"] = isMonth ? Month(day) : Day(day), ["type"] = type };
    }

    /// <summary>The results of an example: their words are about this study's drugs, their
    /// outcomes have other values.</summary>
    JsonNode Results(Dice dice, Topic topic)
    {
        var example = dice.Pick(_withResults);
        var interventions = example["protocolSection"]!["armsInterventionsModule"]?["interventions"]?.AsArray() ?? [];
        var names = interventions.Select(i => (string)i!["name"]!).Where(n => n.Length > 4).ToList();
        var results = example["resultsSection"]!.DeepClone();
        Vary(results, isOutcome: false);
        return results;

        void Vary(JsonNode? node, bool isOutcome)
        {
            if (node is JsonArray items)
            {
                foreach (var item in items)
                {
                    Vary(item, isOutcome);
                }
            }

            foreach (var (name, value) in node is JsonObject fields ? fields.ToList() : [])
            {
                if (value is JsonObject or JsonArray)
                {
                    Vary(value, isOutcome || name == "outcomeMeasuresModule");
                }
                else if (isOutcome && name == "spread" && decimal.TryParse(
                    (string?)value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                {
                    node![name] = (number * dice.Between(80, 120) / 100m)
                        .ToString("0.##", CultureInfo.InvariantCulture);
                }
                else if (value?.GetValueKind() == JsonValueKind.String)
                {
                    node![name] = names.Index().Aggregate((string)value!, (text, n) => text.Replace(
                        n.Item, topic.Drugs[n.Index % topic.Drugs.Length], StringComparison.OrdinalIgnoreCase));
                }
            }
        }
    }
}
