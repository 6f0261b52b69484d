using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Values of laboratory tests, vital signs and scales in the many ways in which pages write them: what a
/// physician reads in
/// them.</summary>
public sealed class MeasuredValueTests
{
    [Theory]
    [InlineData("Weight change < 5 kg in the last 3 months", "Weight change < 5 kg <3mo")]
    [InlineData("Fall in hemoglobin of at least 2 g/dL", "Fall in hemoglobin >= 2 g/dL")]
    [InlineData("HbA1c reduction of at least 0.5%", "HbA1c reduction >= 0.5 %")]
    [InlineData("FEV1 increase of ≥ 12% after salbutamol", "all(salbutamol history, FEV1 increase >= 12 %)")]
    [InlineData("Increase in ALT > 3 x ULN", "all(alt > 3 Uln, ?(Increase))")]
    [InlineData("AST/ALT ratio > 2", "AST/ALT ratio > 2")]
    [InlineData("Neutrophil-to-lymphocyte ratio > 3", "Neutrophil-to-lymphocyte ratio > 3")]
    [InlineData("Urinary sodium > 20 mmol/L", "Urinary sodium > 20 mmol/L")]
    [InlineData("Sodium intake > 5 g/day", "Sodium intake > 5 g/d")]
    [InlineData("Pleural fluid LDH > 1000 U/L", "Pleural fluid LDH > 1000 U/L")]
    [InlineData("Fetal heart rate < 110 bpm", "Fetal heart rate < 110 /min")]
    [InlineData("Estimated fetal weight > 4000 g", "fetal weight > 4000 g")]
    [InlineData("Residual alveolar bone height < 5 mm", "Residual alveolar bone height < 5 mm")]
    [InlineData("Weight-for-height z-score < -2", "Weight-for-height z < -2")]
    [InlineData("BMI percentile ≥ 95", "BMI percentile >= 95")]
    [InlineData("Mean platelet volume > 11 fL", "Mean platelet volume > 11 fL")]
    [InlineData("Right ventricular ejection fraction < 35%", "rvef < 35 %")]
    [InlineData("Systolic pulmonary artery pressure > 40 mmHg", "pasp > 40 mm[Hg]")]
    [InlineData("qSOFA score ≥ 2", "qsofa >= 2")]
    [InlineData("Age at diagnosis less than 40 years", "Age at diagnosis <40a")]
    [InlineData("Age at onset of symptoms ≥ 50 years", "Age at onset of symptoms >= 50 a")]
    [InlineData("Donor age < 60 years", "?(Donor age < 60 years)")]
    public void Words_beside_a_name_make_another_measurement_of_it(string text, string clause) => Assert.Equal(clause,
        Inclusion(text));

