using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Who is let off a limit, and who is let in.</summary>
public sealed class ExceptionsTests
{
    [Theory]
    [InlineData("Bilirubin ≤ 1.5 x ULN (except in patients with Gilbert's syndrome)",
        "any(bilirubin <= 1.5 Uln, all(gilbert-syndrome, ?(except in patients with Gilbert's syndrome)))")]
    [InlineData("Bilirubin ≤ 1.5 x ULN, except for Gilbert's syndrome",
        "any(bilirubin <= 1.5 Uln, all(gilbert-syndrome, ?(except for Gilbert's syndrome)))")]
    [InlineData("Bilirubin ≤ 1.5 x ULN unless due to hemolysis",
        "any(bilirubin <= 1.5 Uln, ?(unless due to hemolysis))")]
    [InlineData("INR ≤ 1.5 x ULN unless on anticoagulants",
        "any(inr <= 1.5 Uln, all(anticoagulant history, ?(unless on anticoagulants)))")]
    public void Who_is_excepted_from_a_limit_need_not_meet_it(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Total bilirubin ≤ 1.5 × ULN; patients with Gilbert's syndrome must have bilirubin ≤ 3 × ULN",
        "any(bilirubin <= 1.5 Uln, all(gilbert-syndrome, bilirubin <= 3 Uln))")]
    [InlineData(
        "Total bilirubin ≤ 1.5 × ULN. Patients with a bilirubin above that due to Gilbert's syndrome are eligible",
        "any(bilirubin <= 1.5 Uln, ?(Patients with a bilirubin above that due to Gil…))")]
    public void A_wider_limit_for_some_takes_the_place_of_the_usual_one(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("History of HIV, unless on antiretroviral therapy",
        "all(hiv history, not(all(antiretroviral history, ?(unless on antiretroviral therapy))))")]
    [InlineData("Brain metastases unless treated", "all(cns-metastases, not(?(unless treated)))")]
    [InlineData("Brain metastases, unless stable and off steroids",
        "all(cns-metastases, not(?(unless stable and off steroids)))")]
    public void Unless_lets_off_some_of_the_excluded(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Fact]
    public void Who_is_eligible_under_a_condition_need_not_be_everybody() => Assert.Equal(
        "any(all(hiv, cd4 > 350 /uL), all(not(hiv), ?(Patients with HIV are eligible provided CD4 cou…)))",
        Inclusion("Patients with HIV are eligible provided CD4 count is above 350"));

    [Theory]
    [InlineData("Neither pregnant nor breastfeeding", "all(not(pregnancy current), not(lactation current))")]
    [InlineData("Either no prior chemotherapy or at least 6 months since chemotherapy",
        "any(not(chemotherapy history), chemotherapy history >6mo)")]
    [InlineData("Either no prior chemotherapy or relapsed after chemotherapy",
        "any(not(chemotherapy history), all(relapsed current, chemotherapy history))")]
    public void A_denial_goes_as_far_as_its_words(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Off all immunosuppressive drugs for at least 4 weeks", "not(immunosuppressant history <4wk)")]
    [InlineData("No seizures for 6 months", "not(seizure <6mo)")]
    [InlineData("Not taking aspirin or clopidogrel for 7 days",
        "all(not(acetylsalicylic-acid history <7d), not(clopidogrel history <7d))")]
    [InlineData("Not taking aspirin within 7 days", "not(acetylsalicylic-acid history <7d)")]
    [InlineData("No change of dose for 4 weeks", "?(No change of dose for 4 weeks)")]
    public void What_was_not_there_for_a_time_was_not_there_within_it(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Diabetes not requiring insulin", "all(diabetes, not(insulin current))")]
    [InlineData("Lack of response to methotrexate", "all(methotrexate history, ?(Lack of response to))")]
    [InlineData("Use of > 20 mg prednisone or equivalent", "all(corticosteroid history, ?(> 20 mg))")]
    public void What_is_denied_of_a_treatment_is_no_other_treatment(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("HBsAg negative; if HIV positive, CD4 count > 200", "all(not(hbv), any(not(hiv), cd4 > 200 /uL))")]
    [InlineData("Prior autologous transplant is permitted if > 100 days ago",
        "any(not(hsct-autologous history), not(hsct-autologous history <100d))")]
    [InlineData("Prior radiotherapy is permitted if well tolerated",
        "any(not(radiotherapy history), ?(well tolerated))")]
    public void What_is_asked_of_some_is_asked_of_no_others(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Fact]
    public void What_lines_of_treatment_include_is_asked_besides() => Assert.Equal(
        "all(lines >= 2, lenalidomide history, proteasome-inhibitor history)",
        Inclusion("At least two prior lines of therapy, including lenalidomide and a proteasome inhibitor"));

    [Fact]
    public void A_limit_of_each_sex_binds_it_alone() => Assert.Equal(
        "any(all(male, hemoglobin < 13 g/dL), all(female, hemoglobin < 12 g/dL))",
        Exclusion("Males with hemoglobin < 13 g/dL, females < 12 g/dL"));

    [Theory]
    [InlineData("Investigational drug within 30 days or 5 half-lives, whichever is longer",
        "any(investigational history <30d, all(investigational history, ?(or 5 half-lives, whichever is longer)))")]
    [InlineData("Rituximab within 5 half-lives or 30 days (whichever is shorter)",
        "all(rituximab history <30d, ?(5 half-lives))")]
    [InlineData("Rituximab within 4 weeks or 5 half-lives of the drug (whichever is longer) prior to first dose",
        "any(rituximab history <4wk, all(rituximab history, ?(or 5 half-lives of the drug (whichever is longe…)))")]
    public void Half_lives_leave_open_no_more_than_they_add(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Fact]
    public void Numbers_of_types_share_the_name_behind_them() =>
        Assert.Equal("any(type-1-diabetes, type-2-diabetes)", Exclusion("Type 1 or type 2 diabetes"));

    [Theory]
    [InlineData("Subjects ≥ 18 years: ECOG ≤ 2. Subjects < 16 years: Lansky ≥ 50.",
        "all(any(not(age >= 18 a), ecog <= 2), any(not(age < 16 a), lansky >= 50))")]
    [InlineData("For patients with prior allogeneic HSCT: no active GVHD",
        "any(not(hsct-allogeneic history), not(gvhd current))")]
    [InlineData("Patients with Down syndrome are eligible",
        "any(down-syndrome, ?(Patients with Down syndrome are eligible))")]
    [InlineData("Philadelphia chromosome positive patients must be intolerant of or refractory to imatinib",
        "any(all(ph-positive, any(allergy:imatinib, all(imatinib history, ?(refractory to imatinib)))), "
            + "all(not(ph-positive), ?(Philadelphia chromosome positive patients must …)))")]
    public void What_is_said_of_a_group_binds_or_welcomes_it_alone(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Burkitt lymphoma/leukemia", "burkitt")]
    [InlineData("Women not surgically sterile or postmenopausal", "all(female, not(sterility), not(postmenopausal))")]
    [InlineData("Lymphoma/leukemia", "any(lymphoma, leukemia)")]
    [InlineData("Chemotherapy between salvage treatment and start of study",
        "all(chemotherapy history, ?(between salvage treatment and start of study))")]
    [InlineData("Pregnant, planning to become pregnant, or breastfeeding",
        "any(pregnancy current, pregnancy planned, lactation current)")]
    public void No_more_is_excluded_than_is_said(string text, string clause) => Assert.Equal(clause, Exclusion(text));
}
