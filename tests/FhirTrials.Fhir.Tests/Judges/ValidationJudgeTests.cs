using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Judges;

/// <summary>@medplum/core's validateResource as a second judge: of HL7's examples, of examples changed in one place,
/// and of resources made at random.</summary>
public sealed partial class ValidationJudgeTests
{
    const int LargestExample = 20_000;
    const int Changed = 1200;
    const int OfEachType = 6;

    /// <summary>What only we look at: code and start of the sentence (<c>*</c> for any), and
    /// why they do not refuse it.</summary>
    static readonly (IssueCode Code, string Says, string Reason)[] OnlyWeRefuse =
    [
        (IssueCode.CodeInvalid, "*", "they check no codes"),
        (IssueCode.Extension, "*", "they check no extensions' contexts, counts and definitions"),
        (IssueCode.Required, "*",
            "they check no profile that is claimed but not handed to them, and take an empty array for present"),
        (IssueCode.Structure, "The property must not be an array", "they take an array of one (or none) for its item"),
        (IssueCode.Structure, "An array must not be empty", "they pass over empty arrays"),
        (IssueCode.Structure, "An object must not be empty", "they pass over empty objects"),
        (IssueCode.Structure, "The value must be an object", "they look at no literal in the place of a datatype"),
        (IssueCode.Structure, "*refers to a", "they check no targets of references"),
        (IssueCode.Value, "FHIRPath", "they read no expression that a resource carries"),
        (IssueCode.Value, "The id is not an id", "their id is any string"),
        (IssueCode.Value, "fullUrl must", "they check no fullUrl"),
        (IssueCode.Value, "FHIRPath", "they do not read the expressions that resources carry"),
        (IssueCode.Value, "Network is not", "they check no targets of references"),
        (IssueCode.Invariant, "ref-1", "they leave out rules on contained resources"),
        (IssueCode.Invariant, "dom-3", "they leave out rules on contained resources"),
        (IssueCode.Invariant, "txt-", "they do not read narratives"),
        (IssueCode.Invariant, "No contained resource has", "they do not look for what a canonical points to"),
        (IssueCode.Invariant, "*-", "they evaluate few rules of datatypes, and none below a contained resource"),
    ];

    /// <summary>What only they refuse: what their sentence contains, and why it is no error here.</summary>
    static readonly (string Says, string Reason)[] OnlyTheyRefuse =
    [
        ("Invalid base64Binary format", "white space within base64, which R4's expression allows"),
        ("ras-2", "their 'is decimal' does not know FHIR's decimal"),
        ("app-3", "the status is missing: that is the error"),
        ("msq-3", "the coordinateSystem is missing: that is the error"),
        ("que-1 ", "the type is missing: that is the error"),
        ("sdf-5", "the type is missing: that is the error"),
        ("sdf-8a", "the type is missing: that is the error"),
        ("inv-1", "dates whose precision does not decide their order"),
    ];

    static readonly Validator R4 = new(FhirDefinitions.R4, TimeProvider.System);

    [Fact]
    public async Task Examples_are_valid_to_both_or_the_difference_is_known()
    {
        var files = Examples();
        var answers = await Ask(files.Select(Path.GetFileName)!, []);
        AssertSameVerdicts(files.Zip(answers, (f, a) => (Path.GetFileName(f), File.ReadAllBytes(f), a)));
    }

    [Fact]
    public async Task Changed_examples_are_valid_to_both_or_the_difference_is_known()
    {
        var files = Examples();
        var changed = Enumerable.Range(1, Changed)
            .Select(seed => new Random(seed))
            .Select(random => JsonMutation.Of(File.ReadAllText(files[random.Next(files.Length)]), random))
            .ToImmutableArray();
        var answers = await Ask([], changed.Select(c => c.Text));
        AssertSameVerdicts(changed.Zip(answers, (c, a) => (c.Change, Encoding.UTF8.GetBytes(c.Text), a)));
    }

