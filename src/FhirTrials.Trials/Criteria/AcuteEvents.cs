using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Conditions that happen on a day, as treatments do, where others last: in <c>MI, PCI or CABG in the last 3
/// months</c> the time is said of all, in <c>HIV or surgery within 4 weeks</c> of the surgery alone.</summary>
static class AcuteEvents
{
    /// <summary>With all that is narrower.</summary>
    static readonly ImmutableArray<string> Kinds =
    [
        "myocardial-infarction", "acute-coronary-syndrome", "unstable-angina", "stroke", "tia", "pulmonary-embolism",
        "dvt", "venous-thromboembolism", "cardiac-arrest", "shock", "syncope", "hemorrhage", "fracture", "trauma",
        "brain-injury", "spinal-cord-injury", "sepsis", "pneumonia", "influenza", "covid-19", "copd-exacerbation",
    ];

    /// <summary>What is narrower lasts (epilepsy, HIV).</summary>
    static readonly ImmutableHashSet<string> Themselves =
        ["seizure", "infection", "bacterial-infection", "viral-infection", "fungal-infection"];

    public static bool Contains(VocabularyConcept concept) => Themselves.Contains(concept.Key)
        || Kinds.Any(k => ConceptVocabulary.Default.IsA(concept.Key, k));
}
