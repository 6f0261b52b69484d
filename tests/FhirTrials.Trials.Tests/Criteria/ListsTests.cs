using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Lists whose first line says how their items hold.</summary>
public sealed class ListsTests
{
    [Theory]
    [InlineData("At least one of the following:", "any(hypertension, diabetes, stroke)")]
    [InlineData("Meets 1 of the following criteria:", "any(hypertension, diabetes, stroke)")]
    [InlineData("Any of the following:", "any(hypertension, diabetes, stroke)")]
    [InlineData("Two or more of the following risk factors:", "atleast(2, hypertension, diabetes, stroke)")]
    [InlineData("More than one of the following:", "atleast(2, hypertension, diabetes, stroke)")]
    public void Items_of_which_some_must_hold_each_say_so(string leadIn, string clause) =>
        Assert.Equal([clause, clause, clause], Inclusion(leadIn));

    [Theory]
    [InlineData("None of the following:", "not(hypertension)")]
    [InlineData("No history of any of the following:", "not(hypertension)")]
    [InlineData("No other disease, including:", "not(hypertension)")]
    [InlineData("The following are not permitted:", "not(hypertension)")]
    [InlineData("No other disease, except:", "?(Hypertension)")]
    [InlineData("The following are allowed:", "?(Hypertension)")]
    [InlineData("A stress test is required if any of the following is present:", "?(Hypertension)")]
    [InlineData("All of the following:", "hypertension")]
    [InlineData("Patients are eligible if they meet all of the following criteria:", "hypertension")]
    public void What_is_denied_or_excepted_above_is_not_asked_for_below(string leadIn, string first) =>
        Assert.Equal(first, Inclusion(leadIn)[0]);

    [Theory]
    [InlineData("Any of the following:", "hypertension")]
    [InlineData("Two or more of the following:", "atleast(2, hypertension, diabetes, stroke)")]
    [InlineData("Both of the following:", "all(hypertension, diabetes, stroke)")]
    [InlineData("Malignancy, except for the following:", "?(Hypertension)")]
    [InlineData("Cirrhosis with any of the following:", "all(hypertension, ?(Cirrhosis with any of the following:))")]
    [InlineData("Cardiac disease, including:", "hypertension")]
    public void An_exclusion_counts_its_items_too(string leadIn, string first) =>
        Assert.Equal(first, Exclusion(leadIn)[0]);

    [Fact]
    public void A_list_within_a_list_is_one_of_its_items() => Assert.Equal(
        "any(oophorectomy history, age >= 60 a, all(age < 60 a, amenorrhea, fsh > 40 m[IU]/mL))",
        Read("* Postmenopausal, defined as one of the following:\n  * Bilateral oophorectomy\n  * Age ≥ 60 years\n"
            + "  * Age < 60 years and both:\n    * Amenorrhea\n    * FSH > 40 mIU/mL")[0]);

    [Theory]
    [InlineData("* Creatinine ≤ 1.5 mg/dL OR\n* Creatinine clearance ≥ 60 mL/min\n* HIV",
        "any(creatinine <= 1.5 mg/dL, creatinine-clearance >= 60 mL/min)")]
    [InlineData("* Creatinine ≤ 1.5 mg/dL\n* or creatinine clearance ≥ 60 mL/min",
        "any(creatinine <= 1.5 mg/dL, creatinine-clearance >= 60 mL/min)")]
    [InlineData("* Menopause:\n  * Age ≥ 60;\n  * Bilateral oophorectomy; or\n  * FSH > 40 mIU/mL",
        "any(age >= 60 a, oophorectomy history, fsh > 40 m[IU]/mL)")]
    [InlineData("* Creatinine ≤ 1.5 mg/dL and\n* Creatinine clearance ≥ 60 mL/min", "creatinine <= 1.5 mg/dL")]
    public void Lines_joined_by_or_are_alternatives(string text, string first) => Assert.Equal(first, Read(text)[0]);

