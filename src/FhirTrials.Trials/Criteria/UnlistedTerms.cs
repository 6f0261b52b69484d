using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds names of conditions, treatments and procedures that the vocabulary does not list, by their last word
/// (<c>hepatorenal syndrome</c>) or by what stands before them (<c>allergic to eggs</c>, <c>treated with
/// Ventavis</c>).</summary>
/// <remarks>Such a concept has no key: no record answers it and its criterion is never computable, but it is known what
/// is spoken of, and whether it is denied.</remarks>
static class UnlistedTerms
{
    const int MaxModifiers = 4;

    /// <summary>Before the words of a name that the vocabulary lacks; no key of a concept begins so.</summary>
    const char Mark = '?';

    static readonly HashSet<string> NoModifiers = (
        "swallow swallowing tolerate tolerating drink drinking eat eating perform performing read speak work study "
        + "trial clinically significant severe mild moderate major minor serious relevant important recent recently "
        + "underlying coexisting existing preexisting pre certain various several many some multiple one two three "
        + "four five more less than not no never unable inability ability able who which that patients patient subject "
        + "subjects participant participants person will would could can may might must should need needs needed "
        + "require requires undergo undergoing undergone undergoes receive received receiving use using used user "
        + "users taking take takes have has had having been being previous prior other another same such specific "
        + "specified known unknown suspected possible probable likely potential concomitant concurrent current "
        + "currently active history because due related associated caused leading lead causing cause causes affecting "
        + "affect interfere precluding requiring untreated treated uncontrolled controlled stable unstable symptomatic "
        + "asymptomatic ongoing new newly first second last initial least most after before during within without with "
        + "from into onto over under between among through via by per and or clinical evident apparent documented "
        + "diagnosed presenting presents present suffering suffer suffers experienced experiencing experience "
        + "developed developing develop failed failure-to planned planning scheduled elective suspicion risk high low "
        + "higher lower increased decreased elevated reduced adequate inadequate type grade stage class day days week "
        + "weeks month months year years time times hour hours age aged old older younger good poor normal abnormal "
        + "routine standard appropriate approved licensed effective available local-investigator as an at be is are "
        + "was were it its their his her all any each every only also including include includes included based "
        + "according defined criteria criterion protocol investigator physician medical-record willing agree consent "
        + "reason reasons condition-that that's indication indicated planned would there if when where while unless "
        + "until since already just both either neither change changes changed changing increase decrease improvement "
        + "successful unsuccessful evaluable measurable target further additional specifically especially particularly "
        + "mainly predominantly predominant suggestive consistent compatible").Split(' ')
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Small words that may also end a name.</summary>
    static readonly HashSet<string> EndingCues =
        ("disease diseases disorder disorders infection infections therapy therapies treatment treatments allergy "
            + "allergies hypersensitivity intolerance").Split(' ').ToHashSet(StringComparer.Ordinal);

    static readonly Dictionary<string, ConceptKind> Leads = new(StringComparer.Ordinal)
    {
        ["treated with"] = ConceptKind.Therapy,
        ["treatment with"] = ConceptKind.Therapy,
        ["therapy with"] = ConceptKind.Therapy,
        ["receiving"] = ConceptKind.Therapy,
        ["use of"] = ConceptKind.Therapy,
        ["administration of"] = ConceptKind.Therapy,
        ["taking"] = ConceptKind.Therapy,
        ["exposure to"] = ConceptKind.Therapy,
        ["prior treatment with"] = ConceptKind.Therapy,
        ["previous treatment with"] = ConceptKind.Therapy,
        ["prior therapy with"] = ConceptKind.Therapy,
        ["prior use of"] = ConceptKind.Therapy,
        ["prior exposure to"] = ConceptKind.Therapy,
        ["previously treated with"] = ConceptKind.Therapy,
        ["undergone"] = ConceptKind.Procedure,
        ["diagnosis of"] = ConceptKind.Condition,
        ["documented diagnosis of"] = ConceptKind.Condition,
    };

    /// <summary>Whether nothing that is measured is named so.</summary>
    public static bool IsNoName(string word) => NoModifiers.Contains(word) || IsOccasion(word) || word is "methods"
        or "equivalent" or "version" or "listed";

    /// <summary>Whether it counts how often something is done: <c>4 sessions of psychotherapy</c>.</summary>
    public static bool IsOccasion(string word) => word is "view" or "views" or "session" or "sessions" or "visits"
        or "occasions";

    /// <summary>Whether the vocabulary lacks the concept.</summary>
    public static bool IsUnlisted(string key) => key.StartsWith(Mark);

    public static ImmutableArray<Chunk> Name(string text, ImmutableArray<Chunk> chunks)
    {
        if (!chunks.Any(c => c.Kind == ChunkKind.Word || EndingCues.Contains(c.Word)))
        {
            return chunks;
        }

        var named = ImmutableArray.CreateBuilder<Chunk>(chunks.Length);
        for (var at = 0; at < chunks.Length;)
        {
            var end = RunEnd(text, chunks, at);
            if (end == at || !Run(text, chunks.AsSpan()[at..end], named))
            {
                end = Math.Max(end, at + 1);
                named.AddRange(chunks.AsSpan()[at..end]);
            }

            at = end;
        }

        return named.ToImmutable();
    }

