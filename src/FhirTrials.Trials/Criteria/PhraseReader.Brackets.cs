using System.Collections.Immutable;
using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>What brackets inside a phrase add to it.</content>
sealed partial class PhraseReader
{
    /// <summary>Who has this age has reached the age of majority in every country.</summary>
    static readonly Limits OfAgeAnywhere = Limits.Of(Comparator.GreaterOrEqual, new(21, 21, "a"));

    /// <summary>What stands in brackets: an exception, examples, the same again, a permission, or a further
    /// condition.</summary>
    int Brackets(ImmutableArray<Chunk> chunks, int open)
    {
        var close = Brackets(chunks, open, out var inside);
        if (_atom.Concept?.Key is "premature-infant" && inside is [{ Sign: { } early }, { Number: { Unit: "wk" } born }]
            && vocabulary.Find("gestational-age") is { } gestation)
        {
            Also(Facts.Measured(
                gestation, Limits.Of(early, born), null, new(_atom.Source.Concept, SpanOf(inside[1]))));
            return close;
        }

        if (TimeOf(inside) is { } time && !(time.Window!.Unit == "a" && IsOfPeople()))
        {
            Window(time);
            return close;
        }

        if (inside is [{ Comparator: { } sign }])
        {
            Compare(inside[0], sign);
            return close;
        }

        if (UnitIn(inside) is { } unit)
        {
            StateUnit(unit, inside);
            return close;
        }

        var concepts = inside.Where(c => c.Kind == ChunkKind.Term).Select(c => c.Concept!).ToArray();
        if (_atom.Concept is { Kind: ConceptKind.Demographic } age && !inside.IsEmpty
            && Asides.IsLegalAge(text[inside[0].Start..inside[^1].End]))
        {
            var unread = UnreadText.Of(text, inside);
            Also(Clauses.Any([Facts.Measured(age, OfAgeAnywhere, null, unread.Source), unread]));
            return close;
        }

        if (inside is [{ Cue: Cue.SuchAs }, ..] && inside.Any(c => c.Kind is ChunkKind.Comparison or ChunkKind.Window
            || (c.Sign is not null && inside[0].Word.StartsWith('i'))))
        {
            Also(Clauses.Any([nested(inside[1..]), UnreadText.Of(text, inside)]));
            return close;
        }

        if (_atom is { Concept.Key: "liver-enzymes" or "transaminases", Limits: null } && concepts.Length > 0
            && concepts.All(c => c.Kind == ConceptKind.Lab)
            && inside.All(c => c.Kind == ChunkKind.Term || c.IsConnective || c.Cue is Cue.SuchAs or Cue.Filler))
        {
            return close;
        }

        if (_atom.IsFact && AreExamples(inside))
        {
            _atom = _atom with { Examples = inside };
            return close;
        }

        if (_atom is { IsTreatment: true, Allergy: false } && inside.Any(c => c.Is(Cue.Allowed))
            && inside.Any(c => c.Kind == ChunkKind.Term))
        {
            Also(UnreadText.Of(text, inside));
            return close;
        }

        if (inside.IsEmpty || inside.Any(c => c.Is(Cue.Allowed))
            || (inside.Any(c => c.Is(Cue.Aside)) && !IsLimit(inside))
            || Asides.IsAside(text[inside[0].Start..inside[^1].End]))
        {
            return close;
        }

        if (_atom is { IsTreatment: true, Window.Direction: WindowDirection.Before }
            && inside.Any(c => c.Kind == ChunkKind.Window || c.Number is { IsTime: true })
            && inside.Count(c => c.Concept?.Kind is ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Procedure)
                is > 0 and var treatments)
        {
            _atom = _atom with { Instead = treatments == 1 && inside.Any(c => c.Kind == ChunkKind.Window)
                ? nested(inside)
                : UnreadText.Of(text, inside) };
            return close;
        }

        if (inside.Any(c => c.Word is "unless"))
        {
            Also(UnreadText.Of(text, inside));
            return close;
        }

        var except = inside.FirstOrDefault(c => c.Is(Cue.Except));
        if (except is not null)
        {
            Exception(inside, concepts);
        }
        else if (inside.Any(c => c.Kind == ChunkKind.Number))
        {
            Restated(inside);
        }
        else if (concepts.Length == 0 || !concepts.All(IsMentioned))
        {
            Also(nested(inside));
        }

        return close;
    }

