using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>One of the conditions of a study, as registered.</summary>
/// <param name="Named">What the vocabulary knows of it: diseases and the state they must be in; empty where it knows no
/// disease.</param>
/// <param name="Unlisted">Its names in comparable form, where the vocabulary knows no disease
/// (<see cref="UnlistedDisease"/>).</param>
sealed partial record StudyCondition(string Text, ImmutableArray<VocabularyConcept> Named, ImmutableArray<string> Unlisted)
{
    /// <summary>What no disease is a kind of, nor a habit: <c>Blinatumomab</c> names the treatment, not who is treated.</summary>
    const string Treatment = "anticancer-therapy";

    /// <param name="study">A ResearchStudy. MeSH headings added to its conditions, which have no text, are none; what is coded
    /// alone counts where nothing has a text.</param>
    public static ImmutableArray<StudyCondition> Of(Element study, ConceptVocabulary vocabulary)
    {
        var all = study["condition"].ToArray();
        var texts = all.Where(c => c.Child("text") is not null).ToArray();
        var named = (texts.Length > 0 ? texts : all).Select(c => Read(c, vocabulary)).ToImmutableArray();
        var ofDiseases = named.Where(c => !c.Named.IsEmpty || !IsOfStudy(c.Text, vocabulary)).ToImmutableArray();
        return ofDiseases.IsEmpty ? named : ofDiseases;
    }

    static StudyCondition Read(Element condition, ConceptVocabulary vocabulary)
    {
        var given = condition.ValueOf("text");
        var codings = condition["coding"].ToArray();
        var text = given ?? codings.Select(c => c.ValueOf("display") ?? c.ValueOf("code")).FirstOrDefault() ?? "";
        var coded = given is null
            ? codings.SelectMany(c => vocabulary.WithCode(c.ValueOf("system") ?? "", c.ValueOf("code") ?? "")) : [];
        var named = coded.Concat(vocabulary.Mentions(text).Select(m => m.Concept))
            .Where(c => c.Kind is ConceptKind.Condition or ConceptKind.Status).DistinctBy(c => c.Key).ToImmutableArray();
        return named.Any(c => c.Kind == ConceptKind.Condition) ? new(text, named, []) : new(text, [], UnlistedDisease.Of(condition));
    }

    /// <summary>Whether the text describes the study and names no disease at all: its phase, or nothing but treatments of
    /// cancer.</summary>
    static bool IsOfStudy(string text, ConceptVocabulary vocabulary)
    {
        var treatments = vocabulary.Names(text).Where(m => vocabulary.IsA(m.Concept.Key, Treatment)).ToArray();
        return Phase().IsMatch(text)
            || (treatments.Length > 0 && treatments.Sum(m => m.Length) == TermText.Words(text).Length);
    }

    [GeneratedRegex(@"^\s*phase\s+([1-4]|I{1,3}|IV)\s*(clinical\s+)?(study|trial)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phase();
}
