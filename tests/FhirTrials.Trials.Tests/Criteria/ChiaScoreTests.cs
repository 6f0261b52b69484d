using FhirTrials.Tests.Chia;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The parser's score on the Chia corpus never falls below these floors; <c>FhirTrials.Benchmarks -- score</c>
/// prints it whole.</summary>
public sealed class ChiaScoreTests
{
    static readonly Lazy<ILookup<bool, ChiaDocument>> Documents =
        new(() => ChiaDocument.ReadAll(Repository.SharedData("chia")).ToLookup(d => d.IsHeldOut));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Neither_part_of_the_corpus_is_read_worse_than_before(bool heldOut)
    {
        var score = ChiaScore.Of(Documents.Value[heldOut]);
        Assert.Multiple(
            () => AtLeast(0.95, score.Age.F1),
            () => AtLeast(0.949, score.Thresholds.Precision),
            () => AtLeast(0.85, score.Thresholds.Recall),
            () => AtLeast(0.865, score.Windows.F1),
            () => AtLeast(0.59, score.Negation.F1),
            () => AtLeast(0.57, score.Conditions.F1),
            () => AtLeast(0.56, score.Drugs.F1),
            () => AtLeast(0.32, score.Procedures.F1),
            () => AtLeast(-0.010, -score.WrongRate));
    }

    [Fact]
    public void A_third_of_the_trials_is_held_out() =>
        Assert.InRange(
            Documents.Value[true].Count() / (double)(Documents.Value[true].Count() + Documents.Value[false].Count()),
            0.28, 0.34);

    [Theory]
    [InlineData("18 years or older", 18.0, null, true, true)]
    [InlineData("> 1.5 x 10^9/L", 1500000000.0, null, false, true)]
    [InlineData("between 18 and 65 years", 18.0, 65.0, true, true)]
    [InlineData("no more than 2.5 x ULN", null, 2.5, true, true)]
    [InlineData("\u226512 and <17 years", 12.0, 17.0, true, false)]
    [InlineData("class III or IV", 3.0, 4.0, true, true)]
    [InlineData("<1,000/mm^3", null, 1000.0, true, false)]
    [InlineData("between 0 and -4", -4.0, 0.0, true, true)]
    [InlineData("< -2.5", null, -2.5, true, false)]
    [InlineData("3-5", 3.0, 5.0, true, true)]
    [InlineData("> triple the upper limit of the normal range", 3.0, null, false, true)]
    [InlineData("Stage III or greater", 3.0, null, true, true)]
    [InlineData("I & II", 1.0, 2.0, true, true)]
    [InlineData("=/> 18 years", 18.0, null, true, true)]
    [InlineData("less than equals to (<=) 5.0", null, 5.0, true, true)]
    [InlineData("2 or worse", 2.0, null, true, true)]
    [InlineData("F2 or greater", 2.0, null, true, true)]
    [InlineData("C2-C6", 2.0, 6.0, true, true)]
    [InlineData("≤ 3+4", null, 7.0, true, true)]
    [InlineData("at least 5 million", 5000000.0, null, true, true)]
    [InlineData("< 20/80;", null, 0.25, true, false)]
    [InlineData("worse than 20/200 in either eye", null, 0.1, true, false)]
    [InlineData("20/25 or better", 0.8, null, true, true)]
    public void The_annotators_numbers_are_read_apart_from_the_parser(
        string text, double? low, double? high, bool lowInclusive, bool highInclusive)
    {
        var value = AnnotatedValue.Read(text)!;
        Assert.Equal(
            ((decimal?)low, (decimal?)high, lowInclusive, highInclusive),
            (value.Low, value.High, value.LowInclusive, value.HighInclusive));
    }

    static void AtLeast(double floor, double value) =>
        Assert.True(value >= floor, $"{value:0.000} is below {floor:0.000}");
}
