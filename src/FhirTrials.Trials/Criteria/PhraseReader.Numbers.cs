using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>The numbers of a phrase: limits of a value, ages, time windows.</content>
sealed partial class PhraseReader
{
    int Number(ImmutableArray<Chunk> chunks, int at)
    {
        var number = chunks[at].Number!;
        var next = at + 1 < chunks.Length ? chunks[at + 1] : null;
        if (IsVersion(chunks, at))
        {
            _words.Add(chunks[at]);
            return at + 1;
        }

        var after = next switch
        {
            { Cue: Cue.OrMore } => Comparator.GreaterOrEqual,
            { Cue: Cue.OrLess } => Comparator.LessOrEqual,
            { Kind: ChunkKind.Open } => AfterRestated(chunks, at),
            _ => (Comparator?)null,
        };
        var end = at + (next?.SignAfter is null ? 1 : 2);
        if (IsDistance(chunks, at))
        {
            (_comparator, _limits) = (null, null);
            Also(UnreadText.Of(text, [chunks[at] with { Start = _comparatorStart ?? chunks[at].Start }, .. chunks[(at
                + 1)..]]));
            return chunks.Length;
        }

        var comparator = _comparator ?? after ?? (IsLowEnd(chunks, at) ? Comparator.GreaterOrEqual
            : IsAboveNormal(chunks[at]) ? Comparator.GreaterThan : null);
        var whole = chunks[at] with { Start = _comparatorStart ?? chunks[at].Start };
        _comparator = null;
        _comparatorStart = null;
        _atom = _atom with { Sex = chunks[at].Sex ?? _atom.Sex };
        _ofPeople |= at > 0 && (chunks[at - 1].Is(Cue.Person) || People.Contains(chunks[at - 1].Word));
        if (number.Over is not null)
        {
            BloodPressure(comparator, number, SpanOf(whole));
            return end;
        }

        if (number.Low != number.High && comparator is null && _words is [.., { Word: "outside" } word]
            && _atom is { IsMeasurable: true, Limits: null })
        {
            _words.Remove(word);
            Outside(number, TextSpan.Between(word.Start, whole.End));
            return at + 1;
        }

        if (number is { IsTime: true, Unit: "min" or "h" or "s" }
            && at > 0 && chunks[at - 1].Word == "at" && comparator is null
            && chunks[(at + 1)..].Any(c => c.Kind == ChunkKind.Number))
        {
            _words.Add(chunks[at]);
            return at + 1;
        }

        if (number.Unit is "wk" && comparator is not null && _atom.Concept is { } carried
            && (vocabulary.IsA(carried.Key, "pregnancy") || carried.Key.EndsWith("-pregnancy",
            StringComparison.Ordinal)) && IsDirect(_atom.Source.Concept, whole.Start)
            && next is not { Cue: Cue.Before or Cue.Since or Cue.FollowingTime or Cue.After }
            && vocabulary.Find("gestational-age") is { } gestation)
        {
            Also(Facts.Measured(gestation, Limits.Of(comparator.Value, number), null, new(_atom.Source.Concept,
                SpanOf(whole))));
            return end;
        }

        if (number.IsTime && !SaysAge(whole, next) && !IsGestation(chunks, at + 1) && IsWindow(comparator, next))
        {
            SetWindow(number, comparator, SpanOf(whole));
            return at + 1;
        }

        if (comparator is null && IsLowSide(chunks, at))
        {
            var sign = chunks[at + 1].Comparator!.Value;
            if (sign == Comparator.Equal)
            {
                Also(UnreadText.Of(text, whole.Start, chunks[at + 1].End));
            }

            AddLimits(
                Limits.Of(sign == Comparator.Equal ? Comparator.GreaterOrEqual : Turned(sign), number), whole,
                compared: true);
            return at + 2;
        }

        if (SaysAge(whole, next))
        {
            _ofPeople = true;
        }

        if (chunks[at].IsInferred || (at > 0 && chunks[at - 1].IsInferred)
            || (comparator is null && number.Low == number.High && Spans.LacksSign(text, whole.Start)))
        {
            Also(UnreadText.Of(text, whole.Start, whole.End));
        }

        _named = (_named && _limits is not null) || comparator is not null || (number.Low != number.High
            && (number.Unit.Length > 0 || IsSpelledRange(whole))) || FollowsScale(chunks, at);
        AddLimits(Limits.Of(comparator ?? Comparator.Equal, number), whole, compared: comparator is not null
            || number.Low != number.High);
        return end;
    }

