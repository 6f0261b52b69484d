using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds the concepts and cues among the tokens of a criterion: the longest match wins, a concept before a
/// cue.</summary>
/// <param name="ofBloodCancer">Whether the text is of a trial of blood cancers, or may be.</param>
sealed class Chunker(ConceptVocabulary vocabulary, bool ofBloodCancer)
{
    const int MaxAbbreviationWords = 3;
    const int MaxSharedWords = 4;

    /// <summary>So few words in capitals are abbreviations and no text that is all in capitals.</summary>
    const int FewWords = 2;

    readonly Scales _scales = new(vocabulary);

    public ImmutableArray<Chunk> Read(string text, ImmutableArray<Token> tokens)
    {
        var kept = WithUnitOfCounted(text, WithoutAbbreviations(text, WithoutEnumerators(tokens)));
        var words = kept.Select(t => t.Kind is TokenKind.Number ? text[t.Start..t.End].ToLowerInvariant() : t.Word)
            .ToArray();
        var longer = kept.Where(t => t.Kind == TokenKind.Word && t.Word.Length > 3).ToArray();
        var mixedCase = longer.Length <= FewWords || longer.Any(t => !t.Capitals);
        var chunks = ImmutableArray.CreateBuilder<Chunk>();
        var run = new Run([], []);
        for (var at = 0; at < kept.Length;)
        {
            if ((kept[at].Kind == TokenKind.Word || MayBeginName(kept[at])) && run.PlaceOf(at) < 0)
            {
                run = Run.From(kept, words, at);
            }

            var (chunk, count) = ReadOne(kept, run, at, mixedCase);
            chunks.Add(chunk);
            at += count;
        }

        var scales = _scales.Read(text, Eyesight.Read(RomanNumbers.Read(text, chunks.ToImmutable())));
        var numbers = MergedNumbers(text, Ordinals(text, BetterOrWorse.Read(scales)));
        numbers = WithoutRangesOfScales(numbers);
        return Compounds.Fold(text, SharedWords(text, numbers), vocabulary);
    }

