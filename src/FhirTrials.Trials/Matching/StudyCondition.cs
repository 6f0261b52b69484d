using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>One of the conditions of a study, as registered; of one whose text lists several
/// (<see cref="ConditionText"/>) one of these.</summary>
/// <param name="Diseases">What the vocabulary knows of it, without what is broader than another of them; empty where it
/// knows no disease.</param>
/// <param name="States">The states that its words ask for.</param>
/// <param name="OtherStates">States that the text asks for of others that it lists, if not of all.</param>
/// <param name="Unlisted">Its names in comparable form, where the vocabulary knows no disease
/// (<see cref="UnlistedDisease"/>).</param>
sealed partial record StudyCondition(
    string Text,
    ImmutableArray<VocabularyConcept> Diseases,
    ImmutableArray<VocabularyConcept> States,
    ImmutableArray<VocabularyConcept> OtherStates,
    ImmutableArray<string> Unlisted)
{
    /// <param name="study">A ResearchStudy. MeSH headings added to its conditions, which have no text, are none; what
    /// is coded alone counts where nothing has a text.</param>
    public static ImmutableArray<StudyCondition> Of(Element study, ConceptVocabulary vocabulary)
    {
        var all = study["condition"].ToArray();
        var texts = all.Where(c => c.Child("text") is not null).ToArray();
        var named = (texts.Length > 0 ? texts : all).SelectMany(c => Read(c, vocabulary)).ToImmutableArray();
        var ofDiseases = named.Where(c => !c.Diseases.IsEmpty || !IsOfStudy(c.Text, vocabulary)).ToImmutableArray();
        return ofDiseases.IsEmpty ? named : ofDiseases;
    }

    static IEnumerable<StudyCondition> Read(Element condition, ConceptVocabulary vocabulary)
    {
        if (condition.ValueOf("text") is not { } text)
        {
            return [Coded(condition, vocabulary)];
        }

        var parts = ConditionText.Parts(text, vocabulary).Select(p => Of(p, vocabulary)).ToArray();
        var states = parts.SelectMany(p => p.States).Distinct().ToImmutableArray();
        return parts.All(p => p.Diseases.IsEmpty)
            ? [new(text, [], [], [], UnlistedDisease.Of(condition))]
            : parts.Select(p =>
                p.Diseases.IsEmpty ? p with { States = [] } : p.States.IsEmpty ? p with { OtherStates = states } : p);
    }

    static StudyCondition Of(string text, ConceptVocabulary vocabulary)
    {
        var named = Distinct(vocabulary.Mentions(text).Select(m => m.Concept), vocabulary);
        var diseases = named.Where(c => c.Kind == ConceptKind.Condition).ToImmutableArray();
        return new(
            text, diseases, [.. named.Where(c => c.Kind == ConceptKind.Status)], [],
            diseases.IsEmpty ? UnlistedDisease.Of(text) : []);
    }

    static StudyCondition Coded(Element condition, ConceptVocabulary vocabulary)
    {
        var codings = condition["coding"].ToArray();
        var text = codings.Select(c => c.ValueOf("display") ?? c.ValueOf("code")).FirstOrDefault() ?? "";
        var named = Distinct(
            codings.SelectMany(c => vocabulary.WithCode(c.ValueOf("system") ?? "", c.ValueOf("code") ?? ""))
                .Concat(vocabulary.Mentions(text).Select(m => m.Concept)),
            vocabulary);
        var diseases = named.Where(c => c.Kind == ConceptKind.Condition).ToImmutableArray();
        return diseases.IsEmpty
            ? new(text, [], [], [], UnlistedDisease.Of(condition))
            : new(text, diseases, [.. named.Where(c => c.Kind == ConceptKind.Status)], [], []);
    }

    static ImmutableArray<VocabularyConcept> Distinct(
        IEnumerable<VocabularyConcept> concepts, ConceptVocabulary vocabulary)
    {
        var all = concepts.DistinctBy(c => c.Key).ToArray();
        return [.. all.Where(c => !all.Any(other => other.Key != c.Key && vocabulary.IsA(other.Key, c.Key)))];
    }

    /// <summary>Whether the text describes the study and names no disease at all: its phase, or nothing but treatments
    /// of cancer.</summary>
    static bool IsOfStudy(string text, ConceptVocabulary vocabulary)
    {
        var treatments = vocabulary.Names(text)
            .Where(m => vocabulary.IsA(m.Concept.Key, ConditionText.Treatment)).ToArray();
        return Phase().IsMatch(text)
            || (treatments.Length > 0 && treatments.Sum(m => m.Length) == TermText.Words(text).Length);
    }

    [GeneratedRegex(@"^\s*phase\s+([1-4]|I{1,3}|IV)\s*(clinical\s+)?(study|trial)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phase();
}
