using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>Ages of people, which need not say that they are: <c>children under 6</c>, <c>patients with asthma between
/// 18 and 65 years</c>.</content>
sealed partial class PhraseReader
{
    /// <summary>What years are of but of a life.</summary>
    static readonly ImmutableHashSet<string> NotAged =
    [
        "use", "duration", "life", "span", "lifespan", "survival", "expectancy", "experience", "follow", "education",
        "school", "recent", "menses", "amenorrhea", "abstinence", "sobriety", "onset", "occlusion", "reading",
        "interval", "delay", "practice", "employment", "residence",
    ];

    /// <summary>Words for people of an age.</summary>
    static readonly ImmutableHashSet<string> People =
    [
        "children", "child", "infant", "infants", "neonate", "neonates", "newborn", "newborns", "toddler", "toddlers",
        "adolescent", "adolescents", "minors", "elderly", "youth", "seniors", "babies", "teenagers", "volunteers",
    ];

    /// <summary>Ages that are not those of the patient's birthday.</summary>
    static readonly ImmutableHashSet<string> OtherAges =
    [
        "gestational", "bone", "mean", "average", "corrected", "postmenstrual", "postconceptional", "menstrual",
        "fetal", "mental", "developmental", "median", "donor", "paternal", "vascular", "biological", "skeletal",
        "conceptional",
    ];

    /// <summary>Whether a time is people's age: it says so, or nothing is named that it could rather be of.</summary>
    bool IsOfPeople(Limits time)
    {
        var written = text.AsSpan(_limitsSpan.Start, _limitsSpan.Length);
        return time.IsTime && !_otherAge && time.Unit is not ("h" or "min")
            && (((time.Unit is "a" or "mo" || _people || _words.Count == 0)
                    && (written.EndsWith("old", StringComparison.OrdinalIgnoreCase)
                        || written.EndsWith("age", StringComparison.OrdinalIgnoreCase)))
                || (time.Unit == "a" && !_words.Any(w => NotAged.Contains(w.Word)))
                || (_people && (_ofPeople || _words.All(w => People.Contains(w.Word)))));
    }

    /// <summary>Whether the years are the age of the people who have what was named: <c>patients with asthma between
    /// 18 and 65 years</c>.</summary>
    bool IsAgeOfThese(Limits limits) => _atom.Concept is { Kind: not ConceptKind.Demographic } named && !_otherAge
        && limits.Unit is "a" or "mo" && !(_atom.IsMeasurable && Facts.CanMeasure(named, limits))
        && !_words.Any(w => NotAged.Contains(w.Word))
        && (_ofPeople || ((_people || ofSex) && limits is { Unit: "a", Comparator: Comparator.Between, High: >= 18 }));

    /// <summary>Whether the words with the number are those of ages: <c>older than 35 years</c>, <c>5 years
    /// old</c>.</summary>
    bool SaysAge(Chunk number, Chunk? next)
    {
        if (number.Number is not { Unit: "a" or "mo" })
        {
            return false;
        }

        var words = text.AsSpan(number.Start, number.End - number.Start);
        return words.StartsWith("older", StringComparison.OrdinalIgnoreCase)
            || words.StartsWith("younger", StringComparison.OrdinalIgnoreCase)
            || words.EndsWith("old", StringComparison.OrdinalIgnoreCase)
            || words.EndsWith("age", StringComparison.OrdinalIgnoreCase)
            || next is { Cue: Cue.OrMore or Cue.OrLess } && (next.Word.EndsWith("older", StringComparison.Ordinal)
                || next.Word.EndsWith("younger", StringComparison.Ordinal))
            || next?.Word is "of age" or "old";
    }

    /// <summary>A number of people's years that does not say so: <c>patients under 18</c>.</summary>
    bool IsAgeAlone(ImmutableArray<Chunk> chunks) =>
        _limits is { Unit: "", RelativeTo: null } limits && (limits.Low ?? limits.High) is >= 1 and <= 110
        && limits.Comparator != Comparator.Equal && _atoms.Count == 0
        && chunks.Any(c => c.Is(Cue.Person) || People.Contains(c.Word))
        && chunks.All(c => People.Contains(c.Word) || c.Kind == ChunkKind.Number
            || (c.Sign ?? c.SignAfter) is not null || c.Cue is Cue.Person or Cue.Filler or Cue.Not);

    /// <summary>Years without a concept are an age.</summary>
    void AddAge(Limits years)
    {
        _atoms.Add(new()
        {
            Concept = vocabulary.Find("age"), Limits = years, Source = new(_limitsSpan, _limitsSpan), Sex = _atom.Sex,
        });
        _atom = _atom with { Sex = null };
        _limits = null;
    }
}
