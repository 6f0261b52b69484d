using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary><c>encode</c>, <c>decode</c>, <c>escape</c>, <c>unescape</c>; null for an unknown format or a text that is
/// not in it.</summary>
static class Encodings
{
    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static string? Encode(string text, string format)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return format switch
        {
            "hex" => Convert.ToHexStringLower(bytes),
            "base64" => Convert.ToBase64String(bytes),
            "urlbase64" => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'),
            _ => null,
        };
    }

    public static string? Decode(string text, string format)
    {
        try
        {
            return format switch
            {
                "hex" => Utf8.GetString(Convert.FromHexString(text)),
                "base64" => Utf8.GetString(Convert.FromBase64String(text)),
                "urlbase64" => Utf8.GetString(Base64Url.DecodeFromChars(text.TrimEnd('='))),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    public static string? Escape(string text, string format) => format switch
    {
        "html" => WebUtility.HtmlEncode(text),
        "json" => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        _ => null,
    };

    public static string? Unescape(string text, string format) => format switch
    {
        "html" => WebUtility.HtmlDecode(text),
        "json" => UnescapeJson(text),
        _ => null,
    };

    static string? UnescapeJson(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at]);
            }
            else if (JsonEscape(text, ref at) is { } escaped)
            {
                result.Append(escaped);
            }
            else
            {
                return null;
            }
        }

        return result.ToString();
    }

    /// <summary>The character of the escape at <paramref name="at"/>, which is moved to the escape's end.</summary>
    static char? JsonEscape(string text, ref int at)
    {
        if (++at == text.Length)
        {
            return null;
        }

        if (text[at] != 'u')
        {
            return text[at] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                '"' or '\\' or '/' => text[at],
                _ => null,
            };
        }

        if (text.Length - at < 5
            || !ushort.TryParse(
                text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        at += 4;
        return (char)code;
    }
}
