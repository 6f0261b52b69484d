using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>Standard codes of conditions and interventions → the vocabulary's, which mapped studies have.</summary>
static class ConceptCodes
{
    static readonly string[] Parameters =
    [
        "http://fhirtrials.org/fhir/SearchParameter/ResearchStudy-condition",
        "http://fhirtrials.org/fhir/SearchParameter/ActivityDefinition-code",
    ];

    /// <summary>The most specific concepts that a code belongs to; with the narrower ones also their codes in the
    /// system asked for, for resources that were coded by others.</summary>
    public static IEnumerable<(string System, ImmutableArray<string> Codes)> Related(
        string parameter, string system, string code, bool narrower)
    {
        var vocabulary = ConceptVocabulary.Default;
        if (!Parameters.Contains(parameter) || system == CodeSystems.Vocabulary)
        {
            return [];
        }

        var listed = vocabulary.WithCode(system, code).ToList();
        var concepts =
            listed.Where(c => !listed.Exists(other => other.Key != c.Key && vocabulary.IsA(other.Key, c.Key))).ToList();
        if (concepts.Count == 0)
        {
            return [];
        }

        var all = narrower
            ? concepts.SelectMany(c => vocabulary.WithNarrower(c.Key)).DistinctBy(c => c.Key).ToList()
            : concepts;
        var inVocabulary = (CodeSystems.Vocabulary, all.Select(c => c.Key).ToImmutableArray());
        return narrower ? [inVocabulary, (system, CodesIn(system, code, all))] : [inVocabulary];
    }

    static ImmutableArray<string> CodesIn(string system, string code, List<VocabularyConcept> concepts)
    {
        var key = CodeSystems.KeyOf(system);
        return
        [
            .. concepts.SelectMany(c => c.Codes)
                .Where(c => c.System == key && !c.Code.EndsWith('*')).Select(c => c.Code)
                .Append(code).Distinct(),
        ];
    }
}
