using System.Text;

namespace FhirTrials.Tests.Studies;

/// <summary>Eligibility criteria put together from sentences that studies of a disease use, with limits, units and
/// windows that vary.</summary>
static class CriteriaTexts
{
    /// <summary>A disease or a broader one (<c>any</c>, <c>cancer</c>, <c>other</c>), in or out, and the sentence:
    /// <c>{a|b}</c> is one of its parts, <c>DISEASE</c> and <c>DRUG</c> are the study's.</summary>
    const string Sentences = """
        any in {Histologically or clinically confirmed|Confirmed|Documented|Established} diagnosis of DISEASE
        any in Diagnosis of DISEASE {for at least 3 months|for at least 6 months|for at least 1 year|within the last 5
          years} before screening
        any in DISEASE {that is newly diagnosed|with an inadequate response to standard therapy|requiring systemic
          treatment}
        any in {Able and willing to provide written informed consent|Signed informed consent obtained before any study
          procedure}
        any in Body mass index {≥ 18 and ≤ 35|between 18.5 and 30|≤ 40|< 35} kg/m2
        any in Hemoglobin ≥ {8.0|8.5|9.0|10.0} g/dL
        any in Platelet count ≥ {50 x 10^9/L|75,000/µL|100 x 10^9/L|100,000/mm3}
        any in Absolute neutrophil count (ANC) ≥ {500/µL|750/µL|1.0 x 10^9/L|1,500/mm3}
        any in ALT and AST ≤ {1.5|2|2.5|3|5} x upper limit of normal (ULN)
        any in Total bilirubin ≤ {1.0|1.5|2.0|3.0} x ULN{| unless the participant has Gilbert's syndrome}
        any in {Serum creatinine ≤ 1.5 x ULN|Creatinine clearance ≥ 30 mL/min|Creatinine clearance ≥ 50 mL/min|eGFR ≥ 60
          mL/min/1.73 m2|Serum creatinine ≤ 2.0 mg/dL}
        any in Women of childbearing potential must have a negative {serum|urine} pregnancy test within {7 days|72
          hours|14 days} before the first dose
        any in On a stable dose of {concomitant medication|corticosteroids|statins} for at least {2|4|8|12} weeks before
          screening
        any ex Pregnant or breastfeeding{| or planning to become pregnant during the study}
        any ex {Treatment with|Receipt of} an investigational drug within {4 weeks|30 days|3 months|5 half-lives} before
          {screening|enrollment|the first dose}
        any ex Known hypersensitivity to DRUG or any of its excipients
        any ex Prior treatment with DRUG{| within 6 months before enrollment| at any time}
        any ex Active infection requiring systemic {antibiotics|therapy} within {1 week|14 days|4 weeks} before
          {enrollment|the first dose}
        any ex Known {HIV infection|human immunodeficiency virus (HIV) infection}{|, active hepatitis B or active
          hepatitis C}
        any ex Positive for hepatitis B surface antigen or hepatitis C antibody at screening
        any ex Major surgery within {2|4|8|12} weeks before {screening|randomization|the first dose}
        any ex {History of another|Any other} malignancy within {2|3|5} years{|, except adequately treated basal cell
          carcinoma of the skin or cervical carcinoma in situ}
        any ex Myocardial infarction, unstable angina or stroke within {3|6|12} months before enrollment
        any ex {Uncontrolled hypertension|Systolic blood pressure > 160 mmHg|Systolic blood pressure ≥ 180 mmHg or
          diastolic blood pressure ≥ 110 mmHg}
        any ex Congestive heart failure of New York Heart Association (NYHA) class {II|III} or higher
        any ex QTc interval > {450|470|480|500} ms{| at screening}
        any ex Live vaccine within {14 days|28 days|30 days|6 weeks} before the first dose
        any ex History of {drug or alcohol abuse|alcohol use disorder|substance abuse} within {6 months|1 year|2 years}
        any ex Systemic corticosteroids at more than {10|20} mg of prednisone a day within {7|14|28} days before
          {enrollment|the first dose}
        any ex Any condition that in the investigator's opinion would {interfere with participation|put the participant
          at risk}
        any ex Severe renal impairment{| (eGFR < 30 mL/min/1.73 m2)| requiring dialysis}
        any ex {Cirrhosis|Severe liver disease|Child-Pugh class B or C cirrhosis}
        any ex Unable to {understand the language of the questionnaires|attend the visits|swallow tablets}
        cancer in Eastern Cooperative Oncology Group (ECOG) performance status {0 or 1|≤ 1|≤ 2|0-2}
        cancer in Karnofsky performance status ≥ {50|60|70|80}
        cancer in Life expectancy of at least {8 weeks|12 weeks|3 months|6 months}
        cancer in {At least one|No more than 2|One or more} prior {line|lines} of systemic therapy
        cancer in Left ventricular ejection fraction (LVEF) ≥ {45|50|55}%
        cancer ex {Symptomatic|Active|Untreated} central nervous system metastases{| or carcinomatous meningitis}
        cancer ex Chemotherapy within {2|3|4} weeks or radiotherapy within {2|4|6} weeks before the first dose
        cancer ex Autoimmune disease requiring systemic treatment within the past 2 years
        cancer ex {Grade 2 or higher|Grade ≥ 2} peripheral neuropathy
        cancer ex Prior treatment with an anti-PD-1 or anti-PD-L1 antibody
        solid-tumor in Measurable disease according to RECIST 1.1
        solid-tumor in {Locally advanced or metastatic|Unresectable|Metastatic} DISEASE
        breast-cancer in HER2-{positive|negative} disease by local testing
        prostate-cancer in Serum testosterone < 50 ng/dL and PSA ≥ {1|2|5} ng/mL
        hematologic-malignancy in {Relapsed or refractory|Refractory|Relapsed} DISEASE{| after at least one prior
          therapy}
        hematologic-malignancy ex Allogeneic stem cell transplantation within {12 weeks|3 months|6 months} before the
          first dose
        hematologic-malignancy ex Active graft versus host disease requiring immunosuppressive medication
        hematologic-malignancy ex {Active central nervous system involvement|History or presence of clinically relevant
          CNS pathology}
        leukemia in ≥ {5|10|20}% blasts in the bone marrow
        leukemia ex Testicular leukemia
        diabetes in HbA1c {≥ 7.0% and ≤ 10.0%|between 6.5% and 9.5%|≥ 7.5%}
        diabetes in Fasting glucose {< 270 mg/dL|≤ 13.3 mmol/L}
        diabetes ex {Severe hypoglycemia|Diabetic ketoacidosis} within {3|6} months before screening
        diabetes ex Proliferative diabetic retinopathy
        obesity in Body mass index ≥ {27|30|35|40} kg/m2
        hypertension in Mean seated systolic blood pressure {≥ 140 mmHg and < 180 mmHg|between 130 and 160 mmHg}
        heart-failure in LVEF ≤ {35|40|45}% and NYHA class {II to IV|II or III}
        heart-failure in NT-proBNP ≥ {300|600|900} pg/mL
        coronary-artery-disease in LDL cholesterol ≥ {70|100} mg/dL{| despite statin therapy}
        atrial-fibrillation in CHA2DS2-VASc score ≥ {1|2}
        stroke in NIHSS score {≥ 6|≤ 5|between 4 and 25} at {admission|randomization}
        stroke ex Intracranial hemorrhage on baseline imaging
        asthma in FEV1 {between 40% and 80%|≥ 50%} of predicted normal
        asthma in At least {1|2|3} asthma exacerbations within 12 months before screening
        copd in Post-bronchodilator FEV1/FVC ratio < 0.70 and FEV1 < {50|60|80}% predicted
        copd ex {Current smoker|Lung transplantation or lobectomy}
        kidney-disease in eGFR {between 25 and 60|≥ 20 and ≤ 75} mL/min/1.73 m2
        kidney-disease in Urine albumin/creatinine ratio ≥ {30|200|300} mg/g
        hiv in HIV-1 RNA {< 50 copies/mL|≥ 1,000 copies/mL} at screening
        hiv in CD4 cell count ≥ {100|200|350} cells/mm3
        hcv in HCV RNA ≥ {1,000|10,000} IU/mL
        hbv in HBV DNA ≥ {2,000|20,000} IU/mL
        rheumatoid-arthritis in DAS28 > {2.6|3.2|5.1} and at least 6 swollen joints
        psoriasis in PASI score ≥ {10|12} and body surface area involvement ≥ 10%
        atopic-dermatitis in EASI score ≥ 16
        multiple-sclerosis in EDSS score {≤ 5.5|between 0 and 6.5}
        parkinson in Hoehn and Yahr stage {1 to 3|≤ 3}
        dementia in Mini-Mental State Examination (MMSE) score {between 12 and 26|≥ 20}
        depression in {MADRS total score ≥ 26|PHQ-9 score ≥ 10|Hamilton depression rating scale score ≥ 18}
        psychiatric-disorder ex Suicidal ideation within {1|6} months before screening
        schizophrenia in PANSS total score between 60 and 120
        inflammatory-bowel-disease in {Mayo score of 6 to 12|CDAI between 220 and 450}
        osteoarthritis in Kellgren-Lawrence grade {2 or 3|≥ 2} of the knee
        pain in Pain of at least {4|5} on a numeric rating scale
        sickle-cell-disease in At least 2 vaso-occlusive crises within 12 months before screening
        infection ex Resistance to DRUG
        other in Clinically stable for at least {4|6|12} weeks before {screening|enrollment}
        other ex Planned surgery during the study
        """;

