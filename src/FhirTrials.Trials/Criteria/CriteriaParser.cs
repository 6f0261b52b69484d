using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>What a registry says about who may take part.</summary>
/// <param name="Criteria">The criteria text, verbatim.</param>
/// <param name="ArmTitles">Titles of the study's arms, for criteria of one arm.</param>
/// <param name="MinimumAge">As in the registry: <c>18 Years</c>; null where none.</param>
/// <param name="Sex"><c>ALL</c>, <c>MALE</c>, <c>FEMALE</c>; null where not stated.</param>
/// <param name="HealthyVolunteers">Whether people without the disease may take part; null where not stated.</param>
public sealed record EligibilityText(
    string Criteria,
    ImmutableArray<string> ArmTitles,
    string? MinimumAge = null,
    string? MaximumAge = null,
    string? Sex = null,
    bool? HealthyVolunteers = null)
{
    /// <summary>The registry's age groups: <c>CHILD</c>, <c>ADULT</c>, <c>OLDER_ADULT</c>; they count where no minimum
    /// age is stated.</summary>
    public ImmutableArray<string> StandardAges { get; init; } = [];

    /// <summary>What is studied, in the registry's words; none where that is not known. Some names mean one thing in
    /// trials of blood cancers and another elsewhere.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>More items than any real study has; what follows them is kept as one last criterion, as text.</summary>
    public int MaxCriteria { get; init; } = 2_000;

    /// <summary>Longer than any real text, in characters; what follows is kept in the same way.</summary>
    public int MaxLength { get; init; } = 200_000;
}

/// <summary>Reads eligibility criteria, deterministically and offline. What it does not understand it keeps as text and
/// says so.</summary>
/// <remarks>The road: <see cref="CriteriaOutline"/> (text → items) → <see cref="Tokenizer"/> (words, numbers with
/// units) → <see cref="Chunker"/> (concepts and cues) → <see cref="ScopeReader"/> (arms, age band) →
/// <see cref="CriterionReader"/> (sentences → <see cref="SentenceReader"/> → <see cref="PhraseReader"/> →
/// <see cref="Coordination"/>) → <see cref="Refinements"/> (items that belong together); <see cref="RegistryFields"/>
/// adds the structured fields.</remarks>
public static class CriteriaParser
{
    /// <summary>Written beside each parse; a change of what is understood raises it.</summary>
    public const string Version = "FhirTrials criteria parser 1.5";

    /// <summary>The criteria in the order of the text, then those of the registry's fields.</summary>
    public static ImmutableArray<Criterion> Parse(EligibilityText eligibility)
    {
        var vocabulary = ConceptVocabulary.Default;
        var reader = new CriterionReader(
            eligibility.Criteria,
            vocabulary,
            new Chunker(vocabulary, PlacesOfLeukemia.AreMeant(eligibility.Conditions, vocabulary)),
            new ScopeReader(eligibility.ArmTitles));
        var read = Refinements.Apply(eligibility.Criteria, reader.Read(
            CriteriaOutline.Read(eligibility.Criteria, eligibility.MaxCriteria, eligibility.MaxLength)));
        return [.. read.Concat(RegistryFields.Read(eligibility)).Select(Finished)];
    }

    static Criterion Finished(Criterion criterion, int index) => criterion with
    {
        Number = index + 1,
        Clause = criterion.Section == CriterionSection.Exclusion ? PastStates.Of(criterion.Clause) : criterion.Clause,
    };
}
