using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Tests.Studies;

/// <summary>What generated studies are about: common diseases often, each of the
/// vocabulary's other ones seldom.</summary>
static class Diseases
{
    /// <summary>How much of all studies ask for a disease that is not in
    /// <see cref="Common"/>, in parts of one.</summary>
    const double Rare = 0.45;

    /// <summary>Keys of the vocabulary with weights, in the order of the registry's usual subjects.</summary>
    const string Common = """
        breast-cancer 30, type-2-diabetes 28, obesity 22, depression 22, covid-19 20, hypertension 20, stroke 20,
        non-small-cell-lung-cancer 20, hiv 18, heart-failure 18, coronary-artery-disease 18, asthma 16,
        prostate-cancer 16, copd 15, colorectal-cancer 15, pain 14, rheumatoid-arthritis 12, osteoarthritis 10,
        multiple-sclerosis 10, schizophrenia 10, parkinson 9, dementia 9, psoriasis 9, atrial-fibrillation 9,
        kidney-disease 9, anxiety-disorder 9, osteoporosis 6, hcv 8, hbv 8, type-1-diabetes 8, cirrhosis 7,
        atopic-dermatitis 7, melanoma 7, myeloma 7, gastric-cancer 7, pancreatic-cancer 7, influenza 7, malaria 6,
        tuberculosis 6, cystic-fibrosis 6, sepsis 6, ulcerative-colitis 6, crohn 5, migraine 6, ovarian-cancer 6,
        nhl 6, epilepsy 5, aml 5, glioblastoma 5, head-and-neck-cancer 5, renal-cell-carcinoma 5, glaucoma 5,
        preterm-birth 3, polycystic-ovary-syndrome 4, endometriosis 4, pre-eclampsia 4, bipolar 4, opioid-dependence 4,
        alcohol-use-disorder 4, obstructive-sleep-apnea 4, dental-caries 4, periodontitis 4, lupus 4, pneumonia 4,
        diffuse-large-b-cell-lymphoma 4, sickle-cell-disease 3, cll 3, mds 3, hodgkin 2, cml 2, all 2, b-all 1,
        idiopathic-pulmonary-fibrosis 2, amyotrophic-lateral-sclerosis 2, duchenne-muscular-dystrophy 1, hemophilia-a 2
        """;

    static readonly (VocabularyConcept Disease, double Sum)[] All = Sums();

    static readonly double[] Weights = [.. All.Select(d => d.Sum)];

    public static int Count => All.Length;

    public static VocabularyConcept Pick(Dice dice) => All[dice.Weighted(Weights)].Disease;

    static (VocabularyConcept Disease, double Sum)[] Sums()
    {
        var vocabulary = ConceptVocabulary.Default;
        var common = Common.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(words => (Disease: vocabulary.Find(words[0]), Weight: double.Parse(
                words[1], System.Globalization.CultureInfo.InvariantCulture)))
            .Where(d => d.Disease is not null)
            .Select(d => (Disease: d.Disease!, d.Weight))
            .ToList();
        var keys = common.Select(d => d.Disease.Key).ToHashSet();
        var rare = vocabulary.Concepts
            .Where(c => c.Kind == ConceptKind.Condition && c.Source.StartsWith("DOID:", StringComparison.Ordinal)
                && !keys.Contains(c.Key))
            .ToList();
        var each = common.Sum(d => d.Weight) * Rare / (1 - Rare) / rare.Count;
        var sum = 0.0;
        return [.. common.Concat(rare.Select(d => (Disease: d, Weight: each)))
            .Select(d => (d.Disease, sum += d.Weight))];
    }
}
