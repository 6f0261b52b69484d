using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Tests.Registry;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>Every leaf of the registry's format has its place in FHIR, and profiles/MAPPING.md says which.</summary>
public sealed class LeafTableTests
{
    static readonly string File = Path.Combine(Repository.Root, "profiles", "MAPPING.md");

    static readonly ImmutableArray<LeafPlace> Leaves =
        [.. StudyMapper.Leaves.OrderBy(leaf => Position(leaf.Leaf))];

    static readonly ImmutableArray<Element> Filled = StudyMapper
        .Map(
            Records.Read(JsonSerializer.SerializeToUtf8Bytes(StudySchema.Filled(0))),
            FhirDefinitions.R4.Types).Resources;

    public static TheoryData<string> Mapped => [.. Leaves.Select(leaf => leaf.Leaf)];

    [Fact]
    public void Every_leaf_of_the_format_has_one_place() => Assert.Equal(
        FormatLeaves(RegistryFormat.Record, "").Order(StringComparer.Ordinal),
        Leaves.Select(leaf => leaf.Leaf).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_leaf_that_the_registry_lists_is_mapped()
    {
        var listed = System.IO.File.ReadLines(Repository.SharedData("ctgov-v2", "leaf-fields.tsv"))
            .Select(l => l.Split('\t')[0])
            .Select(leaf => leaf.EndsWith("geoPoint", StringComparison.Ordinal) ? $"{leaf}.lat" : leaf).ToList();
        Assert.Equal(342, listed.Count);
        Assert.Empty(listed.Except(Leaves.Select(leaf => leaf.Leaf)));
    }

    [Fact]
    public void Every_leaf_of_the_APIs_description_is_mapped() =>
        Assert.Empty(StudySchema.Study.Leaves().Except(Leaves.Select(leaf => leaf.Leaf)));

    [Fact]
    public void At_least_95_of_100_leaves_are_in_standard_elements_or_in_extensions_of_HL7()
    {
        var ours = Leaves.Where(leaf => leaf.Origin == PlaceOrigin.Ours).Select(leaf => leaf.Leaf).ToList();
        Assert.True(
            ours.Count <= Leaves.Length * 5 / 100, $"{ours.Count} of {Leaves.Length}: {string.Join(", ", ours)}");
    }

    /// <summary>The places are FHIRPath: on a record that fills every leaf each finds something, and where the leaf is
    /// a text, just that text.</summary>
    [Theory, MemberData(nameof(Mapped))]
    public void A_leaf_is_at_its_place(string leaf)
    {
        var place = Leaves.Single(l => l.Leaf == leaf);
        var found = Evaluate(place.FhirPath).ToList();
        Assert.NotEmpty(found);
        var texts = Texts(StudySchema.Filled(0), leaf.Split('.'))
            .Where(t => t.StartsWith("Text ", StringComparison.Ordinal)).ToList();
        Assert.All(texts, text => Assert.True(IsFound(text), text));

        bool IsFound(string text) => found.Any(f => f.EndsWith(text, StringComparison.Ordinal))
            || AsWritten(place.FhirPath).Contains(text);
    }

    [Fact]
    public void The_table_for_people_is_that_of_the_code()
    {
        var table = Table();
        var received = Path.ChangeExtension(File, ".received.md");
        if (System.IO.File.Exists(File) && System.IO.File.ReadAllText(File) == table)
        {
            System.IO.File.Delete(received);
            return;
        }

        System.IO.File.WriteAllText(received, table);
        Assert.Fail("profiles/MAPPING.md is not what the mapping says; see MAPPING.received.md.");
    }

    [Fact]
    public void The_README_counts_the_leaves()
    {
        var readme = System.IO.File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Contains(Summary(), Regex.Replace(readme, "\\s+", " "), StringComparison.Ordinal);
    }

    static string Summary() => string.Create(
        CultureInfo.InvariantCulture,
        $"Of {Leaves.Length} leaves {Count(PlaceOrigin.Standard)} are in elements of R4, "
        + $"{Count(PlaceOrigin.Hl7Extension)} in extensions of HL7's, {Count(PlaceOrigin.Ours)} in ours");

    static int Count(PlaceOrigin origin) => Leaves.Count(leaf => leaf.Origin == origin);

    static string Table()
    {
        var table = new StringBuilder("""
            # Where each leaf of a registry record is in FHIR

            Written by the tests from the rules that map records to FHIR and back.
            """ + """
             The places are FHIRPath from the resource's type
            on; a yes or no has a code for either. `R4`: an element of FHIR R4; `HL7`: an
            extension of HL7's, mostly an element that R5 has and R4 lacks; `ours`: an extension of this package.


            """).Append(CultureInfo.InvariantCulture, $"{Summary()}.\n");
        var module = "";
        foreach (var leaf in Leaves)
        {
            var steps = leaf.Leaf.Split('.');
            var owner = string.Join('.', steps.Take(Math.Min(2, steps.Length - 1)));
            if (owner != module)
            {
                table.Append(
                    CultureInfo.InvariantCulture, $"\n## {owner}\n\n| leaf | place | |\n| --- | --- | --- |\n");
                module = owner;
            }

            var name = owner.Length == 0 ? leaf.Leaf : leaf.Leaf[(owner.Length + 1)..];
            var origin = leaf.Origin switch
            {
                PlaceOrigin.Standard => "R4",
                PlaceOrigin.Hl7Extension => "HL7",
                PlaceOrigin.Ours => "ours",
            };
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | `{leaf.FhirPath.Replace("|", "\\|", StringComparison.Ordinal)}` | {origin} |\n");
        }

        return table.ToString();
    }

    static IEnumerable<string> FormatLeaves(RegistryField field, string path) => field switch
    {
        RegistryField.Fields fields => fields.ByName.SelectMany(f =>
            FormatLeaves(f.Value, path.Length == 0 ? f.Key : $"{path}.{f.Key}")),
        RegistryField.Array array => FormatLeaves(array.Item, path),
        _ => [path],
    };

    /// <summary>The format's order of sections, and within them the mapping's own.</summary>
    static int Position(string leaf)
    {
        string[] sections =
        [
            "protocolSection", "resultsSection", "annotationSection", "documentSection", "derivedSection", "hasResults",
        ];
        return Array.IndexOf(sections, leaf.Split('.')[0]);
    }

    static IEnumerable<string> Evaluate(string expression) => Items(expression)
        .Select(item => item is Element element ? element.Value ?? element.Name : item.ToString()).OfType<string>();

    static List<string> AsWritten(string expression) =>
        [.. Evaluate($"({expression}).extension('http://hl7.org/fhir/StructureDefinition/originalText').value")];

    static IEnumerable<object> Items(string expression)
    {
        var compiled = FhirPathExpression.Compile(expression);
        var context = new FhirPathContext(FhirDefinitions.R4) { Now = DateTimeOffset.UnixEpoch };
        return Filled.SelectMany(resource => compiled.Evaluate(resource, context));
    }

    static IEnumerable<string> Texts(JsonNode? json, ReadOnlySpan<string> path)
    {
        if (json is JsonArray array)
        {
            var all = new List<string>();
            foreach (var item in array)
            {
                all.AddRange(Texts(item, path));
            }

            return all;
        }

        return path.Length == 0
            ? json is JsonValue value && value.TryGetValue<string>(out var text) ? [text] : []
            : Texts(json?[path[0]], path[1..]);
    }
}