    /// <summary>Whether the number tells how far the value is from another, and not which it is: <c>more than 10 cm
    /// below target
    /// height</c>, <c>20% above ideal body weight</c>.</summary>
    static bool IsDistance(ImmutableArray<Chunk> chunks, int at)
    {
        if (chunks[at].Number is not { RelativeTo: null, IsTime: false } number)
        {
            return false;
        }

        var sign = at + 1;
        while (sign < chunks.Length && chunks[sign].Word is "sd" or "sds" or "standard" or "deviation" or "deviations")
        {
            sign++;
        }

        return sign + 1 < chunks.Length && (number.Unit.Length > 0 || sign > at + 1)
            && chunks[sign] is { Kind: ChunkKind.Cue, Sign: Comparator.LessThan or Comparator.GreaterThan }
            && chunks[(sign + 1)..].All(c => c.Number is null or { RelativeTo: not null })
            && chunks[(sign + 1)..].Any(c => c.Kind is ChunkKind.Term or ChunkKind.Word or ChunkKind.Number);
    }

    /// <summary>What is compared after the same number in another unit: <c>10 g/dL (100 g/L) or more</c>.</summary>
    static Comparator? AfterRestated(ImmutableArray<Chunk> chunks, int at) =>
        at + 4 < chunks.Length && chunks[at + 2].Number is { } again && chunks[at + 3].Kind == ChunkKind.Close
            && MayRestate(chunks[at].Number!, again)
            ? chunks[at + 4].SignAfter : null;

    /// <summary>Whether the number follows the concept, with nothing but a small word between them.</summary>
    bool IsDirect(TextSpan? concept, int start) =>
        concept is { } name && name.End <= start && text.AsSpan(name.End, start - name.End).Trim() is "" or "of"
            or "at" or "is" or "with" or ":" or "(";

    /// <summary>Whether the time is that of a pregnancy: <c>section at less than 37 weeks of gestation</c>.</summary>
    static bool IsGestation(ImmutableArray<Chunk> chunks, int at) =>
        at < chunks.Length
        && (chunks[at].Concept?.Key == "gestational-age" || (chunks[at].Word == "of" && IsGestation(chunks, at + 1)));

    /// <summary>The number of an edition: <c>RECIST version 1.1</c>, <c>CTCAE 4.03</c>.</summary>
    bool IsVersion(ImmutableArray<Chunk> chunks, int at) => at > 0 && chunks[at].Number is { Unit: "" }
        && (chunks[at - 1].Word is "version" or "v" or "edition" or "recist" or "irecist" or "dsm" or "icd"
            || (chunks[at - 1].Concept?.Key == "ctcae"
                && text.AsSpan(chunks[at].Start, chunks[at].End - chunks[at].Start).Contains('.')));

    bool IsSpelledRange(Chunk number) =>
        text.AsSpan(number.Start, number.End - number.Start).StartsWith("between", StringComparison.OrdinalIgnoreCase);

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

    /// <summary><c>TSH outside 0.4 to 4.0 mIU/L</c>: below or above.</summary>
    void Outside(Quantity range, TextSpan span)
    {
        var (concept, source) = (_atom.Concept!, _atom.Source with { Value = span });
        var below = Limits.Of(Comparator.LessThan, range with { High = range.Low });
        var above = Limits.Of(Comparator.GreaterThan, range with { Low = range.High });
        if (!Facts.CanMeasure(concept, below))
        {
            Also(UnreadText.Of(text, span.Start, span.End));
            return;
        }

        Also(Clauses.Any([
            Facts.Measured(concept, below, _atom.Window, source), Facts.Measured(concept, above, _atom.Window, source),
        ]));
        _atom = _atom with { Concept = null };
    }

    /// <summary>Whether the years are the age of the people who have what was named: <c>patients with asthma between
    /// 18 and 65
    /// years</c>.</summary>
    bool IsAgeOfThese(Limits limits) => _atom.Concept is { Kind: not ConceptKind.Demographic } named && !_otherAge
        && limits.Unit is "a" or "mo"
        && !(_atom.IsMeasurable && Facts.CanMeasure(named, limits)) && !_words.Any(w => NotAged.Contains(w.Word))
        && (_ofPeople || ((_people || ofSex) && limits is { Unit: "a", Comparator: Comparator.Between, High: >= 18 }));

    /// <summary><c>5 times higher than the upper limit of normal</c>.</summary>
    bool IsAboveNormal(Chunk chunk) => chunk.Number is { RelativeTo: not null }
        && text.AsSpan(chunk.Start, chunk.End - chunk.Start) is var words
        && (words.Contains(" higher", StringComparison.OrdinalIgnoreCase)
            || words.Contains(" above", StringComparison.OrdinalIgnoreCase)
            || words.Contains(" greater", StringComparison.OrdinalIgnoreCase));