    /// <summary>Resources made at random break rules by the hundred: whatever rule they find broken, we do.</summary>
    [Fact]
    public async Task Every_rule_that_they_find_broken_is_found_broken_here()
    {
        var made = FhirDefinitions.R4.Types.Names.Select(n => FhirDefinitions.R4.Types[n])
            .Where(t => t is { Kind: FhirTypeKind.Resource, IsAbstract: false })
            .SelectMany(Random)
            .ToImmutableArray();
        var answers = await Ask([], made.Select(m => Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(m))));
        var (common, differences) = (0, new List<string>());
        foreach (var (resource, answer) in made.Zip(answers))
        {
            var ours = R4.Validate(resource, new ValidationOptions { MaxIssues = 10_000 })
                .Where(i => i.IsError).Select(i => RuleOf(i.Diagnostics)).ToHashSet(StringComparer.Ordinal);
            foreach (var (place, text) in answer.Where(a => a.Text.StartsWith("Constraint ", StringComparison.Ordinal)))
            {
                common += ours.Contains(RuleOf(text)) ? 1 : 0;
                if (!ours.Contains(RuleOf(text)) && !IsExplained(text))
                {
                    differences.Add($"{place} {text}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.InRange(common, 500, int.MaxValue);
    }

    static IEnumerable<Element> Random(FhirType type)
    {
        var random = new RandomResource(FhirDefinitions.R4, new Random(7));
        return Enumerable.Range(0, OfEachType).Select(_ => random.Make(type.Name));
    }

    static void AssertSameVerdicts(IEnumerable<(string Name, byte[] Json, (string Place, string Text)[] Theirs)> cases)
    {
        var (agreed, differences) = (0, new List<string>());
        foreach (var (name, json, theirs) in cases)
        {
            var ours = R4.Validate(FhirJson.Read(json, FhirDefinitions.R4.Types)).Where(i => i.IsError).ToList();
            if ((ours.Count > 0) == (theirs.Length > 0))
            {
                agreed++;
            }
            else if (ours.Count > 0)
            {
                differences.AddRange(ours.Where(i => !IsExplained(i))
                    .Select(i => $"{name}: we refuse {i.Code} {i.Expression} {i.Diagnostics}"));
            }
            else
            {
                differences.AddRange(
                    theirs.Where(t => !IsExplained(t.Text)).Select(t => $"{name}: they refuse {t.Place} {t.Text}"));
            }
        }

        Assert.Empty(differences);
        Assert.InRange(agreed, 500, int.MaxValue);
    }

    static bool IsExplained(Issue issue) => OnlyWeRefuse.Any(e => e.Code == issue.Code && (e.Says.StartsWith('*')
        ? issue.Diagnostics.Contains(e.Says[1..], StringComparison.Ordinal)
        : issue.Diagnostics.StartsWith(e.Says, StringComparison.Ordinal)));

    static bool IsExplained(string theirs) =>
        OnlyTheyRefuse.Any(e => theirs.Contains(e.Says, StringComparison.Ordinal));

    static string RuleOf(string text) => Rule().Match(text).Value;

    [GeneratedRegex("[a-z]+-[0-9]+[a-z]?")]
    private static partial Regex Rule();

    static string[] Examples() =>
        [.. R4Package.Files("*-*.json").Where(f => new FileInfo(f).Length <= LargestExample
            && !Path.GetFileName(f).StartsWith("ig-", StringComparison.Ordinal))];

    static async Task<IEnumerable<(string Place, string Text)[]>> Ask(
        IEnumerable<string> files, IEnumerable<string> texts)
    {
        var answers = await NodeJudge.Ask("validate.mjs", "@medplum/core", new JsonObject
        {
            ["folder"] = R4Package.Folder,
            ["files"] = new JsonArray([.. files.Select(f => JsonValue.Create(f))]),
            ["texts"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]),
        });
        return answers.Select(a => a.EnumerateArray().Select(i => (i[0].GetString()!, i[1].GetString()!)).ToArray());
    }
}
