using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Folds the words of a time that looks back into one chunk: <c>within 4 weeks before enrollment</c>,
/// <c>in the past year</c>, <c>(last 6 months)</c>, <c>more than 5 years ago</c>, <c>less than 30 days
/// since</c>.</summary>
/// <remarks>How long something lasts (<c>for at least 3 months</c>), unless it is denied, and what comes later
/// (<c>within 3 days after surgery</c>) is no window: it is kept as unread text. A window counted from an event that no
/// rule knows (<c>of hospital admission</c>) keeps that event as unread text beside it.</remarks>
static class TimeWindows
{
    const string TreatmentAnchor = "treatment";

    /// <summary>Words that only say what a window is relative to.</summary>
    static readonly ImmutableHashSet<string> AnchorWords =
    [
        "start", "starting", "study", "treatment", "protocol", "specified", "therapy", "enrollment", "enrolment",
        "enrolling", "enrolled", "randomization", "randomisation", "randomized", "screening", "dose", "dosing",
        "consent", "day", "cycle", "administration", "initiation", "registration", "entry", "entering", "drug",
        "planned", "baseline", "inclusion", "visit", "infusion", "trial", "participation", "product", "medication",
        "beginning", "commencement", "commencing", "first", "initial", "date", "time", "signing",
        "signature", "informed", "recruitment", "vaccination", "vaccine", "injection", "investigational", "begin",
        "current", "study's", "initiating", "period", "phase", "1", "preliminary", "assessment", "assessments", "into",
        "receipt", "receiving", "allocation", "intervention", "experimental", "c1d1", "evaluation", "procedures",
        "test", "today", "now",
    ];

    static readonly ImmutableHashSet<string> LookingBack =
        ["last", "past", "previous", "preceding", "prior", "recent", "latest"];

    static readonly ImmutableHashSet<string> LookingForward = ["next", "coming", "upcoming", "following"];

