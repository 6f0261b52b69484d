using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds the concepts and cues among the tokens of a criterion: the longest match wins, a concept before a
/// cue.</summary>
sealed class Chunker(ConceptVocabulary vocabulary)
{
    const int MaxAbbreviationWords = 3;
    const int MaxSharedWords = 4;

    readonly Scales _scales = new(vocabulary);

    public ImmutableArray<Chunk> Read(string text, ImmutableArray<Token> tokens)
    {
        var kept = WithoutAbbreviations(text, tokens);
        var words = kept.Select(t => t.Kind is TokenKind.Number ? text[t.Start..t.End].ToLowerInvariant() : t.Word)
            .ToArray();
        var longer = kept.Where(t => t.Kind == TokenKind.Word && t.Word.Length > 3).ToArray();
        var mixedCase = longer.Length == 0 || longer.Any(t => !t.Capitals);
        var chunks = ImmutableArray.CreateBuilder<Chunk>();
        var run = new Run([], []);
        for (var at = 0; at < kept.Length;)
        {
            if (kept[at].Kind == TokenKind.Word && run.PlaceOf(at) < 0)
            {
                run = Run.From(kept, words, at);
            }

            var (chunk, count) = ReadOne(kept, run, at, mixedCase);
            chunks.Add(chunk);
            at += count;
        }

        return SharedWords(text, MergedNumbers(text, _scales.Read(text, RomanNumbers.Read(text, chunks.ToImmutable()))));
    }

    (Chunk Chunk, int Count) ReadOne(ImmutableArray<Token> tokens, Run run, int at, bool mixedCase)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Word)
        {
            var place = run.PlaceOf(at);
            var term = vocabulary.LongestAt(run.Words, place, i => mixedCase && tokens[run.Tokens[i]].Capitals);
            var cue = CueAt(run.Words, place);
            var length = term is { } t && t.Length >= (cue?.Length ?? 0) ? t.Length : cue?.Length ?? 1;
            var last = run.Tokens[place + length - 1];
            var whole = new Chunk(ChunkKind.Word, token.Start, tokens[last].End, string.Join(' ', run.Words.GetRange(place, length)));
            return (term?.Length >= (cue?.Length ?? 0)
                ? whole with { Kind = ChunkKind.Term, Concept = term.Value.Concept }
                : cue is { } c ? whole with { Kind = ChunkKind.Cue, Cue = c.Cue }
                : whole, last - at + 1);
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
                if (tokens[at].Kind is TokenKind.Word or TokenKind.Number)
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
                && tokens[close].Kind == TokenKind.Close && !(close > at + 2 && RomanNumbers.IsScale(tokens[at + 1].Word)))
            {
                if (tokens[at - 1].Kind == TokenKind.Comma && close + 1 < tokens.Length && tokens[close + 1].Kind == TokenKind.Comparison)
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

    static bool IsAbbreviation(string text, Token token) =>
        token.Kind == TokenKind.Word && !RomanNumbers.IsNumeral(token.Word) && text.AsSpan(token.Start, token.End - token.Start).ContainsAnyInRange('A', 'Z')
            && token.Word.Length <= 8
        && (token.Capitals || token.End - token.Start == 1 || text[token.Start..token.End].Count(char.IsUpper) > 1);

    /// <summary>Makes one range of <c>0, 1, or 2</c>, <c>2 to 4</c> and <c>between 18 and 65 years</c>.</summary>
    static ImmutableArray<Chunk> MergedNumbers(string text, ImmutableArray<Chunk> chunks)
    {
        var merged = new List<Chunk>();
        foreach (var chunk in chunks)
        {
            merged.Add(chunk);
            if (merged is [.., { Cue: Cue.Between }, { Kind: ChunkKind.Comma }, { Cue: Cue.And }, { Cue: Cue.SuchAs }, { Kind: ChunkKind.Comma }])
            {
                merged.RemoveRange(merged.Count - 4, 4);
            }

            if (chunk.Kind == ChunkKind.Number)
            {
                MergeBackwards(text, merged);
            }
        }

        return [.. merged];
    }

    static void MergeBackwards(string text, List<Chunk> chunks)
    {
        var last = chunks[^1];
        var at = chunks.Count - 2;
        while (at >= 0 && (chunks[at].IsConnective || chunks[at].Is(Cue.To)))
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

        var sameUnit = low.Unit == high.Unit || low.Unit.Length == 0 || high.Unit.Length == 0;
        var lead = at - 1;
        while (lead >= 0 && (chunks[lead].Is(Cue.Filler) || chunks[lead].Concept?.Kind == ConceptKind.Demographic))
        {
            lead--;
        }

        if (lead > 0 && lead == at - 1 && chunks[lead].Comparator is Comparator.GreaterOrEqual or Comparator.Equal && chunks[lead - 1].Is(Cue.Between))
        {
            chunks.RemoveAt(lead--);
            at--;
        }

        var between = lead >= 0 && chunks[lead].Is(Cue.Between);
        var to = dash || chunks[at + 1].Is(Cue.To);
        var next = !dash && high.Low == low.High + 1 && high.Unit.Length == 0;
        if (!sameUnit || high.Low <= low.High || !(between || to || next))
        {
            return;
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
        text.AsSpan(from, to - from).Trim() is ['-' or '\u2013' or '\u2014' or '\u2212'];

    /// <summary>Completes names that share words across a connective: <c>acute or chronic graft versus host
    /// disease</c>, <c>hepatitis B or C</c>.</summary>
    ImmutableArray<Chunk> SharedWords(string text, ImmutableArray<Chunk> chunks)
    {
        var result = new List<Chunk>();
        for (var at = 0; at < chunks.Length; at++)
        {
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
            if (!own.All(c => c.Kind == ChunkKind.Word || c.Is(Cue.Acute) || c.Is(Cue.Chronic)))
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
