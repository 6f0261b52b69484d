using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Splits a criterion into words, numbers with units, comparisons and signs. Markdown escapes (<c>\&lt;</c>)
/// are passed over; hyphens between letters are gaps.</summary>
static class Tokenizer
{
    static readonly ImmutableArray<(string Text, Comparator Comparator)> Comparisons =
    [
        (">/=", Comparator.GreaterOrEqual), ("</=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual),
            ("=>", Comparator.GreaterOrEqual),
        ("<=", Comparator.LessOrEqual), ("=<", Comparator.LessOrEqual), ("\u2265", Comparator.GreaterOrEqual),
            ("\u2a7e", Comparator.GreaterOrEqual),
        ("\u2264", Comparator.LessOrEqual), ("\u2a7d", Comparator.LessOrEqual), ("\uff1e", Comparator.GreaterThan),
            ("\uff1c", Comparator.LessThan),
        (">", Comparator.GreaterThan), ("<", Comparator.LessThan), ("=", Comparator.Equal),
    ];

    public static ImmutableArray<Token> Read(string text, TextSpan span)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        var end = span.Start + span.Length;
        for (var at = span.Start; at < end;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || (c == '\\' && at + 1 < end && !char.IsLetterOrDigit(text[at + 1])))
            {
                at++;
                continue;
            }

            var token = Number(text, at, end) ?? Word(text, at, end) ?? Comparison(text, at, end)
                ?? Sign(text, at, end);
            if (token.Kind != TokenKind.Dash || !JoinsWords(text, at, end))
            {
                tokens.Add(token);
            }

            at = token.End;
        }

        return tokens.ToImmutable();
    }

    static Token? Number(string text, int at, int end)
    {
        if (!char.IsAsciiDigit(text[at]) || NumberText.Read(text, at) is not { } number || number.End > end)
        {
            return null;
        }

        var unit = UnitText.Read(text, number.End) is { } read && read.End <= end ? read : ("", null, number.End);
        var runsOn = unit.Item3 < end && unit.Item3 == number.End && char.IsLetter(text[number.End]);
        return runsOn ? null
            : new(TokenKind.Number, at, unit.Item3, Number: new(number.Low, number.High, unit.Item1, unit.Item2));
    }

    static Token? Word(string text, int at, int end)
    {
        if (!char.IsLetterOrDigit(text[at]))
        {
            return null;
        }

        var stop = at;
        while (stop < end && (char.IsLetterOrDigit(text[stop]) || IsApostrophe(text, stop, end)))
        {
            stop++;
        }

        var letters = text[at..stop];
        if (stop < end && text[stop] is '+' or '-'
            && (text[stop] == '+' || stop + 1 == end || !char.IsLetterOrDigit(text[stop + 1])))
        {
            stop++;
        }

        var sign = stop - at > letters.Length ? text[(stop - 1)..stop] : "";
        return new(TokenKind.Word, at, stop, TermText.Word(letters) + sign, IsCapitals(letters));
    }

    static Token? Comparison(string text, int at, int end)
    {
        foreach (var (sign, comparator) in Comparisons)
        {
            if (SignEnd(text, at, end, sign) is { } stop)
            {
                return new(TokenKind.Comparison, at, stop, Comparator: comparator);
            }
        }

        return null;
    }

    /// <summary>Where a comparison ends if it stands here, markdown escapes inside it allowed.</summary>
    static int? SignEnd(string text, int at, int end, string sign)
    {
        foreach (var c in sign)
        {
            if (at < end && text[at] == '\\')
            {
                at++;
            }

            if (at >= end || text[at] != c)
            {
                return null;
            }

            at++;
        }

        return at;
    }

    static Token Sign(string text, int at, int end)
    {
        var kind = text[at] switch
        {
            ',' => TokenKind.Comma,
            ';' => TokenKind.Semicolon,
            ':' => TokenKind.Colon,
            '/' => TokenKind.Slash,
            '(' or '[' or '{' => TokenKind.Open,
            ')' or ']' or '}' => TokenKind.Close,
            '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => TokenKind.Dash,
            '.' or '?' or '!' or '\n' => EndsSentence(text, at, end) ? TokenKind.Stop : TokenKind.Other,
            _ => TokenKind.Other,
        };
        return new(kind, at, at + 1);
    }

    /// <summary>A full stop ends a sentence before a capital or at the end, not in <c>i.e.</c>, <c>vs.</c> or
    /// <c>St.</c></summary>
    static bool EndsSentence(string text, int at, int end)
    {
        var next = at + 1;
        while (next < end && (char.IsWhiteSpace(text[next]) || text[next] is ')' or '"' or '\u201d'))
        {
            next++;
        }

        var before = at;
        while (before > 0 && char.IsLetter(text[before - 1]))
        {
            before--;
        }

        var abbreviation = at - before == 1
            || text[before..at].ToLowerInvariant() is "vs" or "eg" or "ie" or "incl" or "approx" or "resp" or "dr"
                or "st" or "no" or "al";
        return next >= end || (next > at + 1 && !abbreviation && (char.IsUpper(text[next]) || text[next] == '('));
    }

    static bool JoinsWords(string text, int at, int end) =>
        at > 0 && at + 1 < end && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    static bool IsApostrophe(string text, int at, int end) =>
        text[at] is '\'' or '\u2019' && at + 1 < end && char.IsLetter(text[at + 1]);

    static bool IsCapitals(string letters) =>
        letters.Length > 1 && letters.TrimEnd('s').All(c => char.IsUpper(c) || char.IsDigit(c))
            && char.IsUpper(letters[0]);
}
