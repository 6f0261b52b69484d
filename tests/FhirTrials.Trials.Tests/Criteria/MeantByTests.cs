using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Values in brackets that tell how a name is meant, and denials of what is not meant.</summary>
public sealed class MeantByTests
{
    [Theory]
    [InlineData("Impaired renal function (creatinine > 1.5 mg/dL)", "creatinine > 1.5 mg/dL")]
    [InlineData("Impaired hepatic function (ALT > 3 x ULN or bilirubin > 2 x ULN)",
        "any(alt > 3 Uln, bilirubin > 2 Uln)")]
    [InlineData("Uncontrolled hypertension (BP > 160/100 mmHg)",
        "any(systolic-bp > 160 mm[Hg], diastolic-bp > 100 mm[Hg])")]
    [InlineData("Severe anemia (hemoglobin < 8 g/dL)", "hemoglobin < 8 g/dL")]
    [InlineData("Poorly controlled diabetes (HbA1c > 9%)", "all(diabetes, hba1c > 9 %)")]
    [InlineData("Severe heart failure (NYHA III-IV)", "all(heart-failure, nyha [3..4])")]
    [InlineData("Impaired renal function (creatinine > 1.5 mg/dL or dialysis)",
        "all(renal-impairment, any(creatinine > 1.5 mg/dL, dialysis history))")]
    public void Brackets_tell_how_the_head_is_meant(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("No prior chemotherapy or refractory disease", "any(not(chemotherapy history), refractory current)")]
    [InlineData("No prior therapy or relapsed CLL", "any(?(No prior therapy), all(relapsed current, cll))")]
    [InlineData("No prior chemotherapy or radiotherapy",
        "all(not(chemotherapy history), not(radiotherapy history))")]
    [InlineData("No prior or concurrent malignancy", "all(not(malignancy history), not(malignancy current))")]
    public void A_state_is_not_denied_with_a_treatment(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Not on a stable dose of metformin", "not(all(metformin history, ?(stable dose)))")]
    [InlineData("Not receiving a stable dose of insulin", "not(all(insulin current, ?(stable dose)))")]
    public void Who_lacks_a_treatment_is_kept_out(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("AML in first or second complete remission", "all(aml, remission current, ?(first or second))")]
    [InlineData("Patients with liver metastases may have AST and ALT <= 5 x ULN",
        "any(not(liver-metastases), all(ast <= 5 Uln, alt <= 5 Uln))")]
    public void What_is_said_of_some_or_of_one_is_not_an_alternative(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Fact]
    public void An_age_band_that_asks_nothing_binds_nobody() => Assert.Equal(
        "any(not(age < 16 a), ecog = 1)", Inclusion("Subjects >= 18 years: ; Subjects < 16 years: ECOG 1"));
}