    [Theory]
    [InlineData("eGFR < 30 ml/min per 1.73 m^2", "egfr < 30 mL/min/{1.73_m2}")]
    [InlineData("ESR > 28 mm/h", "esr > 28 mm/h")]
    [InlineData("Endothelial cell density of at least 2000 cells/mm2", "Endothelial cell density >= 2000 /mm2")]
    [InlineData("Urine output less than 0.5 mL/kg/h", "Urine output < 0.5 mL/kg/h")]
    [InlineData("Wound area between 1 and 20 square centimeters", "all(Wound, Wound area [1..20] cm2)")]
    [InlineData("Myopia > 6 D", "all(myopia, Myopia > 6 [diop])")]
    [InlineData("Myopia greater than -6.00 D", "all(myopia, ?(greater than -6.00 D))")]
    [InlineData("Smoking history of more than 10 pack-years", "all(smoking history, Smoking > 10 {pack-years})")]
    [InlineData("BMI 18,5 - 30 kg/m2", "bmi [18.5..30] kg/m2")]
    [InlineData("HbA1c ≥ 6,5%", "hba1c >= 6.5 %")]
    [InlineData("Waist circumference > 40 inches", "waist > 40 [in_i]")]
    public void Units_are_read_as_they_are_written(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    [Theory]
    [InlineData("Hemoglobin of 10 g/dL (100 g/L) or more", "hemoglobin >= 10 g/dL")]
    [InlineData("HbA1c ≥ 7.0% (53 mmol/mol) and ≤ 10.0% (86 mmol/mol)", "hba1c [7..10] %")]
    [InlineData("Serum creatinine ≤ 2.0 mg/dL (177 µmol/L)", "creatinine <= 2 mg/dL")]
    [InlineData("Creatinine clearance ≥ 50 mL/min (Cockcroft-Gault)", "creatinine-clearance >= 50 mL/min")]
    [InlineData("eGFR ≥ 60 mL/min (by the CKD-EPI formula)", "egfr >= 60 mL/min")]
    [InlineData("Peridevice leak > 5 mm on transesophageal echocardiography",
        "all(echocardiography history, Peridevice leak > 5 mm, ?(transesophageal))")]
    [InlineData("Stenosis of at least 50% in a major coronary artery",
        "all(Stenosis, ?Judgement(major), Stenosis >= 50 %, ?(coronary artery))")]
    [InlineData("Pocket depth > 5 mm in patients with periodontitis", "all(Pocket depth > 5 mm, periodontitis)")]
    [InlineData("Body weight more than 20% above ideal body weight",
        "?(Body weight more than 20% above ideal body weig…)")]
    [InlineData("Height more than 10 cm below target height", "?(Height more than 10 cm below target height)")]
    [InlineData("Bone mineral density at least 2.5 SD below the mean",
        "?(Bone mineral density at least 2.5 SD below the …)")]
    public void A_value_is_of_what_it_is_said_of(string text, string clause) => Assert.Equal(clause, Inclusion(text));

    [Theory]
    [InlineData("Age 18+", "age >= 18 a")]
    [InlineData("18+ years of age", "age >= 18 a")]
    [InlineData("Adolescents (12-17 years)", "age [12..17] a")]
    [InlineData("Pregnant women between 24+0 and 33+6 weeks of gestation",
        "all(pregnancy current, gestational-age [168..237] d)")]
    [InlineData("Singleton pregnancy ≥ 37 weeks", "all(singleton-pregnancy, gestational-age >= 37 wk)")]
    [InlineData("Pregnancy of less than 12 weeks", "all(pregnancy current, gestational-age < 12 wk)")]
    public void Ages_of_people_and_of_pregnancies_are_read(string text, string clause) => Assert.Equal(clause,
        Inclusion(text));

    [Theory]
    [InlineData("6-minute walk distance between 150 and 450 meters", "six-minute-walk [150..450] m")]
    [InlineData("2-hour plasma glucose 140-199 mg/dL", "ogtt [140..199] mg/dL")]
    [InlineData("17-item HAM-D total score ≥ 18", "ham-d >= 18")]
    [InlineData("Score ≥ 4 on an 11-point NRS", "nrs-pain >= 4")]
    [InlineData("NRS score of at least 4 on a 0 to 10 numeric rating scale", "nrs-pain >= 4")]
    [InlineData("METAVIR F3-F4", "metavir [3..4]")]
    [InlineData("CEAP class C2 to C6", "ceap [2..6]")]
    [InlineData("Gleason score 3+4=7", "gleason = 7")]
    [InlineData("Gleason score ≤ 3+4", "gleason <= 7")]
    [InlineData("Post-bronchodilator FEV1/FVC ratio < 0.70", "fev1-fvc < 0.7")]
    [InlineData("CD4 > 200", "cd4 > 200 /uL")]
    public void Scales_and_tests_are_known_by_their_whole_names(string text, string clause) => Assert.Equal(clause,
        Inclusion(text));

    [Theory]
    [InlineData("Elevated liver enzymes (ALT or AST > 2x ULN)", "any(alt > 2 Uln, ast > 2 Uln)")]
    [InlineData("AST or ALT > 3x or bilirubin > 2x upper limit of normal",
        "any(ast > 3 Uln, alt > 3 Uln, bilirubin > 2 Uln)")]
    [InlineData("QTcF > 450 ms (males) or > 470 ms (females)",
        "any(all(male, qtc > 450 ms), all(female, qtc > 470 ms))")]
    [InlineData("Heart rate less than 50 or greater than 100 beats per minute",
        "any(heart-rate < 50 /min, heart-rate > 100 /min)")]
    [InlineData("Potassium < 3.5 or > 5.5 mmol/L", "any(potassium < 3.5 mmol/L, potassium > 5.5 mmol/L)")]
    [InlineData("Platelets < 100,000, hemoglobin < 9 g/dL, or ANC < 1,500",
        "any(platelets < 100000 /uL, hemoglobin < 9 g/dL, anc < 1500 /uL)")]
    public void Several_values_are_each_read(string text, string clause) => Assert.Equal(clause, Exclusion(text));

    static string Inclusion(string text) => Read("Inclusion Criteria:\n\n- " + text);

    static string Exclusion(string text) => Read("Exclusion Criteria:\n\n- " + text);

    static string Read(string text) => ClauseText.Of(Assert.Single(CriteriaParser.Parse(new(text, []))));
}
