using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>What a time is said of, and what it is counted from.</summary>
public sealed class TimesTests
{
    [Theory]
    [InlineData("Treatment with rituximab within 30 days or 5 half-lives, whichever is longer, before first dose",
        "any(rituximab history <30d, all(rituximab history, ?(or 5 half-lives, whichever is longer)))")]
    [InlineData("within 30 days or 5 half-lives (whichever is shorter) of rituximab",
        "all(rituximab history <30d, ?(or 5 half-lives (whichever is shorter)))")]
    [InlineData("within 30 days or 5 half-lives of rituximab, whichever is longer",
        "any(rituximab history <30d, all(rituximab history, ?(or 5 half-lives of rituximab, whichever is long…)))")]
    [InlineData("within 5 half-lives of rituximab or 30 days, whichever is longer",
        "any(rituximab history <30d, all(rituximab history, ?(5 half-lives)))")]
    [InlineData("Imatinib within 5 half-lives or 2 weeks, whichever is longer, or radiotherapy within 14 days",
        "any(imatinib history <2wk, all(imatinib history, ?(5 half-lives)), radiotherapy history <14d)")]
    [InlineData("Rituximab within 30 days or 5 half-lives, or ibrutinib within 14 days or 5 half-lives (whichever is "
        + "shorter)",
        "any(rituximab history <30d, all(rituximab history, ?(or 5 half-lives)), all(ibrutinib history <14d, ?(or 5 "
            + "half-lives (whichever is shorter))))")]
    public void Each_half_lives_beside_a_time_leave_what_they_are_of(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("History of MI, PCI or CABG in the last 3 months",
        "any(myocardial-infarction history <3mo, pci history <3mo, cabg history <3mo)")]
    [InlineData("PCI, CABG or stroke within 3 months", "any(pci history <3mo, cabg history <3mo, stroke <3mo)")]
    [InlineData("HIV or surgery within 4 weeks", "any(hiv, surgery history <4wk)")]
    [InlineData("HIV, myocardial infarction or surgery within 4 weeks",
        "any(hiv, myocardial-infarction <4wk, surgery history <4wk)")]
    [InlineData("Seizure, diabetes or surgery within 4 weeks", "any(seizure, diabetes, surgery history <4wk)")]
    [InlineData("Heart failure, myocardial infarction, PCI within 3 months",
        "any(heart-failure, myocardial-infarction <3mo, pci history <3mo)")]
    [InlineData("Pregnant, breastfeeding or planning to become pregnant within 6 months",
        "any(pregnancy current, lactation current, pregnancy planned <6mo)")]
    [InlineData("Strong CYP3A4 inhibitors or inducers within 14 days",
        "any(cyp3a4-inhibitor history <14d, ?(inducers within 14 days))")]
    [InlineData("Prior rituximab, or participation in another study within 30 days",
        "any(rituximab history, ?(participation in another study within 30 days))")]
    [InlineData("Prior allogeneic HSCT, or autologous HSCT within 12 weeks",
        "any(hsct-allogeneic history, hsct-autologous history <12wk)")]
    [InlineData("Guillain-Barré syndrome within 6 weeks of influenza vaccination",
        "all(guillain-barre, ?(within 6 weeks of influenza vaccination))")]
    [InlineData("Preterm infants (< 37 weeks)", "all(premature-infant, gestational-age < 37 wk)")]
    [InlineData("Allogeneic stem cell transplant within 6 months or active GVHD requiring immunosuppression",
        "any(hsct-allogeneic history <6mo, all(gvhd current, immunosuppressant current))")]
    public void What_happens_shares_the_time_and_what_lasts_does_not(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Enrollment within 6 months of diagnosis of AML", "aml <6mo")]
    [InlineData("Randomization <= 12 weeks from diagnosis of glioblastoma", "glioblastoma <12wk")]
    [InlineData("Multiple myeloma within 90 days of diagnosis", "myeloma <90d")]
    [InlineData(">= 3 years since initial diagnosis of CLL", "cll >3a")]
    [InlineData("Within 6 months of diagnosis", "?(Within 6 months of diagnosis)")]
    [InlineData("Chemotherapy within 6 months of diagnosis",
        "all(chemotherapy history, ?(within 6 months of diagnosis))")]
    [InlineData("Surgery within 6 weeks of diagnosis of breast cancer",
        "all(surgery history, ?(within 6 weeks of diagnosis of breast cancer))")]
    [InlineData("Relapse within 12 months of diagnosis",
        "all(relapsed current, ?(within 12 months of diagnosis))")]
    [InlineData("Children aged 6 weeks to 12 weeks at the time of first vaccination", "age [6..12] wk")]
    public void A_time_from_a_diagnosis_is_of_the_disease_alone(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));
}
