using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Names that a hyphen and an ending make adjectives of.</summary>
public sealed class CompoundsTests
{
    [Theory]
    [InlineData("Flu-like symptoms", "Flu-like symptoms")]
    [InlineData("Stroke-like episodes", "Stroke-like episodes")]
    [InlineData("Previous HIV-specific therapy", "HIV-specific therapy history")]
    [InlineData("Glucose-lowering drugs", "Glucose-lowering drugs history")]
    [InlineData("Pregnancy-induced hypertension", "all(hypertension, ?(Pregnancy-induced))")]
    [InlineData("Rifampicin-resistant tuberculosis", "all(tuberculosis, ?(Rifampicin-resistant))")]
    [InlineData("Opioid-dependent patients", "?(Opioid-dependent patients)")]
    [InlineData("Transplant-ineligible multiple myeloma", "all(myeloma, ?(Transplant-ineligible))")]
    [InlineData("Non-insulin-dependent diabetes", "all(diabetes, ?(Non-insulin-dependent))")]
    public void What_is_named_need_not_be_there(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("HIV-associated lymphoma", "all(lymphoma, hiv, ?(HIV-associated))")]
    [InlineData("Steroid-refractory GVHD", "all(gvhd, corticosteroid history, ?(Steroid-refractory))")]
    [InlineData("Rituximab-refractory disease", "all(rituximab history, ?(Rituximab-refractory disease))")]
    [InlineData("Insulin-dependent diabetes", "all(diabetes, insulin history, ?(Insulin-dependent))")]
    [InlineData("Insulin-treated type 2 diabetes", "all(type-2-diabetes, insulin history)")]
    public void What_is_named_is_there_too(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("EGFR-TKI-naive", "not(egfr-tki history)")]
    [InlineData("Steroid-naïve asthma", "all(asthma, not(corticosteroid history))")]
    [InlineData("Imatinib-intolerant CML", "all(cml, allergy:imatinib)")]
    public void What_is_named_was_never_given_or_not_tolerated(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("No cancer-related pain", "not(all(pain, malignancy, ?(cancer-related)))")]
    [InlineData("No steroid-refractory GVHD", "not(all(gvhd, corticosteroid history, ?(steroid-refractory)))")]
    [InlineData("Patients who do not have insulin-dependent diabetes",
        "not(all(diabetes, insulin history, ?(insulin-dependent)))")]
    [InlineData("Newly diagnosed with PAH and not on PAH-specific therapy",
        "all(pulmonary-arterial-hypertension, ?(Newly), not(PAH-specific therapy current))")]
    public void Denied_it_is_denied_as_a_whole(string text, string clause) => Assert.Equal(clause, Inclusion(text));
}
