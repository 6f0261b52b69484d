using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Validation;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Tests.Profiles;
using FhirTrials.Trials.Tests.Registry;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>A record that is mapped and read back is the same record: the order of an object's fields does not count,
/// that of an array's items does, and numbers count by value.</summary>
public sealed class RoundTripTests
{
    static readonly FhirDefinitions Definitions = FhirDefinitions.R4.With(ProfilePackage.Resources);

    static readonly Validator Validator = new(Definitions, TimeProvider.System);

    public static TheoryData<string> All => Records.All;

    [Theory, MemberData(nameof(All))]
    public void A_record_comes_back_from_FHIR_as_it_was(string nctId)
    {
        var record = Records.Read(nctId);
        Assert.Equal([], Differences(record));
    }

    [Theory, MemberData(nameof(All))]
    public void Nothing_of_a_record_is_kept_as_JSON(string nctId) =>
        Assert.Equal([], Kept(StudyMapper.ToJson(Records.Read(nctId))));

    public static TheoryData<int> Codes() => [.. Enumerable.Range(0, StudySchema.Study.MostCodes)];

    [Theory, MemberData(nameof(Codes))]
    public void A_record_that_fills_every_leaf_comes_back(int code)
    {
        var record = Records.Read(JsonSerializer.SerializeToUtf8Bytes(StudySchema.Filled(code)));
        Assert.Equal([], Kept(StudyMapper.ToJson(record)));
        Assert.Equal([], Differences(record));
    }

    [Fact]
    public void Any_record_of_the_format_comes_back_and_is_valid() => ForAnyRecord(isWild: true, record =>
    {
        Assert.Equal([], Differences(record));
        Assert.Equal("", Errors(record));
    });

    [Fact]
    public void None_of_a_record_without_blanks_is_kept_as_JSON() => ForAnyRecord(isWild: false, record =>
    {
        Assert.Equal([], Differences(record));
        Assert.Equal("", Errors(record));

        // A date that contradicts another is kept.
        Assert.DoesNotContain(
            Kept(StudyMapper.ToJson(record)), p => !p.EndsWith("/unreleaseDate", StringComparison.Ordinal));
    });

    internal static string Errors(RegistryRecord record) => string.Join(
        '\n',
        StudyMapper.Map(record, Definitions.Types).Resources
            .SelectMany(r => Validator.Validate(r)).Where(i => i.IsError)
            .Select(i => $"{i.Expression}: {i.Diagnostics}"));

    static void ForAnyRecord(bool isWild, Action<RegistryRecord> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed => holds(Records.Read(
            JsonSerializer.SerializeToUtf8Bytes(StudySchema.Any(new Random(seed), isWild)))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2026, 11));

    internal static List<string> Differences(RegistryRecord record)
    {
        var mapped = StudyMapper.Map(record, FhirDefinitions.R4.Types);
        Assert.DoesNotContain(mapped.Issues, issue => issue.IsError);
        var back = StudyMapper.ToRecord(record.NctId, mapped.Resources)!;
        var differences = new List<string>();
        Compare(record.Root.Json, JsonSerializer.SerializeToElement(back), "", differences);
        return differences;
    }

    /// <summary>The places of the fields that no element took.</summary>
    internal static List<string> Kept(IEnumerable<JsonObject> resources) =>
    [
        .. resources.Last()["extension"]!.AsArray()
            .Where(e => (string?)e!["url"] == "http://fhirtrials.org/fhir/StructureDefinition/registry-field")
            .Select(e => (string)e!["extension"]![0]!["valueString"]!),
    ];

    static void Compare(JsonElement expected, JsonElement actual, string path, List<string> differences)
    {
        if (JsonElement.DeepEquals(expected, actual))
        {
            return;
        }

        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            var names = expected.EnumerateObject().Concat(actual.EnumerateObject()).Select(p => p.Name).Distinct();
            foreach (var name in names)
            {
                Compare(
                    expected.TryGetProperty(name, out var a) ? a : default,
                    actual.TryGetProperty(name, out var b) ? b : default,
                    $"{path}.{name}",
                    differences);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array
            && expected.GetArrayLength() == actual.GetArrayLength())
        {
            foreach (var (index, (a, b)) in expected.EnumerateArray().Zip(actual.EnumerateArray()).Index())
            {
                Compare(a, b, $"{path}[{index}]", differences);
            }
        }
        else
        {
            differences.Add($"{path}: {Text(expected)} came back as {Text(actual)}");
        }
    }

    static string Text(JsonElement json) =>
        json.ValueKind == JsonValueKind.Undefined ? "nothing"
            : json.GetRawText() is { Length: > 60 } raw ? raw[..60] : json.GetRawText();
}
