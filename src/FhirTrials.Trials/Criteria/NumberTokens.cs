using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads a number with its unit as one token: <c>1.5 x 10^9/L</c>, <c>140/90 mmHg</c>, <c>15 million/mL</c>,
/// <c>six months</c>.</summary>
static partial class NumberTokens
{
    /// <summary>The number that begins there; null for none.</summary>
    public static Token? Read(string text, int at, int end)
    {
        if (IsMinus(text, at, end))
        {
            return Read(text, at + 1, end) is { Number: { Over: null, RelativeTo: null } positive } token
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

        if (NumberText.WithDecimalComma(text, at) is { } comma)
        {
            var unitAfter = UnitAfter(text, comma.End, end);
            var isDecimal = unitAfter is not null || IsCompared(text, at)
                || text.AsSpan(at, comma.End - at) is ['0', ',', _, _] || IsLowEnd(text, comma.End, end);
            if (isDecimal)
            {
                var after = unitAfter ?? new UnitRead("", null, comma.End);
                return new(
                    TokenKind.Number, at, after.End, Number: new(comma.Value, comma.Value, after.Code, after.Limit));
            }
        }

        if (NumberText.Read(text, at) is not { } number || number.End > end)
        {
            return null;
        }

        if (UnitAfter(text, number.End, end) is null && Many().Match(text, number.End) is { Success: true } many
            && number.End + many.Length <= end)
        {
            var times = many.Groups["word"].Value[0] switch
            {
                'm' or 'M' => 1_000_000m,
                't' or 'T' => 1_000m,
                _ => 100_000m,
            };
            number = (number.Low * times, number.High * times, number.End + many.Length, number.Scale);
        }

        if (IsPair(text, number.End, end))
        {
            return Pair(text, at, end, number.Low, number.End + 1);
        }

        var unit = UnitAfter(text, NumberText.SkipRepetition(text, number.End), end)
            ?? UnitAfter(text, number.End, end)
            ?? (IsCompared(text, at) || Than().IsMatch(text[Math.Max(0, at - 8)..at])
                ? HyphenedTime(text, number.End, end)
                : null)
            ?? new UnitRead("", null, number.End);
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
        at < end && text[at] == '-'
        && UnitAfter(text, at + 1, end) is { Code: "min" or "h" or "d" or "wk" or "mo" or "a" } time
        && time.End - at > 3
            ? time
            : null;

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
        return letter < end && text[letter] is 'C' or 'F'
            && (letter + 1 == end || !char.IsLetterOrDigit(text[letter + 1]))
            && OfFever().IsMatch(text[Math.Max(0, at - 60)..at])
                ? new(text[letter] == 'C' ? "Cel" : "[degF]", null, letter + 1)
                : null;
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

    /// <summary>The age of a pregnancy: <c>33 6/7 weeks</c>, <c>34+0 weeks</c>.</summary>
    [GeneratedRegex(@"\G(?<weeks>[1-4]\d)(?:(?: |\+| \+ )(?<days>[0-6])/7(?:\s?(?:weeks|wks|wk|w)\b)?|"
        + @"\+(?<days>[0-6])(?:\s?(?:weeks|wks|wk|w)\b|(?=\s?(?:and|to|-|\u2013)\s?[1-4]\d\+[0-6]\s?(?:weeks|wks|"
        + @"wk|w)\b)))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeeksAndDays();

    /// <summary>A Gleason score by its parts: <c>3+4=7</c>, <c>Gleason 4+3</c>.</summary>
    [GeneratedRegex(@"\G[1-5]\s?\+\s?(?<second>[1-5])(?:\s?=\s?\d{1,2}(?![\d.])|"
        + @"(?<=gleason[^\d]{0,24}[1-5]\s?\+\s?[1-5])(?![\d.]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gleason();

    [GeneratedRegex(@"^(?:st|nd|rd|th)\b|^[a-z]?$|^[a-z]\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?:\b(?:between|than|to|of|below|above|least|most|exceed|exceeding)|\d\D{0,4} (?:and|or)|=) ?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeforeNumber();
}
