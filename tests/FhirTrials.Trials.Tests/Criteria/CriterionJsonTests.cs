using System.Text;
using System.Text.Json;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

public sealed class CriterionJsonTests
{
    [Theory]
    [InlineData("Platelets between 50 000 and 100 000/uL",
        """{"kind":"lab","comparator":"between","low":50000,"high":100000,"lowInclusive":true,"highInclusive":true"""
            + ""","unit":"/uL","negated":false}""")]
    [InlineData("ALT ≤ 2.5 x ULN",
        """{"kind":"lab","comparator":"le","high":2.5,"unit":"1","relativeTo":"ULN","negated":false}""")]
    [InlineData("ANC ≥ 1.50 x 10^9/L",
        """{"kind":"lab","comparator":"ge","low":1500000000,"unit":"/L","negated":false}""")]
    [InlineData("ECOG performance status 0-2",
        """{"kind":"score","comparator":"between","low":0,"high":2,"lowInclusive":true,"highInclusive":true"""
            + ""","unit":"{score}","negated":false}""")]
    [InlineData("Chemotherapy within 2 weeks before screening",
        """{"kind":"therapy","when":"history","window":{"value":2"""
            + ""","unit":"wk","direction":"before","anchor":"screening"},"negated":false}""")]
    [InlineData("No history of stroke", """{"kind":"condition","when":"history","negated":true}""")]
    [InlineData("Signed informed consent", """{"kind":"consent","unread":"consent","negated":false}""")]
    [InlineData("Age ≥ 18 years", """{"kind":"age","comparator":"ge","low":18,"unit":"a","negated":false}""")]
    [InlineData("No prior chemotherapy or radiotherapy",
        """{"all":[{"kind":"therapy","when":"history","negated":true},"""
            + """{"kind":"therapy","when":"history","negated":true}]}""")]
    public void A_criterion_is_written_with_its_tree(string text, string tree) =>
        Assert.Equal(tree, JsonSerializer.Serialize(Bare(Write(text).GetProperty("tree"))));

    [Fact]
    public void The_places_of_a_leaf_are_those_of_the_text()
    {
        const string text = "Inclusion Criteria:\n\n* Chemotherapy within 2 weeks, or ANC \\> 1.5 x 10^9/L";
        var any = Write(text).GetProperty("tree").GetProperty("any");
        Assert.Equal(
            ["concept=Chemotherapy;window=within 2 weeks", "concept=ANC;value=> 1.5 x 10^9/L"],
            any.EnumerateArray().Select(leaf => string.Join(';', leaf.GetProperty("source").EnumerateObject()
                .Select(p => $"{p.Name}="
                    + $"{text[p.Value.GetProperty("start").GetInt32()..p.Value.GetProperty("end").GetInt32()]}"))));
    }

    [Fact]
    public void A_criterion_carries_its_codes_and_an_expression_that_compiles()
    {
        var criterion = Write("Exclusion Criteria:\n\n* HIV");
        var concept = criterion.GetProperty("tree").GetProperty("concept");
        Assert.Equal("exclusion", criterion.GetProperty("section").GetString());
        Assert.Contains(
            concept.GetProperty("codes").EnumerateArray(), c => c.GetProperty("code").GetString() == "86406008");
        FhirPathExpression.Compile(criterion.GetProperty("fhirpath").GetString()!);
    }

    static JsonElement Write(string text)
    {
        using var output = new MemoryStream();
        CriterionJson.Write(output, Assert.Single(CriteriaParser.Parse(new(text, []))));
        Assert.DoesNotContain('\n', Encoding.UTF8.GetString(output.ToArray()));
        return JsonDocument.Parse(output.ToArray()).RootElement;
    }

    /// <summary>The tree without concepts and places.</summary>
    static object Bare(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Where(p => p.Name is not ("concept" or "source"))
            .ToDictionary(p => p.Name, p => Bare(p.Value)),
        JsonValueKind.Array => node.EnumerateArray().Select(Bare).ToArray(),
        _ => node,
    };
}
