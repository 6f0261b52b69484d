using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Tests.Studies;

/// <summary>What a generated study is about.</summary>
/// <param name="Keys">The disease's key and those of all broader concepts, and
/// <c>any</c>, by which texts are chosen.</param>
/// <param name="Drugs">What is tried, and what it is compared with.</param>
sealed record Topic(VocabularyConcept Disease, HashSet<string> Keys, string[] Drugs)
{
    static readonly ConceptVocabulary Vocabulary = ConceptVocabulary.Default;

    static readonly VocabularyConcept[] AllDrugs = [.. Vocabulary.Concepts.Where(c => c.Kind == ConceptKind.Drug)];

    static readonly VocabularyConcept[] CancerDrugs =
        [.. AllDrugs.Where(d => Vocabulary.IsA(d.Key, "anticancer-therapy"))];

    static readonly VocabularyConcept[] OtherDrugs = [.. AllDrugs.Except(CancerDrugs)];

    public static Topic Of(Dice dice)
    {
        var disease = Diseases.Pick(dice);
        var keys = new HashSet<string>(Broader(disease).Append(disease.Key).Append("any"));
        keys.Add(keys.Contains("malignancy") ? "cancer" : "other");
        var drugs = keys.Contains("malignancy") ? CancerDrugs : OtherDrugs;
        return new(disease, keys, [dice.Pick(drugs).Text, dice.Pick(drugs).Text]);
    }

    /// <summary>The disease as a study writes it, in one of its names.</summary>
    public string Name(Dice dice) =>
        Disease.Synonyms.Length > 0 && dice.Percent(25) ? dice.Pick(Disease.Synonyms) : Disease.Text;

    /// <summary>The names of broader diseases.</summary>
    public IEnumerable<string> Ancestors => Broader(Disease).Distinct().Select(k => Vocabulary.Find(k)!.Text);

    static IEnumerable<string> Broader(VocabularyConcept concept) => concept.Parents
        .SelectMany(p => Vocabulary.Find(p) is { } parent ? Broader(parent).Prepend(p) : []);
}