    (Chunk Chunk, int Count) ReadOne(ImmutableArray<Token> tokens, Run run, int at, bool mixedCase)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Word)
        {
            var place = run.PlaceOf(at);
            var term = vocabulary.LongestAt(run.Words, place, i => mixedCase && tokens[run.Tokens[i]].Capitals);
            if (!ofBloodCancer && term is { } name
                && PlacesOfLeukemia.IsPlaceAlone(name.Concept, run.Words.GetRange(place, name.Length)))
            {
                term = null;
            }

            var cue = CueAt(run.Words, place);
            var length = term is { } t && t.Length >= (cue?.Length ?? 0) ? t.Length : cue?.Length ?? 1;
            var last = run.Tokens[place + length - 1];
            var whole = new Chunk(
                ChunkKind.Word, token.Start, tokens[last].End, string.Join(' ', run.Words.GetRange(place, length)));
            return (term?.Length >= (cue?.Length ?? 0)
                ? whole with { Kind = ChunkKind.Term, Concept = term.Value.Concept }
                : cue is { } c ? whole with { Kind = ChunkKind.Cue, Cue = c.Cue }
                : whole, last - at + 1);
        }

        if (MayBeginName(token) && BeginningWith(tokens, run, at) is { } measured)
        {
            return measured;
        }

        var plain = new Chunk(ChunkKind.Word, token.Start, token.End);
        return (token.Kind switch
        {
            TokenKind.Number => plain with { Kind = ChunkKind.Number, Number = token.Number },
            TokenKind.Comparison => plain with { Kind = ChunkKind.Comparison, Comparator = token.Comparator },
            TokenKind.Comma or TokenKind.Dash => plain with { Kind = ChunkKind.Comma },
            TokenKind.Semicolon => plain with { Kind = ChunkKind.Semicolon },
            TokenKind.Colon => plain with { Kind = ChunkKind.Colon },
            TokenKind.Stop => plain with { Kind = ChunkKind.Stop },
            TokenKind.Open => plain with { Kind = ChunkKind.Open },
            TokenKind.Close => plain with { Kind = ChunkKind.Close },
            TokenKind.Slash => plain with { Kind = ChunkKind.Cue, Cue = Cue.Or },
            TokenKind.Word or TokenKind.Other => plain with { Kind = ChunkKind.Cue, Cue = Cue.Filler },
        }, 1);
    }

    static bool MayBeginName(Token token) => token.Number is { RelativeTo: null, Over: null, Scale: 1 } number
        && number.Low == number.High && (number.IsTime || number.Unit.Length == 0);

    /// <summary>A concept whose name begins with a number: <c>6-minute walk distance</c>, <c>24-hour urine
    /// protein</c>; null for others.</summary>
    (Chunk Chunk, int Count)? BeginningWith(ImmutableArray<Token> tokens, Run run, int at)
    {
        var place = run.FirstPlaceOf(at);
        if (vocabulary.LongestAt(run.Words, place, _ => false) is not { } term || run.Tokens[place
            + term.Length - 1] is var last && last == at)
        {
            return null;
        }

        return (new(ChunkKind.Term, tokens[at].Start, tokens[last].End, string.Join(' ', run.Words.GetRange(place,
            term.Length))) { Concept = term.Concept }, last - at + 1);
    }

    /// <summary><c>or less</c> after a number; before <c>than</c> or a number it is a plain <c>or</c>.</summary>
    static (Cue Cue, int Length)? CueAt(List<string> words, int at)
    {
        var found = Cues.At(words, at);
        return found is { Cue: Cue.OrLess or Cue.OrMore } cue && words.Count > at + cue.Length
            && (words[at + cue.Length] == "than" || char.IsAsciiDigit(words[at + cue.Length][0]))
            ? (words[at] == "or" ? Cue.Or : Cue.And, 1)
            : found;
    }

    /// <summary>Words that nothing but slashes separates.</summary>
    /// <param name="Tokens">For each word, which token it is; ascending.</param>
    sealed record Run(List<string> Words, List<int> Tokens)
    {
        public static Run From(ImmutableArray<Token> tokens, string[] words, int at)
        {
            var run = new Run([], []);
            for (; at < tokens.Length; at++)
            {
                if (tokens[at].Kind == TokenKind.Number && tokens[at].Number is { IsTime: true } or { Unit: "s" }
                    && words[at].AsSpan().IndexOfAny(' ', '-') is > 0 and var blank)
                {
                    run.Words.AddRange([words[at][..blank], words[at][(blank + 1)..]]);
                    run.Tokens.AddRange([at, at]);
                }
                else if (tokens[at].Kind is TokenKind.Word or TokenKind.Number)
                {
                    run.Words.Add(words[at]);
                    run.Tokens.Add(at);
                }
                else if (tokens[at].Kind != TokenKind.Slash)
                {
                    break;
                }
            }

            return run;
        }

        /// <summary>The place of a token's word in the run; negative where it is in another.</summary>
        public int PlaceOf(int token) => Tokens.BinarySearch(token);

        /// <summary>The place of the first word of a token of the run.</summary>
        public int FirstPlaceOf(int token) => Tokens.IndexOf(token);
    }

    /// <summary>Makes semicolons of the numbers of a list in one line: <c>1) heart failure 2) stroke</c>.</summary>
    static ImmutableArray<Token> WithoutEnumerators(ImmutableArray<Token> tokens)
    {
        var numbers = new List<int>();
        var depth = 0;
        for (var at = 0; at + 1 < tokens.Length; at++)
        {
            if (tokens[at].Kind == TokenKind.Number && tokens[at + 1].Kind == TokenKind.Close
                && tokens[at].Number is { Unit: "", RelativeTo: null } number
                && (depth == 0 || (depth == 1 && tokens[at - 1].Kind == TokenKind.Open)) && number.Low == number.High
                && (numbers.Count == 0 ? number.Low is 1 or 2 : number.Low == tokens[numbers[^1]].Number!.Low + 1))
            {
                numbers.Add(at);
            }

            depth += tokens[at].Kind == TokenKind.Open ? 1 : tokens[at].Kind == TokenKind.Close && depth > 0 ? -1 : 0;
        }

        if (numbers.Count < 2)
        {
            return tokens;
        }

        var read = tokens.ToBuilder();
        foreach (var at in Enumerable.Reverse(numbers))
        {
            var open = at > 0 && read[at - 1].Kind == TokenKind.Open ? at - 1 : at;
            var from = read[open];
            read.RemoveRange(open, at + 2 - open);
            read.Insert(open, new(TokenKind.Semicolon, from.Start, from.Start));
        }

        return read.ToImmutable();
    }

    /// <summary>Without the abbreviations in brackets that follow what they stand for: <c>central nervous system (CNS)
    /// disease</c>.</summary>
    static ImmutableArray<Token> WithoutAbbreviations(string text, ImmutableArray<Token> tokens)
    {
        var kept = ImmutableArray.CreateBuilder<Token>();
        for (var at = 0; at < tokens.Length; at++)
        {
            var close = at + 1;
            while (close < tokens.Length && close - at <= MaxAbbreviationWords && IsAbbreviation(text, tokens[close]))
            {
                close++;
            }

            if (at > 0 && tokens[at].Kind == TokenKind.Open && close > at + 1 && close < tokens.Length
                && tokens[close].Kind == TokenKind.Close
                && !(close > at + 2 && RomanNumbers.IsScale(tokens[at + 1].Word)))
            {
                if (tokens[at - 1].Kind == TokenKind.Comma && close + 1 < tokens.Length
                    && tokens[close + 1].Kind == TokenKind.Comparison)
                {
                    kept.RemoveAt(kept.Count - 1);
                }

                at = close;
            }
            else if (tokens[at].Kind != TokenKind.Other)
            {
                kept.Add(tokens[at]);
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>Gives a number the unit that stands after what is counted: <c>5 white blood cells per cubic
    /// millimeter</c>, <c>500 neutrophils/µL</c>.</summary>
    ImmutableArray<Token> WithUnitOfCounted(string text, ImmutableArray<Token> tokens)
    {
        for (var at = 0; at < tokens.Length - 1; at++)
        {
            if (tokens[at].Number is not { Unit: "", Over: null } number)
            {
                continue;
            }

            for (var last = at + 1;
                last < tokens.Length && last <= at + MaxSharedWords && tokens[last].Kind == TokenKind.Word; last++)
            {
                if (CountUnitAfter(text, tokens[last].End) is { } unit)
                {
                    if (vocabulary.Lookup(text[tokens[at + 1].Start..tokens[last].End])
                        is not { Kind: ConceptKind.Lab, Unit: ['1', '0', '*', ..] or ['/', ..] })
                    {
                        break;
                    }

                    tokens = tokens.SetItem(at, tokens[at] with { Number = number with { Unit = unit.Code } })
                        .RemoveAll(t => t.Start >= tokens[last].End && t.Start < unit.End);
                    break;
                }
            }
        }

        return tokens;
    }

    /// <summary>A volume that cells are counted in: <c>/µL</c>, <c>per cubic millimeter</c>.</summary>
    static UnitRead? CountUnitAfter(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var divides = at < text.Length && (text[at] == '/' || string.CompareOrdinal(text, at, "per ", 0, 4) == 0);
        return divides && UnitText.Read(text, at) is { Code: "/uL" or "/L" or "/mL" } unit ? unit : null;
    }

    static bool IsAbbreviation(string text, Token token) =>
        token.Kind == TokenKind.Word && !RomanNumbers.IsNumeral(token.Word)
        && text.AsSpan(token.Start, token.End - token.Start).ContainsAnyInRange('A', 'Z')
            && token.Word.Length <= 8
        && (token.Capitals || token.End - token.Start == 1 || text[token.Start..token.End].Count(char.IsUpper) > 1);

    /// <summary>Makes one word of <c>first or second</c>, which share the name after them.</summary>
    static ImmutableArray<Chunk> Ordinals(string text, ImmutableArray<Chunk> chunks)
    {
        for (var at = chunks.Length - 3; at >= 0; at--)
        {
            if (IsOrdinal(chunks[at]) && chunks[at + 1].Is(Cue.Or) && IsOrdinal(chunks[at + 2]))
            {
                var (start, end) = (chunks[at].Start, chunks[at + 2].End);
                chunks = chunks.RemoveRange(at, 3)
                    .Insert(at, new(ChunkKind.Word, start, end, text[start..end].ToLowerInvariant()));
            }
        }

        return chunks;
    }

    static bool IsOrdinal(Chunk chunk) => chunk.Word is "first" or "second" or "third" or "1st" or "2nd" or "3rd";

    /// <summary>Makes one range of <c>0, 1, or 2</c>, <c>2 to 4</c> and <c>between 18 and 65 years</c>.</summary>
    static ImmutableArray<Chunk> MergedNumbers(string text, ImmutableArray<Chunk> chunks)
    {
        var merged = new List<Chunk>();
        foreach (var chunk in chunks)
        {
            merged.Add(chunk);
            if (merged is [.., { Cue: Cue.Between }, { Kind: ChunkKind.Comma }, { Cue: Cue.And }, { Cue: Cue.SuchAs },
                { Kind: ChunkKind.Comma }])
            {
                merged.RemoveRange(merged.Count - 4, 4);
            }

            if (chunk.Kind == ChunkKind.Number)
            {
                WithDays(merged);
                OutOf(merged);
                RestoreSigns(merged);
                MergeBackwards(text, merged);
            }
        }

        return [.. merged];
    }

    /// <summary>Without the numbers that tell how long a scale is: <c>on a 0 to 10 numeric rating scale</c>,
    /// <c>11-point NRS</c>, <c>24-item
    /// HAM-D</c>, <c>100 mm VAS</c>.</summary>
    static ImmutableArray<Chunk> WithoutRangesOfScales(ImmutableArray<Chunk> chunks)
    {
        for (var at = 0; at + 1 < chunks.Length; at++)
        {
            var before = at > 0 ? chunks[at - 1] : null;
            var items = chunks[at + 1].Word is "item" or "items" or "point" or "points" ? 2 : 1;
            if (chunks[at].Number is not { Over: null, RelativeTo: null } number || before?.Sign is not null
                || before?.Kind == ChunkKind.Number
                || !IsScale(chunks, at + items))
            {
                continue;
            }

            var isRange = number is { Low: 0, High: > 2, Unit: "" } && before is { Word: "a" or "an" or "the" or "on" };
            var isLength = items == 2 || number.Unit == "{score}" || (number is { Unit: "mm" or "cm" }
                && number.Low == number.High);
            if (isRange || (isLength && (number.Low == number.High || number.Low == 0)))
            {
                chunks = chunks.RemoveRange(at, items);
            }
        }

        return chunks;
    }

    static bool IsScale(ImmutableArray<Chunk> chunks, int at)
    {
        while (at < chunks.Length && chunks[at].Word is "visual" or "analog" or "analogue" or "numeric" or "numerical"
            or "rating" or "pain" or "likert" or "verbal")
        {
            at++;
        }

        return at < chunks.Length && (chunks[at].Word is "scale" or "questionnaire"
            || chunks[at] is { Concept: { Kind: ConceptKind.Score, Unit: "{score}" } });
    }

    /// <summary>A score is the first of <c>20 out of 30</c>.</summary>
    static void OutOf(List<Chunk> chunks)
    {
        if (chunks is [.., { Number: { Unit: "", Over: null } score } first, { Word: "out" }, { Word: "of" },
            { Number: { Unit: "" } most } last] && most.Low >= score.High)
        {
            chunks.RemoveRange(chunks.Count - 4, 4);
            chunks.Add(first with { End = last.End });
        }
    }

    /// <summary>Weeks and days are one length: <c>36 weeks and 6 days</c>.</summary>
    static void WithDays(List<Chunk> chunks)
    {
        const int week = 7;
        var joined = chunks.Count > 2 && chunks[^2].Cue is Cue.And or Cue.Filler ? 3 : 2;
        if (chunks.Count >= joined && chunks[^joined].Number is { Unit: "wk", Over: null } weeks
            && chunks[^1].Number is { Unit: "d", High: < week } days && days.Low == days.High)
        {
            var low = weeks.Low == weeks.High ? days.Low : 0;
            var whole = chunks[^joined] with
            {
                End = chunks[^1].End,
                Number = new((weeks.Low * week) + low, (weeks.High * week) + days.High, "d"),
            };
            chunks.RemoveRange(chunks.Count - joined, joined);
            chunks.Add(whole);
        }
    }

    /// <summary>Two limits joined by <c>and</c> or <c>to</c> cannot both be equalities: the first is the lower limit
    /// and the second the upper one, whose signs were lost (<c>Age = 18 and = 65 years</c>, <c>&gt; 17 and =
    /// 28</c>).</summary>
    static void RestoreSigns(List<Chunk> chunks)
    {
        if (chunks is not [.., { Kind: ChunkKind.Number, Number: { Over: null } low }, var joint, var sign,
            { Number: { Over: null } high } last]
            || low.Low != low.High || high.Low <= low.High || !(low.Unit == high.Unit || low.Unit.Length == 0)
            || low.RelativeTo != high.RelativeTo)
        {
            return;
        }

        var first = chunks.Count > 4 ? chunks[^5] : null;
        if (!(joint.Cue is Cue.And or Cue.To || (joint.Kind == ChunkKind.Comma && sign.Comparator != Comparator.Equal)))
        {
            return;
        }

        var (isFrom, isTo) = (first?.Comparator == Comparator.Equal, sign.Comparator == Comparator.Equal);
        if (isFrom && isTo)
        {
            chunks.RemoveRange(chunks.Count - 5, 5);
            chunks.Add(last with { Start = first!.Start, Number = high with { Low = low.Low }, IsInferred = true });
        }
        else if (isFrom && sign.Sign is Comparator.LessThan or Comparator.LessOrEqual)
        {
            chunks[^5] = first! with { Comparator = Comparator.GreaterOrEqual, IsInferred = true };
        }
        else if (isTo && first?.Sign is Comparator.GreaterThan or Comparator.GreaterOrEqual)
        {
            chunks[^2] = sign with { Comparator = Comparator.LessOrEqual, IsInferred = true };
        }
    }

    static void MergeBackwards(string text, List<Chunk> chunks)
    {
        var last = chunks[^1];
        var at = chunks.Count - 2;
        while (at >= 0 && (chunks[at].IsConnective || chunks[at].Is(Cue.To) || chunks[at].Word is "up to"))
        {
            at--;
        }

        var dash = at >= 0 && IsDash(text, chunks[at].End, last.Start);
        if (at < 0 || (at == chunks.Count - 2 && !dash) || chunks[at].Kind != ChunkKind.Number)
        {
            return;
        }

        var (low, high) = (chunks[at].Number!, last.Number!);
        if (low.Unit == "mo" && high.Unit == "a")
        {
            high = high with { Low = high.Low * 12, High = high.High * 12, Unit = "mo" };
        }

        var sameUnit = low.Unit == high.Unit || low.Unit.Length == 0 || high.Unit.Length == 0
            || high.Unit.StartsWith($"{low.Unit}/", StringComparison.Ordinal);
        var lead = at - 1;
        while (lead >= 0 && (chunks[lead].Is(Cue.Filler) || chunks[lead].Concept?.Kind == ConceptKind.Demographic))
        {
            lead--;
        }

        if (lead > 0 && lead == at - 1 && chunks[lead].Comparator is Comparator.GreaterOrEqual or Comparator.Equal
            && chunks[lead - 1].Is(Cue.Between))
        {
            chunks.RemoveAt(lead--);
            at--;
        }

        var between = lead >= 0 && chunks[lead].Is(Cue.Between);
        between |= lead >= 0 && chunks[lead].Word is "from" && !dash && chunks[at + 1].Word is "up to";
        var to = dash || chunks[at + 1].Is(Cue.To);
        var next = !dash && high.Low == low.High + 1 && high.Unit.Length == 0;
        if (high.High < low.Low && ((between && high.High < 0)
            || ((between || to) && sameUnit && (Eyesight.IsScale(low.Unit) || Eyesight.IsScale(high.Unit)))))
        {
            (low, high) = (high, low);
        }

        if (!sameUnit || high.Low <= low.High || !(between || to || next))
        {
            return;
        }

        if (high.Scale != 1 && low.Unit.Length == 0 && low.Scale == 1)
        {
            if (low.High * high.Scale >= high.Low)
            {
                return;
            }

            low = low with { Low = low.Low * high.Scale };
        }

        var start = between && lead == at - 1 ? lead : at;
        var range = last with
        {
            Start = chunks[start].Start,
            Number = high with { Low = low.Low, Unit = high.Unit.Length > 0 ? high.Unit : low.Unit },
        };
        chunks.RemoveRange(start, chunks.Count - start);
        if (between && lead < at - 1)
        {
            chunks.RemoveAt(lead);
        }

        chunks.Add(range);
    }

    static bool IsDash(string text, int from, int to) =>
        text.AsSpan(from, to - from).Trim() is ['-' or '~' or '\u223c' or '\uff5e' or '\u2013' or '\u2014' or '\u2212'];

    /// <summary>Completes names that share words across a connective: <c>acute or chronic graft versus host
    /// disease</c>, <c>hepatitis B or C</c>.</summary>
    ImmutableArray<Chunk> SharedWords(string text, ImmutableArray<Chunk> chunks)
    {
        var result = new List<Chunk>();
        for (var at = 0; at < chunks.Length; at++)
        {
            if (IsOfBoth(text, result, chunks.AsSpan()[at..]))
            {
                result[^1] = result[^1] with { End = chunks[++at].End };
                continue;
            }

            result.Add(chunks[at]);
            if (at + 1 < chunks.Length && chunks[at].IsConnective && at > 0)
            {
                ShareHead(text, result, chunks[at + 1]);
                if (ShareStart(text, chunks[at - 1], chunks[at + 1]) is { } completed)
                {
                    result.Add(completed);
                    at++;
                }
            }
        }

        return [.. result];
    }

    /// <summary>Whether a slash joins a kind of leukemia or lymphoma with the other name of its kind: <c>Burkitt
    /// lymphoma/leukemia</c>, which is not every leukemia.</summary>
    bool IsOfBoth(string text, List<Chunk> before, ReadOnlySpan<Chunk> next) =>
        next is [{ Cue: Cue.Or } slash, { Concept.Key: "leukemia" or "lymphoma" }, ..] && text[slash.Start] == '/'
        && before is [.., { Concept: { Key: not ("leukemia" or "lymphoma") } kind }]
        && (vocabulary.IsA(kind.Key, "leukemia") || vocabulary.IsA(kind.Key, "lymphoma"));

    /// <summary>Gives the words before the connective the last words of the term after it.</summary>
    void ShareHead(string text, List<Chunk> before, Chunk term)
    {
        if (term.Kind != ChunkKind.Term)
        {
            return;
        }

        var head = TermText.Words(text[term.Start..term.End]);
        for (var count = Math.Min(MaxSharedWords, before.Count - 1); count > 0; count--)
        {
            var first = before.Count - 1 - count;
            var own = before.GetRange(first, count);
            var hormone = own is [{ Concept.Kind: ConceptKind.Drug or ConceptKind.Therapy
                or ConceptKind.Substance or ConceptKind.Lab }] && term.Concept!.Kind == ConceptKind.Genomic;
            if (!hormone && !own.All(c => c.Kind is ChunkKind.Word or ChunkKind.Number
                || c.Cue is Cue.Acute or Cue.Chronic || c.Word == "type"))
            {
                continue;
            }

            var name = text[own[0].Start..own[^1].End];
            for (var from = 1; from < head.Length; from++)
            {
                if (vocabulary.Lookup($"{name} {string.Join(' ', head[from..])}") is { } concept)
                {
                    before.RemoveRange(first, count);
                    before.Insert(first, new(ChunkKind.Term, own[0].Start, own[^1].End) { Concept = concept });
                    return;
                }
            }
        }
    }

    /// <summary>Gives the word after the connective the first words of the term before it.</summary>
    Chunk? ShareStart(string text, Chunk term, Chunk word)
    {
        if (term.Kind != ChunkKind.Term || word.Kind != ChunkKind.Word || word.Word.Length > 2)
        {
            return null;
        }

        var words = TermText.Words(text[term.Start..term.End]);
        return words.Length > 1 && vocabulary.Lookup($"{string.Join(' ', words[..^1])} {word.Word}") is { } concept
            ? word with { Kind = ChunkKind.Term, Concept = concept }
            : null;
    }
}
