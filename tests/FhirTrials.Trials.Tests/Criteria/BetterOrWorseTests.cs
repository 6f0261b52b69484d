using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Whether more is better depends on what is measured.</summary>
public sealed class BetterOrWorseTests
{
    [Theory]
    [InlineData("ECOG performance status 2 or better", "ecog <= 2")]
    [InlineData("ECOG no worse than 2", "ecog <= 2")]
    [InlineData("ECOG worse than 2", "ecog > 2")]
    [InlineData("NYHA class II or better", "nyha <= 2")]
    [InlineData("NYHA class III or worse", "nyha >= 3")]
    [InlineData("NYHA class better than III", "nyha < 3")]
    [InlineData("Creatinine 1.5 mg/dL or better", "creatinine <= 1.5 mg/dL")]
    [InlineData("Hoehn and Yahr stage 3 or better", "hoehn-yahr <= 3")]
    [InlineData("Child-Pugh B or worse cirrhosis", "all(child-pugh-class >= 2, cirrhosis)")]
    public void Less_is_better_on_most_scales(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Karnofsky performance status of 70 or better", "karnofsky >= 70")]
    [InlineData("Karnofsky worse than 60", "karnofsky < 60")]
    [InlineData("LVEF 45% or better", "lvef >= 45 %")]
    [InlineData("Platelets 100,000/uL or better", "platelets >= 100000 /uL")]
    [InlineData("Glasgow Coma Scale 8 or better", "gcs >= 8")]
    public void More_is_better_on_some(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Sodium 130 mmol/L or better", "?(Sodium 130 mmol/L or better)")]
    [InlineData("Recovery from toxicity to grade 1 or better", "?(Recovery from toxicity to grade 1 or better)")]
    [InlineData("Condition getting worse than before", "?(Condition getting worse than before)")]
    public void Where_it_is_open_it_stays_words(string text, string clause) => Assert.Equal(clause, Inclusion(text));
}