    /// <summary>The unit that is all that the brackets hold: <c>creatinine (mg/dL)</c>; null for others.</summary>
    string? UnitIn(ImmutableArray<Chunk> inside) =>
        !inside.IsEmpty && UnitText.Read(text, inside[0].Start) is { Limit: null } unit && unit.End == inside[^1].End
            && unit.Code is not ("x" or "m" or "d" or "h")
            ? unit.Code : null;

    /// <summary>A unit in brackets is that of the number before or after it.</summary>
    void StateUnit(string unit, ImmutableArray<Chunk> inside)
    {
        if (_atom.Limits is { Unit: "", RelativeTo: null } limits)
        {
            _atom = _atom with { Limits = limits with { Unit = unit } };
        }
        else if (_limits is { Unit: "", RelativeTo: null } bare)
        {
            _limits = bare with { Unit = unit };
        }
        else if (_atom.Limits is null && _limits is null)
        {
            _unit = unit;
        }
        else if ((_atom.Limits ?? _limits)!.Value.Unit != unit)
        {
            Also(UnreadText.Of(text, inside));
        }
    }

    /// <summary>Whether nothing but people is spoken of: years are their age (<c>children (&lt; 18
    /// years)</c>).</summary>
    bool IsOfPeople() => _atom.Concept is null
        && _words.All(w => w.Word is "children" or "child" or "elderly" or "adolescent" or "adolescents"
            or "minors" or "infants" or "seniors");

    /// <summary>The time that is all that the brackets hold: <c>(past 12 months)</c>, <c>(&lt; 3 months)</c>.</summary>
    static Chunk? TimeOf(ImmutableArray<Chunk> inside) => inside switch
    {
        [{ Kind: ChunkKind.Window } window] => window,
        [{ IsConnective: true }, { Kind: ChunkKind.Window } window] => window,
        [var sign, { Number: { IsTime: true } time }] when sign.Sign is Comparator.LessThan or Comparator.LessOrEqual
            && !sign.Word.StartsWith("younger", StringComparison.Ordinal) => new(
            ChunkKind.Window, sign.Start, inside[1].End)
        {
            Window = Windows.Of(time.High, time.Unit, WindowDirection.Before, sign.Sign == Comparator.LessOrEqual),
        },
        _ => null,
    };

    /// <summary>Limits that take the place of those before the brackets, and when: <c>(≤ 5 × ULN if liver
    /// metastases)</c>, <c>(in case of liver metastases &lt; 5 × ULN)</c>; null for others.</summary>
    OtherLimits? Under(ImmutableArray<Chunk> inside)
    {
        var at = inside.IndexOf(inside.FirstOrDefault(c => c.Kind == ChunkKind.Number) ?? inside[0]);
        var sign = at > 0 ? inside[at - 1].Sign : null;
        if (sign is not { } comparator || inside[at].Number is not { Over: null } number
            || _atom is not { IsMeasurable: true, Limits: { } limits }
            || inside.Count(c => c.Kind == ChunkKind.Number) > 1
            || Limits.Of(comparator, number).InUnitOf(limits) is not { } other
            || !(other.IsWithin(limits) || limits.IsWithin(other)) || other == limits)
        {
            return null;
        }

        var (before, after) = (inside[..(at - 1)], inside[(at + 1)..]);
        var condition = before.All(c => c.IsConnective || c.Cue is Cue.Filler) ? after : after.IsEmpty ? before : [];
        var words = condition.SkipWhile(c => c.IsConnective).ToImmutableArray();
        if (words.IsEmpty || !(words[0].Cue is Cue.If or Cue.With or Cue.Filler or Cue.Qualifier)
            || !words.Any(c => c.Kind == ChunkKind.Term && NamedFacts.IsFact(c.Concept!.Kind))
            || words.Any(c => c.Cue is Cue.Not or Cue.Without))
        {
            return null;
        }

        return new(
            other,
            nested([.. words.SkipWhile(c => c.Cue is Cue.If or Cue.With or Cue.Filler or Cue.Qualifier or Cue.Person)]),
            TextSpan.Between(inside[at - 1].Start, inside[at].End));
    }

