using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Names of observations that have no known code: read only where every word is understood.</summary>
static class ObservedNames
{
    /// <summary>Words that do not change what is observed.</summary>
    static readonly ImmutableHashSet<string> Neutral =
    [
        "in", "of", "by", "the", "and", "automated", "manual", "count", "calculated", "measured", "number", "mass",
        "moles", "substance", "concentration", "volume", "enzymatic", "activity", "presence", "percentage", "level",
        "value", "result", "score", "test", "assay", "method", "immunoassay", "flow", "cytometry", "multicolor", "pcr",
        "rq", "ngs", "next", "generation", "sequencing", "quantitative", "qualitative", "absolute", "assessment",
        "status", "finding", "gene", "fusion", "transcript", "fish",
    ];

    static readonly ImmutableHashSet<string> Blood = ["blood", "serum", "plasma", "venous", "whole"];

    static readonly ImmutableHashSet<string> Marrow = ["bone", "marrow", "bm", "bmb", "aspirate"];

    /// <summary>What is looked for in the marrow; the same in blood is something else.</summary>
    static readonly ImmutableHashSet<string> OfMarrow = ["bm-blasts", "mrd"];

    /// <summary>What all the names agree on; nothing where one of them says more than is understood.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<string> names, ConceptVocabulary vocabulary)
    {
        ImmutableArray<string>? agreed = null;
        foreach (var name in names)
        {
            var keys = Of(name, vocabulary);
            agreed = agreed is null || (keys.Length > 0 && agreed.Value.SequenceEqual(keys)) ? keys : [];
        }

        return agreed ?? [];
    }

    static ImmutableArray<string> Of(string name, ConceptVocabulary vocabulary)
    {
        var words = TermText.Words(name);
        var found = vocabulary.Names(name).ToArray();
        ImmutableArray<string> keys = [.. found.Select(f => f.Concept.Key).Distinct().Order(StringComparer.Ordinal)];
        var inName = found.SelectMany(f => Enumerable.Range(f.Start, f.Length)).ToHashSet();
        var further = words.Where((_, i) => !inName.Contains(i));
        var ofMarrow = keys.Any(OfMarrow.Contains);
        var specimen = ofMarrow ? Marrow : Blood;
        var isTest = found.Any(f => f.Concept.Kind == ConceptKind.Test);
        var isOneValue = keys.Length == 1 || found.All(f => f.Concept.Unit.Length == 0);
        var isPlaced = !keys.Contains("bm-blasts") || words.Any(Marrow.Contains);
        return isOneValue && isPlaced
            && further.All(w => Neutral.Contains(w) || specimen.Contains(w) || (isTest && w == "urine"))
            ? keys
            : [];
    }
}
