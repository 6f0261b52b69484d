using FhirTrials.Trials.Criteria;
using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Visual acuity as a fraction, in letters and as logMAR; what is better and what worse.</summary>
public sealed class EyesightTests
{
    [Theory]
    [InlineData("Best-corrected visual acuity of 20/40 or better", "Visual acuity >= 0.5 {decimal}")]
    [InlineData("Best corrected visual acuity of 6/12 or better", "Visual acuity >= 0.5 {decimal}")]
    [InlineData("Visual acuity worse than 20/200", "Visual acuity < 0.1 {decimal}")]
    [InlineData("Visual acuity no worse than 20/100", "Visual acuity >= 0.2 {decimal}")]
    [InlineData("BCVA better than 20/200 and worse than 20/32", "Visual acuity (0.1..0.625) {decimal}")]
    [InlineData("Visual acuity between 20/40 and 20/320", "Visual acuity [0.0625..0.5] {decimal}")]
    [InlineData("BCVA 20/40 - 20/200", "Visual acuity [0.1..0.5] {decimal}")]
    [InlineData("Visual acuity: 20/30 or better", "Visual acuity >= 0.6667 {decimal}")]
    [InlineData("Visual acuity of 20/25 (0.10 logMAR) or better", "Visual acuity >= 0.8 {decimal}")]
    public void A_fraction_is_a_part_of_one(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("BCVA letter score between 73 and 24", "Visual acuity [24..73] {letters}")]
    [InlineData("ETDRS BCVA letter score of 78 to 24 (approximately 20/32 to 20/320)",
        "Visual acuity [24..78] {letters}")]
    [InlineData("BCVA of 55 ETDRS letters or less", "Visual acuity <= 55 {letters}")]
    [InlineData("BCVA >= 35 letters and <= 80 letters on ETDRS", "Visual acuity [35..80] {letters}")]
    [InlineData("BCVA <= 0.3 logMAR", "Visual acuity <= 0.3 {logMAR}")]
    [InlineData("BCVA worse than 0.3 logMAR", "Visual acuity > 0.3 {logMAR}")]
    [InlineData("Best-corrected visual acuity of 1.0 logMAR or better", "Visual acuity <= 1 {logMAR}")]
    public void Letters_and_logMAR_are_scales_of_their_own(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("BCVA of 20/40 or better in the study eye", "all(Visual acuity >= 0.5 {decimal}, ?(study eye))")]
    [InlineData("BCVA >= 20/40 in one eye or >= 20/60 in both eyes",
        "any(all(Visual acuity >= 0.5 {decimal}, ?(one eye)), all(Visual acuity >= 0.3333 {decimal}, ?(eyes)))")]
    [InlineData("Visual acuity 20/40", "?(Visual acuity 20/40)")]
    [InlineData("Visual acuity of 0.5 or better", "Visual acuity >= 0.5")]
    public void Which_eye_and_which_scale_stay_as_they_are_written(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Fact]
    public void No_record_answers_it()
    {
        var criterion = Assert.Single(CriteriaParser.Parse(new("Visual acuity of 20/40 or better", [])));
        Assert.Equal(ParseStatus.Partial, criterion.Status);
        Assert.Null(((Clause.Measured)criterion.Clause).Measurement.Concept.Key);
        Assert.Null(ClauseFhirPath.Write(criterion.Clause));
        Assert.Contains("20/40", criterion.Text, StringComparison.Ordinal);
    }
}
