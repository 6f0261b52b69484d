using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <summary>Makes semicolons of the numbers of a list in one line: <c>1) heart failure 2) stroke</c>.</summary>
static class Enumerators
{
    public static ImmutableArray<Token> Read(ImmutableArray<Token> tokens)
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
}
