using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FhirTrials.Trials.Registry;

/// <summary>How the old XML writes texts, dates, codes, and yes or no.</summary>
static partial class OldXmlText
{
    /// <summary>No code's meaning is longer.</summary>
    const int MaxCode = 1_000;

    static readonly string[] Days = ["MMMM d, yyyy"];
    static readonly string[] Months = ["MMMM yyyy", "MM/yyyy"];

    /// <summary>Words of the old XML that are not those of the new codes.</summary>
    static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["ANTICIPATED"] = "ESTIMATED",
        ["ESTIMATE"] = "ESTIMATED",
        ["EDUCATIONALCOUNSELINGTRAINING"] = "ECT",
        ["USFED"] = "FED",
        ["OTHERGRANTFUNDINGNUMBER"] = "OTHER_GRANT",
        ["NA"] = "NA",
        ["STATISTICALANALYSISPLAN"] = "SAP",
        ["INFORMEDCONSENTFORM"] = "ICF",
        ["CLINICALSTUDYREPORT"] = "CSR",
        ["2SIDED"] = "TWO_SIDED",
        ["1SIDED"] = "ONE_SIDED",
        ["INVESTIGATOR"] = "INVESTIGATOR",
        ["OBSERVATIONALPATIENTREGISTRY"] = "OBSERVATIONAL",
    };

    /// <summary>The text of an element or attribute. Text blocks are wrapped at 80 columns: their lines are joined,
    /// their paragraphs and list items kept.</summary>
    public static string Of(XObject source) => source switch
    {
        XAttribute attribute => attribute.Value,
        XElement element when element.Element("textblock") is { } block => Unwrapped(block.Value),
        XElement element => element.Name.LocalName == "textblock" ? Unwrapped(element.Value) : element.Value.Trim(),
        _ => "",
    };

    /// <summary><c>September 21, 2010</c>, <c>November 2010</c>, <c>01/2020</c> as ISO
    /// dates; another text as it is.</summary>
    public static string Date(string text) =>
        Parsed(text, Days) is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Parsed(text, Months) is { } month ? month.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : text;

    /// <summary>The code whose own letters, or whose meaning's, are those of the text, remarks in brackets aside;
    /// another text as it is.</summary>
    public static string Code(string text, RegistryCodes codes)
    {
        if (text.Length > MaxCode)
        {
            return text;
        }

        var letters = Letters(text);
        var bare = Letters(Remark().Replace(text, ""));
        return codes.All.FirstOrDefault(c => Is(c, letters))?.Code
            ?? codes.All.FirstOrDefault(c => Is(c, bare))?.Code ?? text;
    }

    /// <summary>Yes or no; null for neither.</summary>
    public static bool? Flag(string text) => Letters(text) switch
    {
        "YES" or "TRUE" or "ACCEPTSHEALTHYVOLUNTEERS" => true,
        "NO" or "FALSE" => false,
        _ => null,
    };

    static bool Is(RegistryCode code, string letters) =>
        Letters(code.Code) == letters || Letters(code.Display) == letters
        || Others.GetValueOrDefault(letters) == code.Code;

    /// <summary>Upper-case letters and digits; <c>Single Group Assignment</c> is <c>SINGLEGROUP</c>.</summary>
    static string Letters(string text) => string.Concat(
        text.Replace(" Assignment", "", StringComparison.Ordinal).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    static DateOnly? Parsed(string text, string[] formats) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : null;

    static string Unwrapped(string text)
    {
        var blocks = BlankLine().Split(text.ReplaceLineEndings("\n").Trim('\n', ' '))
            .Where(block => !string.IsNullOrWhiteSpace(block)).ToList();
        var bullets = blocks.Where(b => Bullet().IsMatch(b)).Select(Indentation).ToList();
        var margin = bullets.Count == 0 ? 0 : bullets.Min();
        var unwrapped = new StringBuilder();
        var wasBullet = false;
        foreach (var block in blocks)
        {
            var bullet = Bullet().Match(block);
            unwrapped.Append(unwrapped.Length == 0 ? "" : wasBullet && bullet.Success ? "\n" : "\n\n");
            if (bullet.Success)
            {
                var mark = bullet.Groups[1].Value is "-" ? "*" : bullet.Groups[1].Value;
                unwrapped.Append(' ', Math.Max(0, Indentation(block) - margin) / 5 * 2).Append(mark).Append(' ');
            }

            var lines = block[bullet.Length..].Split('\n').Select(line => line.Trim());
            unwrapped.AppendJoin(' ', lines.Where(line => line.Length > 0));
            wasBullet = bullet.Success;
        }

        return unwrapped.ToString();
    }

    static int Indentation(string block)
    {
        var line = block.TrimStart('\n');
        return line.Length - line.TrimStart(' ').Length;
    }

    [GeneratedRegex(@"\s*\([^)]*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Remark();

    [GeneratedRegex(@"\n[ \t]*\n", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"^\s*(-|\*|\d+\.)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