    /// <summary>Signs that are nothing but a value of what is measured.</summary>
    static readonly ImmutableDictionary<string, string> MeasuredAs = new Dictionary<string, string>
    {
        ["fever"] = "body-temperature", ["tachycardia"] = "heart-rate", ["bradycardia"] = "heart-rate",
        ["anemia"] = "hemoglobin", ["thrombocytopenia"] = "platelets", ["neutropenia"] = "anc", ["leukopenia"] = "wbc",
        ["hyperkalemia"] = "potassium", ["hypokalemia"] = "potassium", ["hyponatremia"] = "sodium",
        ["hypercalcemia"] = "calcium",
    }.ToImmutableDictionary();

    /// <summary>Whether the limits are those by which the sign is told.</summary>
    bool IsMeasuredBy(Limits limits) =>
        _atom is { IsFact: true, Concept.Key: { } sign } && MeasuredAs.TryGetValue(sign, out var key)
        && vocabulary.Find(key) is { } measured && limits.Unit.Length > 0 && Facts.CanMeasure(measured, limits);

    /// <summary>Brackets that say which value the sign is: <c>fever (temperature ≥ 38.5 °C)</c>.</summary>
    bool SaysValueOfSign(ImmutableArray<Chunk> inside) =>
        _atom.Concept is { } sign && MeasuredAs.TryGetValue(sign.Key, out var key)
        && inside.All(c => c.Kind == ChunkKind.Number || (c.Sign ?? c.SignAfter) is not null || c.Concept?.Key == key
            || c.Cue is Cue.Filler or Cue.Between or Cue.SuchAs)
        && inside.FirstOrDefault(c => c.Kind == ChunkKind.Number)?.Number is { } number
        && IsMeasuredBy(Limits.Of(Comparator.GreaterOrEqual, number));

    static readonly ImmutableHashSet<string> OfLiver = [
        "alt", "ast", "transaminases", "liver-enzymes", "bilirubin", "direct-bilirubin", "alp", "ggt", "albumin", "inr",
    ];

    static readonly ImmutableHashSet<string> OfKidney =
        ["creatinine", "creatinine-clearance", "egfr", "cystatin-c", "bun", "urea"];

    /// <summary>What is nothing but one or more values of these, where brackets say which.</summary>
    static readonly ImmutableDictionary<string, ImmutableHashSet<string>> ToldBy =
        new Dictionary<string, ImmutableHashSet<string>>
        {
            ["liver-enzymes"] = OfLiver, ["transaminases"] = OfLiver, ["hepatic-impairment"] = OfLiver,
            ["liver-disease"] = OfLiver, ["renal-impairment"] = OfKidney, ["kidney-disease"] = OfKidney,
            ["hypertension"] = ["systolic-bp", "diastolic-bp", "blood-pressure"],
        }.ToImmutableDictionary();

