using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FhirTrials.Trials.Mapping;

/// <summary>Ids that the same facts always give, so that a second import finds what the first one wrote.</summary>
static class StableId
{
    const int SlugLength = 48;

    /// <summary>A readable id: the text in lower-case ASCII, then eight hex digits of the
    /// hash of exactly all parts.</summary>
    public static string From(string readable, params ReadOnlySpan<string?> parts)
    {
        var slug = Slug(readable);
        var hash = Hash(parts);
        return slug.Length == 0 ? hash : $"{slug}-{hash}";
    }

    /// <summary>Eight hex digits of the SHA-256 of the parts; a missing part differs from an empty one.</summary>
    public static string Hash(params ReadOnlySpan<string?> parts)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            joined.Append(part is null ? "-" : $"+{part}").Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined.ToString())).AsSpan(0, 4));
    }

    static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-' && c is not ('.' or '\'' or '’')
                && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, SlugLength)).Trim('-');
    }
}
