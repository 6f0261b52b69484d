using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Finds the concepts and cues among the tokens of a criterion, the longest match, a concept before a cue:
/// <c>no</c>, <c>acute myeloid leukemia</c>, <c>within</c>.</summary>
/// <param name="ofBloodCancer">Whether the text is of a trial of blood cancers, or may be.</param>
sealed class Chunker(ConceptVocabulary vocabulary, bool ofBloodCancer)
{
    /// <summary>So few words in capitals are abbreviations and no text that is all in capitals.</summary>
    const int FewWords = 2;

    readonly CountedUnits _countedUnits = new(vocabulary);
    readonly Scales _scales = new(vocabulary);
    readonly SharedNames _sharedNames = new(vocabulary);

    public ImmutableArray<Chunk> Read(string text, ImmutableArray<Token> tokens)
    {
        var kept = _countedUnits.Read(text, Abbreviations.Without(text, Enumerators.Read(tokens)));
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
        var numbers = NumberRanges.Read(text, SharedNames.OfOrdinals(text, BetterOrWorse.Read(scales)));
        numbers = ScaleLengths.Without(numbers);
        return Compounds.Fold(text, _sharedNames.Read(text, numbers), vocabulary);
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
        if (vocabulary.LongestAt(run.Words, place, _ => false) is not { } term)
        {
            return null;
        }

        var last = run.Tokens[place + term.Length - 1];
        var name = string.Join(' ', run.Words.GetRange(place, term.Length));
        return last == at ? null
            : (new(ChunkKind.Term, tokens[at].Start, tokens[last].End, name) { Concept = term.Concept }, last - at + 1);
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
}