    /// <summary><c>&gt; 140/90 mmHg</c>: above either, or below both.</summary>
    void BloodPressure(Comparator? comparator, Quantity number, TextSpan span)
    {
        if (comparator is not { } compared || vocabulary.Find("systolic-bp") is not { } systolic
            || vocabulary.Find("diastolic-bp") is not { } diastolic)
        {
            Also(UnreadText.Of(text, span.Start, span.End));
            return;
        }

        var source = new LeafSource(_atom.Source.Concept ?? span, span);
        var over = new Quantity(number.Over!.Value, number.Over.Value, number.Unit);
        Clause[] both =
        [
            Facts.Measured(systolic, Limits.Of(compared, number with { Over = null }), _atom.Window, source),
            Facts.Measured(diastolic, Limits.Of(compared, over), _atom.Window, source),
        ];
        Also(compared is Comparator.LessThan or Comparator.LessOrEqual ? Clauses.All(both) : Clauses.Any(both));
        if (_atom.Concept?.Key is "blood-pressure" or "systolic-bp")
        {
            _atom = _atom with { Concept = null };
        }
    }

    /// <summary><c>1 to &lt; 6 years</c>.</summary>
    static bool IsLowEnd(ImmutableArray<Chunk> chunks, int at) =>
        at + 3 < chunks.Length && chunks[at + 1].Is(Cue.To) && chunks[at + 3].Kind == ChunkKind.Number
        && chunks[at + 2].Sign is Comparator.LessThan or Comparator.LessOrEqual;

    /// <summary><c>18 ≤ BMI</c>.</summary>
    static bool IsLowSide(ImmutableArray<Chunk> chunks, int at) =>
        at + 2 < chunks.Length && chunks[at + 1].Kind == ChunkKind.Comparison
        && chunks[at + 2].Kind is ChunkKind.Term or ChunkKind.Word
        && (chunks[at + 1].Comparator != Comparator.Equal
            || chunks[(at + 3)..].Any(c => c.Sign is Comparator.LessThan or Comparator.LessOrEqual));

    static Comparator Turned(Comparator comparator) => comparator switch
    {
        Comparator.LessThan => Comparator.GreaterThan,
        Comparator.LessOrEqual => Comparator.GreaterOrEqual,
        Comparator.GreaterThan => Comparator.LessThan,
        Comparator.GreaterOrEqual => Comparator.LessOrEqual,
        Comparator.Equal or Comparator.Between => comparator,
    };

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

    bool IsWindow(Comparator? comparator, Chunk? next) =>
        _ago || (_atom.IsFact && _words.Count == 0 && comparator is Comparator.LessThan or Comparator.LessOrEqual)
        || next is { Cue: Cue.Before or Cue.Since or Cue.FollowingTime };

    void SetWindow(Quantity time, Comparator? comparator, TextSpan span)
    {
        var longer = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual;
        _atom = _atom with
        {
            Window = longer
                ? Windows.Of(
                    time.High, time.Unit, WindowDirection.MoreThanBefore, comparator == Comparator.GreaterOrEqual)
                : Windows.Of(time.High, time.Unit, WindowDirection.Before, comparator != Comparator.LessThan),
            Source = _atom.Source with { Window = span },
        };
        _ownTime = true;
    }

    void Window(Chunk chunk)
    {
        if (_atom.Window is not null)
        {
            Also(Unread(chunk));
            return;
        }

        _atom = _atom.Within(chunk.Window, SpanOf(chunk)) with { HalfLives = chunk.HalfLives };
        _ownTime = true;
    }

    void AddLimits(Limits limits, Chunk chunk, bool compared)
    {
        var span = SpanOf(chunk);
        if (limits.Unit.Length == 0 && limits.RelativeTo is null)
        {
            limits = limits with { Unit = _unit };
        }

        if (limits.Comparator != Comparator.Equal && IsAgeOfThese(limits))
        {
            _atoms.Add(
                new() { Concept = vocabulary.Find("age"), Limits = limits, Source = new(span, span), Sex = chunk.Sex });
            return;
        }

        if (compared && IsMeasuredBy(limits))
        {
            _atom = _atom with { Concept = vocabulary.Find(MeasuredAs[_atom.Concept!.Key]), Status = null };
        }

        if (_atom.IsMeasurable)
        {
            if (_atom.Limits is not { } old)
            {
                _atom = _atom with { Limits = limits, Source = _atom.Source with { Value = span } };
            }
            else if (old.And(limits) is { } both)
            {
                _atom = _atom with
                {
                    Limits = both,
                    Source = _atom.Source with { Value = Spans.Hull(_atom.Source.Value, span) },
                };
            }
            else if (_atom.Concept!.Kind == ConceptKind.Demographic && old.IsTime && limits.IsTime
                && old.Unit != limits.Unit && old.High is null != limits.High is null)
            {
                var age = _atom.Concept;
                Close();
                _atom = new() { Concept = age, Limits = limits, Source = new(span, span) };
            }
            else if (!Repeats(old, limits))
            {
                Also(Unread(chunk));
            }
        }
        else if (_limits is { } first)
        {
            if (first.And(limits) is { } both)
            {
                (_limits, _limitsSpan) = (both, Spans.Hull(_limitsSpan, span)!.Value);
            }
            else
            {
                Also(Unread(chunk));
            }
        }
        else if (compared || limits.Unit.Length > 0)
        {
            _limits = limits;
            _limitsSpan = span;
        }
        else
        {
            _words.Add(chunk);
        }
    }

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

