using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.FhirPath.Functions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Judges;

/// <summary>Our results against those of npm's <c>fhirpath</c> on HL7's examples: they agree but for the expressions
/// listed here.</summary>
public sealed partial class FhirPathJudgeTests
{
    const int MaxBytes = 50_000;

    static readonly FhirTypes R4 = FhirDefinitions.R4.Types;

    [Fact]
    public async Task Search_parameters_of_R4_find_in_the_examples_what_the_judge_finds() =>
        await AssertAgreement(
            2_000, InSearchParameters,
            [.. ExamplesByType().SelectMany(example => FhirDefinitions.R4.SearchParameters(example.Key)
                .Select(p => p.Expression).OfType<string>().Distinct()
                .SelectMany(e => example.Select(file => new Case(e, file))))]);

    [Fact]
    public async Task Invariants_of_R4_hold_in_the_examples_as_the_judge_has_it() =>
        await AssertAgreement(
            1_000, InInvariants, [.. ExamplesByType().SelectMany(example => Own(R4[example.Key].Elements)
                .Prepend(FhirDefinitions.R4.StructureDefinition(example.Key)!.Root)
                .SelectMany(e => e.Constraints.Select(
                    c => $"{e.Path.Replace("[x]", "", StringComparison.Ordinal)}.select({c.Expression})"))
                .Distinct()
                .SelectMany(e => example.Select(file => new Case(e, file))))]);

    [Fact]
    public async Task Expressions_by_hand_give_what_the_judge_gives() =>
        await AssertAgreement(
            700, InExpressionsByHand, [.. Expressions.SelectMany(e => Files.Select(file => new Case(e, file)))]);

    static IEnumerable<ElementDefinition> Own(IEnumerable<ElementDefinition> elements) =>
        elements.SelectMany(e => e.Types.Where(t => t.Type.Kind == FhirTypeKind.Backbone
            && t.Type.Name.StartsWith(e.Path, StringComparison.Ordinal))
            .SelectMany(t => Own(t.Type.Elements)).Prepend(e));

    /// <summary>Two examples of each type of resource.</summary>
    static IEnumerable<IGrouping<string, string>> ExamplesByType() =>
        R4Package.Files("*-*.json")
            .Where(f => new FileInfo(f).Length <= MaxBytes)
            .Select(f => Path.GetFileName(f))
            .GroupBy(f => f[..f.IndexOf('-', StringComparison.Ordinal)])
            .Where(g => R4.Find(g.Key) is { Kind: FhirTypeKind.Resource })
            .SelectMany(g => g.Take(2).Select(f => (Type: g.Key, File: f)))
            .GroupBy(e => e.Type, e => e.File);

    static async Task AssertAgreement(int atLeast, (string Part, string Reason)[] known, List<Case> cases)
    {
        var input = new JsonObject
        {
            ["folder"] = R4Package.Folder,
            ["cases"] = new JsonArray([.. cases.Select(c => new JsonArray(c.Expression, c.File))]),
        };
        var answers = await NodeJudge.Ask("fhirpath.mjs", "fhirpath", input);
        Assert.Equal(cases.Count, answers.Length);
        Assert.InRange(cases.Count, atLeast, 100_000);
        var resources = cases.Select(c => c.File).Distinct().ToDictionary(f => f, Read);
        var differences = cases.Zip(answers, (c, answer) =>
            (c.Expression, c.File, Ours: Ours(c.Expression, resources[c.File]), Judged: Judgement(answer)))
            .Where(r => r.Ours != r.Judged)
            .ToList();
        var unexplained = differences.Where(d => !known.Any(k => Covers(k.Part, d.Expression)))
            .Select(d => $"{d.Expression} on {d.File}: ours {d.Ours}, the judge's {d.Judged}")
            .ToList();
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.DoesNotContain(known, k => !differences.Any(d => Covers(k.Part, d.Expression)));

        static bool Covers(string part, string expression) => expression.Contains(part, StringComparison.Ordinal);
    }

    static Element Read(string file) =>
        FhirJson.Read(File.ReadAllBytes(Path.Combine(R4Package.Folder, file)), R4).Resource!;

    static string Ours(string expression, Element resource)
    {
        var context = new FhirPathContext(FhirDefinitions.R4)
        {
            Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Resource = resource,
        };
        try
        {
            return string.Join(" ; ", FhirPathExpression.Compile(expression).Evaluate(resource, context).Select(Text));
        }
        catch (FhirPathException)
        {
            return Failed;
        }
    }

    const string Failed = "an error";

    static string Text(object item) => item switch
    {
        Element { Value: { } literal } => Plain(literal),
        Element element => Text(JsonSerializer.Deserialize<JsonElement>(FhirJson.ToUtf8Bytes(element))),
        _ => Plain(Conversion.Text(item) as string ?? item.ToString()!),
    };

    static string Judgement(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object ? Failed : string.Join(" ; ", answer.EnumerateArray().Select(Text));

    static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject()
            .OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Text(p.Value)}")) + "}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Text))}]",
        JsonValueKind.String => Plain(json.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            or JsonValueKind.Null or JsonValueKind.Undefined => Plain(json.GetRawText()),
    };

    /// <summary>A number without trailing zeros, which JavaScript does not keep.</summary>
    static string Plain(string text) =>
        Number().IsMatch(text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : text;

    [GeneratedRegex(@"^-?\d+(\.\d+)?(e[+-]?\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    sealed record Case(string Expression, string File);
}