    /// <summary>Brackets that say by which values it is meant: <c>elevated liver enzymes (ALT or AST &gt; 2 × ULN)</c>,
    /// <c>impaired renal function (creatinine &gt; 1.5 mg/dL)</c>.</summary>
    bool SaysValues(ImmutableArray<Chunk> inside) => _atom is { Concept.Key: { } head, Limits: null }
        && ToldBy.TryGetValue(head, out var values) && _limits is null && IsLimit(inside)
        && inside.Any(c => c.Kind == ChunkKind.Term)
        && inside.All(c => c.Kind is not (ChunkKind.Word or ChunkKind.Unread)
            && (c.Kind != ChunkKind.Term || values.Contains(c.Concept!.Key)));

    /// <summary>Whether the word says how bad it is, which a value in brackets then tells: <c>poorly controlled
    /// diabetes (HbA1c &gt; 9%)</c>.</summary>
    static bool IsDegree(Clause clause) => clause is Clause.Unread { Kind: UnreadKind.Judgement, Window: null } words
        && words.Text.ToLowerInvariant() is "severe" or "significant" or "clinically significant" or "relevant"
        or "clinically relevant" or "major" or "serious" or "substantial" or "uncontrolled" or "poorly controlled"
        or "inadequately controlled" or "not controlled";

    static bool IsAbnormal(Clause clause) => clause is Clause.Unread { Window: null } words
        && words.Text.ToLowerInvariant() is "elevated" or "elevation of" or "elevation" or "abnormal" or "increased"
        or "raised" or "high" or "impaired" or "altered";

    void Restated(ImmutableArray<Chunk> inside)
    {
        if (Under(inside) is { } other)
        {
            _atom = _atom with { Other = other };
        }
        else if (SaysValueOfSign(inside))
        {
            _atom = _atom with
            {
                Concept = vocabulary.Find(MeasuredAs[_atom.Concept!.Key]), Status = null,
                Before = _atom.Before.RemoveAll(IsDegree),
            };
            for (var at = 0; at < inside.Length; at++)
            {
                at = inside[at].Kind == ChunkKind.Term ? at : One(inside, at) - 1;
            }
        }
        else if (SaysValues(inside))
        {
            _atom = _atom with { Concept = null, Before = _atom.Before.RemoveAll(c => IsAbnormal(c) || IsDegree(c)),
                Also = [.. _atom.Also.RemoveAll(IsAbnormal), nested(inside)] };
        }
        else if (inside.Any(c => c.Kind == ChunkKind.Term) || (IsLimit(inside) && !IsComparison(inside)))
        {
            var further = nested(inside);
            if (Clauses.Leaves(further).All(l => l is Clause.Measured { Measurement.Concept.Key: not null }))
            {
                _atom = _atom with { Before = _atom.Before.RemoveAll(IsDegree) };
            }

            Also(further);
        }
        else if (_limits is { IsTime: false, Unit: { } unit, RelativeTo: null } && inside is [.., { Number: { } same }]
            && inside.Length <= 2 && MayRestate(new(0, 0, unit), same))
        {
            return;
        }
        else if (_atom.Limits is null or { IsNormal: true } && _limits is null && (_atom.IsMeasurable
            || IsComparison(inside) || IsAgeOfThesePeople(inside)))
        {
            _atom = _atom with { Limits = null };
            for (var at = 0; at < inside.Length;)
            {
                at = One(inside, at);
            }
        }
        else if (_atom.Limits is { } old && inside is [.., { Number: { } number }] && inside.Length <= 2
            && (Repeats(old, Limits.Of(Comparator.Equal, number)) || IsInOtherUnit(_atom.Concept!, old, number)))
        {
            return;
        }
        else
        {
            Also(UnreadText.Of(text, inside));
        }
    }

    /// <summary>The same limit for laboratories that use the other unit: <c>≤ 1.5 mg/dL (133 µmol/L)</c>, <c>110 pounds
    /// (50 kg)</c>.</summary>
    static bool IsInOtherUnit(VocabularyConcept concept, Limits limits, Quantity number) =>
        number is { RelativeTo: null, Unit.Length: > 0 }
        && limits is { RelativeTo: null, Unit.Length: > 0 } && number.Unit != limits.Unit
        && Facts.CanMeasure(concept, limits) && Facts.CanMeasure(concept, Limits.Of(Comparator.GreaterOrEqual, number));

