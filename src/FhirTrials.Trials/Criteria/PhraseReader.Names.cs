using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>Names in words of what limits are of: <c>MADRS score ≥ 20</c>, <c>leak &gt; 5 mm on
/// echocardiography</c>.</content>
sealed partial class PhraseReader
{
    /// <summary>Makes a measurement, by name, of limits whose concept the vocabulary does not know: <c>MADRS score ≥
    /// 20</c>, <c>HCV RNA &gt; 1000 IU/mL</c>, <c>≥ 50% stenosis</c>.</summary>
    void NameLimits()
    {
        if (!_named || _atom.IsMeasurable || _atom.Limits is not { } limits || (limits.IsTime && !SaysDuration())
            || limits is { Comparator: Comparator.Equal, Unit.Length: > 0 } || IsMinusOfEyes(limits)
            || _atom.Source.Value is not { } value || NameOf(value) is not { } name || !CanName(name))
        {
            return;
        }

        _words.RemoveAll(w => w.Start >= name.Start && w.End <= name.End);
        _atom = _atom with
        {
            Limits = null,
            Source = _atom.Source with { Value = null },
            Also =
            [
                .. _atom.Also,
                Facts.Measured(
                    text[name.Start..name.End], limits, _atom.Window, new(name, value, _atom.Source.Window)),
            ],
        };
    }

    /// <summary>Whether it is open which way is meant: <c>myopia greater than -6 D</c> is less than -6.</summary>
    static bool IsMinusOfEyes(Limits limits) => limits is { Unit: "[diop]", Comparator: not Comparator.Between }
        && (limits.Low ?? limits.High) < 0;

    /// <summary>Names limits by what stands before them where a small word separates them from the next concept:
    /// <c>leak &gt; 5 mm on echocardiography</c>, <c>stenosis of at least 50% in a coronary artery</c>; or where a
    /// concept and a word are the name: <c>anthracycline dose &gt; 450 mg/m2 doxorubicin equivalent</c>.</summary>
    /// <returns>Whether it did.</returns>
    bool NameLimitsBefore(Chunk next)
    {
        if (_atom.IsMeasurable || _limits is not { } limits
            || next.Concept!.Kind
                is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score or ConceptKind.Demographic
            || !(BeginsAnew(_limitsSpan.End, next.Start)
                || (NameBefore(_limitsSpan) is { } name && name.Start == _atom.Source.Concept?.Start
                    && name != _atom.Source.Concept))
            || NamedBefore(limits) is not { } named)
        {
            return false;
        }

        Also(named);
        _limits = null;
        return true;
    }

    /// <summary>The limits measured by the name before them, whose words are then taken; null where none
    /// stands.</summary>
    Clause? NamedBefore(Limits limits)
    {
        if (!_named || limits.IsTime || limits.Unit.Length == 0 || limits.Comparator == Comparator.Equal
            || IsMinusOfEyes(limits) || NameBefore(_limitsSpan) is not { } name || !CanName(name))
        {
            return null;
        }

        _words.RemoveAll(w => w.Start >= name.Start && w.End <= name.End);
        var source = new LeafSource(name, _limitsSpan, _atom.Source.Window);
        return Facts.Measured(text[name.Start..name.End], limits, _atom.Window, source);
    }

    bool BeginsAnew(int from, int to) => to > from && Prepositions().IsMatch(text.AsSpan(from, to - from));

    /// <summary>Words after which a value is not that of what follows.</summary>
    [GeneratedRegex(@"^\s*(?:on|in|by|at|during|after|before|following|from|despite|while)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prepositions();

    /// <summary>Whether the last word can be the name of something measured.</summary>
    bool CanName(TextSpan name) => _words.Any(w => w.End == name.End && w.Word.Contains(' ', StringComparison.Ordinal))
        || (TermText.Words(text[name.Start..name.End]) is [.., var last] && !UnlistedTerms.IsNoName(last));

    bool SaysDuration() => _words.Any(w => OtherMeasurands.IsAge(w)
        || w.Word is "duration" or "time" or "length" or "interval" or "gestation" or "gestational");

    /// <summary>The words before the number, with the concept that they follow; else those after it; else the
    /// concept.</summary>
    TextSpan? NameOf(TextSpan value)
    {
        var concept = _atom.Source.Concept;
        if (WordsBefore(value) is { } before)
        {
            return before;
        }

        var after = _words.Where(w => w.Start >= value.End).ToArray();
        if (after.Length > 0 && UnlistedTerms.IsOccasion(after[0].Word))
        {
            return null;
        }

        return after.Length > 0 && !(concept is not null && BeginsAnew(value.End, after[0].Start))
            ? TextSpan.Between(after[0].Start, after[^1].End) : concept;
    }

    TextSpan? NameBefore(TextSpan value) => WordsBefore(value)
        ?? (_atom.Source.Concept is { } concept && concept.End <= value.Start ? concept : null);

    /// <summary>The words before the number, with the concept that they follow; null where there are none.</summary>
    TextSpan? WordsBefore(TextSpan value)
    {
        var concept = _atom.Source.Concept;
        var before = _words.Where(w => w.End <= value.Start && (concept is not { } c || w.Start >= c.End)).ToArray();
        if (before.Length == 0)
        {
            return null;
        }

        var words = TextSpan.Between(before[0].Start, before[^1].End);
        return concept is { } near && text[near.End..words.Start].Trim().Length == 0 ? Spans.Hull(near, words) : words;
    }
}
