using FhirTrials.Trials.Criteria;
using static FhirTrials.Trials.Tests.Criteria.ClauseText;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The grammar on single criteria, whatever the study.</summary>
public sealed class CriteriaGrammarTests
{
    [Theory]
    [InlineData("Platelets ≥ 50 000/μL", "platelets >= 50000 /uL")]
    [InlineData("Platelet count >= 50,000/mm3", "platelets >= 50000 /uL")]
    [InlineData("Platelets > 75 x 10^9/L", "platelets > 75000000000 /L")]
    [InlineData("Platelets at least 75 × 10⁹/L", "platelets >= 75000000000 /L")]
    [InlineData("ANC \\> 1.5 x 109/L", "anc > 1500000000 /L")]
    [InlineData("Absolute neutrophil count (ANC) of 1000 cells/mm3 or more", "anc >= 1000 /uL")]
    [InlineData("Haemoglobin no less than 9 g/dl", "hemoglobin >= 9 g/dL")]
    [InlineData("Creatinine clearance \\< 60 mL/min", "creatinine-clearance < 60 mL/min")]
    [InlineData("Total bilirubin ≤ 1.5 × ULN", "bilirubin <= 1.5 Uln")]
    [InlineData("AST and ALT no more than 2.5 times the institutional upper limit of normal",
        "all(ast <= 2.5 Uln, alt <= 2.5 Uln)")]
    [InlineData("AST or ALT ≤ 3 x ULN", "all(ast <= 3 Uln, alt <= 3 Uln)")]
    [InlineData("Albumin above the lower limit of normal", "albumin > 1 Lln")]
    [InlineData("MRD level of at least 10-4", "mrd >= 0.0001")]
    [InlineData("MRD ≥ 0.01%", "mrd >= 0.01 %")]
    [InlineData("LVEF between 40% and 60%", "lvef [40..60] %")]
    [InlineData("Creatinine clearance = 60 mL/min", "?(Creatinine clearance = 60 mL/min)")]
    [InlineData("Karnofsky 60", "?(Karnofsky 60)")]
    public void A_laboratory_limit_is_read_with_its_number_and_unit(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Age 18 years or older", "age >= 18 a")]
    [InlineData("18 years of age or older", "age >= 18 a")]
    [InlineData("Not under 18 years of age", "age >= 18 a")]
    [InlineData("Aged between 18 and 65 years", "age [18..65] a")]
    [InlineData("Age 18-65 years", "age [18..65] a")]
    [InlineData("Age ≥ 12 years and < 17 years", "age [12..17) a")]
    [InlineData("Patients younger than 21 years", "age < 21 a")]
    [InlineData("ECOG performance status 0-2", "ecog [0..2]")]
    [InlineData("ECOG PS ≤ 2", "ecog <= 2")]
    [InlineData("WHO performance status of 0 or 1", "ecog [0..1]")]
    [InlineData("Karnofsky score ≥ 70%", "karnofsky >= 70")]
    [InlineData("Life expectancy of at least 3 months", "life-expectancy >= 3 mo")]
    public void Ages_and_scores_are_read(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Fact]
    public void A_number_of_two_words_is_one() =>
        Assert.Equal("age >= 65 a", Exclusion("Patients aged sixty-five years or older"));

    [Theory]
    [InlineData("Allogeneic HSCT within 12 weeks", "hsct-allogeneic history <12wk")]
    [InlineData("Chemotherapy in the last 2 weeks", "chemotherapy history <2wk")]
    [InlineData("Chemotherapy less than 6 weeks ago", "chemotherapy history <41d")]
    [InlineData("Radiotherapy within 14 days prior to enrollment", "radiotherapy history <14d@enrollment")]
    [InlineData("Chemotherapy or radiotherapy within 2 weeks, or immunotherapy within 4 weeks of study treatment",
        "any(chemotherapy history <2wk, radiotherapy history <2wk, immunotherapy history <4wk)")]
    [InlineData("Any investigational drug or therapy within 28 days before screening",
        "investigational history <28d@screening")]
    [InlineData("Current treatment with corticosteroids", "corticosteroid current")]
    public void A_time_window_belongs_to_what_it_limits(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Chemotherapy in the past year", "chemotherapy history <1a")]
    [InlineData("Chemotherapy (last 6 months)", "chemotherapy history <6mo")]
    [InlineData("Chemotherapy more than 5 years ago", "chemotherapy history >5a")]
    [InlineData("Chemotherapy within six (6) weeks prior to informed consent", "chemotherapy history <6wk@consent")]
    [InlineData("Chemotherapy during the three months prior to study entry", "chemotherapy history <3mo@enrollment")]
    [InlineData("Chemotherapy in the month before screening", "chemotherapy history <1mo@screening")]
    [InlineData("Chemotherapy within 7 days of hospital admission",
        "all(chemotherapy history, ?(within 7 days of hospital admission))")]
    [InlineData("Chemotherapy for at least 3 months before screening",
        "all(chemotherapy history, ?(at least 3 months before screening))")]
    [InlineData("Pregnancy planned within the next 6 months", "all(pregnancy planned, ?(within the next 6 months))")]
    public void A_time_that_looks_back_is_a_window_and_no_other(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Isolated extramedullary relapse", "all(extramedullary current, bm-blasts < 5 %, ?(Isolated))")]
    [InlineData("Isolated proteinuria", "all(proteinuria, ?(Isolated))")]
    public void What_a_word_only_suggests_is_asked_besides(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("CD20-negative lymphoma", "all(not(cd20), lymphoma)")]
    [InlineData("HER2 negative metastatic breast cancer", "all(not(her2), metastasis, breast-cancer)")]
    [InlineData("HIV negative patients with cirrhosis", "all(not(hiv), cirrhosis)")]
    [InlineData("HIV, hepatitis B and hepatitis C negative", "all(not(hiv), not(hbv), not(hcv))")]
    [InlineData("HIV positive and hepatitis B negative", "all(hiv, not(hbv))")]
    public void A_word_after_a_name_denies_it_and_no_other(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("BRAF-mutated, metastatic melanoma", "all(braf, metastasis, melanoma)")]
    [InlineData("Relapsed and refractory multiple myeloma", "all(relapsed current, refractory current, myeloma)")]
    [InlineData("HER2-positive, hormone receptor-negative breast cancer or ovarian cancer",
        "any(all(her2, not(hormone-receptor), breast-cancer), ovarian-cancer)")]
    [InlineData("HIV infection, hepatitis B, hepatitis C", "any(hiv, hbv, hcv)")]
    public void Adjectives_before_one_name_hold_together_and_names_in_a_list_do_not(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Fever > 38 °C within 3 days", "body-temperature > 38 Cel <3d")]
    [InlineData("Febrile illness (body temperature of 38.5 °C or higher)", "body-temperature >= 38.5 Cel")]
    [InlineData("Bradycardia (heart rate < 45 bpm)", "heart-rate < 45 /min")]
    [InlineData("Fever of unknown origin", "all(fever, ?(unknown origin))")]
    public void A_sign_whose_value_is_said_is_that_value(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Asthma or COPD requiring systemic steroids",
        "any(all(asthma, any(corticosteroid current, ?(requiring systemic steroids))), all(copd, corticosteroid "
            + "current))")]
    [InlineData("Acute or chronic graft versus host disease requiring corticosteroids",
        "all(any(gvhd-acute, gvhd-chronic), corticosteroid current)")]
    public void It_is_open_whether_what_is_said_last_is_of_the_first(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("At least 1,500 neutrophils/µL", "anc >= 1500 /uL")]
    [InlineData("More than 10 WBC per cubic millimeter in CSF", "csf-wbc > 10 /uL")]
    [InlineData("WBC < 3 or > 12 x 10^9/L", "any(wbc < 3000000000 /L, wbc > 12000000000 /L)")]
    [InlineData("WBC ≥ 4 and ≤ 10 x 10^9/L", "wbc [4000000000..10000000000] /L")]
    [InlineData("Platelets between 100 and 300 x 10^3/µL", "platelets [100000..300000] /uL")]
    [InlineData("ANC 0.5-1.5 x 10^9/L", "anc [500000000..1500000000] /L")]
    [InlineData("Ejection fraction below 0.35", "lvef < 0.35")]
    [InlineData("Potassium outside 3.5 - 5.0 mmol/L", "any(potassium < 3.5 mmol/L, potassium > 5 mmol/L)")]
    [InlineData("Creatinine (mg/dL) > 2", "creatinine > 2 mg/dL")]
    [InlineData("ALT more than twice the upper limit of normal", "alt > 2 Uln")]
    [InlineData("Ferritin above 500 nanograms per milliliter (ng/mL)", "ferritin > 500 ng/mL")]
    [InlineData("Hemoglobin < 11 g/dL in women and 12 in men",
        "any(all(female, hemoglobin < 11 g/dL), all(male, hemoglobin < 12 g/dL))")]
    [InlineData("QTc interval > 450 msec (male) or 470 (female)",
        "any(all(male, qtc > 450 ms), all(female, qtc > 470 ms))")]
    [InlineData("BMI from 18 up to 30 (inclusive)", "bmi [18..30] kg/m2")]
    [InlineData("HLA class I deficiency", "?(HLA class I deficiency)")]
    public void A_unit_and_a_power_of_ten_are_of_all_numbers_that_share_them(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Women ≥ 50 years and men ≥ 40 years",
        "all(any(not(female), age >= 50 a), any(not(male), age >= 40 a))")]
    [InlineData("Hemoglobin > 13 g/dL in men or 12 g/dL in women",
        "all(any(not(male), hemoglobin > 13 g/dL), any(not(female), hemoglobin > 12 g/dL))")]
    [InlineData("Patients with psoriasis between 18 and 70 years", "all(age [18..70] a, psoriasis)")]
    [InlineData("Asthmatic children between 6 months and 12 years old", "all(age [6..144] mo, ?(Asthmatic children))")]
    [InlineData("Patients between 40 and 80 with cirrhosis", "all(age [40..80] a, cirrhosis)")]
    [InlineData("Age range 20-40", "age [20..40] a")]
    public void Ages_are_of_the_people_they_are_said_of(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("AST and ALT ≤ 3 x ULN (≤ 5 x ULN in case of liver metastases)",
        "all(any(ast <= 3 Uln, all(liver-metastases, ast <= 5 Uln)), any(alt <= 3 Uln, all(liver-metastases, alt <= 5 "
            + "Uln)))")]
    [InlineData("AST and ALT ≤ 3 x ULN, or ≤ 5 x ULN if liver metastases",
        "all(any(ast <= 3 Uln, all(liver-metastases, ast <= 5 Uln)), any(alt <= 3 Uln, all(liver-metastases, alt <= 5 "
            + "Uln)))")]
    [InlineData("Karnofsky ≥ 50 for patients > 16 years of age and Lansky ≥ 50 for patients ≤ 16 years of age",
        "any(all(age > 16 a, karnofsky >= 50), all(age <= 16 a, lansky >= 50))")]
    [InlineData("In patients with diabetes, HbA1c below 8%", "any(not(diabetes), hba1c < 8 %)")]
    public void Other_limits_count_under_their_condition(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("AST > 3 x ULN (> 5 x ULN if liver metastases)",
        "any(ast > 5 Uln, all(not(liver-metastases), ast > 3 Uln))")]
    [InlineData("Age < 18 and > 75 years", "any(age < 18 a, age > 75 a)")]
    [InlineData("Heart failure defined by LVEF < 35%", "all(heart-failure, lvef < 35 %)")]
    [InlineData("Creatinine clearance by Cockcroft-Gault < 30 mL/min", "creatinine-clearance < 30 mL/min")]
    [InlineData("1) stroke 2) NYHA class III or IV 3) dialysis", "any(stroke, nyha [3..4], dialysis history)")]
    [InlineData("Increased bilirubin (> 2 x ULN)", "bilirubin > 2 Uln")]
    public void Limits_are_read_as_they_can_be_meant(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Creatinine clearance ≥ 60 mL/min if creatinine > 1.5 mg/dL",
        "any(not(creatinine > 1.5 mg/dL), creatinine-clearance >= 60 mL/min)")]
    [InlineData(
        "Creatinine within normal limits or creatinine clearance ≥ 60 mL/min for patients with creatinine above ULN",
        "any(creatinine <= 1 Uln, all(creatinine-clearance >= 60 mL/min, creatinine > 1 Uln))")]
    [InlineData("ALT ≤ 5 × ULN in patients with liver metastases", "any(not(liver-metastases), alt <= 5 Uln)")]
    [InlineData("ALT ≤ 3 × ULN. If ALT > 1.5 × ULN with AST > 2 × ULN, patients are not eligible.",
        "all(alt <= 3 Uln, ?(If ALT > 1.5 × ULN with AST > 2 × ULN, patients…))")]
    public void A_limit_of_some_binds_no_others(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Hemoglobin ≥ 10 mg/dL", "hemoglobin >= 10")]
    [InlineData("Platelets ≥ 100/µL", "platelets >= 100")]
    [InlineData("ANC ≥ 1500 x 10^9/L", "anc >= 1500000000000")]
    [InlineData("Karnofsky performance status 0-2", "karnofsky [0..2]")]
    [InlineData("ECOG performance status  2", "all(ecog = 2, ?(2))")]
    [InlineData("Chemotherapy stopped  3 weeks before enrollment",
        "all(chemotherapy history, ?(3 weeks before enrollment), ?(stopped))")]
    [InlineData("Time from surgery to enrollment less than 12 weeks",
        "?(Time from surgery to enrollment less than 12 we…)")]
    [InlineData("Hormone receptor status known", "?(Hormone receptor status known)")]
    public void What_cannot_be_meant_as_it_stands_is_left_open(string text, string clause)
    {
        var criterion = Assert.Single(CriteriaParser.Parse(new(text, [])));
        Assert.Equal(clause, ClauseText.Of(criterion));
        Assert.NotEqual(ParseStatus.Computable, criterion.Status);
    }

    [Theory]
    [InlineData("At least 12 months since prior tamoxifen, raloxifene or immunotherapy",
        "all(tamoxifen history >12mo, raloxifene history >12mo, immunotherapy history >12mo)")]
    [InlineData("Tamoxifen or raloxifene is allowed if discontinued at least 28 days before",
        "any(not(any(tamoxifen history, raloxifene history)), not(any(tamoxifen history <27d, raloxifene history "
            + "<27d)))")]
    [InlineData("Estrogen and/or progesterone receptor positive breast cancer",
        "any(er-positive, all(pr-positive, breast-cancer))")]
    [InlineData("ER-positive cancer by local laboratory and has HER2-negative cancer",
        "all(er-positive, malignancy, not(her2))")]
    [InlineData("Pregnancy/nursing status: Not pregnant or nursing",
        "all(not(pregnancy current), not(lactation current))")]
    [InlineData("Postmenopausal as defined by no menses in the past 12 months", "postmenopausal")]
    public void What_is_said_once_is_of_all_it_is_said_of(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("At least 2 of the following: hypertension, diabetes, smoking",
        "atleast(2, hypertension, diabetes, smoking)")]
    [InlineData("Any two of the following: hypertension; diabetes or obesity; smoking",
        "atleast(2, hypertension, any(diabetes, obesity), smoking)")]
    [InlineData("≥ 2 of the following criteria: temperature > 38 °C; heart rate > 90 bpm; WBC > 12,000/mm3",
        "atleast(2, body-temperature > 38 Cel, heart-rate > 90 /min, wbc > 12000 /uL)")]
    [InlineData("One of the following: hypertension, diabetes", "any(hypertension, diabetes)")]
    [InlineData("Two or more of the following: hypertension, or", "?(Two or more of the following: hypertension, or)")]
    [InlineData("Hb, neutrophils and platelets ≥ 9 g/dL, 1.5 x 10^9/L and 100 x 10^9/L, respectively",
        "all(hemoglobin >= 9 g/dL, anc >= 1500000000 /L, platelets >= 100000000000 /L)")]
    [InlineData("ALT and AST < 3 and 2.5 times ULN, respectively", "all(alt < 3 Uln, ast < 2.5 Uln)")]
    public void A_list_in_a_line_is_counted_as_it_says(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("T-score ≤ −2.5", "bone-mineral-density <= -2.5")]
    [InlineData("T-score between -1.0 and -2.5", "bone-mineral-density [-2.5..-1]")]
    [InlineData("RASS score of -3 to +4", "rass [-3..4]")]
    [InlineData("Base excess < -6 mmol/L", "base-excess < -6 mmol/L")]
    [InlineData("Age 18 -65 years", "age [18..65] a")]
    [InlineData("Gestational age less than 36 weeks and 6 days", "gestational-age < 258 d")]
    [InlineData("Gestational age 24 0/7 to 33 6/7 weeks", "gestational-age [168..237] d")]
    [InlineData("Gestational age < 34+0 weeks", "gestational-age < 238 d")]
    [InlineData("24 to 34 weeks pregnant", "all(pregnancy current, gestational-age [24..34] wk)")]
    [InlineData("Forced expiratory volume in 1 second < 50% of predicted", "fev1 < 50 %")]
    [InlineData("Creatinine > 2.5 mg/dL or < 150 µmol/L", "any(creatinine > 2.5 mg/dL, creatinine < 150 umol/L)")]
    [InlineData("Anemia (hemoglobin < 8 g/dL)", "hemoglobin < 8 g/dL")]
    [InlineData("Diastolic blood pressure > 95 mm", "diastolic-bp > 95 mm[Hg]")]
    [InlineData("Men with psoriasis between 18 and 60 years", "all(male, age [18..60] a, psoriasis)")]
    [InlineData("BMI, 30 or more", "bmi >= 30 kg/m2")]
    [InlineData("BMI of at least 18 but not more than 30", "bmi [18..30] kg/m2")]
    [InlineData("BMI at or above 30", "bmi >= 30 kg/m2")]
    [InlineData("Age older than or equal to 18 years", "age >= 18 a")]
    [InlineData("Weight must not exceed 120 kg", "body-weight <= 120 kg")]
    [InlineData("Minimum weight 50 kg", "body-weight >= 50 kg")]
    [InlineData("Lesion area > 4mm2", "Lesion area > 4 mm2")]
    [InlineData("If available, HbA1c < 8%", "hba1c < 8 %")]
    [InlineData("Patients undergoing CABG", "cabg planned")]
    [InlineData("SpO2 < 90% on room air", "oxygen-saturation < 90 %")]
    [InlineData("NRS ≥ 4 on a scale of 0 to 10", "nrs-pain >= 4")]
    [InlineData("MMSE score of at least 20 out of 30", "mmse >= 20")]
    public void A_number_has_its_sign_and_all_of_its_words(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Cesarean section at less than 37 weeks of gestation",
        "all(cesarean history, gestational-age < 37 wk)")]
    [InlineData("Disease that could limit the life expectancy to less than one year",
        "all(life-expectancy < 1 a, ?(that could limit the))")]
    [InlineData("Undergoing dialysis", "dialysis current")]
    [InlineData("Allergy to local anesthetic agents", "allergy:local-anesthetic")]
    [InlineData("Subjects under 18 years of age must have parental consent",
        "?Consent(Subjects under 18 years of age must have parent…)")]
    [InlineData("NYHA II: slight limitation of physical activity",
        "?(NYHA II: slight limitation of physical activity)")]
    public void A_number_is_of_what_it_is_said_of(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Written informed consent; for patients < 18 years, consent of a parent")]
    [InlineData("Written parental consent for those under the age of 18")]
    public void Whose_parents_consent_need_not_take_part(string text) =>
        Assert.Equal(ParseStatus.Text, Assert.Single(CriteriaParser.Parse(new(text, []))).Status);

    [Theory]
    [InlineData("No chemotherapy within 3 weeks; concurrent hormone therapy is permitted",
        "not(chemotherapy history <3wk)")]
    [InlineData("No chemotherapy within 3 weeks; no concurrent immunotherapy is allowed",
        "all(not(chemotherapy history <3wk), not(immunotherapy current))")]
    [InlineData("Concurrent hormone therapy is not allowed", "not(hormone-therapy current)")]
    [InlineData("Up to one prior chemotherapy is allowed", "?(Up to one prior chemotherapy is allowed)")]
    [InlineData("Estrogen is allowed", "all()")]
    [InlineData("Patients with diabetes must have HbA1c < 8%", "any(not(diabetes), hba1c < 8 %)")]
    [InlineData("Patients with breast cancer must have measurable disease",
        "any(all(breast-cancer, measurable-disease), all(not(breast-cancer), ?(Patients with breast cancer must "
            + "have)))")]
    [InlineData("Patients must have breast cancer", "breast-cancer")]
    [InlineData("Children aged 3 to 16 years", "age [3..16] a")]
    public void What_is_allowed_or_asked_of_some_is_asked_of_no_others(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Use of warfarin is not allowed", "warfarin history")]
    [InlineData("Corticosteroids (premedication for paclitaxel allowed)",
        "all(corticosteroid history, ?(premedication for paclitaxel allowed))")]
    [InlineData("Active CNS metastases. However, patients with treated CNS metastases are eligible.",
        "all(cns-metastases current, ?(However, patients with treated CNS metastases a…))")]
    [InlineData("HIV or hepatitis C. Subjects with liver cancer may be eligible.",
        "all(any(hiv, hcv), ?(Subjects with liver cancer may be eligible))")]
    [InlineData("Malignancy other than breast cancer, basal cell carcinoma or thyroid cancer",
        "all(malignancy, not(all(any(breast-cancer, basal-cell-carcinoma, thyroid-cancer), ?(other than breast cancer, "
            + "basal cell carcinoma …))))")]
    [InlineData("Malignancy other than leukemia, HIV, stroke", "any(malignancy except leukemia, hiv, stroke)")]
    [InlineData("A positive or no pregnancy test", "?(A positive or no pregnancy test)")]
    [InlineData("Chemotherapy for the current breast cancer", "all(chemotherapy history, breast-cancer)")]
    [InlineData("Concurrent investigational drugs. An investigational drug within 30 days.",
        "any(investigational current, investigational history <30d)")]
    public void What_lets_some_in_is_kept_in_an_exclusion(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Platelets < 75,000", "platelets < 75000 /uL")]
    [InlineData("Neutrophils < 1.0", "anc < 1 10*9/L")]
    [InlineData("WBC < 2,500 or > 15 x 10^9/L", "any(wbc < 2500 /uL, wbc > 15000000000 /L)")]
    [InlineData("Body temperature above 38.3", "body-temperature > 38.3 Cel")]
    [InlineData("eGFR below 45", "egfr < 45 mL/min/{1.73_m2}")]
    [InlineData("Hemoglobin < 10", "hemoglobin < 10")]
    public void A_number_without_a_unit_has_one_where_its_size_tells(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Fatigue score > 4/10", "all(fatigue, Fatigue > 4)")]
    [InlineData("Visual acuity < 20/40", "Visual acuity < 0.5 {decimal}")]
    [InlineData("Calcium outside of normal limits", "any(calcium < 1 Lln, calcium > 1 Uln)")]
    [InlineData("At least one measurable lesion by RECIST version 1.1",
        "all(measurable-disease, ?(one), ?(by RECIST version 1.1))")]
    [InlineData("Coagulation disorder defined by PT < 50 %", "all(coagulation-disorder, Prothrombin time < 50 %)")]
    [InlineData("Chronic infections including, but not limited to, tuberculosis", "any(infection, tuberculosis)")]
    [InlineData("Contraindications to warfarin, renal failure",
        "any(all(warfarin history, ?(Contraindications to warfarin)), ?(Contraindications to warfarin), "
            + "kidney-disease)")]
    [InlineData("Melanoma not amenable to surgery", "all(melanoma, ?(not amenable to surgery))")]
    public void Words_say_no_more_than_they_do(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("No stroke, heart failure or unstable angina within 3 months",
        "all(not(stroke <3mo), not(heart-failure <3mo), not(unstable-angina <3mo))")]
    [InlineData("No history of chemotherapy or radiotherapy within 4 weeks",
        "all(not(chemotherapy history <4wk), not(radiotherapy history <4wk))")]
    [InlineData("Non-pregnant, non-lactating women", "all(female, not(pregnancy current), not(lactation current))")]
    [InlineData("No prior or concurrent malignancy", "all(not(malignancy history), not(malignancy current))")]
    [InlineData("No stroke or current infection", "all(not(stroke), not(infection current))")]
    [InlineData("No heart failure NYHA class III or IV", "not(all(heart-failure, nyha [3..4]))")]
    [InlineData("No stroke, odd spells or epilepsy", "all(not(stroke), not(?(odd spells)), not(epilepsy))")]
    [InlineData("ALK-positive, ROS1-positive or EGFR-mutated NSCLC",
        "all(any(alk-r, ros1, egfr-mutation), non-small-cell-lung-cancer)")]
    [InlineData("ER-positive or PR-positive, HER2-negative breast cancer",
        "all(any(er-positive, pr-positive), not(her2), breast-cancer)")]
    public void A_denial_holds_for_all_that_is_listed_and_an_adjective_for_its_name(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("AST and ALT > 5 x ULN", "any(ast > 5 Uln, alt > 5 Uln)")]
    [InlineData("ANC < 1,000/µL and platelets < 75,000/µL",
        "atleast(2, anc < 1000 /uL, platelets < 75000 /uL, ?(< 1,000/µL and platelets < 75,000/µL))")]
    [InlineData("Patients not receiving metformin", "not(metformin current)")]
    [InlineData("Absence of measurable disease", "not(measurable-disease)")]
    [InlineData("Patients who do not have measurable disease", "not(measurable-disease)")]
    public void An_exclusion_keeps_out_by_each_where_it_may_mean_each(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("No malignancy except basal cell carcinoma", "not(malignancy except basal-cell-carcinoma)")]
    [InlineData("No malignancy except basal cell carcinoma or thyroid cancer",
        "not(all(malignancy, not(all(any(basal-cell-carcinoma, thyroid-cancer), ?(except basal cell carcinoma or "
            + "thyroid cancer)))))")]
    [InlineData("No chemotherapy in the previous 4 weeks, other than hydroxyurea",
        "not(chemotherapy except hydroxycarbamide history <4wk)")]
    [InlineData("No clinical evidence of or known brain metastases", "not(cns-metastases)")]
    [InlineData("No NYHA class II-IV heart disease", "not(all(nyha [2..4], heart-disease))")]
    [InlineData("No thrombosis not related to trauma or pregnancy",
        "not(all(venous-thromboembolism, ?(not related to trauma or pregnancy)))")]
    [InlineData("Initiating current study treatment, and there is no evidence of relapse", "not(relapsed current)")]
    [InlineData("More than 6 weeks since prior and no concurrent immunotherapy",
        "all(immunotherapy history >6wk, not(immunotherapy current))")]
    [InlineData("No prior or concurrent radiotherapy for breast cancer",
        "all(not(all(radiotherapy history, breast-cancer, ?(for breast cancer))), not(all(radiotherapy current, "
            + "breast-cancer, ?(for breast cancer))))")]
    [InlineData("No chemotherapy for breast or ovarian cancer within 5 years",
        "not(all(chemotherapy history <5a, any(breast-cancer, ovarian-cancer), ?(for breast)))")]
    [InlineData("No asthma or COPD due to smoking",
        "all(not(all(asthma, ?(due to smoking), smoking)), not(all(copd, ?(due to smoking), smoking)))")]
    [InlineData("Pregnancy test negative for women of childbearing potential",
        "any(not(female), not(pregnancy current))")]
    public void A_denial_takes_in_what_it_denies_and_no_more(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Patients must not have an active infection", "infection current")]
    [InlineData("Participants must not have had chemotherapy or radiotherapy within 2 weeks",
        "any(chemotherapy history <2wk, radiotherapy history <2wk)")]
    [InlineData("Hormone therapy including oral contraceptives for acne",
        "any(hormone-therapy history, oral-contraceptive history)")]
    [InlineData("ACE inhibitors, beta blockers, such as metoprolol or digoxin",
        "any(ace-inhibitor history, beta-blocker history, metoprolol history, digoxin history)")]
    [InlineData("Life expectancy of 6 months", "?(Life expectancy of 6 months)")]
    [InlineData("Both heart failure and diabetes", "all(heart-failure, diabetes)")]
    [InlineData("Both acute and chronic GvHD", "atleast(2, gvhd-acute, gvhd-chronic, ?(acute and chronic GvHD))")]
    [InlineData("History of MI, stroke or TIA", "any(myocardial-infarction history, stroke history, tia history)")]
    [InlineData("MI within 6 months", "myocardial-infarction <6mo")]
    [InlineData("Residents of Detroit, MI", "?(Residents of Detroit, MI)")]
    [InlineData("Motivational interviewing (MI) in the last month",
        "?(Motivational interviewing (MI) in the last month)")]
    [InlineData("Taking insulin or metformin", "any(insulin current, metformin current)")]
    [InlineData("Surgery within 28 days (minor surgery within 7 days)",
        "any(surgery history <28d, minor-surgery history <7d)")]
    [InlineData("Chemotherapy within 3 weeks (6 weeks for nitrosoureas or mitomycin)",
        "any(chemotherapy history <3wk, ?(6 weeks for nitrosoureas or mitomycin))")]
    [InlineData("Radiotherapy for bone metastases completed less than 2 weeks before enrollment",
        "all(radiotherapy history <13d@enrollment, bone-metastases)")]
    [InlineData("Hepatitis B with abnormal liver function tests", "all(hbv, ?(abnormal liver function))")]
    [InlineData("Hepatitis B (unless treated)", "all(hbv, ?(unless treated))")]
    public void An_exclusion_keeps_out_whom_it_means(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Adult patients with psoriasis", "all(age >= 18 a, psoriasis)")]
    [InlineData("Adult patients aged 30 years or older with psoriasis", "all(age >= 30 a, psoriasis)")]
    [InlineData("Adults and children with psoriasis", "all(psoriasis, ?(children))")]
    public void An_adult_has_eighteen_years(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Age = 18 and = 75 years", "all(age [18..75] a, ?(= 18 and = 75 years))")]
    [InlineData("BMI > 20 and = 35", "all(bmi (20..35] kg/m2, ?(= 35))")]
    [InlineData("Age = 18 years", "?(Age = 18 years)")]
    public void Limits_whose_signs_were_lost_rule_out_and_leave_the_rest_open(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("BMI 18 \u2264 BMI \u2264 32 kg/m\u00b2", "bmi [18..32] kg/m2")]
    [InlineData("Body mass index > 27 to 45", "bmi (27..45] kg/m2")]
    [InlineData("Zonulin level > 38,5 ng/mL", "Zonulin > 38.5 ng/mL")]
    [InlineData("Platelets > 150.000/mm3", "platelets > 150000 /uL")]
    [InlineData("AST < 3 times normal", "ast < 3 Uln")]
    [InlineData("NYHA class III or IV", "nyha [3..4]")]
    [InlineData("Age18-65", "age [18..65] a")]
    [InlineData("More than 2 years of tamoxifen", "all(tamoxifen history, ?(More than 2 years))")]
    [InlineData("Women aged sixty-five years or older", "all(female, age >= 65 a)")]
    [InlineData("Patients under 18", "age < 18 a")]
    [InlineData("Under 18 or over 50 years of age", "any(age < 18 a, age > 50 a)")]
    [InlineData("Aged 1 to < 6 years", "age [1..6) a")]
    [InlineData("Gestational age less than 37 weeks", "gestational-age < 37 wk")]
    [InlineData("Hemoglobin > 12", "hemoglobin > 12")]
    [InlineData("Age > or = 16 years and able to give informed consent",
        "all(age >= 16 a, ?Consent(able to give informed consent))")]
    public void A_number_is_read_as_it_is_meant(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Hypertension that can not be controlled by drugs")]
    [InlineData("Hemoglobin > 12")]
    [InlineData("Zonulin > 38 ng/mL")]
    public void What_was_not_understood_keeps_a_criterion_from_being_computable(string text) =>
        Assert.Equal(ParseStatus.Partial, Assert.Single(CriteriaParser.Parse(new(text, []))).Status);

    [Theory]
    [InlineData("Pregnant or breastfeeding", "any(pregnancy current, lactation current)")]
    [InlineData("Pregnant and lactating women", "all(female, any(pregnancy current, lactation current))")]
    [InlineData("Active acute or chronic GvHD", "any(gvhd-acute current, gvhd-chronic current)")]
    [InlineData("Hepatitis B or C", "any(hbv, hcv)")]
    [InlineData("HIV, HBV and HCV", "any(hiv, hbv, hcv)")]
    [InlineData("Malignancy other than ALL within 5 years", "malignancy except all <5a")]
    [InlineData("No other investigational therapy within the past 14 days", "investigational history <14d")]
    [InlineData("Less than 30 days since chemotherapy", "chemotherapy history <29d")]
    [InlineData("Chemotherapy less than 4 weeks before screening", "chemotherapy history <27d@screening")]
    [InlineData("Chemotherapy 4 weeks or less before screening", "chemotherapy history <4wk@screening")]
    [InlineData("Women must have a negative pregnancy test", "all(female, pregnancy current)")]
    [InlineData("Known hypersensitivity to blinatumomab", "allergy:blinatumomab")]
    [InlineData("Uncontrolled hypertension", "all(hypertension, ?Judgement(Uncontrolled))")]
    [InlineData("Active autoimmune disease, in the opinion of the investigator",
        "all(autoimmune current, ?Judgement(in the opinion of the investigator))")]
    [InlineData("Prior HSCT is allowed", "any()")]
    public void An_exclusion_is_true_of_whom_it_keeps_out(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("No prior blinatumomab", "not(blinatumomab history)")]
    [InlineData("No history of seizures or stroke", "all(not(seizure history), not(stroke history))")]
    [InlineData("Negative HIV test, negative hepatitis B test and hepatitis C test",
        "all(not(hiv), not(hbv), not(hcv))")]
    [InlineData("Relapsed or refractory B-cell ALL", "all(any(relapsed current, refractory current), b-all)")]
    [InlineData("ALL patients must sign informed consent", "?Consent(ALL patients must sign informed consent)")]
    [InlineData("All patients with leukaemia", "leukemia")]
    [InlineData("Burkitt's leukemia", "burkitt")]
    [InlineData("Women age 18-45", "all(female, age [18..45] a)")]
    [InlineData("Women of childbearing potential must have a negative pregnancy test",
        "any(not(female), not(pregnancy current))")]
    [InlineData("Males and females age ≥60 years in first relapse or refractory",
        "all(age >= 60 a, any(relapsed current, refractory current))")]
    [InlineData("ECOG 0-2, relapsed or refractory ALL",
        "all(ecog [0..2], any(relapsed current, refractory current), all)")]
    [InlineData("Surgery scheduled to last at least 2 hours", "all(surgery planned, ?(at least 2 hours), ?(last))")]
    [InlineData("Ability to swallow tablets whole", "?(Ability to swallow tablets whole)")]
    public void An_inclusion_is_true_of_whom_it_lets_in(string text, string clause) =>
        Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Hemoglobin ≥ 13 g/dL in men and ≥ 12 g/dL in women",
        "all(any(not(male), hemoglobin >= 13 g/dL), any(not(female), hemoglobin >= 12 g/dL))")]
    [InlineData("Waist circumference ≥ 102 cm (40 inches) in men and ≥ 88 cm (≥ 35 inches) in women",
        "all(any(not(male), waist >= 102 cm), any(not(female), waist >= 88 cm))")]
    [InlineData("Waist circumference ≥ 102 cm (40 inches) in men and 88 cm (35 inches) in women",
        "all(any(not(male), waist >= 102 cm), any(not(female), waist >= 88 cm))")]
    [InlineData("< 30) in men", "all(male, ?(< 30))")]
    [InlineData("30 kg) in men", "all(male, ?(30 kg))")]
    [InlineData(") in men 30 kg", "all(male, ?(30 kg))")]
    [InlineData("Ferritin at least 30 ng/mL in women, 50 in men",
        "all(any(not(female), ferritin >= 30 ng/mL), any(not(male), ferritin >= 50 ng/mL))")]
    [InlineData("Hemoglobin ≥ 12 g/dL for females", "any(not(female), hemoglobin >= 12 g/dL)")]
    [InlineData("Men and women aged 18 to 65 years", "age [18..65] a")]
    [InlineData("Waist circumference: men ≥ 102 cm, women ≥ 88 cm",
        "all(any(not(male), waist >= 102 cm), any(not(female), waist >= 88 cm))")]
    [InlineData("Blood pressure < 140/90 mmHg", "all(systolic-bp < 140 mm[Hg], diastolic-bp < 90 mm[Hg])")]
    [InlineData("Glasgow Coma Scale 15/15", "gcs = 15")]
    [InlineData("ASA I & II", "asa [1..2]")]
    [InlineData("ECOG 0/1", "ecog [0..1]")]
    [InlineData("Congestive heart failure (NYHA II-IV)", "all(heart-failure, nyha [2..4])")]
    [InlineData("Child-Pugh A or B", "child-pugh-class [1..2]")]
    [InlineData("Child-Pugh score ≤ 7", "child-pugh <= 7")]
    [InlineData("Platelets ≥ 50 G/L", "platelets >= 50 10*9/L")]
    [InlineData("Albumin ≥ 30 G/L", "albumin >= 30 g/L")]
    [InlineData("Neutrophils > 1.5 109/l", "anc > 1500000000 /L")]
    [InlineData("Creatinine <_1.6 mg/dl", "creatinine <= 1.6 mg/dL")]
    [InlineData("Creatinine ≤ 1.5 mg/dL (133 µmol/L)", "creatinine <= 1.5 mg/dL")]
    [InlineData("Potassium and magnesium within normal limits",
        "all(potassium <= 1 Uln, potassium >= 1 Lln, magnesium <= 1 Uln, magnesium >= 1 Lln)")]
    [InlineData("Creatinine within normal limits", "creatinine <= 1 Uln")]
    [InlineData("Weight between, and including, 50 and 100 kg", "body-weight [50..100] kg")]
    [InlineData("Gestational age < 37 weeks", "gestational-age < 37 wk")]
    [InlineData("MRD (at a sensitivity of 10-6)", "mrd current")]
    [InlineData("QTcF > 470 msec on screening ECG", "qtc > 470 ms")]
    [InlineData("AST is five times higher than the upper limit of normal", "ast > 5 Uln")]
    [InlineData("At least two prior lines of therapy", "lines >= 2")]
    public void A_limit_is_read_in_whatever_form(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Total bilirubin > 1.5 x ULN in absence of Gilbert's syndrome",
        "all(bilirubin > 1.5 Uln, not(gilbert-syndrome))")]
    [InlineData("Hypertension without diabetes or stroke", "all(hypertension, not(diabetes), not(stroke))")]
    [InlineData("Malignancy except basal cell carcinoma", "malignancy except basal-cell-carcinoma")]
    [InlineData("Malignancy other than basal cell carcinoma or thyroid cancer",
        "all(malignancy, not(all(any(basal-cell-carcinoma, thyroid-cancer), ?(other than basal cell carcinoma or "
            + "thyroid canc…))))")]
    [InlineData("Surgery with or without chemotherapy", "surgery history")]
    [InlineData("Family history of epilepsy", "?(Family history of epilepsy)")]
    [InlineData("High risk of stroke", "?(High risk of stroke)")]
    public void What_is_denied_or_excepted_is_not_asked_for(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Immunosuppressants (e.g. ciclosporin, tacrolimus) within 4 weeks",
        "any(immunosuppressant history <4wk, ciclosporin history <4wk, tacrolimus history <4wk)")]
    [InlineData("Immunosuppressants such as tacrolimus within 4 weeks",
        "any(immunosuppressant history <4wk, tacrolimus history <4wk)")]
    [InlineData("Neuropathy due to diabetes", "all(neuropathy, ?(due to diabetes), diabetes)")]
    public void What_is_named_as_an_example_or_a_cause_is_read(string text, string clause) =>
        Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Zonulinemic syndrome", "Zonulinemic syndrome")]
    [InlineData("Frobnectomy", "Frobnectomy history")]
    [InlineData("Treatment with zonulimab", "zonulimab history")]
    [InlineData("Allergy to frobnicated eggs", "allergy:frobnicated eggs")]
    [InlineData("Acute frobnicitis", "Acute frobnicitis")]
    [InlineData("Failure", "?(Failure)")]
    public void A_name_that_the_vocabulary_lacks_is_known_by_its_head_and_never_computable(string text, string clause)
    {
        var criterion = Assert.Single(CriteriaParser.Parse(new($"Exclusion Criteria:\n\n* {text}", [])));
        Assert.Equal(clause, ClauseText.Of(criterion));
        Assert.NotEqual(ParseStatus.Computable, criterion.Status);
    }

    [Theory]
    [InlineData("Active CNS involvement", "Relapsed B-ALL", "cns-leukemia")]
    [InlineData("Active CNS involvement", "Non-Hodgkin Lymphoma", "cns-leukemia")]
    [InlineData("Active CNS involvement", "", "cns-leukemia")]
    [InlineData("Active CNS involvement", "Breast Cancer", null)]
    [InlineData("Leptomeningeal disease", "Melanoma", null)]
    [InlineData("History of central nervous system diseases", "Schizophrenia", "nervous-system-disease")]
    [InlineData("Testicular disease", "Infertility, Male", null)]
    [InlineData("CNS leukemia", "Breast Cancer", "cns-leukemia")]
    [InlineData("CNS involvement by ALL", "Stem cell transplantation", "cns-leukemia")]
    public void A_place_of_leukemia_is_meant_where_blood_cancers_are_studied(
        string text, string condition, string? expected)
    {
        var eligibility = new EligibilityText($"Exclusion Criteria:\n\n* {text}", [])
        {
            Conditions = condition.Length > 0 ? [condition] : [],
        };

        var keys = Clauses.Concepts(Assert.Single(CriteriaParser.Parse(eligibility)).Clause);

        Assert.Equal(expected is null ? [] : [expected], keys);
    }

    [Theory]
    [InlineData("Cohort A: Age ≥ 18 years", "Cohort A: patients", "Cohort A", "age >= 18 a")]
    [InlineData("For Cohort A only: Age ≥ 18 years", "Cohort A: patients", "Cohort A", "age >= 18 a")]
    [InlineData("Cohort B: Age ≥ 18 years", "Cohort A: patients", "", "any(not(?(Cohort B)), age >= 18 a)")]
    [InlineData("Hematology: ANC ≥ 500/μL", "Cohort A: patients", "", "anc >= 500 /uL")]
    public void A_prefix_limits_a_criterion_to_the_arm_it_names(string text, string arm, string scope, string clause)
    {
        var criterion = Assert.Single(CriteriaParser.Parse(new(text, [arm])));
        Assert.Equal((scope, clause), (FiveTrialsCriteriaTests.ScopeText(criterion.Scope), ClauseText.Of(criterion)));
    }

    [Theory]
    [InlineData("Adequate liver function (AST [SGOT] and ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases); bilirubin ≤ "
        + "1.5 mg/dL [26 µmol/L])")]
    [InlineData("- Malignancy other than (a) basal cell carcinoma, (b) … within 5 years; or 1) stroke (≥ 3 months) 2) "
        + "NYHA II-IV / CCS")]
    [InlineData("Women (18-45 years) must: have β-hCG < 5 mIU/mL, or be post-menopausal (e.g. FSH > 40, no menses for "
        + "> 12 months)")]
    public void A_text_may_end_or_begin_anywhere(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var part in new[] { text[..at], text[at..] })
            {
                var whole = $"{part}\n\nExclusion Criteria:\n\n* {part}";
                Assert.All(
                    CriteriaParser.Parse(new(whole, [])),
                    c => Assert.Equal(whole.Substring(c.Source.Start, c.Source.Length), c.Text));
            }
        }
    }
}
