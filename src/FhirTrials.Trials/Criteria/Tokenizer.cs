using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Splits a criterion into words, numbers with units, comparisons and signs. Markdown escapes (<c>\&lt;</c>)
/// are passed over; hyphens between letters are gaps.</summary>
static partial class Tokenizer
{
    static readonly ImmutableArray<(string Text, Comparator Comparator)> Comparisons =
    [
        ("\u2265/=", Comparator.GreaterOrEqual), ("\u2264/=", Comparator.LessOrEqual),
        ("\u2265/>", Comparator.GreaterOrEqual), ("\u2264/<", Comparator.LessOrEqual),
        ("=/>", Comparator.GreaterOrEqual), ("=/<", Comparator.LessOrEqual),
        (">_", Comparator.GreaterOrEqual), ("<_", Comparator.LessOrEqual),
        (">/=", Comparator.GreaterOrEqual), ("</=", Comparator.LessOrEqual),
        (">=", Comparator.GreaterOrEqual), ("=>", Comparator.GreaterOrEqual),
        ("<=", Comparator.LessOrEqual), ("=<", Comparator.LessOrEqual),
        ("\u2265", Comparator.GreaterOrEqual), ("\u2a7e", Comparator.GreaterOrEqual),
        ("\u2264", Comparator.LessOrEqual), ("\u2a7d", Comparator.LessOrEqual),
        ("\uff1e", Comparator.GreaterThan), ("\uff1c", Comparator.LessThan),
        ("\u2267", Comparator.GreaterOrEqual), ("\u2266", Comparator.LessOrEqual),
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

            if (char.IsAsciiDigit(c) && OrOlder().Match(text, at) is { Success: true } older
                && at + older.Length <= end)
            {
                tokens.Add(new(TokenKind.Comparison, at, at, Comparator: Comparator.GreaterOrEqual));
                tokens.Add(new(TokenKind.Number, at, at + older.Length, Number: new(Years(older), Years(older), "a")));
                at += older.Length;
                continue;
            }

            var token = NumberTokens.Read(text, at, end) ?? NormalLimits.Read(text, at, end)
                ?? Word(text, at, end) ?? Comparison(text, at, end) ?? Sign(text, at, end);
            if (token.Kind != TokenKind.Dash || !JoinsWords(text, at, end))
            {
                tokens.Add(token);
            }

            at = token.End;
        }

        return tokens.ToImmutable();
    }

    static int Years(Match number) => int.Parse(number.Groups["years"].Value, CultureInfo.InvariantCulture);

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

        var glued = GluedNumber().Match(text, at, stop - at);
        stop = glued.Success ? at + glued.Length : stop;
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
        if (text[at] is '<' or '>' or '=' && SpelledComparison().Match(text, at, end - at) is { Success: true } spelled)
        {
            var isLow = spelled.Value.Contains('>', StringComparison.Ordinal);
            return new(TokenKind.Comparison, at, at + spelled.Length,
                Comparator: isLow ? Comparator.GreaterOrEqual : Comparator.LessOrEqual);
        }

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
        if (text[at] == '&')
        {
            return new(TokenKind.Word, at, at + 1, "and");
        }

        var kind = text[at] switch
        {
            ',' => TokenKind.Comma,
            ';' => TokenKind.Semicolon,
            ':' => TokenKind.Colon,
            '/' => TokenKind.Slash,
            '(' or '[' or '{' => TokenKind.Open,
            ')' or ']' or '}' => TokenKind.Close,
            '-' or '~' or '\u223c' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' =>
                TokenKind.Dash,
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

        var abbreviation = (at - before == 1 && !EndsName().IsMatch(text[Math.Max(0, at - 14)..at]))
            || text[before..at].ToLowerInvariant() is "vs" or "eg" or "ie" or "incl" or "approx" or "resp" or "dr"
                or "st" or "no" or "al";
        return next >= end || (next > at + 1 && !abbreviation && (char.IsUpper(text[next]) || text[next] == '('));
    }

    static bool JoinsWords(string text, int at, int end) =>
        at > 0 && at + 1 < end && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    static bool IsApostrophe(string text, int at, int end) =>
        text[at] is '\'' or '\u2019' && at + 1 < end && char.IsLetter(text[at + 1]);

    /// <summary>A word that lost the blank before its number: <c>Age18-65</c>, <c>status0-2</c>.</summary>
    [GeneratedRegex(@"\G(?:aged?|status|score|ecog|bmi|grade|class|stage|asa|kps|lvef)(?=\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GluedNumber();

    /// <summary>A letter that ends a name: <c>hepatitis C</c>.</summary>
    [GeneratedRegex(@"(?:hepatitis|vitamin|type|class|protein|and|or) [A-D]$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndsName();

    /// <summary><c>18+ years</c>, <c>age 18+</c>.</summary>
    [GeneratedRegex(@"\G(?<![\d.,/])(?<years>[1-9]\d)\+(?:\s?(?:years|year|yrs|yr|y/o|yo)\b(?:\s(?:old|of age)\b)?|"
        + @"(?<=\b(?:age|aged|ages|adults)[\s:(]{1,3}\d\d\+)(?![\d\w]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrOlder();

    /// <summary><c>&gt; or = 18</c>, <c>≤</c> in other words.</summary>
    [GeneratedRegex(@"\G(?:[<>]\s*(?:or|/|and)\s*(?:=|equals?(?:\s+to)?)|=\s*(?:or|/)\s*[<>]|[<>]\s+(?:=|equal to))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpelledComparison();

    static bool IsCapitals(string letters) =>
        letters.Length > 1 && letters.TrimEnd('s').All(c => char.IsUpper(c) || char.IsDigit(c))
            && char.IsUpper(letters[0]);
}
