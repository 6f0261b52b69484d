using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>What a record speaks of, whatever it says of it: that tells the studies that it can be about from those
/// whose disease it does not mention.</summary>
public sealed class RecordMentions
{
    readonly HashSet<string> _keys;
    readonly ImmutableArray<ImmutableHashSet<string>> _labels;
    readonly FrozenSet<string> _answered;

    RecordMentions(HashSet<string> keys, ImmutableArray<ImmutableHashSet<string>> labels, FrozenSet<string> answered) =>
        (_keys, _labels, _answered) = (keys, labels, answered);

    public static RecordMentions Of(PatientRecord record, ConceptVocabulary? vocabulary = null)
    {
        var known = vocabulary ?? ConceptVocabulary.Default;
        var diseases = record.Facts.SelectMany(f => f.Concepts).Distinct()
            .Where(key => known.Find(key)?.Kind is ConceptKind.Condition or ConceptKind.Test or ConceptKind.Genomic);
        return new(
            diseases.SelectMany(key => known.WithBroader(key).Select(c => c.Key).Concat(known.NarrowerKeys(key)))
                .ToHashSet(StringComparer.Ordinal),
            [.. record.Facts.Where(f => f.Source == FactSource.Condition)
                .Select(f => TermText.Words(f.Label).ToImmutableHashSet(StringComparer.Ordinal))
                .Where(words => !words.IsEmpty)],
            record.Answers.Select(a => a.StudyId).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Concepts that the record names, those that are kinds of them, and those that they are kinds
    /// of.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>The words of each condition.</summary>
    public ImmutableArray<ImmutableHashSet<string>> Labels => _labels;

    /// <summary>The studies whose screening questions are answered.</summary>
    public IReadOnlyCollection<string> AnsweredStudies => _answered;

    /// <summary>Whether the record names no disease at all; then no study is more about the patient than
    /// another.</summary>
    public bool IsEmpty => _keys.Count == 0 && _labels.IsEmpty;

    /// <summary>Whether the record speaks of a disease that the study is about, or answers its screening questions. Of
    /// a study that names no disease it always does.</summary>
    public bool Include(string study, StudyDiseases diseases) =>
        (diseases.Keys.IsEmpty && diseases.Names.IsEmpty)
        || _answered.Contains(study)
        || diseases.Keys.Any(_keys.Contains)
        || diseases.Names.Any(IncludeName);

    /// <summary>Whether a condition's words are all among those of the name, or the other way round.</summary>
    public bool IncludeName(string name)
    {
        var words = name.Split(' ').ToHashSet(StringComparer.Ordinal);
        return _labels.Any(label => words.IsSubsetOf(label) || label.IsSubsetOf(words));
    }
}
