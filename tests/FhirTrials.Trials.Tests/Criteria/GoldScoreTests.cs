using System.Collections.Immutable;
using FhirTrials.Tests.Gold;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The parser's score on the labelled criteria of <c>Gold/</c> never falls below these floors;
/// <c>FhirTrials.Benchmarks -- score gold</c> prints it whole.</summary>
public sealed class GoldScoreTests
{
    static readonly ImmutableArray<GoldCriterion> Criteria =
        GoldCriterion.ReadAll(Path.Combine(AppContext.BaseDirectory, "Criteria", "Gold", "haematology-oncology.jsonl"));

    [Fact]
    public void The_criteria_are_many_and_told_apart()
    {
        Assert.True(Criteria.Length >= 300);
        Assert.Equal(Criteria.Length, Criteria.Select(c => c.Id).Distinct().Count());
        Assert.Equal(Criteria.Length, Criteria.Select(c => (c.Section, c.Text)).Distinct().Count());
        Assert.All(Criteria, c => Assert.Contains(c.Status, new[] { "computable", "partial", "text" }));
    }

    [Fact]
    public void The_criteria_are_not_read_worse_than_before()
    {
        var score = GoldScore.Of(Criteria);
        Assert.Multiple(
            () => AtLeast(0.92, score.Age.F1),
            () => AtLeast(0.86, score.Thresholds.Precision),
            () => AtLeast(0.82, score.Thresholds.Recall),
            () => AtLeast(0.91, score.Windows.F1),
            () => AtLeast(0.80, score.Negation.F1),
            () => AtLeast(0.79, score.Facts["condition"].F1),
            () => AtLeast(0.75, score.Facts["therapy"].F1),
            () => AtLeast(0.88, score.Facts["procedure"].F1),
            () => AtLeast(0.75, score.Facts["pregnancy"].F1),
            () => AtLeast(0.80, score.Facts["allergy"].F1),
            () => AtLeast(-0.004, -score.WrongRate));
    }

    static void AtLeast(double floor, double value) =>
        Assert.True(value >= floor, $"{value:0.000} is below {floor:0.000}");
}