    /// <summary>Whether the one may be the other in another unit, whatever is measured: both per volume, or of one
    /// dimension.</summary>
    public static bool MayRestate(Quantity said, Quantity again) => said is { RelativeTo: null, Unit.Length: > 0 }
        && again is { RelativeTo: null, Unit.Length: > 0 }
        && said.Unit != again.Unit && !said.IsTime && !again.IsTime
        && (Ucum.AreCommensurable(said.Unit, again.Unit) is true || (said.Unit.Contains('/', StringComparison.Ordinal)
        && again.Unit.Contains('/', StringComparison.Ordinal)));

    /// <summary>Whether the brackets hold the age of the people before them: <c>adolescents (12-17
    /// years)</c>.</summary>
    bool IsAgeOfThesePeople(ImmutableArray<Chunk> inside) =>
        _atom.Concept is null && inside is [{ Number: { Unit: "a" or "mo" } years }] && years.Low < years.High
            && _words.Count > 0 && _words.All(w => People.Contains(w.Word));

    /// <summary>Nothing but limits: <c>stenosis (&gt; 50%)</c>.</summary>
    static bool IsComparison(ImmutableArray<Chunk> inside) =>
        inside.All(c => c.Kind is ChunkKind.Number or ChunkKind.Comparison or ChunkKind.Cue)
        && IsLimit(inside);

    static bool IsLimit(ImmutableArray<Chunk> inside) =>
        inside.Any(c => c.Is(Cue.Grade) || (c.Sign ?? c.SignAfter) is not null);

    void Exception(ImmutableArray<Chunk> inside, VocabularyConcept[] concepts)
    {
        if (concepts is [var one] && !UnlistedTerms.IsUnlisted(one.Key) && _atom.IsFact
            && inside.All(c => c.Kind is ChunkKind.Term or ChunkKind.Cue))
        {
            _atom = _atom with
            {
                Except = one, Source = _atom.Source with { Except = SpanOf(inside.First(c => c.Concept == one)) },
            };
        }
        else
        {
            Also(Clauses.Not(Clauses.All([.. NamedFacts.Of(inside[1..]) is { IsEmpty: false } named
                ? [Clauses.Any(named)]
                : Array.Empty<Clause>(),
                UnreadText.Of(text, inside)])));
        }
    }

    /// <summary>Names introduced as examples and nothing that restricts them.</summary>
    static bool AreExamples(ImmutableArray<Chunk> inside) =>
        inside is [{ Cue: Cue.SuchAs }, ..]
        && inside.Any(c => c.Kind == ChunkKind.Term && NamedFacts.IsFact(c.Concept!.Kind))
        && inside.All(c => c.Kind is ChunkKind.Term or ChunkKind.Word or ChunkKind.Semicolon || c.IsConnective
            || c.Cue is Cue.SuchAs or Cue.Filler
            or Cue.Acute or Cue.Chronic or Cue.Current or Cue.SoftJudgement);

    bool IsMentioned(VocabularyConcept concept) =>
        _atoms.Append(_atom).Any(a => a.Concept is { } said && vocabulary.IsA(concept.Key, said.Key));

    /// <summary>The index after the closing bracket, and what stands inside.</summary>
    static int Brackets(ImmutableArray<Chunk> chunks, int open, out ImmutableArray<Chunk> inside)
    {
        var depth = 0;
        var at = open;
        for (; at < chunks.Length; at++)
        {
            depth += chunks[at].Kind == ChunkKind.Open ? 1 : chunks[at].Kind == ChunkKind.Close ? -1 : 0;
            if (depth == 0)
            {
                break;
            }
        }

        inside = chunks[(open + 1)..at];
        return Math.Min(at + 1, chunks.Length);
    }
}
