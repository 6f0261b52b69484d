using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>What a record says comes out over FHIR: every text, number and flag of it is the value of an element, not
/// merely part of the narrative.</summary>
public sealed class LosslessTests
{
    public static TheoryData<string> All => Records.All;

    /// <summary>Fields whose very text is not an element's value, each with what stands for it.</summary>
    static readonly (string Suffix, string Because)[] Elsewhere =
    [
        ("references[].pmid", "it ends the PubMed address and the label"),
        ("enrollmentInfo.type", "it decides between R5's targetNumber and actualNumber"),
        ("FirstPostDateStruct.type", "R5's registration says actual or not as a boolean"),
        ("lastUpdatePostDateStruct.type", "R5's registration says actual or not as a boolean"),
        ("armGroupLabels[]", "the arm's plan names the intervention"),
    ];

    [Theory, MemberData(nameof(All))]
    public void Every_leaf_of_the_protocol_is_the_value_of_an_element(string nctId)
    {
        var record = Records.Read(nctId);
        var values = Values(record).ToHashSet(StringComparer.Ordinal);
        var lost = Leaves(record.Root.Json, "")
            .Where(leaf => !leaf.Path.StartsWith("resultsSection", StringComparison.Ordinal))
            .Where(leaf => !Elsewhere.Any(e => leaf.Path.EndsWith(e.Suffix, StringComparison.Ordinal)))
            .Where(leaf => !values.Contains(leaf.Value))
            .Select(leaf => leaf.Path);
        Assert.Empty(lost);
    }

    [Theory, MemberData(nameof(All))]
    public void A_publication_is_found_by_its_PubMed_number(string nctId)
    {
        var record = Records.Read(nctId);
        var urls = Values(record).ToHashSet(StringComparer.Ordinal);
        var pmids = record.Protocol["referencesModule"].Items("references").Select(r => r.Text("pmid"))
            .OfType<string>();
        Assert.All(pmids, pmid => Assert.Contains($"https://pubmed.ncbi.nlm.nih.gov/{pmid}", urls));
    }

    /// <summary>All values; a kept field's value is its JSON, so its leaves are values too.</summary>
    static IEnumerable<string> Values(RegistryRecord record)
    {
        foreach (var element in StudyMapper.Map(record, FhirDefinitions.R4.Types).Resources.SelectMany(Descendants))
        {
            if (element is { Value: { } value, Name: not "div" })
            {
                yield return value;
            }

            if (element.ValueOf("url") == "json")
            {
                using var json = JsonDocument.Parse(element.ValueOf("value")!);
                foreach (var leaf in Leaves(json.RootElement, ""))
                {
                    yield return leaf.Value;
                }
            }
        }
    }

    static List<(string Path, string Value)> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject()
            .SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")).ToList(),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Leaves(item, $"{path}[]")).ToList(),
        JsonValueKind.String => [(path, json.GetString()!)],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [(path, json.GetRawText())],
        JsonValueKind.Null or JsonValueKind.Undefined => [],
    };

    static IEnumerable<Element> Descendants(Element element) =>
        element.Children.SelectMany(child => Descendants(child).Prepend(child));
}