    /// <summary>Makes a measurement, by name, of limits whose concept the vocabulary does not know: <c>MADRS score ≥
    /// 20</c>, <c>HCV RNA &gt; 1000 IU/mL</c>, <c>≥ 50% stenosis</c>.</summary>
    void NameLimits()
    {
        if (!_named || _atom.IsMeasurable || _atom.Limits is not { } limits || (limits.IsTime && !SaysDuration())
            || limits is { Comparator: Comparator.Equal, Unit.Length: > 0 } || IsMinusOfEyes(limits)
            || _atom.Source.Value is not { } value || NameOf(value) is not { } name
            || !CanName(name))
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
    /// <c>leak &gt; 5 mm on
    /// echocardiography</c>, <c>stenosis of at least 50% in a coronary artery</c>), or where a concept and a word are
    /// the name
    /// (<c>anthracycline dose &gt; 450 mg/m2 doxorubicin equivalent</c>).</summary>
    /// <returns>Whether it did.</returns>
    bool NameLimitsBefore(Chunk next)
    {
        if (_atom.IsMeasurable || _limits is not { } limits
            || next.Concept!.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score
            or ConceptKind.Demographic
            || !(BeginsAnew(_limitsSpan.End, next.Start) || (NameBefore(_limitsSpan) is { } name
            && name.Start == _atom.Source.Concept?.Start && name != _atom.Source.Concept))
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
        return Facts.Measured(text[name.Start..name.End], limits, _atom.Window, new(name, _limitsSpan,
            _atom.Source.Window));
    }

    bool BeginsAnew(int from, int to) => to > from && Prepositions().IsMatch(text.AsSpan(from, to - from));

    /// <summary>Words after which a value is not that of what follows.</summary>
    [GeneratedRegex(@"^\s*(?:on|in|by|at|during|after|before|following|from|despite|while)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prepositions();

    /// <summary>Whether the last word can be the name of something measured.</summary>
    bool CanName(TextSpan name) => _words.Any(w => w.End == name.End && w.Word.Contains(' ', StringComparison.Ordinal))
        || (TermText.Words(text[name.Start..name.End]) is [.., var last] && !UnlistedTerms.IsNoName(last));

    bool SaysDuration() => _words.Any(w => OtherMeasurands.IsAge(w) || w.Word is "duration" or "time" or "length"
        or "interval" or "gestation" or "gestational");

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

    TextSpan? NameBefore(TextSpan value) => WordsBefore(value) ?? (_atom.Source.Concept is { } concept
        && concept.End <= value.Start ? concept : null);

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

    /// <summary>A time before <c>since</c> or <c>before</c> is a window, not a limit.</summary>
    void LimitsAsWindow()
    {
        if (_limits is not { IsTime: true } time || _atom.Window is not null)
        {
            return;
        }

        _atom = _atom with
        {
            Window = time.High is { } high
                ? Windows.Of(high, time.Unit, WindowDirection.Before, time.HighInclusive)
                : Windows.Of(time.Low ?? 0, time.Unit, WindowDirection.MoreThanBefore, time.LowInclusive),
            Source = _atom.Source with { Window = _limitsSpan },
        };
        _limits = null;
        _ownTime = true;
    }

    /// <summary>A number of people's years that does not say so: <c>patients under 18</c>.</summary>
    bool IsAgeAlone(ImmutableArray<Chunk> chunks) =>
        _limits is { Unit: "", RelativeTo: null } limits && (limits.Low ?? limits.High) is >= 1 and <= 110
        && limits.Comparator != Comparator.Equal && _atoms.Count == 0
        && chunks.Any(c => c.Is(Cue.Person) || People.Contains(c.Word))
        && chunks.All(c => People.Contains(c.Word) || c.Kind == ChunkKind.Number
            || (c.Sign ?? c.SignAfter) is not null || c.Cue is Cue.Person or Cue.Filler or Cue.Not);

    /// <summary>The same value written twice: <c>1 x 10^-4 (0.01%)</c>.</summary>
    static bool Repeats(Limits old, Limits limits) =>
        (old.Low ?? old.High) * (old.Unit == "%" ? 0.01m : 1) == (limits.Low ?? limits.High) * (limits.Unit == "%"
            ? 0.01m : 1);
}
