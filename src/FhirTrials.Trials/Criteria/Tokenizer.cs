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
        ("=/>", Comparator.GreaterOrEqual), ("=/<", Comparator.LessOrEqual), (">_", Comparator.GreaterOrEqual),
        ("<_", Comparator.LessOrEqual), (">/=", Comparator.GreaterOrEqual), ("</=", Comparator.LessOrEqual),
        (">=", Comparator.GreaterOrEqual),
            ("=>", Comparator.GreaterOrEqual),
        ("<=", Comparator.LessOrEqual), ("=<", Comparator.LessOrEqual), ("\u2265", Comparator.GreaterOrEqual),
            ("\u2a7e", Comparator.GreaterOrEqual),
        ("\u2264", Comparator.LessOrEqual), ("\u2a7d", Comparator.LessOrEqual), ("\uff1e", Comparator.GreaterThan),
            ("\uff1c", Comparator.LessThan),
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

            if (char.IsAsciiDigit(c) && OrOlder().Match(text, at) is { Success: true } older && at
                + older.Length <= end)
            {
                tokens.Add(new(TokenKind.Comparison, at, at, Comparator: Comparator.GreaterOrEqual));
                tokens.Add(new(TokenKind.Number, at, at + older.Length, Number: new(Years(older), Years(older), "a")));
                at += older.Length;
                continue;
            }

            var token = Number(text, at, end) ?? Normal(text, at, end) ?? Word(text, at, end) ?? Comparison(text, at,
                end)
                ?? Sign(text, at, end);
            if (token.Kind != TokenKind.Dash || !JoinsWords(text, at, end))
            {
                tokens.Add(token);
            }

            at = token.End;
        }

        return tokens.ToImmutable();
    }

    static int Years(Match number) => int.Parse(number.Groups["years"].Value, CultureInfo.InvariantCulture);

    static Token? Number(string text, int at, int end)
    {
        if (IsMinus(text, at, end))
        {
            return Number(text, at + 1, end) is { Number: { Over: null, RelativeTo: null } positive } token
                && positive.Low == positive.High
                ? token with { Start = at, Number = positive with { Low = -positive.Low, High = -positive.High } }
                : null;
        }

        if (!char.IsAsciiDigit(text[at]))
        {
            return char.IsAsciiLetter(text[at]) && NumberText.InWords(text, at) is { } words
                ? TimeInWords(text, at, end, words.Value, words.End)
                : null;
        }

        if (Gleason().Match(text, at) is { Success: true } gleason && at + gleason.Length <= end)
        {
            var sum = text[at] - '0' + (gleason.Groups["second"].Value[0] - '0');
            return new(TokenKind.Number, at, at + gleason.Length, Number: new(sum, sum, ""));
        }

        if (WeeksAndDays().Match(text, at, end - at) is { Success: true } weeks)
        {
            var days = (int.Parse(weeks.Groups["weeks"].Value, CultureInfo.InvariantCulture) * 7)
                + (weeks.Groups["days"].Value[0] - '0');
            return new(TokenKind.Number, at, at + weeks.Length, Number: new(days, days, "d"));
        }

        if (NumberText.WithDecimalComma(text, at) is { } comma
            && (UnitAfter(text, comma.End, end) ?? (IsCompared(text, at) || text.AsSpan(at, comma.End - at) is ['0',
            ',', _, _] || IsLowEnd(text, comma.End, end) ? new UnitRead("", null, comma.End) : null)) is { } after)
        {
            return new(TokenKind.Number, at, after.End, Number: new(comma.Value, comma.Value, after.Code, after.Limit));
        }

        if (NumberText.Read(text, at) is not { } number || number.End > end)
        {
            return null;
        }

        if (UnitAfter(text, number.End, end) is null && Many().Match(text, number.End) is { Success: true } many
            && number.End + many.Length <= end)
        {
            var times = many.Groups["word"].Value[0] is 'm' or 'M' ? 1_000_000m : many.Groups["word"].Value[0] is 't'
                or 'T' ? 1_000m : 100_000m;
            number = (number.Low * times, number.High * times, number.End + many.Length, number.Scale);
        }

        if (IsPair(text, number.End, end))
        {
            return Pair(text, at, end, number.Low, number.End + 1);
        }

        var unit = UnitAfter(text, NumberText.SkipRepetition(text, number.End), end) ?? UnitAfter(text, number.End, end)
            ?? (IsCompared(text, at) || Than().IsMatch(text[Math.Max(0, at - 8)..at]) ? HyphenedTime(text, number.End,
                end) : null) ?? new UnitRead("", null, number.End);
        var runsOn = unit.End < end && unit.End == number.End && char.IsLetter(text[number.End]);
        var factor = IsThousands(text[at..number.End], unit.Code) ? 1000 : 1;
        return runsOn && !(IsCompared(text, at) && !Ordinal().IsMatch(text[number.End..Math.Min(end, number.End + 3)]))
            ? null
            : new(
                TokenKind.Number, at, unit.End,
                Number: new(number.Low * factor, number.High * factor, unit.Code, unit.Limit) { Scale = number.Scale });
    }

    /// <summary>Whether a dash is the sign of the number after it: after a comparison or a word that a number follows
    /// (<c>&lt; -2.5</c>, <c>between 0 and −4</c>), where no range can be meant.</summary>
    static bool IsMinus(string text, int at, int end) =>
        text[at] is '-' or '\u2212' or '\u2013' && at + 1 < end && char.IsAsciiDigit(text[at + 1])
        && at > 0 && text[at - 1] is ' ' or '<' or '>' or '\u2264' or '\u2265' or '='
        && (IsCompared(text, at) || BeforeNumber().IsMatch(text[Math.Max(0, at - 16)..at]));

    /// <summary>Whether a sign of comparison stands before: no list of numbers has one.</summary>
    static bool IsCompared(string text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        return at > 0 && text[at - 1] is '<' or '>' or '\u2264' or '\u2265';
    }

    /// <summary>The unit of a time that is written as one word: <c>less than 1-year duration</c>.</summary>
    static UnitRead? HyphenedTime(string text, int at, int end) =>
        at < end && text[at] == '-' && UnitAfter(text, at + 1, end) is { Code: "min" or "h" or "d" or "wk" or "mo"
            or "a" } time && time.End - at > 3 ? time : null;

    [GeneratedRegex(@"\b(?:than|least) $", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Than();

    static UnitRead? UnitAfter(string text, int at, int end) =>
        UnitText.Read(text, at) is not { } unit || unit.End > end ? Degrees(text, at, end)
            : unit.Code == "d" && text[unit.End - 1] == 'D' && OfEyes().IsMatch(text[Math.Max(0, at - 80)..at])
            ? unit with { Code = "[diop]" } : unit;

    /// <summary>The letter for a temperature: <c>fever &gt; 38.5 C</c>.</summary>
    static UnitRead? Degrees(string text, int at, int end)
    {
        var letter = at < end && text[at] is ' ' or '\u00b0' ? at + 1 : at;
        return letter < end && text[letter] is 'C' or 'F' && (letter + 1 == end || !char.IsLetterOrDigit(text[letter
            + 1]))
            && OfFever().IsMatch(text[Math.Max(0, at - 60)..at]) ? new(text[letter] == 'C' ? "Cel" : "[degF]", null,
            letter + 1) : null;
    }

    [GeneratedRegex("temp|fever|febrile|pyrexia|hypotherm|hypertherm",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfFever();

    /// <summary>Numbers in words after digits: <c>15 million/mL</c>, <c>1 lakh</c>.</summary>
    [GeneratedRegex(@"\G\s?(?<word>million|lakhs?|lacs?|thousand)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Many();

    /// <summary>Before dioptres: <c>myopia &gt; 6 D</c>.</summary>
    [GeneratedRegex("myopi|hyperopi|hypermetropi|astigmati|refracti|spher|cylind|ametropi|anisometropi",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfEyes();

    /// <summary>A limit of normal by itself after a comparison: <c>&gt; ULN</c>, <c>above the upper limit of
    /// normal</c>, <c>below normal</c>.</summary>
    static Token? Normal(string text, int at, int end)
    {
        if (!char.IsAsciiLetter(text[at]) || char.ToLowerInvariant(text[at]) is not ('u' or 'l' or 't' or 'i' or 'n')
            || ComparedWith(text, at) is not { } lower)
        {
            return null;
        }

        if (MultipleBefore().IsMatch(text[Math.Max(0, at - 40)..at]))
        {
            return null;
        }

        if (UnitText.Read(text, at) is { Limit: { } limit } named && named.End <= end)
        {
            return new(TokenKind.Number, at, named.End, Number: new(1, 1, "1", limit));
        }

        return PlainNormal().Match(text, at, end - at) is { Success: true } normal
            ? new(
                TokenKind.Number, at, at + normal.Length,
                Number: new(1, 1, "1", lower ? ReferenceLimit.Lln : ReferenceLimit.Uln))
            : null;
    }

    /// <summary>Whether the words before ask for less (true) or more (false); null where they compare
    /// nothing.</summary>
    static bool? ComparedWith(string text, int at)
    {
        var start = Math.Max(0, at - 16);
        var before = text.AsSpan(start, at - start).TrimEnd();
        return before.EndsWith("<") || before.EndsWith("\u2264")
            || before.EndsWith("below", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("less than", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("lower than", StringComparison.OrdinalIgnoreCase) ? true
            : before.EndsWith(">") || before.EndsWith("\u2265")
                || before.EndsWith("above", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("than", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("exceeding", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("exceeds", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("equal to", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("=") ? false
            : null;
    }

    /// <summary>A number in words counts a time or a multiple of normal; alone it is a word (<c>one of the
    /// following</c>).</summary>
    static Token? TimeInWords(string text, int at, int end, decimal value, int after)
    {
        if (NumberText.IsMultiple(text, at))
        {
            return UnitText.ReadMultiple(text, after) is { } limit && limit.End <= end
                ? new(TokenKind.Number, at, limit.End, Number: new(value, value, limit.Code, limit.Limit)) : null;
        }

        after = NumberText.SkipRepetition(text, after);
        var hyphen = after < end && text[after] == '-' ? 1 : 0;
        return UnitAfter(text, after + hyphen, end) is { } unit
            && new Quantity(value, value, unit.Code, unit.Limit) is var counted
            && (counted.IsTime || counted.RelativeTo is not null)
            ? new(TokenKind.Number, at, unit.End, Number: counted)
            : null;
    }

    /// <summary>Whether the other end of a range stands after the number, with a unit: <c>18,5 - 30
    /// kg/m2</c>.</summary>
    static bool IsLowEnd(string text, int at, int end) => OtherEnd().Match(text, at) is { Success: true } other
        && UnitAfter(text, at + other.Length, end) is not null;

    [GeneratedRegex(@"\G\s?(?:-|\u2013|\u2212|to|and)\s?\d{1,3}(?:[.,]\d{1,2})?(?!\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherEnd();

    /// <summary>Two numbers in one, as of blood pressure or eyesight: <c>140/90</c>.</summary>
    static bool IsPair(string text, int at, int end) =>
        at + 1 < end && text[at] == '/' && char.IsAsciiDigit(text[at + 1]);

    static Token? Pair(string text, int at, int end, decimal over, int under)
    {
        if (NumberText.Read(text, under) is not { } number || number.End > end || number.Low != number.High
            || (number.End < end && (char.IsLetterOrDigit(text[number.End]) || text[number.End] == '/')))
        {
            return null;
        }

        var unit = UnitAfter(text, number.End, end) ?? new UnitRead("", null, number.End);
        return new(TokenKind.Number, at, unit.End, Number: new(over, over, unit.Code, Over: number.Low));
    }

    /// <summary><c>150.000/mm3</c>: no count of cells has thousandths.</summary>
    static bool IsThousands(string number, string unit) =>
        unit is "/uL" or "/mL" or "/L" or "mm3" && number.Length > 4 && number[^4] == '.';

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
            return new(TokenKind.Comparison, at, at + spelled.Length,
                Comparator: spelled.Value.Contains('>', StringComparison.Ordinal)
                    ? Comparator.GreaterOrEqual
                    : Comparator.LessOrEqual);
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

    [GeneratedRegex(@"(?:fold|times|x)\s+(?:higher|greater|above|more|over)?\s*(?:than)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MultipleBefore();

    [GeneratedRegex(@"\G(?:the )?(?:institutional )?normal(?: range| limits?| values?| levels?)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainNormal();

    /// <summary>A letter that ends a name: <c>hepatitis C</c>.</summary>
    [GeneratedRegex(@"(?:hepatitis|vitamin|type|class|protein|and|or) [A-D]$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndsName();

    /// <summary>The age of a pregnancy: <c>33 6/7 weeks</c>, <c>34+0 weeks</c>.</summary>
    [GeneratedRegex(@"\G(?<weeks>[1-4]\d)(?:(?: |\+| \+ )(?<days>[0-6])/7(?:\s?(?:weeks|wks|wk|w)\b)?|"
        + @"\+(?<days>[0-6])(?:\s?(?:weeks|wks|wk|w)\b|(?=\s?(?:and|to|-|\u2013)\s?[1-4]\d\+[0-6]\s?(?:weeks|wks|"
            + @"wk|w)\b)))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeeksAndDays();

    /// <summary>A Gleason score by its parts: <c>3+4=7</c>, <c>Gleason 4+3</c>.</summary>
    [GeneratedRegex(@"\G[1-5]\s?\+\s?(?<second>[1-5])(?:\s?=\s?\d{1,2}(?![\d.])|"
        + @"(?<=gleason[^\d]{0,24}[1-5]\s?\+\s?[1-5])(?![\d.]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gleason();

    /// <summary><c>18+ years</c>, <c>age 18+</c>.</summary>
    [GeneratedRegex(@"\G(?<![\d.,/])(?<years>[1-9]\d)\+(?:\s?(?:years|year|yrs|yr|y/o|yo)\b(?:\s(?:old|of age)\b)?|"
        + @"(?<=\b(?:age|aged|ages|adults)[\s:(]{1,3}\d\d\+)(?![\d\w]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrOlder();

    [GeneratedRegex(@"^(?:st|nd|rd|th)\b|^[a-z]?$|^[a-z]\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?:\b(?:between|than|to|of|below|above|least|most|exceed|exceeding)|\d\D{0,4} (?:and|or)|=) ?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeforeNumber();

    /// <summary><c>&gt; or = 18</c>, <c>≤</c> in other words.</summary>
    [GeneratedRegex(@"\G(?:[<>]\s*(?:or|/|and)\s*(?:=|equals?(?:\s+to)?)|=\s*(?:or|/)\s*[<>]|[<>]\s+(?:=|equal to))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpelledComparison();

    static bool IsCapitals(string letters) =>
        letters.Length > 1 && letters.TrimEnd('s').All(c => char.IsUpper(c) || char.IsDigit(c))
            && char.IsUpper(letters[0]);
}
