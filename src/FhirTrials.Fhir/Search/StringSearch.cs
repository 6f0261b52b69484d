using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <param name="Text">The text as it stands.</param>
/// <param name="Normalised">The text without case, accents and runs of white space.</param>
public sealed record StringEntry(string Index, int Group, string Text, string Normalised) : IndexEntry(Index, Group);

public enum StringMatch
{
    StartsWith,
    Contains,
    Exact,

    /// <summary>Equal but for case, accents and white space.</summary>
    Equal,
    EndsWith,
}

/// <param name="Text">As given for <see cref="StringMatch.Exact"/>, otherwise normalised.</param>
public sealed record StringValue(StringMatch Match, string Text) : SearchValue;

/// <summary>String parameters — https://hl7.org/fhir/R4/search.html#string</summary>
public static class StringSearch
{
    static readonly string[] NameParts = ["text", "family", "given", "prefix", "suffix"];
    static readonly string[] AddressParts = ["text", "line", "city", "district", "state", "postalCode", "country"];

    internal static IEnumerable<IndexEntry> Extract(string index, int group, object item) => item switch
    {
        Element { Type.Name: "HumanName" } name => Parts(index, group, name, NameParts),
        Element { Type.Name: "Address" } address => Parts(index, group, address, AddressParts),
        Element { Type.IsPrimitive: true } primitive => Entries(index, group, primitive.Value),
        string text => Entries(index, group, text),
        _ => [],
    };

    static IEnumerable<IndexEntry> Parts(string index, int group, Element element, string[] parts) =>
        parts.SelectMany(p => element[p]).SelectMany(p => Entries(index, group, p.Value));

    internal static IEnumerable<IndexEntry> Entries(string index, int group, string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [new StringEntry(index, group, text, Normalise(text))];

    internal static bool TryParse(string text, StringMatch match, [NotNullWhen(true)] out SearchValue? value)
    {
        value = null;
        if (!SearchText.TryUnescape(text, out var wanted))
        {
            return false;
        }

        wanted = match == StringMatch.Exact ? wanted : Normalise(wanted);
        value = wanted.Length == 0 ? null : new StringValue(match, wanted);
        return value is not null;
    }

    /// <summary>Lower case, without accents and ligatures, white space as single blanks.</summary>
    public static string Normalise(string text)
    {
        if (Ascii.IsValid(text))
        {
            var buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
            var normal = buffer[..NormaliseAscii(text, buffer)];
            return normal.SequenceEqual(text) ? text : normal.ToString();
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark:
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator:
                    AppendBlank(result);
                    break;
                default:
                    AppendFolded(result, char.ToLowerInvariant(c));
                    break;
            }
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>The same of a text in ASCII, which has no accents; gives its length.</summary>
    static int NormaliseAscii(string text, Span<char> normal)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c is not (<= ' ' or '\x7F'))
            {
                normal[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | ' ') : c;
            }
            else if (length > 0 && normal[length - 1] != ' ')
            {
                normal[length++] = ' ';
            }
        }

        return length > 0 && normal[length - 1] == ' ' ? length - 1 : length;
    }

    static void AppendBlank(StringBuilder result)
    {
        if (result.Length > 0 && result[^1] != ' ')
        {
            result.Append(' ');
        }
    }

    static void AppendFolded(StringBuilder result, char c) => _ = c switch
    {
        'ß' => result.Append("ss"),
        'æ' => result.Append("ae"),
        'œ' => result.Append("oe"),
        'ø' => result.Append('o'),
        'ł' => result.Append('l'),
        'đ' => result.Append('d'),
        _ => result.Append(c),
    };
}
