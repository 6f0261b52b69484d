using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Definitions;

public sealed class PublishedSnapshotTests
{
    /// <summary>Profiles whose published snapshot says the same otherwise, or is wrong.</summary>
    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["bp"] = "names the only type's elements below value[x]; ours below its slice valueQuantity",
        ["catalog"] = "lost Composition.date",
        ["familymemberhistory-genetic"] = "lost the elements from relationship to condition",
        ["cholesterol"] = "copies the rules of SimpleQuantity besides naming it",
        ["hdlcholesterol"] = "copies the rules of SimpleQuantity besides naming it",
        ["ldlcholesterol"] = "copies the rules of SimpleQuantity besides naming it",
        ["elementdefinition-de"] = "spells out extensions that nothing is said of",
        ["provenance-relevant-history"] =
            "misses, in the slice Author, the binding that its differential states of every agent",
    };

    [Fact]
    public void Snapshots_made_of_R4s_own_profiles_agree_with_the_published_ones()
    {
        var facts = R4Facts.FromEmbedded();
        var profiles = R4Package.Files("StructureDefinition-*.json")
            .Select(file => FhirJson.Read(File.ReadAllBytes(file), facts.Types).Resource!)
            .Where(r => r.ValueOf("derivation") == "constraint" && r.Child("snapshot") is not null
                && r.ValueOf("kind") != "logical")
            .ToList();
        var made = new StructureLoader(facts, ConformancePackage.Empty.Structures).Load(profiles);

        var differences = new List<string>();
        foreach (var url in profiles.Select(p => p.ValueOf("url")!))
        {
            Compare(url, Lines(made[url].Snapshot), Lines(facts.Structure(url)!.Value.Snapshot), differences);
        }

        var byProfile = differences.ToLookup(d => d[..d.IndexOf(' ', StringComparison.Ordinal)]);
        Assert.Equal([], differences.Where(d => !Known.ContainsKey(d[..d.IndexOf(' ', StringComparison.Ordinal)])));
        Assert.Equal([], Known.Keys.Where(k => !byProfile.Contains(k)));
        Assert.InRange(profiles.Count, 400, 1_000);
    }

    /// <summary>Each line by the names and slices on the way to it.</summary>
    static Dictionary<string, ElementFact> Lines(ImmutableArray<ElementFact> snapshot)
    {
        var lines = new Dictionary<string, ElementFact>(StringComparer.Ordinal);
        Add(SnapshotNode.Nest(snapshot), "");
        return lines;

        void Add(SnapshotNode node, string parent)
        {
            var id = $"{parent}.{node.Fact.Segment}{(node.Fact.SliceName is { } slice ? $":{slice}" : "")}";
            lines.TryAdd(id, node.Fact);
            node.Children.ForEach(c => Add(c, id));
            node.Slices.ForEach(s => Add(s, parent));
        }
    }

    static void Compare(
        string url, Dictionary<string, ElementFact> made, Dictionary<string, ElementFact> published,
        List<string> differences)
    {
        var name = url[(url.LastIndexOf('/') + 1)..];
        differences.AddRange(published.Keys.Except(made.Keys).Select(k => $"{name} lacks {k}"));
        differences.AddRange(made.Keys.Except(published.Keys).Select(k => $"{name} adds {k}"));
        foreach (var key in made.Keys.Intersect(published.Keys))
        {
            var (one, other) = (Describe(made[key]), Describe(published[key]));
            differences.AddRange(
                one.Zip(other).Where(p => p.First != p.Second).Select(p => $"{name} {key}: {p.First} <> {p.Second}"));
        }
    }

    static string[] Describe(ElementFact fact) =>
    [
        $"{fact.Min}..{fact.Max}",
        string.Join(
            ",", fact.Types.Select(t => $"{t.Code}[{string.Join(",", t.Profiles)}][{string.Join(",", t.Targets)}]")),
        $"{fact.Binding}",
        string.Join(
            ",", fact.Constraints.Select(c => $"{c.Key} {c.IsWarning} {c.Expression}").Order(StringComparer.Ordinal)),
        $"fixed {Value(fact.Fixed)} pattern {Value(fact.Pattern)}",
        fact.Slicing is null
            ? "unsliced"
            : $"sliced {fact.Slicing.Rules} {fact.Slicing.Ordered} {string.Join(",", fact.Slicing.Discriminators)}",
        $"modifier {fact.IsModifier} support {fact.MustSupport}",
        $"{fact.ContentReference}",
        $"least {Value(fact.MinValue)} greatest {Value(fact.MaxValue)} longest {fact.MaxLength} {fact.Regex}",
    ];

    static string Value(Element? value) =>
        value is null
            ? ""
            : $"{value.Type}={value.Value}({string.Join(",", value.Children.Select(c => $"{c.Name}:{Value(c)}"))})";
}