    static readonly ImmutableDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["year"] = "a", ["month"] = "mo", ["week"] = "wk", ["day"] = "d",
    }.ToImmutableDictionary();

    /// <summary>Words after which a time is how long something lasts.</summary>
    static readonly ImmutableHashSet<string> Lasting = ["for", "lasting", "duration", "stable", "every"];

    /// <summary>Whether the word only says what a time is counted from.</summary>
    public static bool IsAnchor(string word) => AnchorWords.Contains(word);

    public static ImmutableArray<Chunk> Fold(string text, ImmutableArray<Chunk> sentence)
    {
        if (!sentence.Any(c => c.Number is { IsTime: true } || Units.ContainsKey(c.Word)))
        {
            return sentence;
        }

        sentence = HalfLives.Fold(text, sentence);
        var folded = ImmutableArray.CreateBuilder<Chunk>(sentence.Length);
        Chunk? fact = null;
        for (var at = 0; at < sentence.Length;)
        {
            if (Free(sentence, at) is { } free)
            {
                folded.Add(free.Chunk);
                at = free.End;
                continue;
            }

            if (Read(text, sentence, at, fact) is { } read)
            {
                var other = sentence[at..read.End].Select(c => c.HalfLives).FirstOrDefault(h => h is not null);
                folded.AddRange(
                    other is null ? read.Chunks : read.Chunks.SetItem(0, read.Chunks[0] with { HalfLives = other }));
                at = read.End;
                continue;
            }

            fact = sentence[at].IsConnective ? null : IsFact(sentence[at]) ? sentence[at] : fact;
            folded.Add(sentence[at]);
            at++;
        }

        return folded.ToImmutable();
    }

    /// <summary>What was not there for a time was not there within it: <c>off steroids for at least 2 weeks</c>; null
    /// for others.</summary>
    static (Chunk Chunk, int End)? Free(ImmutableArray<Chunk> sentence, int at)
    {
        if (sentence[at].Word != "for" || !IsDenied(sentence, at))
        {
            return null;
        }

        var number = at + 1 < sentence.Length
            && sentence[at + 1].Sign is Comparator.GreaterOrEqual or Comparator.GreaterThan
            ? at + 2 : at + 1;
        var isTime = number < sentence.Length && sentence[number].Number is { IsTime: true }
            && !IsAge(sentence, number + 1);
        return !isTime || (number + 1 < sentence.Length && MarkerOf(sentence[number + 1], leads: true) != Marker.None)
            ? null
            : (new(ChunkKind.Window, sentence[at].Start, sentence[number].End)
            {
                Window = new(
                    sentence[number].Number!.High, sentence[number].Number!.Unit, WindowDirection.Before,
                    TreatmentAnchor),
            }, number + 1);
    }

    /// <summary>Whether nothing but names stands between a denial and the place.</summary>
    static bool IsDenied(ImmutableArray<Chunk> sentence, int at)
    {
        var named = false;
        for (at--; at >= 0
            && (sentence[at].Kind == ChunkKind.Term || sentence[at].Cue is Cue.Filler or Cue.History or Cue.Or); at--)
        {
            named |= sentence[at].Kind == ChunkKind.Term;
        }

        return named && at >= 0 && sentence[at].Cue is Cue.Not or Cue.Without;
    }

    static bool IsFact(Chunk chunk) => (chunk.Kind is ChunkKind.Word && AnchorOf(chunk.Word) is null)
        || (chunk.Concept is { } concept && concept.Kind != ConceptKind.Population);

    static (ImmutableArray<Chunk> Chunks, int End)? Read(
        string text, ImmutableArray<Chunk> chunks, int start, Chunk? fact)
    {
        var (at, afterFact) = (start, fact is not null);
        var (leads, forward) = (false, false);
        while (at < chunks.Length && Leads(chunks[at], at == start, leads))
        {
            forward |= LookingForward.Contains(chunks[at].Word);
            leads |= forward || chunks[at].Is(Cue.Within) || LookingBack.Contains(chunks[at].Word);
            at++;
        }

        leads |= afterFact && at == start + 1 && chunks[start].Is(Cue.With) && at < chunks.Length
            && chunks[at].Number is { IsTime: true };
        var comparator = at < chunks.Length ? chunks[at].Sign : null;
        at += comparator is null ? 0 : 1;
        var lasts = leads && comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual;
        var bare = leads || (at + 1 < chunks.Length && at > start && MarkerOf(chunks[at + 1], false) == Marker.Before);
        if (lasts || at >= chunks.Length || TimeOf(chunks[at], bare) is not { } time)
        {
            return null;
        }

        at++;
        if (at < chunks.Length && chunks[at].SignAfter is { } after)
        {
            comparator ??= after;
            at++;
        }

        var marker = at < chunks.Length ? MarkerOf(chunks[at], leads) : Marker.None;
        if ((!leads && marker == Marker.None) || IsAge(chunks, at))
        {
            return null;
        }

        var (end, anchor, isKnown) =
            marker == Marker.None ? (at, TreatmentAnchor, true) : Anchor(chunks, at + 1, afterFact);
        var whole = new Chunk(ChunkKind.Unread, chunks[start].Start, chunks[Math.Max(end, at) - 1].End);
        var lacksSign = comparator is null && !leads && Spans.LacksSign(text, chunks[start].Start);
        if (forward || lacksSign || marker == Marker.Later || (start > 0 && Lasting.Contains(chunks[start - 1].Word)))
        {
            return ([whole], end);
        }

        var longer = comparator is Comparator.GreaterThan or Comparator.GreaterOrEqual;
        var window = longer
            ? Windows.Of(time.High, time.Unit, WindowDirection.MoreThanBefore, comparator == Comparator.GreaterOrEqual)
            : Windows.Of(time.High, time.Unit, WindowDirection.Before, comparator != Comparator.LessThan);
        var chunk = whole with { Kind = ChunkKind.Window, Window = window with { Anchor = anchor } };
        var follows = IsAfterTreatment(fact, chunks[at..end]);
        return isKnown && !follows && !(marker == Marker.Before && fact?.Concept is { Kind: not ConceptKind.Condition }
                && chunks[at..end].Any(IsDiagnosis)) ? ([chunk], end)
            : follows || chunks[at..end].Any(IsPast) ? ([whole with { Time = chunk }], end)
            : ([chunk with { End = chunks[at - 1].End }, whole with { Start = chunks[at].Start }], end);
    }

    /// <summary>Whether something came so soon after a treatment, whenever that was: <c>Guillain-Barré syndrome within
    /// 6 weeks of influenza vaccination</c>.</summary>
    static bool IsAfterTreatment(Chunk? fact, ImmutableArray<Chunk> anchor) =>
        fact?.Concept?.Kind is ConceptKind.Condition or ConceptKind.Status && anchor is [{ Word: "of" }, .. var words]
        && words.Any(w => w.Concept?.Kind is ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Procedure);

    static bool IsDiagnosis(Chunk chunk) => chunk.Is(Cue.Filler)
        && chunk.Word.Contains("diagnos", StringComparison.Ordinal);

    /// <summary>Whether something is named that has happened, perhaps long before the treatment: what is counted from
    /// it no window tells.</summary>
    static bool IsPast(Chunk chunk) => IsDiagnosis(chunk)
        || PastEvents.Contains(chunk.Word[(chunk.Word.LastIndexOf(' ') + 1)..])
        || chunk.Concept?.Kind is ConceptKind.Condition or ConceptKind.Status;

    static readonly ImmutableHashSet<string> PastEvents =
    [
        "onset", "admission", "hospitalization", "injury", "discharge", "delivery", "birth", "presentation",
        "progression", "relapse", "recurrence", "symptom", "symptoms", "ictus", "exposure", "transplantation",
        "transplant",
    ];

    enum Marker
    {
        None,
        Before,

        /// <summary>What comes after something, or lasts.</summary>
        Later,
    }

    /// <summary>The small words before the time: <c>within the last</c>.</summary>
    static bool Leads(Chunk chunk, bool first, bool leads) =>
        chunk.Is(Cue.Within) || LookingBack.Contains(chunk.Word) || LookingForward.Contains(chunk.Word)
        || (first && chunk.Word is "in" or "during" or "over" or "with")
        || (!first && chunk.Word is "the" or "a" or "about" or "approximately" or "these")
        || (leads && chunk.Is(Cue.Filler) && chunk.Word is "the" or "of");

    /// <summary>A number with a unit of time, or after <c>the last</c> the unit alone.</summary>
    static Quantity? TimeOf(Chunk chunk, bool bare) =>
        chunk.Number is { IsTime: true } time ? time
        : bare && Units.TryGetValue(chunk.Word, out var unit) ? new(1, 1, unit)
        : null;

    static Marker MarkerOf(Chunk chunk, bool leads) =>
        chunk.Is(Cue.After) || chunk.Cue is Cue.FollowingTime ? Marker.Later
        : chunk.Cue is Cue.Before or Cue.Since || LookingBack.Contains(chunk.Word)
            || chunk.Word is "earlier" or "previously" or "pre" or "from" || (leads && chunk.Word is "of")
                ? Marker.Before
        : Marker.None;

    static bool IsAge(ImmutableArray<Chunk> chunks, int at) =>
        at < chunks.Length && ((chunks[at].Word is "of" && at + 1 < chunks.Length
                && (chunks[at + 1].Concept?.Key == "gestational-age"
                    || chunks[at + 1].Word is "gestation" or "pregnancy" or "amenorrhea" or "life"))
            || chunks[at].Concept?.Kind == ConceptKind.Demographic || chunks[at].Word is "of age" or "old" or "older"
            || chunks[at].Concept?.Key == "gestational-age");

    /// <summary>What the window is counted from: where its words end, and whether all of them are known.</summary>
    static (int End, string Anchor, bool IsKnown) Anchor(ImmutableArray<Chunk> chunks, int at, bool afterFact)
    {
        var anchor = TreatmentAnchor;
        var known = true;
        for (; at < chunks.Length; at++)
        {
            var chunk = chunks[at];
            var ends = chunk.IsConnective
                || chunk.Kind
                    is ChunkKind.Open or ChunkKind.Close or ChunkKind.Unread or ChunkKind.Semicolon or ChunkKind.Colon
                    or ChunkKind.Comparison or ChunkKind.Stop or ChunkKind.Window
                || (chunk.Kind == ChunkKind.Number && chunk.Number!.Unit.Length > 0)
                || chunk.Cue
                    is Cue.Requiring or Cue.Except or Cue.OtherThan or Cue.With or Cue.If or Cue.SuchAs or Cue.Qualifier
                    or Cue.Aside or Cue.Not or Cue.Without or Cue.SoftJudgement or Cue.Judgement or Cue.Must
                    or Cue.Allowed or Cue.Eligible or Cue.NotInRecord or Cue.Within;
            if (ends || (chunk.Kind == ChunkKind.Term && !afterFact))
            {
                break;
            }

            anchor = AnchorOf(chunk.Word) ?? anchor;
            known &= chunk.Kind switch
            {
                ChunkKind.Word => AnchorWords.Contains(chunk.Word) || LookingBack.Contains(chunk.Word),
                ChunkKind.Term => chunk.Concept!.Kind is ConceptKind.Drug or ConceptKind.Therapy,
                _ => true,
            };
        }

        return (at, anchor, known);
    }

    static string? AnchorOf(string word) => word switch
    {
        "enrollment" or "enrolment" or "registration" or "randomization" or "randomisation" or "inclusion" or "entry"
            or "recruitment" or "enrolled" or "randomized" or "study entry" => "enrollment",
        "screening" => "screening",
        "consent" or "informed consent" => "consent",
        _ => null,
    };
}
