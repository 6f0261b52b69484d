using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Leaves out the abbreviations in brackets that follow what they stand for: <c>central nervous system (CNS)
/// disease</c>.</summary>
static class Abbreviations
{
    const int MaxWords = 3;

    public static ImmutableArray<Token> Without(string text, ImmutableArray<Token> tokens)
    {
        var kept = ImmutableArray.CreateBuilder<Token>();
        for (var at = 0; at < tokens.Length; at++)
        {
            var close = at + 1;
            while (close < tokens.Length && close - at <= MaxWords && IsAbbreviation(text, tokens[close]))
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

    static bool IsAbbreviation(string text, Token token) =>
        token.Kind == TokenKind.Word && !RomanNumbers.IsNumeral(token.Word)
        && text.AsSpan(token.Start, token.End - token.Start).ContainsAnyInRange('A', 'Z')
        && token.Word.Length <= 8
        && (token.Capitals || token.End - token.Start == 1 || text[token.Start..token.End].Count(char.IsUpper) > 1);
}
