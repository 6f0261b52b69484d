using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FhirTrials.Storage;

/// <summary>Texts as index columns, which hold at most <see cref="MaxLength"/> characters.</summary>
static class IndexText
{
    public const int MaxLength = 256;

    const int KeptLength = 200;

    /// <summary>The text itself, or for a longer one its beginning and a hash: equal
    /// exactly where the texts are.</summary>
    public static string Key(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Concat(text.AsSpan(0, KeptLength), "#", Convert.ToHexString(hash.AsSpan(0, 20)));
    }

    /// <summary>Whether a column's text can only be what <see cref="Key"/> makes of a longer one.</summary>
    public static bool IsShortened(string key) =>
        key.Length == KeptLength + 41 && key[KeptLength] == '#'
        && key.AsSpan(KeptLength + 1).IndexOfAnyExcept(HexDigits) < 0;

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    /// <summary>The beginning of a text, not cut within a surrogate pair.</summary>
    public static string Prefix(string text) => text.Length <= MaxLength ? text
        : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    /// <summary>The least text that is greater than all that start with the prefix.</summary>
    public static string After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                return string.Concat(runes) + new Rune(last == 0xD7FF ? 0xE000 : last + 1);
            }
        }

        return Last;
    }

    /// <summary>Greater than any text of a person.</summary>
    public const string Last = "\U0010FFFF";
}
