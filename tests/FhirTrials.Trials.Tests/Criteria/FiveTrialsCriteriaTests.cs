using FhirTrials.Tests;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Every criterion of the five trials against what its text says (five-trials-criteria.tsv): one row each with
/// the study, the number, the section, how much is understood, whom it applies to, the clause, and how the text
/// begins.</summary>
public sealed class FiveTrialsCriteriaTests
{
    static readonly string[][] Table =
        [.. File.ReadAllLines(
            Path.Combine(Repository.Root, "tests", "FhirTrials.Trials.Tests", "Criteria", "five-trials-criteria.tsv"))
            .Skip(1).Select(line => line.Split('\t'))];

    public static TheoryData<string, int> Rows =>
        [.. Table.Select(r => new TheoryDataRow<string, int>(r[0], int.Parse(r[1], null)))];

    public static TheoryData<string> Studies => [.. Records.Five];

    [Theory, MemberData(nameof(Rows))]
    public void A_criterion_says_what_its_text_says(string study, int number)
    {
        var row = Table.Single(r => r[0] == study && r[1] == $"{number}");
        var criterion = FiveTrialsCriteria.Parse(Records.Read(study))[number - 1];
        Assert.Equal(
            string.Join('\t', row[2..6]),
            string.Join(
                '\t', criterion.Section, criterion.Status, ScopeText(criterion.Scope), ClauseText.Of(criterion)));
        Assert.StartsWith(row[6], criterion.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Studies))]
    public void Every_criterion_has_a_row(string study) =>
        Assert.Equal(Table.Count(r => r[0] == study), FiveTrialsCriteria.Parse(Records.Read(study)).Length);

    [Theory, MemberData(nameof(Studies))]
    public void A_criterion_of_the_text_is_found_at_its_offsets(string study)
    {
        var record = Records.Read(study);
        var text = record.Eligibility.Text("eligibilityCriteria")!;
        Assert.All(
            FiveTrialsCriteria.Parse(record).Where(c => c.Field is null),
            c => Assert.Equal(c.Text, text.Substring(c.Source.Start, c.Source.Length)));
    }

    /// <summary><c>Ph-IIR (Ph-IIRa), Ph-IIM; age &lt; 16 a</c>: the words of each arm's title before its
    /// colon.</summary>
    internal static string ScopeText(CriterionScope scope)
    {
        var arms = scope.Arms.Select((arm, at) => arm.Split(':')[0]
            + (scope.Cohorts.IsEmpty ? "" : $" ({scope.Cohorts[at]})"));
        return string.Join(
            "; ",
            new[] { string.Join(", ", arms), scope.Age is { } age ? ClauseText.Of(age) : "" }.Where(t => t.Length > 0));
    }
}
