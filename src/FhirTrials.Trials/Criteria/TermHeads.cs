using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>What a name that the vocabulary does not list is of, told by its last word: <c>hepatorenal
/// syndrome</c>, <c>blepharoplasty</c>, <c>secukinumab</c>.</summary>
/// <remarks>Endings of drugs are stems of WHO's international nonproprietary names —
/// https://www.who.int/publications/m/item/who-emp-rht-tsn-2018-1</remarks>
static class TermHeads
{
    const int ShortestWithEnding = 6;
    const int ShortestDrug = 7;

    static readonly Dictionary<string, ConceptKind> Words = Table(
        (ConceptKind.Condition,
            "syndrome syndromes injury injuries pain "
            + "anomaly anomalies malformation malformations deformity deformities "
            + "fracture fractures trauma wound wounds ulcer ulcers ulceration bleeding hemorrhage thrombosis embolism "
            + "infarction infarct ischemia aneurysm aneurysms arrhythmia arrhythmias dysrhythmia edema effusion "
            + "seizure seizures prolapse incontinence reflux fistula abscess cyst cysts polyp polyps tumor tumors "
            + "cancer cancers carcinoma neoplasm neoplasms malignancy malignancies metastasis metastases fever cough "
            + "nausea vomiting diarrhea constipation headache headaches dizziness vertigo fatigue palsy paralysis "
            + "spasm spasticity tremor intoxication psychosis psychoses depression mania anxiety delusion "
            + "delusions hallucination hallucinations dementia delirium retardation blindness deafness "
            + "contraindication contraindications sequelae comorbidity comorbidities hernia hernias varices calculi "
            + "immunodeficiency intolerance anaphylaxis poisoning burns rash pruritus itching eczema acne scar scars "
            + "keloid alopecia caries regurgitation malnutrition dehydration apnea claustrophobia infertility "
            + "miscarriage abortion preeclampsia shock wheezing syncope insomnia agitation aggression thrombus "
            + "infestation sinusitis urticaria bradycardia tachycardia fibrillation flutter cardiomegaly jaundice "
            + "cirrhosis ascites porphyria sepsis aphasia ataxia dyskinesia dystonia coma gangrene stroke strokes "
            + "colitis angina"),
        (ConceptKind.Therapy,
            "vaccine "
            + "vaccines steroid steroids antibiotic antibiotics anticoagulant anticoagulants antidepressant "
            + "antidepressants antipsychotic antipsychotics anticonvulsant anticonvulsants antiepileptic "
            + "antiepileptics diuretic diuretics opioid opioids opiate opiates narcotic narcotics sedative sedatives "
            + "hypnotic hypnotics analgesic analgesics antacid antacids laxative laxatives antihistamine "
            + "antihistamines bronchodilator bronchodilators vasodilator vasodilators supplementation immunoglobulin "
            + "immunoglobulins interferon insulin probiotic probiotics antioxidant antioxidants chemotherapeutics "
            + "immunosuppressant immunosuppressants immunosuppressives cytotoxics barbiturate barbiturates amphetamine "
            + "amphetamines cannabinoid cannabinoids cannabis marijuana cocaine nicotine caffeine antifungal "
            + "antifungals antiviral antivirals antimalarial antimalarials antiemetic antiemetics anesthetic "
            + "anesthetics anticholinergic anticholinergics corticosteroid corticosteroids glucocorticoid "
            + "glucocorticoids antiplatelet antiplatelets antihypertensive antihypertensives antiarrhythmic "
            + "antiarrhythmics relaxant relaxants penicillin cephalosporin cephalosporins macrolide macrolides "
            + "sulfonamide sulfonamides mydriatic mydriatics latex antivenom heparin"),
        (ConceptKind.Procedure,
            "surgery surgeries biopsy biopsies "
            + "catheterization cannulation intubation ventilation oxygenation dialysis transfusion transfusions "
            + "reconstruction amputation ablation embolization revascularization stenting bypass debridement "
            + "anesthesia anaesthesia sedation ultrasound vaccination immunization rehabilitation acupuncture "
            + "psychotherapy physiotherapy cryotherapy phototherapy hydrotherapy hemofiltration plasmapheresis "
            + "apheresis sterilization insemination curettage circumcision liposuction arthrodesis hemostasis "
            + "angiogram echocardiogram mammogram electrocardiogram massage"));