    static readonly (string Key, bool IsInclusion, string Text)[] Rows =
    [
        .. Dice.Templates(Sentences).Select(line => line.Split(' ', 3)).Select(w => (w[0], w[1] == "in", w[2])),
    ];

    public static string Of(Topic topic, Dice dice)
    {
        var text = new StringBuilder();
        var numbered = dice.Percent(35);
        List(isInclusion: true, "Inclusion Criteria:", dice.Between(3, 10));
        text.Append('\n');
        List(isInclusion: false, "Exclusion Criteria:", dice.Between(2, 14));
        return text.ToString().TrimEnd();

        void List(bool isInclusion, string heading, int count)
        {
            text.Append(heading).Append("\n\n");
            var own = Rows.Where(r => r.IsInclusion == isInclusion && r.Key is not "any" && topic.Keys.Contains(r.Key))
                .ToList();
            var any = Rows.Where(r => r.IsInclusion == isInclusion && r.Key is "any").ToList();
            var first = isInclusion ? any.Take(1).ToList() : [];
            var chosen = first.Concat(dice.Some(own, Math.Min(own.Count, dice.Between(1, 4))))
                .Concat(dice.Some([.. any.Except(first)], count));
            foreach (var (number, row) in chosen.Index())
            {
                var sentence = dice.Text(row.Text).Replace("DISEASE", topic.Disease.Text, StringComparison.Ordinal)
                    .Replace("DRUG", topic.Drugs[0], StringComparison.Ordinal)
                    .Replace("<", @"\<", StringComparison.Ordinal)
                    .Replace(">", @"\>", StringComparison.Ordinal);
                text.Append(numbered ? FormattableString.Invariant($"{number + 1}. ") : "* ").Append(sentence)
                    .Append(dice.Percent(60) ? "." : "").Append('\n');
            }
        }
    }
}