    [Theory]
    [InlineData("abcd ", ". One of the following:", ParseStatus.Text)]
    [InlineData("abcd ", " one of the following:", ParseStatus.Text)]
    [InlineData("with ", " following: ", ParseStatus.Text)]
    public void Words_above_a_list_may_be_of_any_length(string word, string end, ParseStatus expected)
    {
        var text = "* " + string.Concat(Enumerable.Repeat(word, 30_000)) + end
            + "\n  * ANC >= 1000/uL\n  * Hemoglobin >= 9 g/dL";

        Assert.Equal(expected, CriteriaParser.Parse(new(text, []))[^1].Status);
    }

    static string[] Inclusion(string leadIn) => Read($"* {leadIn}\n  * Hypertension\n  * Diabetes\n  * Stroke");

    static string[] Exclusion(string leadIn) =>
        Read($"Exclusion Criteria:\n\n* {leadIn}\n  * Hypertension\n  * Diabetes\n  * Stroke");

    [Theory]
    [InlineData("* One of the following:\n", "  * ANC >= {0}/uL\n")]
    [InlineData("", "* ANC >= {0}/uL or\n")]
    [InlineData("* None of the following:\n  * Any of the following:\n", "    * ANC >= {0}/uL\n")]
    public void A_list_longer_than_any_is_left_open_rather_than_grow_with_its_square(string head, string item)
    {
        string Text(int count) => head + string.Concat(
            Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, item, 1000 + i)));

        Assert.Contains(Criteria(Repetition.MaxItems), c => Clauses.Leaves(c.Clause).Count() >= Repetition.MaxItems);
        Assert.All(Criteria(1_500), c => Assert.InRange(Clauses.Leaves(c.Clause).Count(), 0, Repetition.MaxItems));
        Assert.DoesNotContain(Criteria(1_500), c => c.Status == ParseStatus.Computable);

        ImmutableArray<Criterion> Criteria(int count) => CriteriaParser.Parse(new(Text(count), []));
    }

    [Theory]
    [InlineData("* One of the following:\n", "  * ANC >= {0}/uL\n")]
    [InlineData("Exclusion:\n* Both of the following:\n", "  * ANC >= {0}/uL\n")]
    [InlineData("* None of the following:\n  * Any of the following:\n", "    * ANC >= {0}/uL\n")]
    [InlineData("* Menopause:\n", "  * ANC >= {0}/uL; or\n  * FSH >= {0} mIU/mL;\n")]
    [InlineData("* Arm A: relapsed leukemia\n", "* Relapsed leukemia, ANC >= {0}/uL\n")]
    public void Lists_say_no_more_together_than_a_bound(string head, string item)
    {
        const int lists = 60;
        const int items = 15;
        string List(int list) => head + string.Concat(Enumerable.Range(1000 + (list * items), items)
            .Select(i => string.Format(CultureInfo.InvariantCulture, item, i)));
        var criteria = CriteriaParser.Parse(new(string.Concat(Enumerable.Range(0, lists).Select(List)), ["Arm A"]));
        var leaves = criteria.Sum(c => Clauses.Leaves(c.Clause).Count());

        Assert.InRange(leaves, Repetition.MaxLeaves / 2, Repetition.MaxLeaves + (3 * criteria.Length));
    }

    [Theory]
    [InlineData("* Menopause:\n  * Hypertension;\n  * Diabetes; or\n  * Stroke;\n  * HIV;\n  * Sepsis; or\n  * Asthma")]
    [InlineData("* Menopause:\n  * Hypertension; or\n  * Diabetes;\n  * Stroke; or\n  * HIV;")]
    public void Where_or_stands_twice_in_a_list_it_is_open_which_lines_belong_together(string text) =>
        Assert.Equal("?", Read(text)[^1][..1]);

    [Fact]
    public void Endless_words_above_exclusions_are_not_repeated_with_each()
    {
        var lead = "Cirrhosis and " + string.Concat(Enumerable.Repeat("of a kind ", 200));

        Assert.Equal("?(Hypertension)", Exclusion(lead + ". Cirrhosis with any of the following:")[1]);
    }

    static string[] Read(string text) => [.. CriteriaParser.Parse(new(text, [])).Select(c => ClauseText.Of(c))];
}
