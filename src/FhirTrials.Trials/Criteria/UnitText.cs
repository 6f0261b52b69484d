using System.Collections.Immutable;
using System.Text;

namespace FhirTrials.Trials.Criteria;

/// <summary>Units as protocols write them, and their UCUM codes — https://ucum.org/ucum</summary>
static class UnitText
{
    /// <summary>UCUM code, then its spellings without blanks, lower case, micro as <c>u</c>, the sign of multiplication
    /// as <c>x</c>.</summary>
    static readonly ImmutableArray<(string Code, string Spellings)> Table =
    [
        ("%", "%|percent|percentage"),
        ("a", "years|year|yrs|yr|years-old|year-old|yearsold|yearold|y.o.|y/o|yearsofage"),
        ("mo", "months|month|mos|mths"),
        ("wk", "weeks|week|wks|wk"),
        ("d", "days|day|calendardays"),
        ("h", "hours|hour|hrs|hr"),
        ("min", "minutes|minute|mins"),
        ("{half-life}", "half-lives|half-life|halflives|half-life(s)"),
        ("g/dL", "g/dl|gm/dl|grams/dl|gms/dl|g%"),
        ("g/L", "g/l|gm/l"),
        ("mg/dL", "mg/dl|mg%|mgs/dl"),
        ("mg/L", "mg/l"),
        ("ng/mL", "ng/ml"),
        ("ug/L", "ug/l|mcg/l"),
        ("mmol/L", "mmol/l|mmoles/l"),
        ("umol/L", "umol/l|umoles/l|mcmol/l|micromol/l|micromole/l"),
        ("meq/L", "meq/l"),
        ("U/L", "u/l|iu/l|units/l"),
        ("mL/min/{1.73_m2}",
            "ml/min/1.73m2|ml/min/1.73m^2|ml/min/1.73m\u00b2|ml/minute/1.73m2|ml/min/1.73sq.m|ml/minper1.73m2"),
        ("mL/min", "ml/min|ml/minute|cc/min|ml/minutes|mls/min"),
        ("/uL", "/ul|/mcl|cells/ul|cells/mcl|cells/microliter|/microliter|permicroliter|cellspermicroliter|percubicmicroliter|/mm3|/mm^3|/mm\u00b3|/cmm|cells/mm3|cells/mm^3|cells/mm\u00b3|/cubicmillimeter|percubicmillimeter|permm3|percubicmm|permm^3"),
        ("10*3/uL", "k/ul|k/mm3|k/mcl|thousand/ul|thou/ul|x103/ul|x10^3/ul|x10\u00b3/ul"),
        ("/L", "/l|/liter|/litre|perliter|cells/l|per l"),
        ("/mL", "/ml|cells/ml"),
        ("kg/m2", "kg/m2|kg/m^2|kg/m\u00b2"),
        ("kg", "kg|kilograms|kilogram|kgs"),
        ("cm", "cm|centimeters|centimetres"),
        ("mm[Hg]", "mmhg|mm hg|mm/hg"),
        ("ms", "ms|msec|msecs|milliseconds|milliseconds"),
        ("mg", "mg"),
        ("/min", "bpm|beats/min|/min|beatsperminute"),
        ("Cel", "\u00b0c|degreescelsius|degreesc"),
    ];

    /// <summary>Multiples of a limit of normal: <c>5 × ULN</c>, <c>5 times institutional upper limit of
    /// normal</c>.</summary>
    static readonly ImmutableArray<(ReferenceLimit Limit, string Tail)> Limits =
    [
        (ReferenceLimit.Uln, "uln"), (ReferenceLimit.Uln, "upperlimitofnormal"),
            (ReferenceLimit.Uln, "upperlimitsofnormal"),
        (ReferenceLimit.Uln, "upperlimitofthenormal"), (ReferenceLimit.Uln, "uppernormallimit"),
            (ReferenceLimit.Uln, "unl"),
        (ReferenceLimit.Uln, "upperlimitnormal"), (ReferenceLimit.Uln, "upperlimitofnormalrange"),
            (ReferenceLimit.Uln, "upperlimitofthenormalrange"),
        (ReferenceLimit.Uln, "normalupperlimit"), (ReferenceLimit.Lln, "lln"),
            (ReferenceLimit.Lln, "lowerlimitofnormal"),
        (ReferenceLimit.Lln, "lowerlimitofthenormal"),
    ];

    static readonly ImmutableArray<string> LimitHeads =
        [.. from times in (string[])["x", "times", "timesthe", "xthe", "fold", "foldthe", "-fold", "timesof", ""]
            from whose in (string[])["", "institutional", "theinstitutional", "local", "site", "laboratory",
                "local laboratory", "age-adjusted", "locallaboratory", "institution's", "institutionspecific"]
            select times + whose];

    static readonly ImmutableArray<(string Spelling, string Code, ReferenceLimit? Limit)> Longest =
    [
        .. Table.SelectMany(u => u.Spellings.Split('|')
            .Select(s => (s.Replace(" ", "", StringComparison.Ordinal), u.Code, (ReferenceLimit?)null)))
            .Concat(from head in LimitHeads from limit in Limits select (head.Replace(" ", "",
                StringComparison.Ordinal) + limit.Tail, "1", (ReferenceLimit?)limit.Limit))
            .OrderByDescending(u => u.Item1.Length)
    ];

    const int MaxLength = 60;

    /// <summary>The unit that stands after a number, and where it ends; null where none does.</summary>
    public static (string Code, ReferenceLimit? Limit, int End)? Read(string text, int at)
    {
        var (plain, ends) = Squeeze(text, at);
        foreach (var (spelling, code, limit) in Longest)
        {
            if (plain.StartsWith(spelling, StringComparison.Ordinal)
                && !RunsOn(text, ends[spelling.Length - 1], spelling))
            {
                return (code, limit, ends[spelling.Length - 1]);
            }
        }

        return null;
    }

    /// <summary>The text from <paramref name="at"/> without blanks and escapes in the table's spelling, and for each of
    /// its characters where it ends in the text.</summary>
    static (string Plain, List<int> Ends) Squeeze(string text, int at)
    {
        var plain = new StringBuilder();
        var ends = new List<int>();
        for (var i = at; i < text.Length && plain.Length < MaxLength; i++)
        {
            var c = text[i];
            if (c is '\n' or '(' or ';' || (c == ',' && plain.Length > 0))
            {
                break;
            }

            if (!char.IsWhiteSpace(c) && c != '\\')
            {
                plain.Append(c switch
                {
                    '\u00b5' or '\u03bc' => 'u',
                    '\u00d7' => 'x',
                    '\u2019' => '\'',
                    _ => char.ToLowerInvariant(c),
                });
                ends.Add(i + 1);
            }
        }

        return (plain.ToString(), ends);
    }

    static bool RunsOn(string text, int end, string spelling) =>
        char.IsLetter(spelling[^1]) && end < text.Length && char.IsLetterOrDigit(text[end]);
}