    /// <summary>Where the words end that nothing but blanks and hyphens separates.</summary>
    static int RunEnd(string text, ImmutableArray<Chunk> chunks, int at)
    {
        var end = at;
        while (end < chunks.Length && IsOfName(chunks[end], end == at)
            && (end == at || IsGap(text, chunks[end - 1].End, chunks[end].Start)))
        {
            end++;
        }

        return end;
    }

    static bool IsOfName(Chunk chunk, bool first) => chunk.Kind == ChunkKind.Word
        || (first && chunk.Cue is Cue.Acute or Cue.Chronic)
        || (chunk.Kind == ChunkKind.Cue && EndingCues.Contains(chunk.Word));

    static bool IsGap(string text, int from, int to)
    {
        foreach (var c in text.AsSpan(from, to - from))
        {
            if (c is not (' ' or '-' or '\u2010' or '\u2011' or '\u00a0'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the words of a run with the name in them; false where there is none.</summary>
    static bool Run(string text, ReadOnlySpan<Chunk> run, ImmutableArray<Chunk>.Builder named)
    {
        var before = named.Count > 0 && IsGap(text, named[^1].End, run[0].Start) ? named[^1] : null;
        var (head, kind) = Head(run, before);
        if (head >= 0)
        {
            var start = Start(run, head, kind);
            if (start == 0 && before is { Kind: ChunkKind.Term, Concept: { } concept } && Joins(concept.Kind, kind))
            {
                named.RemoveAt(named.Count - 1);
                named.Add(Term(text, before.Start, run[head].End, kind));
            }
            else
            {
                named.AddRange(run[..start]);
                named.Add(Term(text, run[start].Start, run[head].End, kind));
            }

            named.AddRange(run[(head + 1)..]);
            return true;
        }

        if (run[0].Kind != ChunkKind.Word || Led(named) is not { } led)
        {
            return false;
        }

        var count = 0;
        while (count < run.Length && count < MaxModifiers && run[count].Kind == ChunkKind.Word
            && !NoModifiers.Contains(run[count].Word))
        {
            count++;
        }

        if (count == 0)
        {
            return false;
        }

        named.Add(Term(text, run[0].Start, run[count - 1].End, led));
        named.AddRange(run[count..]);
        return true;
    }

    /// <summary>The last word of the run that tells what it names; -1 where none does.</summary>
    static (int Head, ConceptKind Kind) Head(ReadOnlySpan<Chunk> run, Chunk? before)
    {
        for (var at = run.Length - 1; at >= 0; at--)
        {
            var listed =
                at == 0 && before is { Kind: ChunkKind.Term, Concept: { } concept } ? concept.Kind : (ConceptKind?)null;
            var qualified = at == 0
                ? listed is not null
                : !NoModifiers.Contains(run[at - 1].Word) && run[at - 1].Cue is null or Cue.Acute or Cue.Chronic;
            if ((run[at].Kind == ChunkKind.Word || qualified) && TermHeads.KindOf(run[at].Word, qualified) is { } kind
                && (listed is not { } of || Joins(of, kind)
                    || TermHeads.KindOf(run[at].Word, qualified: false) is not null))
            {
                return (at, kind);
            }
        }

        return (-1, default);
    }

    static int Start(ReadOnlySpan<Chunk> run, int head, ConceptKind kind)
    {
        if (kind == ConceptKind.Therapy && TermHeads.IsDrug(run[head].Word))
        {
            return head;
        }

        var start = head;
        while (start > 0 && head - start < MaxModifiers && !NoModifiers.Contains(run[start - 1].Word))
        {
            start--;
        }

        return start;
    }

    /// <summary>Whether a listed name before a head of another kind is a part of the name: <c>cataract surgery</c>,
    /// <c>alcohol dependence</c>.</summary>
    static bool Joins(ConceptKind listed, ConceptKind head) => listed switch
    {
        ConceptKind.Condition => head != ConceptKind.Condition,
        ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Substance => head == ConceptKind.Condition,
        ConceptKind.Procedure => head == ConceptKind.Condition,
        _ => false,
    };

    /// <summary>What stands after such words: <c>treated with</c>, <c>allergic to</c>.</summary>
    static ConceptKind? Led(ImmutableArray<Chunk>.Builder before)
    {
        var at = before.Count - 1;
        while (at >= 0 && before[at].Word is "the" or "any" or "a" or "an")
        {
            at--;
        }

        return at < 0 || before[at].Kind != ChunkKind.Cue ? null
            : before[at].Cue is Cue.Hypersensitive && before[at].Word.EndsWith("to", StringComparison.Ordinal)
            ? ConceptKind.Substance
            : Leads.TryGetValue(before[at].Word, out var kind) ? kind
            : null;
    }

    static Chunk Term(string text, int start, int end, ConceptKind kind)
    {
        var name = text[start..end];
        return new(ChunkKind.Term, start, end, name)
        {
            Concept = new($"{Mark}{name.ToLowerInvariant()}", kind, name, [], [], [], "", ""),
        };
    }
}
