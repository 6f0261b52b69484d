using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads numbers as protocols write them: <c>50 000</c>, <c>50,000</c>, <c>1.5 x 10^9</c>, <c>1e9</c>,
/// <c>10-6</c>, <c>10⁹</c>, <c>0-1</c>, and in words.</summary>
static partial class NumberText
{
    const int MaxDigits = 15;

    /// <summary>The number at <paramref name="at"/>, where it ends, and the power of ten that it is multiplied with;
    /// null where none stands or it is out of range.</summary>
    public static (decimal Low, decimal High, int End, decimal Scale)? Read(string text, int at)
    {
        if (Power().Match(text, at) is { Success: true } power && Scale(power) is { } scaled)
        {
            var factor = power.Groups["factor"] is { Success: true } written ? Value(written.Value) : null;
            return (scaled, scaled, at + power.Length, factor is > 0 ? scaled / factor.Value : 1);
        }

        if (Plain().Match(text, at) is not { Success: true } plain || Value(plain.Groups["low"].Value) is not { } low)
        {
            return null;
        }

        if (plain.Groups["high"] is { Success: true } range && Value(range.Value) is { } high && high > low)
        {
            return Power().Match(text, range.Index) is { Success: true } shared
                && shared.Groups["factor"].Value == range.Value && Scale(shared) is { } top
                ? (low * (top / high), top, range.Index + shared.Length, top / high)
                : (low, high, at + plain.Length, 1);
        }

        return (low, low, plain.Groups["low"].Index + plain.Groups["low"].Length, 1);
    }

    /// <summary>A number in words before what it counts (<c>six (6) months</c>, <c>two weeks</c>), and where it
    /// ends.</summary>
    public static (decimal Value, int End)? InWords(string text, int at)
    {
        var match = Words().Match(text, at);
        return match.Success ? (Named(match.Groups["name"]) + Named(match.Groups["ones"]), at + match.Length) : null;
    }

    /// <summary>Whether the word at the place says how many times: <c>twice</c>.</summary>
    public static bool IsMultiple(string text, int at) =>
        Multiples.Any(m => string.Compare(text, at, m.Word, 0, m.Word.Length, StringComparison.OrdinalIgnoreCase) == 0);

    static readonly (string Word, int Times)[] Multiples = [("twice", 2), ("double", 2), ("thrice", 3), ("triple", 3)];

    static decimal Named(Group name) => !name.Success ? 0
        : Array.Find(Multiples, m => name.Value.Equals(m.Word, StringComparison.OrdinalIgnoreCase))
            is { Times: > 0 } multiple ? multiple.Times
        : Array.IndexOf(Names, name.Value.ToLowerInvariant()) switch
    {
        <= 20 and var small => small,
        var tens => (tens - 18) * 10,
    };

    /// <summary>Where a number ends with its repetition in words or digits: <c>3 (three)</c>.</summary>
    public static int SkipRepetition(string text, int at) => Repetition().Match(text, at) is { Success: true } again
        ? at + again.Length : at;

    /// <summary>A decimal comma: <c>38,0 °C</c>.</summary>
    public static (decimal Value, int End)? WithDecimalComma(string text, int at) =>
        DecimalComma().Match(text, at) is { Success: true } match
            && decimal.TryParse(
                match.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var value)
            ? (value, at + match.Length)
            : null;

    static readonly string[] Names =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
        "fifty", "sixty", "seventy", "eighty", "ninety",
    ];

    static decimal? Value(string digits)
    {
        var bare = Thousands().Replace(digits, "");
        return bare.Length <= MaxDigits
            && decimal.TryParse(bare, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    static decimal? Scale(Match power)
    {
        var exponent = Superscripts(power.Groups["exponent"].Value);
        var size = int.Parse(exponent.TrimStart('+', '-'), CultureInfo.InvariantCulture);
        if (size > 12 || (power.Groups["factor"].Success ? Value(power.Groups["factor"].Value) : 1) is not { } factor)
        {
            return null;
        }

        for (; size > 0; size--)
        {
            factor = exponent[0] == '-' ? factor / 10 : factor * 10;
        }

        return factor;
    }

    static string Superscripts(string text) =>
        string.Concat(text.Select(c => c switch
        {
            '\u2070' => '0',
            '\u00b9' => '1',
            '\u00b2' => '2',
            '\u00b3' => '3',
            >= '\u2074' and <= '\u2079' => (char)('4' + (c - '\u2074')),
            '\u207b' or '\u2212' or '\u2013' => '-',
            _ => c,
        }));

    /// <summary>A power of ten, alone or after a factor. <c>10-6</c> is one: no range falls from 10; <c>x 109</c> is
    /// one that lost its superscript, if a volume follows.</summary>
    [GeneratedRegex(
        @"\G(?:(?<factor>\d{1,6}(?:\.\d{1,6})?)\s*(?:[x\u00d7X*]|\\\*)\s*)?10(?:\s?(?:\^|\*\*?|\\\^|\\\*|"
            + @"[eE])\s?(?<exponent>[+\u2212\u2013-]?\d{1,2})|\((?<exponent>\d{1,2})\)|"
            + @"\s?(?<exponent>[\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,2})|(?<exponent>[\u2212\u2013-][1-9])"
            + @"(?![\d.]))|\G(?<factor>\d{1,6}(?:\.\d{1,6})?)\s*[x\u00d7X]\s*10\s?(?<exponent>\d{1,2})(?=\s?/)|"
            + @"\G(?<factor>\d{1,4}(?:\.\d{1,3})?)\s10(?<exponent>9|12)(?=\s?/\s?[lL])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Power();

    [GeneratedRegex(@"\G(?<low>\d{1,3}, 000(?!\d)|\d{1,3}(?:[ ,\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d{1,6})?|"
        + @"\d{1,12}(?:\.\d{1,8})?)(?:\s?[-\u2013\u2212~\u223c\uff5e]\s?(?<high>\d{1,3}(?:,\d{3})+(?!\d)|"
            + @"\d{1,12}(?:\.\d{1,8})?)(?![\d-]))?", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"\G(?<name>twice|double|thrice|triple|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
            + @"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|"
            + @"eighty|ninety)(?:(?<=ty)[- ](?<ones>one|two|three|four|five|six|seven|eight|nine))?(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"\G\s?[(\[](?:\d{1,3}|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
            + @"fifteen|sixteen|eighteen|twenty|thirty|sixty|ninety)[)\]]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\G\d{1,3},\d{1,2}(?![\d,])", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"[ ,\u00a0\u202f\u2009]", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}