    /// <summary>Words that name nothing without a word before them.</summary>
    static readonly Dictionary<string, ConceptKind> GeneralWords = Table(
        (ConceptKind.Condition,
            "failure insufficiency dysfunction impairment impairments neglect rejection withdrawal dependence "
            + "dependency abuse addiction rupture perforation necrosis inflammation degeneration toxicity toxicities "
            + "lesion lesions illness illnesses abnormality abnormalities defect defects exacerbation exacerbations "
            + "hypertrophy stenosis occlusion obstruction deficiency deficiencies weakness compromise pathology "
            + "pathologies disturbance disturbances retention tolerance disease diseases disorder disorders infection "
            + "infections condition conditions event events symptom symptoms sign signs reaction reactions "
            + "complication complications attack attacks episode episodes block mass masses instability disability "
            + "disabilities delay arrest stone stones insult problem problems changes deposits delay addict dysplasia "
            + "hypersensitivity allergy allergies pregnancy pregnancies hyperplasia"),
        (ConceptKind.Therapy,
            "inhibitor inhibitors antagonist antagonists agonist agonists blocker blockers analog analogs analogue "
            + "analogues hormone hormones supplement supplements stimulant stimulants prophylaxis inducer inducers "
            + "replacement regimen regimens therapy therapies medication medications medicine medicines drug drugs "
            + "agent agents product products treatment treatments"),
        (ConceptKind.Procedure,
            "procedure procedures implant implants examination delivery section grafting injection injections"));

    static readonly ImmutableArray<(string Ending, ConceptKind Kind)> Endings =
    [
        .. Of(ConceptKind.Condition,
            "itis osis emia uria pathy pathies algia oma omas plegia paresis rrhea rrhagia megaly penia cytosis philia "
            + "phobia trophy plasia phasia ectasis iasis malacia cele pnea opia glycemia thermia hypoxia cardia ptosis "
            + "dynia paresthesia oxia"),
        .. Of(ConceptKind.Procedure, "ectomy ectomies otomy ostomy plasty scopy graphy centesis pexy rrhaphy"),
    ];

    static readonly ImmutableArray<string> DrugStems =
    [
        .. ("mab nib ciclib zomib parib vastatin pril sartan olol conazole prazole cillin mycin floxacin cycline navir "
            + "tegravir ciclovir buvir asvir previr oxetine dipine apine azepam zolam barbital caine setron triptan "
            + "gliptin gliflozin glitazone glutide natide tidine profen fenac coxib dronate dronic lukast terol asone "
            + "olone onide parin xaban gatran grelor platin taxel rubicin poetin grastim nercept tacept bercept limus "
            + "fibrate semide thiazide idone peridol curium curonium fentanil fentanyl codone morphone triptyline "
            + "pramine racetam gabalin steride vaptan sentan afil tadine tropium phylline levodopa virine citabine "
            + "trexate lisib degib imod uracil mustine giline zosin zumab ximab stigmine cromil ergoline prost gestrel "
            + "relin relix estradiol terone caftor tocin quine oxacin bactam penem sulfan").Split(' '),
    ];

    /// <summary>No names, though they end like one.</summary>
    static readonly HashSet<string> Others =
        ("diagnosis prognosis hypnosis demography geography biography photography diploma osmosis symbiosis mitosis "
            + "stoma trauma-free ").Split(' ').ToHashSet(StringComparer.Ordinal);

    /// <summary>What a name that ends in the word is of; null where nothing tells.</summary>
    /// <param name="word">In comparable form.</param>
    /// <param name="qualified">Whether a word stands before it.</param>
    public static ConceptKind? KindOf(string word, bool qualified) =>
        Words.TryGetValue(word, out var kind) || (qualified && GeneralWords.TryGetValue(word, out kind)) ? kind
        : word.Length < ShortestWithEnding || Others.Contains(word) ? null
        : IsDrug(word) ? ConceptKind.Therapy
        : Ending(word);

    /// <summary>Whether the word names nothing without a word before it.</summary>
    public static bool IsGeneral(string word) => GeneralWords.ContainsKey(word);

    /// <summary>Whether the word alone is a drug's name.</summary>
    public static bool IsDrug(string word) =>
        word.Length >= ShortestDrug && DrugStems.Any(s => word.EndsWith(s, StringComparison.Ordinal));

    static ConceptKind? Ending(string word)
    {
        foreach (var (ending, kind) in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    static IEnumerable<(string, ConceptKind)> Of(ConceptKind kind, string endings) =>
        endings.Split(' ').Select(e => (e, kind));

    static Dictionary<string, ConceptKind> Table(params (ConceptKind Kind, string Words)[] rows) => rows
        .SelectMany(r => r.Words.Split(' ').Select(w => (Word: TermText.Word(w), r.Kind))).DistinctBy(p => p.Word)
        .ToDictionary(p => p.Word, p => p.Kind, StringComparer.Ordinal);
}
