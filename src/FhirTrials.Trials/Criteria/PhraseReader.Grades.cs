using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>Steps of scales: <c>NYHA class II</c>, <c>grade 2 to 4 GvHD</c>.</content>
sealed partial class PhraseReader
{
    /// <summary>Steps of a scale: of the scale that was named (<c>NYHA class II</c>), or of the condition (<c>grade 2
    /// to 4 GvHD</c>).</summary>
    int Grade(ImmutableArray<Chunk> chunks, int at)
    {
        var first = at + 1;
        while (first < chunks.Length && chunks[first].Cue is Cue.Filler or Cue.Grade)
        {
            first++;
        }

        var comparator = first < chunks.Length ? chunks[first].Sign : null;
        var number = comparator is null ? first : first + 1;
        comparator ??= _comparator;
        if (number >= chunks.Length || chunks[number].Number is not { Unit: "" } step || NamesKind(chunks, at, number))
        {
            _words.Add(chunks[at]);
            return at + 1;
        }

        var after = number + 1 < chunks.Length ? chunks[number + 1].SignAfter : null;
        var start = _comparatorStart is { } before && before < chunks[at].Start
            ? before
            : chunks[comparator is null ? number : first].Start;
        (_comparator, _comparatorStart) = (null, null);
        var end = after is not null ? number + 2 : number + 1;
        var span = TextSpan.Between(start, chunks[end - 1].End);
        var limits = Limits.Of(comparator ?? after ?? Comparator.Equal, step);
        if (_atom.IsMeasurable && _atom.Limits is null)
        {
            _atom = _atom with { Limits = limits, Source = _atom.Source with { Value = span } };
            return end;
        }

        var name = _words.Count > 0 && _words[^1].End >= (_atom.Source.Concept?.End ?? 0)
            && !text.AsSpan(_words[0].Start, chunks[at].Start - _words[0].Start).ContainsAnyInRange('0', '9')
            ? TextSpan.Between(_words[0].Start, chunks[first - 1].End) : SpanOf(chunks[at]);
        _words.RemoveAll(w => w.Start >= name.Start);
        Also(IsGvhd(chunks) && vocabulary.Find("gvhd-grade") is { } gvhd
            ? Facts.Measured(gvhd, limits, null, new(name, span))
            : Facts.Measured(text[name.Start..name.End], limits, null, new(name, span)));
        return end;
    }

    /// <summary>Classes that are kinds and no steps (<c>MHC class I</c>, <c>class III antiarrhythmics</c>), and years
    /// of school.</summary>
    static bool NamesKind(ImmutableArray<Chunk> chunks, int at, int number) =>
        (at > 0 && chunks[at - 1].Word is "mhc" or "hla")
        || (number + 1 < chunks.Length && (chunks[number + 1].Concept?.Kind is ConceptKind.Drug or ConceptKind.Therapy
            || chunks[number + 1].Word is "school" or "students" or "pupils" or "antiarrhythmic" or "antiarrhythmics"));

    bool IsGvhd(ImmutableArray<Chunk> chunks) =>
        chunks.Any(c => c.Concept is { } concept && vocabulary.IsA(concept.Key, "gvhd"));

    /// <summary>A number alone is a limit after the word for a scale: <c>Zubrod performance status of
    /// 0-3</c>.</summary>
    static bool FollowsScale(ImmutableArray<Chunk> chunks, int at)
    {
        while (at > 0
            && chunks[at - 1].Word is "of" or "must" or "be" or "must be" or "is" or "a" or "range" or "ranging")
        {
            at--;
        }

        if (IsWhoGroup(chunks, at))
        {
            return true;
        }

        return at > 0 && chunks[at - 1].Word
            is "score" or "status" or "index" or "scale" or "classification" or "rating" or "value"
            or "asa" or "nyha" or "gold" or "ccs" or "killip" or "scorten" or "birads";
    }

    /// <summary><c>WHO Group 1 PAH</c>: the groups of pulmonary hypertension.</summary>
    static bool IsWhoGroup(ImmutableArray<Chunk> chunks, int at) =>
        at > 1 && chunks[at - 1].Word is "group" or "groups" or "function" && chunks[..at].Any(c => c.Word == "who");
}
