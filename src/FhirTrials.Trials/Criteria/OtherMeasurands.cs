using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds where the words beside the name of a measurement make it another one: how much it changes (<c>fall in
/// hemoglobin</c>), a ratio (<c>AST/ALT ratio</c>), the same in another specimen, part of the body or person (<c>urine
/// sodium</c>, <c>fetal heart rate</c>), what is taken in of it (<c>sodium intake</c>), the age at an event (<c>age at
/// diagnosis</c>).</summary>
/// <remarks>All of its words become one, by which its value is measured: no record answers it, and none of the value
/// itself does.</remarks>
static partial class OtherMeasurands
{
    const int MaxWordsBetween = 3;

    static readonly ImmutableHashSet<string> Changes = Set(
        "increase increases rise decrease decreases drop drops fall decline reduction reductions change changes "
            + "difference gain loss variation improvement excursion");

    /// <summary>After the name: nothing of these is its value.</summary>
    static readonly ImmutableHashSet<string> Nouns = Set(
        "intake consumption excretion reactivity aggregation volume velocity variability fluctuation dispersion "
            + "doubling density kinetics nadir supplementation secretion dose doses z percentile percentiles "
            + "centile sds gradient distribution");

    static readonly ImmutableHashSet<string> OfOthers = Set("fetal foetal donor graft cord umbilical nadir paternal");

    static readonly ImmutableHashSet<string> Specimens = Set(
        "urine urinary pleural ascitic ascites peritoneal pericardial synovial sputum drain drainage csf "
            + "cerebrospinal stool fecal faecal saliva salivary semen seminal bronchoalveolar lavage bal dialysate "
            + "tissue hair milk vaginal amniotic vitreous aqueous gastric bile biliary dietary");

    static readonly ImmutableHashSet<string> Parts = Set(
        "placental thyroid stool uterine kidney splenic prostate tumor tumour lesion bone alveolar vertebral ridge "
            + "crown crestal pulmonary atrial ankle gallbladder right rv cerebral tissue regional venous skin room "
            + "ambient ideal lean predicted target parental");

    static ImmutableHashSet<string> Set(string words) => words.Split(' ').ToImmutableHashSet(StringComparer.Ordinal);

    public static ImmutableArray<Chunk> Fold(string text, ImmutableArray<Chunk> sentence)
    {
        for (var at = 0; at < sentence.Length; at++)
        {
            if (IsMeasured(sentence[at]) && Extent(text, sentence, at) is { } whole)
            {
                var (first, last) = (sentence[whole.First], sentence[whole.Last]);
                sentence = sentence.RemoveRange(whole.First, whole.Last + 1 - whole.First)
                    .Insert(whole.First, new(ChunkKind.Word, first.Start, last.End,
                        text[first.Start..last.End].ToLowerInvariant()));
                at = whole.First;
            }
        }

        return sentence;
    }

    /// <summary>Whether the word is the name of an age at some event.</summary>
    public static bool IsAge(Chunk word) => word.Kind == ChunkKind.Word && OtherAge().IsMatch(word.Word);

    static bool IsMeasured(Chunk chunk) =>
        chunk.Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Demographic;

    /// <summary>The first and the last chunk of the name; null where the concept is what is measured.</summary>
    static (int First, int Last)? Extent(string text, ImmutableArray<Chunk> sentence, int at)
    {
        if (sentence[at].Concept!.Kind == ConceptKind.Demographic)
        {
            var start = sentence[at].Start;
            var age = OtherAge().Match(text, start, sentence[^1].End - start);
            return age.Success && age.Index == start
                ? (at, LastBefore(sentence, at, start + age.Length))
                : null;
        }

        var (first, last) = (First(sentence, at), Last(sentence, at));
        return first == at && last == at ? null : (first, last);
    }

    static int LastBefore(ImmutableArray<Chunk> sentence, int at, int end)
    {
        while (at + 1 < sentence.Length && sentence[at + 1].Start < end)
        {
            at++;
        }

        return at;
    }

    static int First(ImmutableArray<Chunk> sentence, int at)
    {
        var places = sentence[at].Concept!.Kind == ConceptKind.Lab ? Specimens : Parts;
        for (var before = at - 1; before >= 0 && at - before <= MaxWordsBetween + 1; before--)
        {
            var chunk = sentence[before];
            if ((Changes.Contains(chunk.Word) && before + 1 < at && sentence[before + 1].Word is "in" or "of" or "from"
                && !IsOfNormal(sentence, at))
                || OfOthers.Contains(chunk.Word)
                || ((before + 1 == at || sentence[before + 1].Kind == ChunkKind.Word) && places.Contains(chunk.Word)))
            {
                return before;
            }

            if (!(chunk.Kind == ChunkKind.Word || chunk.Cue is Cue.Filler || chunk.Word is "of" or "in" or "from"))
            {
                break;
            }
        }

        return at;
    }

    static int Last(ImmutableArray<Chunk> sentence, int at)
    {
        if (at + 3 < sentence.Length
            && (sentence[at + 1].Cue is Cue.To || sentence[at + 2].Start - sentence[at].End == 1)
            && IsMeasured(sentence[at + 2]) && sentence[at + 3].Word is "ratio" or "index" or "quotient")
        {
            return at + 4 < sentence.Length && sentence[at + 4].Word is "index" ? at + 4 : at + 3;
        }

        if (at + 2 < sentence.Length && sentence[at + 1].Word is "for"
            && sentence[at + 2].Word is "height" or "length" or "age" or "stature" or "sex")
        {
            return at + 3 < sentence.Length && Nouns.Contains(sentence[at + 3].Word) ? at + 3 : at + 2;
        }

        var after = at + 1;
        while (after < sentence.Length && sentence[after].Word is "level" or "levels" or "value" or "values"
            or "concentration" or "count")
        {
            after++;
        }

        return after < sentence.Length && (Nouns.Contains(sentence[after].Word)
            || (Changes.Contains(sentence[after].Word) && !IsOfNormal(sentence, at))) ? after : at;
    }

    /// <summary>Whether the next number is a multiple of a limit of normal, which no change is: <c>increase in ALT
    /// &gt; 3 × ULN</c>.</summary>
    static bool IsOfNormal(ImmutableArray<Chunk> sentence, int at) =>
        sentence.Skip(at).FirstOrDefault(c => c.Kind == ChunkKind.Number)?.Number is { RelativeTo: not null };

    [GeneratedRegex(@"\Gage\s+(?:at|of)\s+(?:the\s+)?(?:time\s+of\s+)?(?:(?:initial|first|disease|symptom|symptoms|"
        + @"their|original|cancer|tumor|diabetes|asthma)\s+)*(?:diagnosis|onset|menarche|menopause|presentation|"
        + @"birth|death|disease|symptom|symptoms|first)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherAge();
}
