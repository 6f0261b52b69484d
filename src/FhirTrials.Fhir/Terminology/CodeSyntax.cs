using System.Buffers;

namespace FhirTrials.Fhir.Terminology;

/// <summary>Systems whose codes are a grammar rather than a list: only their form is checked.</summary>
static class CodeSyntax
{
    // RFC 6838 §4.2, without its length limits for parameters' values.
    static readonly SearchValues<char> MimeName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&-^_.+*");

    /// <summary>Whether a code is well-formed in such a system; undecidable for any other system.</summary>
    public static Membership Check(string system, string code) => system switch
    {
        "urn:ietf:bcp:47" => MembershipLogic.Of(IsLanguageTag(code)),
        "urn:ietf:bcp:13" or "http://hl7.org/fhir/ValueSet/mimetypes" => MembershipLogic.Of(IsMimeType(code)),
        "http://unitsofmeasure.org" => MembershipLogic.Of(Ucum.Ucum.IsValid(code)),
        _ => Membership.Undecidable,
    };

    /// <summary>A well-formed language tag — https://www.rfc-editor.org/rfc/rfc5646#section-2.1. Whether its parts are
    /// registered is not looked up.</summary>
    public static bool IsLanguageTag(string tag)
    {
        var parts = tag.Split('-');
        if (parts.Any(p => p.Length is 0 or > 8 || !p.All(char.IsAsciiLetterOrDigit)))
        {
            return false;
        }

        if (parts[0] is "x" or "X" or "i" or "I")
        {
            return parts.Length > 1;
        }

        return parts[0].Length is 2 or 3 or (>= 5 and <= 8)
            && parts[0].All(char.IsAsciiLetter)
            && AreSubtags(parts.AsSpan(1));
    }

    /// <summary>A media type such as <c>text/plain; charset=utf-8</c> —
    /// https://www.rfc-editor.org/rfc/rfc2045#section-5.1</summary>
    public static bool IsMimeType(string text)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var type = text.AsSpan(0, end < 0 ? text.Length : end).Trim();
        var slash = type.IndexOf('/');
        return slash > 0 && IsMimeName(type[..slash]) && IsMimeName(type[(slash + 1)..])
            && (end < 0 || text[(end + 1)..].Split(';').All(p => p.IndexOf('=', StringComparison.Ordinal) > 0));
    }

    static bool IsMimeName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 127 && name.IndexOfAnyExcept(MimeName) < 0;

    // Extended languages, script, region, variants; then singletons, each with at least one subtag.
    static bool AreSubtags(ReadOnlySpan<string> parts)
    {
        var rank = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 1)
            {
                return i + 1 < parts.Length && parts[^1].Length > 1;
            }

            var next = RankOf(parts[i]);
            if (next < rank || (next == rank && next is 1 or 2))
            {
                return false;
            }

            rank = next;
        }

        return true;
    }

    static int RankOf(string part) => part.Length switch
    {
        3 when part.All(char.IsAsciiLetter) => 0,
        4 when part.All(char.IsAsciiLetter) => 1,
        2 when part.All(char.IsAsciiLetter) => 2,
        3 when part.All(char.IsAsciiDigit) => 2,
        >= 5 => 3,
        4 when char.IsAsciiDigit(part[0]) => 3,
        _ => -1,
    };
}
