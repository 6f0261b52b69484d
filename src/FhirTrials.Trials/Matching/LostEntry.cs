using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>A resource of a record that could not be read and is left out. What it said is unknown, so nothing that it
/// may have decided is decided.</summary>
/// <param name="Path">Where it stood: <c>Bundle.entry[3].resource</c>.</param>
/// <param name="Type">Its resource type; null where even that is unknown.</param>
/// <param name="Concepts">Keys of what it is about, as far as could be read; empty: anything.</param>
public sealed record LostEntry(string Path, string? Type, ImmutableArray<string> Concepts)
{
    /// <summary>Concepts that are read together: one may decide or contradict another.</summary>
    static readonly ImmutableArray<string> OfMarrow = ["bm-blasts", "mrd", "remission"];

    /// <summary>The complete list that the resource might have been on.</summary>
    public bool Voids(CompleteList list) => Type switch
    {
        null => true,
        "Condition" => list is CompleteList.Problems or CompleteList.PastIllnesses,
        "Procedure" => list == CompleteList.Procedures,
        "AllergyIntolerance" => list == CompleteList.Allergies,
        _ => IsMedication && list == CompleteList.Medications,
    };

    /// <summary>Whether what was lost may bear on a leaf of a criterion.</summary>
    public bool BearsOn(Clause leaf, ConceptVocabulary vocabulary) =>
        Type is null or "QuestionnaireResponse" || (leaf switch
        {
            Clause.Measured { Measurement: { Kind: not MeasurementKind.Age } m } =>
                Type == "Observation" && MayBe(m.Concept.Key, vocabulary),
            Clause.Present p => Answers(p.Kind) && MayBe(p.Concept.Key, vocabulary),
            _ => false,
        });

    bool IsMedication => Type?.StartsWith("Medication", StringComparison.Ordinal) is true;

    bool Answers(FactKind kind) => kind switch
    {
        FactKind.Condition or FactKind.Pregnancy or FactKind.Genomic =>
            Type is "Condition" or "Observation" or "Procedure",
        FactKind.Therapy or FactKind.Procedure =>
            IsMedication || Type is "Procedure" or "Condition" or "ServiceRequest",
        FactKind.Allergy => Type == "AllergyIntolerance",
    };

    /// <summary>Whether it may say something of the concept: it is the same, broader or narrower, or one from which the
    /// other is concluded.</summary>
    bool MayBe(string? key, ConceptVocabulary vocabulary) =>
        Concepts.IsEmpty || key is null || Concepts.Any(c => vocabulary.IsA(c, key) || vocabulary.IsA(key, c)
            || (OfMarrow.Contains(c) && OfMarrow.Contains(key))
            || (IsOfDisease(c, vocabulary) && IsOfDisease(key, vocabulary))
            || (IsOfFertility(c, vocabulary) && IsOfFertility(key, vocabulary)));

    static bool IsOfDisease(string key, ConceptVocabulary vocabulary) =>
        vocabulary.IsA(key, "malignancy") || OfMarrow.Contains(key)
        || vocabulary.Find(key)?.Kind is ConceptKind.Status or ConceptKind.Genomic;

    static bool IsOfFertility(string key, ConceptVocabulary vocabulary) =>
        key is "hysterectomy" or "oophorectomy" or "tubal-ligation" or "postmenopausal"
        || vocabulary.Find(key)?.Kind is ConceptKind.Pregnancy or ConceptKind.Population or ConceptKind.Test;
}
