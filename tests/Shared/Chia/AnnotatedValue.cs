using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirTrials.Tests.Chia;

/// <summary>The limits that the text of an annotation states. Reads by itself, apart from
/// the parser that is scored.</summary>
/// <param name="Low">Null without a lower limit.</param>
/// <param name="Outside">The limits bound what is left out: <c>&lt; 18 or &gt; 65</c>.</param>
/// <param name="LostSign">A bare <c>=</c>, or none: the corpus lost its ≥ and ≤ in
/// places, so that nobody can tell.</param>
sealed partial record AnnotatedValue(
    decimal? Low, decimal? High, bool LowInclusive, bool HighInclusive, bool LostSign, string Unit,
    bool Outside = false)
{
    /// <summary>The limit of the second of two numbers in one: the diastolic pressure of <c>&gt; 140/90</c>.</summary>
    public AnnotatedValue? Second { get; private init; }

    /// <summary>Null where the text states no number.</summary>
    public static AnnotatedValue? Read(string text)
    {
        if (Times().Match(text) is { Success: true } times && times.Groups["one"].Value != times.Groups["two"].Value
            && Single(text) is { Low: not null, High: { } high } all)
        {
            return times.Groups["one"].Value.StartsWith("mo", StringComparison.OrdinalIgnoreCase)
                ? all with { High = high * 12, Unit = "mo" }
                : all with { High = null, Unit = "", Second = all with { Low = null, Unit = "" } };
        }

        if (Snellen().IsMatch(text))
        {
            return Single(Acuity(text));
        }

        return Pair().IsMatch(text) && Single(Pair().Replace(text, "$1")) is { } first
            ? first with { Second = Single(Pair().Replace(text, "$2")) }
            : Single(text);
    }

    /// <summary>Eyesight as a decimal, of which more is better.</summary>
    static string Acuity(string text) => Snellen()
        .Replace(text.ToLowerInvariant(), m => decimal.Round(
            20 / decimal.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 4)
            .ToString(CultureInfo.InvariantCulture))
        .Replace("no worse than", ">=", StringComparison.Ordinal)
        .Replace("worse than", "<", StringComparison.Ordinal)
        .Replace("or worse", "or less", StringComparison.Ordinal)
        .Replace("better than", ">", StringComparison.Ordinal)
        .Replace("or better", "or more", StringComparison.Ordinal);

    static AnnotatedValue? Single(string text)
    {
        var plain = List().Replace(Plain(text), "$1 , $2");
        var numbers = Number().Matches(plain).Select(m => Value(m)).ToArray();
        if (numbers.Length == 0 && Roman().Match(plain) is { Success: true } roman)
        {
            numbers = [.. roman.Groups["n"].Captures.Select(c => (decimal?)Romans.IndexOf(c.Value))];
        }

        if (numbers.Length == 0 && Letter().Match(plain) is { Success: true } letter)
        {
            numbers = [.. letter.Groups["n"].Captures.Select(c => (decimal?)(c.Value[0] - 'a' + 1))];
        }

        if (numbers.Length is 0 or > 4 || numbers.Any(n => n is null))
        {
            return null;
        }

        var unit = UnitOf(plain);
        if (Around().Match(plain) is { Success: true } around && numbers.Length >= 2)
        {
            var (fromLow, toHigh) = (around.Groups["low"].Length > 1, around.Groups["high"].Length > 1);
            return new(numbers.Min(), numbers.Max(), fromLow, toHigh, false, unit);
        }

        var between = Between().IsMatch(plain) && numbers.Length > 1;
        var (below, above) = (Below().Match(plain), Above().Match(plain));
        if (below.Success && above.Success && below.Index != above.Index && numbers.Length == 2)
        {
            var (low, high) = (numbers.Min(), numbers.Max());
            return below.Index < above.Index && Or().IsMatch(plain)
                ? new(high, low, Includes(above), Includes(below), false, unit, Outside: true)
                : new(low, high, Includes(above), Includes(below), false, unit);
        }

        if (numbers.Length == 2 && To().IsMatch(plain) && below.Success != above.Success && numbers[0] < numbers[1])
        {
            var (fromLow, toHigh) = (!above.Success || Includes(above), !below.Success || Includes(below));
            return new(numbers[0], numbers[1], fromLow, toHigh, false, unit);
        }

        return between || (numbers.Length > 1 && !below.Success && !above.Success)
                ? new(numbers.Min(), numbers.Max(), true, true, false, unit)
            : below.Success ? new(null, numbers[0], true, Includes(below), false, unit)
            : above.Success ? new(numbers[0], null, Includes(above), true, false, unit)
            : new(numbers[0], numbers[0], true, true, true, unit);
    }

    static readonly List<string> Romans = ["", "i", "ii", "iii", "iv", "v"];

    static string Plain(string text)
    {
        var plain = text.ToLowerInvariant().Replace('\u00d7', 'x').Replace('\u00b5', 'u').Replace('\u03bc', 'u')
            .Replace("\u2013", "-", StringComparison.Ordinal).Replace("\u2265", ">=", StringComparison.Ordinal)
            .Replace("\u2264", "<=", StringComparison.Ordinal).Replace("\u2267", ">=", StringComparison.Ordinal)
            .Replace("\u2266", "<=", StringComparison.Ordinal).Replace("1.73", "", StringComparison.Ordinal)
            .Replace("h-1", "/h", StringComparison.Ordinal);
        plain = LostPower().Replace(plain, " x 10^$1");
        plain = plain.Replace(", 000", ",000", StringComparison.Ordinal);
        plain = Lakhs().Replace(Millions().Replace(plain, " x 10^6"), " x 10^5");
        plain = Sum().Replace(LetteredStep().Replace(plain, ""), m =>
            $"{m.Groups["a"].Value[0] - '0' + m.Groups["b"].Value[0] - '0'}");
        return Words.Aggregate(plain, (p, w) => Regex.Replace(p, $@"\b{w.Word}\b", w.Digits));
    }

    static readonly (string Word, string Digits)[] Words =
    [
        ("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"),
        ("eight", "8"), ("nine", "9"), ("ten", "10"), ("twice", "2"), ("double", "2"), ("triple", "3"),
        ("twelve", "12"), ("fourteen", "14"), ("eighteen", "18"), ("twenty", "20"), ("thirty", "30"),
    ];

    static decimal? Value(Match match)
    {
        var digits = Regex.Replace(match.Groups["n"].Value, @"[ ,](?=\d{3}(?!\d))|(?<=\d\d)\.(?=000$)", "");
        if (!decimal.TryParse(
            digits.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        value = match.Groups["minus"].Success ? -value : value;
        if (match.Groups["e"].Success
            && int.TryParse(match.Groups["e"].Value, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= 12)
        {
            for (var i = 0; i < Math.Abs(exponent); i++)
            {
                value = exponent > 0 ? value * 10 : value / 10;
            }
        }

        return value;
    }

    static string UnitOf(string plain)
    {
        var bare = plain.Replace(" ", "", StringComparison.Ordinal);
        return Units.FirstOrDefault(u => bare.Contains(u.Spelling, StringComparison.Ordinal)).Code ?? "";
    }

    static readonly (string Spelling, string Code)[] Units =
    [
        ("mm/h", "mm/h"), ("mm/1h", "mm/h"), ("/kg/h", ""), ("pack", "{pack-years}"),
        ("/h", "/h"), ("perhour", "/h"), ("mg/kg", ""), ("/day", ""), ("/24", ""), ("uln", "ULN"),
        ("upperlimit", "ULN"), ("uppernormal", "ULN"), ("lln", "LLN"), ("lowerlimit", "LLN"), ("ml/min", "mL/min"),
        ("mg/dl", "mg/dL"), ("ng/dl", "ng/dL"), ("ug/dl", "ug/dL"), ("pg/dl", "pg/dL"), ("g/dl", "g/dL"),
        ("umol/l", "umol/L"), ("mmol/l", "mmol/L"), ("ng/ml", "ng/mL"), ("kg/m", "kg/m2"), ("mmhg", "mm[Hg]"),
        ("%", "%"), ("percent", "%"), ("year", "a"), ("yr", "a"), ("month", "mo"), ("week", "wk"), ("day", "d"),
        ("hour", "h"),
    ];

    [GeneratedRegex(@"\d\D*\bto\b")]
    private static partial Regex To();

    /// <summary><c>18 &lt;= BMI &lt;= 32</c>.</summary>
    [GeneratedRegex(@"\d\s*(?<low><=?)[^<>\d]+(?<high><=?)\s*\d")]
    private static partial Regex Around();

    /// <summary>A list of points of a scale: <c>0,1</c>.</summary>
    [GeneratedRegex(@"^\s*(\d),\s?(\d)\s*$")]
    private static partial Regex List();

    [GeneratedRegex(@"\bor\b")]
    private static partial Regex Or();

    static bool Includes(Match sign) => sign.Groups["eq"].Success;

    [GeneratedRegex(
        @"(?<![\d.a-z^/]|\d,)(?<minus>(?<=(?:[<>=]|\b(?:and|to|than|of)) ?)-)?"
        + @"(?<n>\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
        + @"(?:\s*[x*]\s*10\s*(?:\^|\*\*|e)?\s*(?<e>-?\d{1,2})(?!\d))?")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(?:(?:[<>]=?|at least)\s*)?(?:(?:class|classification|type|grade|stage|asa|nyha)\s*)?(?<n>iv|v|i{1,3})"
        + @"(?:\s*(?:-|to|or|and|,|/|&)\s*(?<n>iv|v|i{1,3}))*"
        + @"(?:\s+(?:or|and)\s+(?:greater|higher|above|more|less|lower|below))?$")]
    private static partial Regex Roman();

    /// <summary>Two ages in different units: <c>6 months to 5 years</c>.</summary>
    [GeneratedRegex(@"\d\s*(?<one>day|week|month)s?\b.*\d\s*(?<two>week|month|year)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex(@"\b(\d{2,3})/(\d{2,3})\b")]
    private static partial Regex Pair();

    /// <summary>Eyesight at 20 feet.</summary>
    [GeneratedRegex(@"\b20/(\d{2,3})\b")]
    private static partial Regex Snellen();

    /// <summary><c>1.5 109/l</c>.</summary>
    [GeneratedRegex(@"(?<=\d) 10(9|12)(?=\s?/\s?l)")]
    private static partial Regex LostPower();

    [GeneratedRegex(@"(?<=\d)\s?millions?\b")]
    private static partial Regex Millions();

    [GeneratedRegex(@"(?<=\d)\s?la(?:kh|c)s?\b")]
    private static partial Regex Lakhs();

    /// <summary>The letter of a step: <c>F3</c> of fibrosis, <c>C2</c> of venous disease.</summary>
    [GeneratedRegex(@"(?<![a-z])[fc](?=[0-6](?![\d.]))")]
    private static partial Regex LetteredStep();

    /// <summary>A Gleason score by its parts: <c>3+4=7</c>.</summary>
    [GeneratedRegex(@"(?<![\d.])(?<a>[1-5])\s?\+\s?(?<b>[1-5])(?:\s?=\s?\d{1,2})?(?![\d.])")]
    private static partial Regex Sum();

    /// <summary>Classes in letters count from 1.</summary>
    [GeneratedRegex(@"^(?:class\s*)?(?<n>[abc])(?:\s*(?:-|to|or|and|,|/)\s*(?<n>[abc]))*$")]
    private static partial Regex Letter();

    [GeneratedRegex(@"\bbetween\b|\bto\b|\d\s*-\s*\d|\d[^<>]*-[^<>]*\d|\bfrom\b")]
    private static partial Regex Between();

    [GeneratedRegex(
        @"(?<eq><=|=<|</=|=/<|< ?or ?=|less (?:than )?or equal|less than equal|equal to or (?:less|lower|below|younger)"
        + @"|(?:no|not) (?:more|greater|older|higher) than|not exceed|at most|or (?:less|younger|below|lower|under)"
        + @"|up to|maximum|within)|<|less than|less|lower than|below|under|younger than|fewer")]
    private static partial Regex Below();

    [GeneratedRegex(
        @"(?<eq>>=|=>|>/=|=/>|> ?or ?=|greater (?:than )?or equal|greater than equal"
        + @"|equal to or (?:greater|more|above|older|higher)|more than or equal|greater than/equals?"
        + @"|(?:no|not) (?:less|younger|lower|fewer) than|at least"
        + @"|(?:or|and) (?:more|older|above|greater|over|higher|longer|worse)|minimum)"
        + @"|>|(?<!no |not )(?:greater|more|older|higher) than|above|over|exceed")]
    private static partial Regex Above();
}
