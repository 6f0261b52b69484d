using FhirTrials.Tests;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

public sealed class CriteriaOutlineTests
{
    [Theory]
    [InlineData("Inclusion Criteria", CriterionSection.Inclusion)]
    [InlineData("INCLUSION CRITERIA:", CriterionSection.Inclusion)]
    [InlineData("**Key Inclusion Criteria**", CriterionSection.Inclusion)]
    [InlineData("Inclusion:", CriterionSection.Inclusion)]
    [InlineData("Main inclusion criteria for Part 1:", CriterionSection.Inclusion)]
    [InlineData("Must have", CriterionSection.Inclusion)]
    [InlineData("Eligibility Criteria:", CriterionSection.Inclusion)]
    [InlineData("Exclusion Criteria", CriterionSection.Exclusion)]
    [InlineData("Key exclusion criteria include:", CriterionSection.Exclusion)]
    [InlineData("EXCLUSIONS:", CriterionSection.Exclusion)]
    [InlineData("Non-inclusion criteria:", CriterionSection.Exclusion)]
    [InlineData("Criteria for exclusion", CriterionSection.Exclusion)]
    [InlineData("Patients will be excluded if:", CriterionSection.Exclusion)]
    [InlineData("Must not have", CriterionSection.Exclusion)]
    [InlineData("Patients who fulfil all inclusion criteria may be randomized", null)]
    [InlineData("Exclusion of pregnancy by a test", null)]
    public void A_heading_opens_its_section(string line, CriterionSection? section) =>
        Assert.Equal(section, CriteriaOutline.Heading(line));

    [Theory]
    [InlineData("* one\n* two")]
    [InlineData("1. one\n2. two")]
    [InlineData("(a) one\n(b) two")]
    [InlineData("\u2022 one\n\n\u2022 two")]
    [InlineData("- one\r\n- two\r\n")]
    [InlineData("one\n\ntwo")]
    public void Each_bullet_is_an_item(string text) => Assert.Equal(["one", "two"], Items(text));

    [Fact]
    public void A_wrapped_line_goes_on_with_its_bullet() =>
        Assert.Equal(["one\n  and more", "two"], Items("* one\n  and more\n* two"));

    [Fact]
    public void A_number_is_no_bullet() => Assert.Equal(["1.5 x ULN or less"], Items("1.5 x ULN or less"));

    [Fact]
    public void Nested_bullets_have_the_one_above_as_lead_in()
    {
        const string text = "* Adequate function:\n   * ANC\n   * Platelets\n* Age";
        Assert.Equal([null, "Adequate function:", "Adequate function:", null], LeadIns(text));
    }

    [Fact]
    public void A_lead_in_introduces_the_block_after_it_and_no_more()
    {
        const string text = "* Ph-IIM: function as follows:\n\n* ANC\n* Platelets\n\n* Age";
        Assert.Equal([null, "Ph-IIM: function as follows:", "Ph-IIM: function as follows:", null], LeadIns(text));
    }

    [Fact]
    public void A_text_of_a_megabyte_is_read_in_bounded_pieces()
    {
        var text =
            string.Concat(Enumerable.Repeat("* Platelets \u2265 50 000/\u03bcL (((such as x or y with z)\n", 20_000));
        var criteria = CriteriaParser.Parse(new(text, []));
        Assert.Equal(new EligibilityText("", []).MaxCriteria + 1, criteria.Length);
        Assert.Equal(ParseStatus.Text, criteria[^1].Status);
        Assert.EndsWith(criteria[^1].Text, text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_more_characters_than_any_text_has_is_one_item()
    {
        var longest = new string('a', 200_000);
        string[] Items(string rest) =>
            [.. CriteriaParser.Parse(new($"* Diabetes\n* {longest}\n{rest}\n", [])).Select(c => c.Text)];

        Assert.Equal(["Diabetes", longest, "* Diabetes\n* Stroke"], Items("* Diabetes\n* Stroke"));
        Assert.Equal(["Diabetes", longest], Items("\n "));
    }

    [Fact]
    public void Items_nested_deeper_than_any_are_kept_as_text()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(depth => new string(' ', depth) + "* Diabetes\n"));
        var statuses = CriteriaParser.Parse(new(text, [])).Select(c => c.Status);

        Assert.All(statuses.Take(OutlineItem.MaxDepth + 1), s => Assert.Equal(ParseStatus.Computable, s));
        Assert.All(statuses.Skip(OutlineItem.MaxDepth + 1), s => Assert.Equal(ParseStatus.Text, s));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("such as ")]
    [InlineData("with remission or ")]
    [InlineData("except ")]
    [InlineData("> 5 % and ")]
    [InlineData("a/")]
    public void A_hostile_line_is_kept_as_text_or_read_in_time(string part)
    {
        var line = string.Concat(Enumerable.Repeat(part, 5_900 / part.Length));
        var long1 = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));
        Assert.Single(CriteriaParser.Parse(new($"* ALL {line}", [])));
        Assert.Equal(ParseStatus.Text, Assert.Single(CriteriaParser.Parse(new($"* ALL {long1}", []))).Status);
    }

    [Theory]
    [InlineData(1_000, ParseStatus.Computable)]
    [InlineData(5_000, ParseStatus.Text)]
    public void An_item_of_more_signs_than_any_has_is_kept_as_text(int signs, ParseStatus status) =>
        Assert.Equal(
            status, Assert.Single(CriteriaParser.Parse(new($"* Diabetes{new string(';', signs)}", []))).Status);

    [Fact]
    public void No_criterion_of_the_Chia_corpus_breaks_the_parser()
    {
        var (computable, all) = (0, 0);
        foreach (var file in Directory.GetFiles(Repository.SharedData("chia"), "*.txt"))
        {
            var text = File.ReadAllText(file);
            foreach (var criterion in CriteriaParser.Parse(new(text, [])))
            {
                Assert.Equal(criterion.Text, text.Substring(criterion.Source.Start, criterion.Source.Length));
                all++;
                computable += criterion.Status == ParseStatus.Computable ? 1 : 0;
            }
        }

        Assert.InRange(computable / (double)all, 0.1, 0.9);
    }

    static IEnumerable<string> Items(string text) =>
        CriteriaOutline.Read(text, 100).Select(i => text.Substring(i.Span.Start, i.Span.Length));

    static IEnumerable<string?> LeadIns(string text) =>
        CriteriaOutline.Read(text, 100)
            .Select(i => i.LeadIn is { } above ? text.Substring(above.Span.Start, above.Span.Length) : null);
}
